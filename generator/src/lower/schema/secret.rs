//! Secrets and formats next to a reference, alternatives or a list. They describe the text inside.
//!
//! Takes the type without them, gives the type with them.

use serde_json::Value;

use super::Lower;
use super::types::Lowered;
use crate::diagnostics::{Mend, Severity, codes};
use crate::document::{Node, Version, says_secret};
use crate::ir::{ModelKind, Scalar, Type};
use crate::limits::MAX_LISTS;
use crate::schema::{JsonType, Schema};

/// Names of members that are secrets in every API.
const NAMES: &[&str] = &["accesstoken", "refreshtoken", "idtoken", "clientsecret", "password", "apikey"];

impl Lower<'_> {
    /// The type of a schema, with the secret and the format that the schema itself declares.
    pub(in crate::lower) fn refined(&mut self, schema: &Schema<'_>, ty: Type) -> Type {
        match (schema.is_secret(), &schema.format) {
            (true, _) => self.hidden(schema, ty),
            (false, Some(format)) => self.formatted(schema, format, ty),
            (false, None) => ty,
        }
    }

    /// The same for a schema that has no type yet.
    pub(in crate::lower) fn refined_lowered(&mut self, schema: &Schema<'_>, lowered: Lowered) -> Lowered {
        match lowered {
            Lowered::Type(ty) => Lowered::Type(self.refined(schema, ty)),
            model => {
                match &model {
                    _ if schema.is_secret() => self.cannot_hide(schema.secret, &schema.node),
                    Lowered::Model { kind: ModelKind::Union(_), .. } => self.cannot_format(schema),
                    _ => {}
                }
                model
            }
        }
    }

    /// The type of a schema that is a secret, with its texts as secrets.
    pub(in crate::lower) fn hidden(&mut self, schema: &Schema<'_>, ty: Type) -> Type {
        if let Some(hidden) = self.secret_of(&ty, MAX_LISTS) {
            return hidden;
        }
        // A format of another type has been reported already.
        let is_text = schema.types.is_empty() || schema.types.contains(&JsonType::String);
        if schema.secret || is_text {
            self.cannot_hide(schema.secret, &schema.node);
        }
        ty
    }

    /// The type of a parameter or a header. It may be declared as a secret.
    pub(in crate::lower) fn hidden_at(&mut self, node: &Node, ty: Type) -> Type {
        let value = self.document.value(node).and_then(Value::as_object);
        if !value.is_some_and(|members| says_secret(self.document, node, members, self.out)) {
            return ty;
        }
        self.secret_of(&ty, MAX_LISTS).unwrap_or_else(|| {
            self.cannot_hide(true, node);
            ty
        })
    }

    fn cannot_hide(&mut self, asked: bool, node: &Node) {
        let key = if asked { "x-secret" } else { "format" };
        let message = "only text can be kept secret, alone or in lists and maps: this is shown in full".to_owned();
        let mut diagnostic = self.document.diagnostic(Severity::Error, codes::SECRET_TYPE, message, &node.join(key));
        if !asked {
            diagnostic.severity = Severity::Warning;
        }
        self.out.push(diagnostic.help(format!("write `{key}` at each text inside, or say `type: string`")));
    }

    /// A type with its texts as secrets. `None` if it holds something other than text.
    fn secret_of(&self, ty: &Type, levels: usize) -> Option<Type> {
        let levels = levels.checked_sub(1)?;
        let within = |inner: &Type| self.secret_of(inner, levels);
        match ty {
            Type::String | Type::Text(_) | Type::Binary | Type::Secret => Some(Type::Secret),
            Type::Nullable(inner) => Some(within(inner)?.nullable()),
            Type::Array(inner) => Some(Type::Array(Box::new(within(inner)?))),
            Type::Map(inner) => Some(Type::Map(Box::new(within(inner)?))),
            Type::Model(id) => match &self.models.get(id.0)?.kind {
                ModelKind::Alias(Type::Secret) => Some(ty.clone()),
                ModelKind::Alias(target) => within(target),
                ModelKind::Enumeration(listed) => {
                    let texts = listed.values.iter().all(|value| matches!(value.wire, Scalar::Text(_)));
                    texts.then_some(Type::Secret)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The type of a schema with a format next to a reference or alternatives. In 3.0, keywords next to a reference are ignored.
    fn formatted(&mut self, schema: &Schema<'_>, format: &str, ty: Type) -> Type {
        let apart = !schema.one_of.is_empty() || !schema.any_of.is_empty() || !schema.all_of.is_empty();
        let beside = schema.reference.is_some() && self.document.version() != Version::V30;
        let Some(text) = self.type_of_format(format).filter(|_| apart || beside) else { return ty };
        let nullable = matches!(ty, Type::Nullable(_));
        let present = self.unaliased(ty.present());
        if let Type::Model(id) = present
            && let Some(ModelKind::Union(_)) = self.models.get(id.0).map(|model| &model.kind)
        {
            self.cannot_format(schema);
            return ty;
        }
        match *present == Type::String {
            true if nullable => text.nullable(),
            true => text,
            false => ty,
        }
    }

    /// Reports a format of texts next to alternatives, if some of these are not text.
    fn cannot_format(&mut self, schema: &Schema<'_>) {
        let format = schema.format.filter(|format| self.type_of_format(format).is_some());
        let Some(format) = format else { return };
        let message = format!("the format `{format}` of several alternatives is not honoured");
        let diagnostic =
            self.document.diagnostic(Severity::Warning, codes::FORMAT_BESIDE, message, &schema.node.join("format"));
        self.out.push(diagnostic.help("write it in the alternative that is text"));
    }

    /// Notes a member that is shown in full although its name says that it is a secret.
    pub(in crate::lower) fn note_secret_name(&mut self, name: &str, ty: &Type, node: &Node) {
        let bare: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        if *self.unaliased(ty.present()).present() != Type::String || !NAMES.contains(&bare.as_str()) {
            return;
        }
        let message = format!("`{name}` is not said to be a secret: it is shown in full");
        let diagnostic = self.document.diagnostic(Severity::Note, codes::SECRET_NAME, message, node).about_key();
        let help = match self.document.json_path(node) {
            Some(path) => {
                format!("if it is one, add to the overlay: `- {{target: \"{path}\", update: {{x-secret: true}}}}`")
            }
            None => "if it is one, write `x-secret: true` in its schema".to_owned(),
        };
        let mend = Mend::Put("x-secret".to_owned(), true.into());
        self.out.push(self.document.mended(diagnostic.help(help), node, mend));
    }
}
