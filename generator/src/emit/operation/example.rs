//! Takes an operation, gives an example of a call that compiles.
//!
//! Arguments that are written simply are literals. The others are parameters of a hidden function around the call.

use super::{Part, Scope, outcome};
use crate::analyze::Plan;
use crate::analyze::ident::USED_BY_OPERATIONS;
use crate::emit::Uses;
use crate::emit::item::Written;
use crate::emit::ty::ABOVE;
use crate::formats::Rust;
use crate::ir::{ModelId, ModelKind, Operation, OperationId, Type};
use crate::render;

/// The columns that a line of documentation has beside `///`.
const WIDTH: usize = 92;

/// A call, and the function around it.
pub(in crate::emit) struct Example<'a> {
    plan: &'a Plan<'a>,
    operation: &'a Operation,
    /// The name of the client, which no parameter has.
    pub client: String,
    /// The parameters of the function, the client aside.
    pub parameters: Vec<String>,
    /// What the function uses.
    uses: Uses,
    /// The calls behind the client, up to the one that sends.
    calls: Vec<String>,
    /// What the operation gives.
    gives: Written,
    /// The name of a stream of its replies.
    stream: Option<&'static str>,
}

impl<'a> Example<'a> {
    /// The example of an operation.
    pub(in crate::emit) fn new(plan: &'a Plan<'a>, id: OperationId, operation: &'a Operation) -> Self {
        Self::of(&Scope::new(plan, id, operation))
    }

    pub(super) fn of(scope: &Scope<'a>) -> Self {
        let Scope { plan, operation, names, .. } = *scope;
        let (mut uses, mut parameters) = (Uses::beside(ABOVE, USED_BY_OPERATIONS.iter().copied()), Vec::new());
        let parts = scope.parts();
        let asked = parts.iter().filter(|part| part.required).map(|part| {
            literal(plan, part).unwrap_or_else(|| {
                let held = render::inline(&part.held().tokens(plan, ABOVE, &mut uses));
                parameters.push(format!("{}: {held}", part.name));
                part.name.to_string()
            })
        });
        let asked = asked.collect::<Vec<_>>().join(", ");
        let mut chained = parts.iter().filter(|part| !part.required && !part.docs.deprecated);
        let option = chained.find_map(|part| Some(format!("{}({})", part.name, literal(plan, part)?)));
        let calls = std::iter::once(format!("{}({asked})", names.method)).chain(option).collect();
        let mut client = "client".to_owned();
        while parts.iter().any(|part| part.name == client) {
            client.push('_');
        }
        let gives = outcome::gives(scope);
        let stream = scope.streams().first().map(|stream| stream.method);
        Self { plan, operation, client, parameters, uses, calls, gives, stream }
    }

    /// How good the example is for a front page. One without hidden parameters comes first, then one with an argument, then one that
    /// reads a field of the reply.
    pub(in crate::emit) fn worth(&self) -> (bool, bool, bool, bool) {
        let has_argument = self.calls.first().is_some_and(|call| !call.ends_with("()"));
        let is_current = !self.operation.docs.deprecated;
        (is_current, self.parameters.is_empty(), has_argument, self.field("").is_some())
    }

    /// The lines of the example, for a page of an API's module.
    pub(super) fn lines(mut self, api: &str) -> Vec<String> {
        self.uses.from(ABOVE, "Client");
        let client = format!("{}: &Client", self.client);
        let parameters: Vec<String> = std::iter::once(client).chain(self.parameters.iter().cloned()).collect();
        self.function(api, &parameters, &[], self.body())
    }

    /// The lines of a function around a body, as a block of code.
    pub(in crate::emit) fn function(
        &self,
        api: &str,
        parameters: &[String],
        shown: &[String],
        body: Vec<String>,
    ) -> Vec<String> {
        let krate = root(api);
        let imports = render::lines(&[], &self.uses.groups());
        let imports = imports.lines().filter(|line| !line.is_empty()).map(|line| {
            let line = line.replacen("super::super", api, 1).replacen("crate", krate, 1);
            format!("# {line}")
        });
        let parameters = parameters.join(", ").replace("crate::", &format!("{krate}::"));
        let opened = format!("# async fn example({parameters}) -> Result<(), Box<dyn std::error::Error>> {{");
        let blank = (!shown.is_empty()).then(String::new);
        std::iter::once("```no_run".to_owned())
            .chain(shown.iter().cloned())
            .chain(blank)
            .chain(imports)
            .chain([opened])
            .chain(body)
            .chain(["# Ok(())".to_owned(), "# }".to_owned(), "```".to_owned()])
            .collect()
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
        let calls: Vec<&str> = self.calls.iter().map(String::as_str).chain([last]).collect();
        let line = format!("{before}{}.{}{after}", self.client, calls.join("."));
        if line.len() <= WIDTH {
            return vec![line];
        }
        let calls = calls.iter().map(|call| format!("    .{call}"));
        let end = format!("    {after}");
        std::iter::once(format!("{before}{}", self.client)).chain(calls).chain([end]).collect()
    }

    /// A match on the reply: what it holds, an error of the API, any other failure.
    pub(in crate::emit) fn matched(&self) -> Vec<String> {
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
pub(in crate::emit) fn root(api: &str) -> &str {
    api.split("::").next().unwrap_or(api)
}

/// The field of a structure that is most likely to be read.
fn field<'p>(plan: &'p Plan<'_>, id: ModelId) -> Option<&'p str> {
    let ModelKind::Struct(structure) = &plan.api.model(id).kind else { return None };
    let fields = || structure.fields.iter().zip(&plan.names.model(id).members);
    let fields = || fields().filter(|(it, _)| it.constant.is_none() && !it.write_only && !it.docs.deprecated);
    fields().find(|(it, _)| it.required).or_else(|| fields().next()).map(|(_, name)| name.as_str())
}

/// A value that is written simply.
fn literal(plan: &Plan<'_>, part: &Part<'_>) -> Option<String> {
    if part.bytes {
        return None;
    }
    match plan.resolved(part.ty) {
        Type::Bool => Some("true".to_owned()),
        Type::Integer(format) => matches!(format.rust, Rust::Integer { .. }).then(|| "1".to_owned()),
        Type::Float => Some("1.5".to_owned()),
        // A text of a format would not be of the format.
        Type::String if !part.docs.bounds.iter().any(|(keyword, _)| keyword == "format") => {
            Some(format!("\"{}\"", part.name))
        }
        _ => None,
    }
}
