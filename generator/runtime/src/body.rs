//! The body of a request with its media type, and how a form is written.

use std::borrow::Cow;

use serde_json::Value;

use super::encode::Target;
use super::request_body::RequestBody;
use super::request_error::{Part, RequestError};
use super::style::Style;

/// A body, ready to be sent.
#[derive(Clone)]
pub(super) struct Body {
    pub(super) media_type: Cow<'static, str>,
    pub(super) content: RequestBody,
}

impl Body {
    /// The media type of a form.
    pub(super) const FORM: &'static str = "application/x-www-form-urlencoded";

    /// An object as a form; `None` for `null`.
    pub(super) fn form(value: &Value, encodings: &[(&str, Style)]) -> Result<Option<Self>, RequestError> {
        let members = match value {
            Value::Null => return Ok(None),
            Value::Object(members) => members,
            _ => return Err(RequestError::new(Part::Body, Self::FORM, "is not an object")),
        };
        let pairs: Vec<String> = members
            .iter()
            .flat_map(|(name, value)| style(name, value, encodings).pairs(name, value, Target::Form))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Ok(Some(Self { media_type: Self::FORM.into(), content: pairs.join("&").into() }))
    }
}

fn style(name: &str, value: &Value, encodings: &[(&str, Style)]) -> Style {
    let given = encodings.iter().find(|(property, _)| *property == name).map(|(_, style)| *style);
    given.unwrap_or_else(|| Style::of_member(value))
}
