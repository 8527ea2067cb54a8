//! Takes an operation, gives an example of a call that compiles.
//!
//! If an argument needs more than a short expression, it becomes a parameter of the function around the call. The function is then shown.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::{Scope, outcome, placeholder};
use crate::analyze::Plan;
use crate::analyze::ident::USED_BY_OPERATIONS;
use crate::emit::Uses;
use crate::emit::item::Written;
use crate::emit::ty::ABOVE;
use crate::formats;
use crate::ir::{Credential, ModelId, ModelKind, Operation, OperationId, Type};
use crate::render;

/// The columns that a line of documentation has after `///`.
const WIDTH: usize = 92;

/// The greatest value of [`Example::worth`].
pub(in crate::emit) const BEST_WORTH: (bool, bool, bool, bool) = (true, true, true, true);

/// A call, and the function around it.
pub(in crate::emit) struct Example<'a> {
    plan: &'a Plan<'a>,
    operation: &'a Operation,
    /// The path of the API's module.
    api: &'a str,
    /// The name of the client. It differs from the names of all parameters.
    client: String,
    /// The parameters of the function, without the client.
    parameters: Vec<String>,
    /// What the function uses.
    uses: Uses,
    /// The method of the client, and its arguments.
    method: &'a str,
    asked: Vec<String>,
    /// The call that sets what is optional.
    option: Option<String>,
    /// The result of the operation.
    gives: Written,
    /// The name of a stream of its replies.
    stream: Option<&'static str>,
}

impl<'a> Example<'a> {
    /// The example of an operation.
    pub(in crate::emit) fn new(plan: &'a Plan<'a>, id: OperationId, operation: &'a Operation, api: &'a str) -> Self {
        Self::of(&Scope::new(plan, id, operation), api)
    }

    /// The example of the operation of a scope. `api` is the path of the API's module, including the crate.
    pub(super) fn of(scope: &Scope<'a>, api: &'a str) -> Self {
        let Scope { plan, operation, names, .. } = *scope;
        let (mut uses, mut parameters) = (Uses::beside(ABOVE, USED_BY_OPERATIONS.iter().copied()), Vec::new());
        let parts = scope.parts();
        let asked = parts.iter().filter(|part| part.required).map(|part| {
            placeholder::argument(plan, part, &mut uses).unwrap_or_else(|| {
                let held = from_outside(part.held().tokens(plan, ABOVE, &mut uses), api);
                parameters.push(format!("{}: {held}", part.name));
                part.name.to_string()
            })
        });
        let asked = asked.collect();
        let mut chained = parts.iter().filter(|part| !part.required && !part.docs.deprecated);
        let option = chained.find_map(|part| placeholder::option(plan, part, &mut uses));
        let mut client = "client".to_owned();
        while parts.iter().any(|part| part.name == client) {
            client.push('_');
        }
        let gives = outcome::gives(scope);
        let stream = scope.streams().first().map(|stream| stream.method);
        Self { plan, operation, api, method: &names.method, client, parameters, uses, asked, option, gives, stream }
    }

    /// How good the example is for a front page, the most important point first: the operation is not deprecated, the function needs
    /// no further parameters, the call takes an argument, a field of the reply is printed.
    pub(in crate::emit) fn worth(&self) -> (bool, bool, bool, bool) {
        let is_current = !self.operation.docs.deprecated;
        let takes_something = !self.asked.is_empty() || self.option.is_some();
        (is_current, self.parameters.is_empty(), takes_something, self.field("").is_some())
    }

    /// The lines of the example, for a page of an API's module.
    pub(super) fn lines(mut self) -> Vec<String> {
        self.uses.from(ABOVE, "Client");
        self.parameters.insert(0, format!("{}: &Client", self.client));
        let is_shown = self.parameters.len() > 1;
        self.block(&self.body(), is_shown)
    }

    /// The lines of the example that begins with a client and looks at the reply. If the function has no parameters, only its body is
    /// shown, unless `is_shown` asks for all of it.
    pub(in crate::emit) fn whole(mut self, url: &str, is_shown: bool) -> Vec<String> {
        self.uses.from(ABOVE, "Client");
        // At the top of a crate, `Client` and `Error` are in the same module.
        _ = if root(self.api) == self.api { self.uses.from(ABOVE, "Error") } else { self.uses.runtime("Error") };
        let credentials = self.credentials();
        let created = format!("let {} = Client::new({url})?{credentials};", self.client);
        let body: Vec<String> = std::iter::once(created).chain(self.matched()).collect();
        let is_shown = is_shown || !self.parameters.is_empty();
        self.block(&body, is_shown)
    }

    /// The credentials that the operation requires, as method calls on the new client.
    fn credentials(&mut self) -> String {
        let (plan, operation) = (self.plan, self.operation);
        let required = operation.security.first().into_iter().flatten();
        let required = required.filter_map(|id| Some((plan.api.schemes.get(id.0)?, plan.names.schemes.get(id.0)?)));
        let calls = required.map(|(scheme, name)| {
            let secret = self.uses.runtime("Secret");
            match scheme.credential {
                Credential::Basic => format!(".with_{name}(\"user\", {secret}::from(\"password\"))"),
                _ => format!(".with_{name}({secret}::from(\"{name}\"))"),
            }
        });
        calls.collect()
    }

    /// A function around a body, as a block of code.
    fn block(&self, body: &[String], is_shown: bool) -> Vec<String> {
        let used = self.uses.groups().into_iter().flatten();
        let mut used: Vec<String> = used.map(|line| from_outside(line, self.api)).collect();
        used.sort();
        let are_used_shown = is_shown || used != [format!("use {}::Client;", self.api)];
        let marked = |is_shown: bool, line: &str| if is_shown { line.to_owned() } else { format!("# {line}") };
        let used = used.iter().map(|line| marked(are_used_shown, line));
        let opened = self.opened();
        let body = body.iter().map(|line| if is_shown { format!("    {line}") } else { line.clone() });
        let (done, end) = if is_shown { ("    Ok(())", "}") } else { ("# Ok(())", "# }") };
        std::iter::once("```no_run".to_owned())
            .chain(used)
            .chain(are_used_shown.then(String::new))
            .chain(opened.iter().map(|line| marked(is_shown, line)))
            .chain(body)
            .chain([done.to_owned(), end.to_owned(), "```".to_owned()])
            .collect()
    }

    /// The lines up to the body of the function.
    fn opened(&self) -> Vec<String> {
        let gives = "-> Result<(), Box<dyn std::error::Error>> {";
        let line = format!("async fn example({}) {gives}", self.parameters.join(", "));
        if line.len() <= WIDTH {
            return vec![line];
        }
        let parameters = self.parameters.iter().map(|parameter| format!("    {parameter},"));
        std::iter::once("async fn example(".to_owned()).chain(parameters).chain([format!(") {gives}")]).collect()
    }

    /// The call, and what is done with the reply.
    fn body(&self) -> Vec<String> {
        let Some(stream) = self.stream else {
            let binding = if self.gives == Written::Nothing { "" } else { "let reply = " };
            return self.chain(binding, "send()", ".await?;");
        };
        let mut lines = self.chain("let mut stream = ", &format!("{stream}()"), ".await?;");
        lines.push("while let Some(item) = stream.next().await? {".to_owned());
        lines.push("    println!(\"{item:?}\");".to_owned());
        lines.push("}".to_owned());
        lines
    }

    /// The calls on one line, or else each on its own.
    fn chain(&self, before: &str, last: &str, after: &str) -> Vec<String> {
        let call = format!("{}({})", self.method, self.asked.join(", "));
        let calls: Vec<&str> = std::iter::once(call.as_str()).chain(self.option.as_deref()).chain([last]).collect();
        let line = format!("{before}{}.{}{after}", self.client, calls.join("."));
        if line.len() <= WIDTH {
            return vec![line];
        }
        let asked = match call.len() + 5 <= WIDTH {
            true => vec![format!("    .{call}")],
            false => {
                let asked = self.asked.iter().map(|argument| format!("        {argument},"));
                let opened = format!("    .{}(", self.method);
                std::iter::once(opened).chain(asked).chain(["    )".to_owned()]).collect()
            }
        };
        let others = calls.iter().skip(1).map(|call| format!("    .{call}"));
        let (awaited, opened) =
            after.split_once(' ').map_or((after, None), |(it, opened)| (it, Some(opened.to_owned())));
        std::iter::once(format!("{before}{}", self.client))
            .chain(asked)
            .chain(others)
            .chain([format!("    {awaited}")])
            .chain(opened)
            .collect()
    }

    /// A match on the reply: what it holds, an error of the API, any other failure.
    fn matched(&self) -> Vec<String> {
        let succeeded = match self.field("reply") {
            Some(field) => format!("    Ok(reply) => println!(\"{{:?}}\", {field}),"),
            None if self.gives == Written::Nothing => "    Ok(()) => println!(\"done\"),".to_owned(),
            None => "    Ok(reply) => println!(\"{reply:?}\"),".to_owned(),
        };
        let mut lines = self.chain("match ", "send()", ".await {");
        lines.extend([
            succeeded,
            "    Err(Error::Api(error)) => println!(\"the server answered {}\", error.status()),".to_owned(),
            "    Err(error) => return Err(error.into()),".to_owned(),
            "}".to_owned(),
        ]);
        lines
    }

    /// A field of the reply, or how many values there are.
    fn field(&self, reply: &str) -> Option<String> {
        let Written::Type(ty) = &self.gives else { return None };
        match self.plan.resolved(ty) {
            Type::Array(_) => Some(format!("{reply}.len()")),
            Type::Model(id) => Some(format!("{reply}.{}", field(self.plan, *id)?)),
            _ => None,
        }
    }
}

/// The crate of a module.
fn root(api: &str) -> &str {
    api.split("::").next().unwrap_or(api)
}

/// The field of a structure that is most likely to be read.
fn field<'p>(plan: &'p Plan<'_>, id: ModelId) -> Option<&'p str> {
    let ModelKind::Struct(structure) = &plan.api.model(id).kind else { return None };
    let fields = || structure.fields.iter().zip(&plan.names.model(id).members).take(placeholder::MANY_MEMBERS);
    let fields = || fields().filter(|(it, _)| it.constant.is_none() && !it.write_only && !it.docs.deprecated);
    fields().find(|(it, _)| it.required).or_else(|| fields().next()).map(|(_, name)| name.as_str())
}

/// Tokens of a file of the API, as code of another crate. That crate may not depend on the crates of formats, so it takes them from the
/// runtime.
fn from_outside(tokens: TokenStream, api: &str) -> String {
    let krate = Ident::new(root(api), Span::call_site());
    render::inline(&with_crate(tokens, &krate)).replace("super::super", api)
}

/// Tokens with the name of a crate in place of `crate`, and with its runtime in front of the crates of formats.
fn with_crate(tokens: TokenStream, krate: &Ident) -> TokenStream {
    let mut may_begin = true;
    let renamed = tokens.into_iter().map(|token| {
        let begins = may_begin;
        may_begin = !matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ':');
        match token {
            TokenTree::Ident(word) if word == "crate" => quote!(#krate),
            TokenTree::Ident(word) if begins && is_reexported(&word) => quote!(#krate::runtime::#word),
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), with_crate(group.stream(), krate)).to_token_stream()
            }
            other => other.to_token_stream(),
        }
    });
    renamed.collect()
}

/// Whether the runtime of an emitted crate has a crate of this name.
fn is_reexported(name: &Ident) -> bool {
    name == "serde_json" || formats::crates().iter().any(|it| name == it.name)
}
