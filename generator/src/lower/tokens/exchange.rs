//! Described exchanges: looks up the operations and pointers that the extension names, and says what does not fit.

use serde_json::Value;

use super::form::{ExchangeForm, Part, ReplyForm, SourceForm};
use super::{Lower, Operations};
use crate::diagnostics::codes;
use crate::document::Node;
use crate::ir::{BodyKind, Exchange, Field, Member, Mint, Operation, Struct, TokenReply, Type};

/// The texts that stand for the refresh token and for the scopes.
pub(super) const REFRESH_TOKEN: &str = "$refresh_token";
const SCOPE: &str = "$scope";

/// The way out where a place has the wrong type.
const PLACE: &str = "write a JSON Pointer to a member of the right type";
/// The way out where a value does not fit its place.
const VALUE: &str = "write a value that the schema at this place admits";

impl Lower<'_> {
    pub(super) fn described_mints(&mut self, form: &SourceForm, operations: &Operations<'_>) -> Vec<Mint> {
        let mints = form.mints.iter().filter_map(|(name, mint)| self.mint(name, mint, form, operations));
        mints.collect()
    }

    fn mint(
        &mut self,
        name: &str,
        from: &ExchangeForm,
        form: &SourceForm,
        operations: &Operations<'_>,
    ) -> Option<Mint> {
        let mut credentials = Vec::new();
        for part in &from.request {
            let text = part.value.as_str().unwrap_or_default();
            if text == REFRESH_TOKEN {
                self.wrong_form("there is no refresh token when a token is minted", &part.node);
                return None;
            }
            if let Some(credential) = text.strip_prefix('$').filter(|_| text != SCOPE)
                && !credentials.iter().any(|known| known == credential)
            {
                credentials.push(credential.to_owned());
            }
        }
        let exchange = self.described_exchange(from, &credentials, &form.reply, operations)?;
        let refresh = match &form.refresh {
            Some(refresh) => Some(self.described_exchange(refresh, &credentials, &form.reply, operations)?),
            None => None,
        };
        Some(Mint { name: name.to_owned(), credentials, client: false, exchange, refresh })
    }

    fn described_exchange(
        &mut self,
        form: &ExchangeForm,
        credentials: &[String],
        reply: &ReplyForm,
        operations: &Operations<'_>,
    ) -> Option<Exchange> {
        let at = form.node.join("operation");
        let Some(operation) = operations.get(&form.operation).and_then(|variants| preferred(variants)) else {
            // The operation may be in the document without being chosen.
            if self.document.is_part() {
                let message = format!("the chosen operations have no `{}`: no token source is emitted", form.operation);
                self.warn(codes::TOKEN_SOURCE_OPERATION, message, &at);
                return None;
            }
            let help = match self.out.suggestion(&form.operation, operations.keys().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the `operationId` of an operation".to_owned(),
            };
            let message = format!("the document has no operation `{}`", form.operation);
            self.error(codes::TOKEN_SOURCE_OPERATION, message, &at, &help);
            return None;
        };
        let body = self.body_parts(form, credentials, operation)?;
        self.check_reply(reply, operation, &at)?;
        Some(Exchange {
            operation: operation.id.clone(),
            server: operation.server.as_ref().map(|server| server.default_url.clone()),
            path: operation.path.clone(),
            security: operation.security.clone(),
            is_form: operation.body.as_ref().is_some_and(|body| body.kind == BodyKind::Form),
            body,
        })
    }

    fn body_parts(
        &mut self,
        form: &ExchangeForm,
        credentials: &[String],
        operation: &Operation,
    ) -> Option<Vec<(String, Member)>> {
        let node = form.node.join("request");
        if operation.method != "POST" || operation.parameters.iter().any(|parameter| parameter.required) {
            let message = format!("`{}` must be a POST without required parameters to give tokens", form.operation);
            let help = "name another operation; tokens that it gives need an `Issuer` of your own";
            self.error(codes::TOKEN_SOURCE_REQUEST, message, &form.node.join("operation"), help);
            return None;
        }
        let Some(ty) = written(operation) else {
            let message = format!("the body of `{}` is neither JSON nor a form", form.operation);
            self.error(codes::TOKEN_SOURCE_REQUEST, message, &form.node.join("operation"), "name another operation");
            return None;
        };
        let mut parts = Vec::new();
        for part in &form.request {
            let member = self.part(part, credentials)?;
            self.check_part(part, &member, ty, &form.operation)?;
            parts.push((part.pointer.clone(), member));
        }
        if let Some(fault) = self.misfit(ty, form) {
            let help = "give what one alternative of the body has; a member with one value may have no other";
            self.error(codes::TOKEN_SOURCE_REQUEST, fault, &node, help);
            return None;
        }
        if let Some(missing) = self.missing(ty, &form.request) {
            let message = format!("the body of `{}` needs `{missing}`, which is not given", form.operation);
            let help = format!("add `'/{missing}': $…`, or its value");
            self.error(codes::TOKEN_SOURCE_REQUEST, message, &node, &help);
            return None;
        }
        parts.extend(self.constants(ty, &form.request));
        Some(parts)
    }

    fn part(&mut self, part: &Part, credentials: &[String]) -> Option<Member> {
        let text = part.value.as_str().unwrap_or_default();
        match text.strip_prefix('$') {
            _ if text == REFRESH_TOKEN => Some(Member::RefreshToken),
            _ if text == SCOPE => Some(Member::Scopes),
            None => Some(Member::Constant(part.value.clone())),
            Some(name) if !is_name(name) => {
                self.wrong_form(
                    &format!("`{text}` must be `$` and a name of lower-case letters, digits and `_`"),
                    &part.node,
                );
                None
            }
            Some(name) => match credentials.iter().position(|known| known == name) {
                Some(index) => Some(Member::Credential(index)),
                None => {
                    self.wrong_form(&format!("`{text}` is a credential that not every `mint` has"), &part.node);
                    None
                }
            },
        }
    }

    fn check_part(&mut self, part: &Part, member: &Member, body: &Type, operation: &str) -> Option<()> {
        let types = self.pointed(body, &part.pointer);
        if types.is_empty() {
            return self.no_such_place(part, "the body", operation);
        }
        let fits = types.iter().any(|ty| match member {
            Member::Constant(value) => self.fits(ty, value),
            _ => self.is_text(ty),
        });
        match (fits, member) {
            (true, _) => Some(()),
            (false, Member::Constant(value)) => self.unfitting(part, "the body", operation, &value.to_string(), VALUE),
            (false, _) => self.unfitting(part, "the body", operation, "a text", PLACE),
        }
    }

    /// The fault if no alternative of the body can hold all given members.
    fn misfit(&self, body: &Type, form: &ExchangeForm) -> Option<String> {
        let structures = self.structures(body);
        let is_misfit = !structures.is_empty() && !structures.iter().any(|structure| admits(structure, &form.request));
        is_misfit.then(|| format!("the body of `{}` cannot hold all of this at once", form.operation))
    }

    /// A required member of the body that is not given. `None` if one alternative of the body lacks nothing.
    fn missing(&self, body: &Type, given: &[Part]) -> Option<String> {
        let structures = self.structures(body);
        let lacking =
            |structure: &Struct| required(structure).find(|field| !is_given(field, given)).map(|it| it.wire.clone());
        let mut lacks: Vec<Option<String>> =
            structures.into_iter().filter(|it| admits(it, given)).map(lacking).collect();
        // An alternative that lacks nothing is the one that is meant.
        if lacks.iter().any(Option::is_none) { None } else { lacks.pop().flatten() }
    }

    /// The required members with only one possible value that are not given.
    fn constants(&self, body: &Type, given: &[Part]) -> Vec<(String, Member)> {
        let complete =
            |structure: &&Struct| admits(structure, given) && required(structure).all(|it| is_given(it, given));
        let Some(structure) = self.structures(body).into_iter().find(complete) else { return Vec::new() };
        let constants = structure.fields.iter().filter(|field| field.required && !names(field, given));
        constants
            .filter_map(|field| Some((format!("/{}", escaped(&field.wire)), Member::Constant(field.constant.clone()?))))
            .collect()
    }

    /// Checks the places in the reply of an operation. Reports a place that the reply does not have, or that has the wrong type.
    fn check_reply(&mut self, form: &ReplyForm, operation: &Operation, at: &Node) -> Option<()> {
        let Some(ty) =
            operation.successes.iter().find(|outcome| outcome.kind == BodyKind::Json).map(|it| it.ty.clone())
        else {
            let message = format!("`{}` has no reply of type JSON that is a success", operation.id);
            self.error(codes::TOKEN_SOURCE_OPERATION, message, at, "name an operation that gives a token");
            return None;
        };
        let id = &operation.id;
        for part in std::iter::once(&form.token).chain(&form.refresh_token) {
            self.reply_part(part, &ty, id, |lower, ty| lower.is_text(ty), ("a token", PLACE))?;
        }
        if let Some(part) = &form.life {
            self.reply_part(part, &ty, id, |lower, ty| lower.is_number(ty), ("a number of seconds", PLACE))?;
        }
        for part in &form.success {
            let value = part.value.to_string();
            self.reply_part(part, &ty, id, |lower, ty| lower.fits(ty, &part.value), (&value, VALUE))?;
        }
        Some(())
    }

    fn reply_part(
        &mut self,
        part: &Part,
        ty: &Type,
        operation: &str,
        fits: impl Fn(&Self, &Type) -> bool,
        (wanted, help): (&str, &str),
    ) -> Option<()> {
        let types = self.pointed(ty, &part.pointer);
        if types.is_empty() {
            return self.no_such_place(part, "the reply", operation);
        }
        let is_fit = types.iter().any(|ty| fits(self, ty));
        if is_fit { Some(()) } else { self.unfitting(part, "the reply", operation, wanted, help) }
    }

    fn no_such_place<T>(&mut self, part: &Part, what: &str, operation: &str) -> Option<T> {
        let message = format!("{what} of `{operation}` has nothing at `{}`", part.pointer);
        self.error(
            codes::TOKEN_SOURCE_POINTER,
            message,
            &part.node,
            "write a JSON Pointer to a member that its schema has",
        );
        None
    }

    fn unfitting<T>(&mut self, part: &Part, what: &str, operation: &str, wanted: &str, help: &str) -> Option<T> {
        let message = format!("what {what} of `{operation}` has at `{}` cannot hold {wanted}", part.pointer);
        self.error(codes::TOKEN_SOURCE_TYPE, message, &part.node, help);
        None
    }
}

/// The variant of an operation whose body is JSON or a form.
fn preferred<'o>(variants: &[&'o Operation]) -> Option<&'o Operation> {
    variants.iter().find(|operation| written(operation).is_some()).or(variants.first()).copied()
}

/// The type of a body that an exchange can write.
fn written(operation: &Operation) -> Option<&Type> {
    operation.body.as_ref().filter(|body| matches!(body.kind, BodyKind::Json | BodyKind::Form)).map(|body| &body.ty)
}

fn required(structure: &Struct) -> impl Iterator<Item = &Field> {
    structure.fields.iter().filter(|field| field.required && !field.read_only)
}

/// Whether a structure can hold the given members: it has each of them, and a constant among them has the given value.
fn admits(structure: &Struct, given: &[Part]) -> bool {
    given.iter().all(|part| {
        let field = structure.fields.iter().find(|field| leads_into(&part.pointer, &field.wire));
        match field {
            Some(field) => field.constant.as_ref().is_none_or(|constant| *constant == part.value),
            None => structure.additional.is_some(),
        }
    })
}

/// Whether a required member is given, or has only one value.
fn is_given(field: &Field, given: &[Part]) -> bool {
    field.constant.is_some() || names(field, given)
}

fn names(field: &Field, given: &[Part]) -> bool {
    given.iter().any(|part| leads_into(&part.pointer, &field.wire))
}

/// Whether a pointer leads to a member, or inside it.
fn leads_into(pointer: &str, member: &str) -> bool {
    pointer.split('/').nth(1) == Some(&escaped(member))
}

fn escaped(member: &str) -> String {
    member.replace('~', "~0").replace('/', "~1")
}

/// The places of the token, of its lifetime and of other values in a reply.
pub(super) fn token_reply(form: &ReplyForm) -> TokenReply {
    TokenReply {
        token: form.token.pointer.clone(),
        refresh_token: form.refresh_token.as_ref().map(|part| part.pointer.clone()),
        life: form.life.as_ref().map(|part| part.pointer.clone()),
        success: form.success.iter().map(|part| (part.pointer.clone(), text_of(&part.value))).collect(),
    }
}

/// A value as text, to be compared with a reply.
fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
