//! Types that the user has chosen, for formats and in place of schemas.

use serde_json::Value;

use super::Lower;
use super::schema::structure::of_format;
use crate::choices::FormatChoice;
use crate::diagnostics::{Diagnostic, Severity, codes};
use crate::formats;
use crate::ir::Type;
use crate::similar::nearest;

impl Lower<'_> {
    /// Replaces named schemas by the user's types.
    pub(super) fn own_types(&mut self) {
        let at = self.document.top("components").join("schemas");
        let schemas = self.document.value(&at).and_then(Value::as_object);
        for (name, path, place) in &self.document.choices().types {
            let node = at.join(name);
            if self.document.value(&node).is_some() {
                self.known.insert(node, Type::Own(path.clone()));
                continue;
            }
            let message = format!("there is no schema `{name}` in whose place `{path}` could be");
            let near = nearest(name, schemas.into_iter().flatten().map(|(name, _)| name.as_str()));
            let help = near.map_or("write the name of a schema in `components`".to_owned(), |near| {
                format!("did you mean `{near}`?")
            });
            self.out.push(Diagnostic::new(Severity::Error, codes::UNKNOWN_CHOICE, message, place.clone()).help(help));
        }
    }

    /// Reports the user's types for formats that no schema has.
    pub(super) fn unused_formats(&mut self) {
        let met = self.met_formats.take();
        for (name, (choice, place)) in &self.document.choices().formats {
            if let FormatChoice::Own(path) = choice
                && !met.contains(name)
            {
                let message = format!("no string has the format `{name}`: `{path}` is not used");
                let diagnostic = Diagnostic::new(Severity::Warning, codes::UNUSED_CHOICE, message, place.clone());
                self.out.push(diagnostic.help("write the format as the document does, or remove the line"));
            }
        }
    }

    /// The type that a format gives to a string. `None` if the format is not one of strings, or has no type of its own.
    pub(super) fn type_of_format(&self, name: &str) -> Option<Type> {
        let chosen = self.document.choices().formats.get(name).map(|(choice, _)| choice);
        if chosen.is_some() {
            self.met_formats.borrow_mut().insert(name.to_owned());
        }
        match chosen {
            Some(FormatChoice::Text) => None,
            Some(FormatChoice::Own(path)) => Some(Type::Own(path.clone())),
            Some(FormatChoice::Other(format)) => of_format(format),
            None => formats::named(name).and_then(of_format),
        }
    }

    /// Whether a format decides the type. Otherwise the documentation names the format.
    pub(super) fn makes_a_type(&self, name: &str) -> bool {
        let is_text = matches!(self.document.choices().formats.get(name), Some((FormatChoice::Text, _)));
        !is_text && formats::named(name).is_some_and(|known| known.makes_a_type())
    }
}
