//! Parameter styles: takes a value as JSON, gives the text that OpenAPI's `style` and `explode` make of it.
//!
//! Follows the "Style Examples" of the OpenAPI Specification 3.1.1 and, for what these leave open, RFC 6570: `null`, an empty array and an
//! empty object are left out, and so is a member or an element that is `null`. An empty string is a value.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::encode::{Target, encode, encode_name, encode_reserved};

/// How a parameter, or a property of a form, is written: OpenAPI's `style`, `explode` and `allowReserved`.
///
/// OpenAPI defines some styles only for flat values. These styles write an array or an object inside another array or object as JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    Space,
    Pipe,
    DeepObject,
    Json,
    FormText,
    QueryString,
}

impl Style {
    /// `blue,black` and `R,100,G,200`.
    pub const SIMPLE: Self = Self::new(Kind::Simple, false);
    /// `blue,black` and `R=100,G=200`.
    pub const SIMPLE_EXPLODE: Self = Self::new(Kind::Simple, true);
    /// `.blue,black` and `.R,100,G,200`.
    pub const LABEL: Self = Self::new(Kind::Label, false);
    /// `.blue.black` and `.R=100.G=200`.
    pub const LABEL_EXPLODE: Self = Self::new(Kind::Label, true);
    /// `;color=blue,black` and `;color=R,100,G,200`.
    pub const MATRIX: Self = Self::new(Kind::Matrix, false);
    /// `;color=blue;color=black` and `;R=100;G=200`.
    pub const MATRIX_EXPLODE: Self = Self::new(Kind::Matrix, true);
    /// `color=blue&color=black` and `R=100&G=200`: exploded, which is OpenAPI's default for this style.
    pub const FORM: Self = Self::new(Kind::Form, true);
    /// `color=blue,black` and `color=R,100,G,200`.
    pub const FORM_JOINED: Self = Self::new(Kind::Form, false);
    /// `color=blue%20black` and `color=R%20100%20G%20200`.
    pub const SPACE: Self = Self::new(Kind::Space, false);
    /// `color=blue%7Cblack` and `color=R%7C100%7CG%7C200`.
    pub const PIPE: Self = Self::new(Kind::Pipe, false);
    /// `color[R]=100&color[G]=200`. OpenAPI leaves deeper values open: a member of a member is `color[R][x]=1`, an
    /// element of an array `color[R][0]=1`.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject, true);
    /// The value as JSON text: a parameter with `content: application/json`.
    pub const JSON: Self = Self::new(Kind::Json, false);
    /// The members of an object as the text of a form: a parameter with `content: application/x-www-form-urlencoded`.
    pub const FORM_TEXT: Self = Self::new(Kind::FormText, false);

    /// The members of an object as those of a form: a parameter that is the whole query.
    pub const QUERY_STRING: Self = Self::new(Kind::QueryString, false);

    const fn new(kind: Kind, explode: bool) -> Self {
        Self { kind, explode, reserved: false }
    }

    /// The same style with `allowReserved`: in a query and a form, reserved characters of a value (and percent-encoded
    /// triples) are sent as they are. The characters `#`, `[`, `]`, `&` and `+` are encoded all the same, because they
    /// would not arrive as part of the value.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    /// The text of a parameter that is one piece, in a path or a header; `None` if there is nothing to write.
    pub(super) fn text(self, name: &str, value: &Value, target: Target) -> Option<String> {
        let shape = self.shape(value, target)?;
        let explode = self.explode;
        Some(match self.kind {
            Kind::Label if explode => format!(".{}", shape.items("=").join(".")),
            Kind::Label => format!(".{}", shape.items(",").join(",")),
            Kind::Matrix => matrix(&encode(name, target), shape, explode),
            Kind::Simple if explode => shape.items("=").join(","),
            _ => shape.items(",").join(","),
        })
    }

    /// The pairs of name and value, both encoded, of a parameter in a query, a form or a cookie.
    pub(super) fn pairs(self, name: &str, value: &Value, target: Target) -> Vec<(String, String)> {
        if self.kind == Kind::DeepObject {
            let mut pairs = Vec::new();
            self.deep(name.to_owned(), value, target, &mut pairs);
            return pairs;
        }
        if let (Kind::QueryString, Value::Object(members)) = (self.kind, value) {
            return form(members, target);
        }
        let name = encode(name, target);
        match self.shape(value, target) {
            None => Vec::new(),
            Some(Shape::List(items)) if self.explode => items.into_iter().map(|item| (name.clone(), item)).collect(),
            Some(Shape::Members(members)) if self.explode => members,
            Some(shape) => {
                let separator = self.separator(target);
                vec![(name, shape.items(&separator).join(&separator))]
            }
        }
    }

    /// How a member of a form is written unless the document says otherwise: an object is JSON (OpenAPI 3.1.1, 4.8.15.1.1).
    pub(super) fn of_member(value: &Value) -> Self {
        if value.is_object() { Self::JSON } else { Self::FORM }
    }

    fn separator(self, target: Target) -> String {
        match self.kind {
            Kind::Space => encode(" ", target),
            Kind::Pipe => encode("|", target),
            _ => ",".to_owned(),
        }
    }

    fn deep(self, name: String, value: &Value, target: Target, pairs: &mut Vec<(String, String)>) {
        match value {
            Value::Null => {}
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.deep(format!("{name}[{index}]"), element, target, pairs);
                }
            }
            Value::Object(members) => {
                for (key, member) in members {
                    self.deep(format!("{name}[{key}]"), member, target, pairs);
                }
            }
            scalar => pairs.push((encode(&name, target), self.value(scalar, target))),
        }
    }

    fn shape(self, value: &Value, target: Target) -> Option<Shape> {
        match value {
            Value::Null => None,
            Value::Object(members) if self.kind == Kind::FormText => {
                let pairs = form(members, Target::Form).into_iter().map(|(name, value)| format!("{name}={value}"));
                Some(Shape::Scalar(encode(&pairs.collect::<Vec<_>>().join("&"), target)))
            }
            Value::Array(elements) if self.kind != Kind::Json => {
                let items: Vec<_> = present(elements.iter()).map(|element| self.value(element, target)).collect();
                (!items.is_empty()).then_some(Shape::List(items))
            }
            Value::Object(members) if self.kind != Kind::Json => {
                let members: Vec<_> = (members.iter().filter(|(_, member)| !member.is_null()))
                    .map(|(key, member)| (encode_name(key, target), self.value(member, target)))
                    .collect();
                (!members.is_empty()).then_some(Shape::Members(members))
            }
            value => Some(Shape::Scalar(self.value(value, target))),
        }
    }

    fn value(self, value: &Value, target: Target) -> String {
        let text = match value {
            Value::String(text) if self.kind != Kind::Json => Cow::Borrowed(text.as_str()),
            // A header holds only ASCII.
            value if target == Target::Header => Cow::Owned(ascii_json(value)),
            value => Cow::Owned(value.to_string()),
        };
        if self.reserved { encode_reserved(&text, target) } else { encode(&text, target) }
    }
}

/// A value as JSON in which every character outside ASCII is an escape.
fn ascii_json(value: &Value) -> String {
    let mut text = String::new();
    for character in value.to_string().chars() {
        match character.is_ascii() {
            true => text.push(character),
            false => character.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text += &format!("\\u{unit:04x}")),
        }
    }
    text
}

/// The pairs of a form with these members.
fn form(members: &Map<String, Value>, target: Target) -> Vec<(String, String)> {
    members.iter().flat_map(|(name, value)| Style::of_member(value).pairs(name, value, target)).collect()
}

/// A value whose parts are all encoded. A list and an object are never empty.
enum Shape {
    Scalar(String),
    List(Vec<String>),
    Members(Vec<(String, String)>),
}

impl Shape {
    /// The parts, in order. A member is its key and its value, with `between` between them.
    fn items(self, between: &str) -> Vec<String> {
        match self {
            Self::Scalar(text) => vec![text],
            Self::List(items) => items,
            Self::Members(members) => {
                members.into_iter().map(|(key, value)| format!("{key}{between}{value}")).collect()
            }
        }
    }
}

/// RFC 6570's path-style parameters, in which an empty value is written without its equals sign.
fn matrix(name: &str, shape: Shape, explode: bool) -> String {
    let pair = |(key, value): (&str, &str)| {
        if value.is_empty() { format!(";{key}") } else { format!(";{key}={value}") }
    };
    match shape {
        Shape::List(items) if explode => items.iter().map(|item| pair((name, item))).collect(),
        Shape::Members(members) if explode => members.iter().map(|(key, value)| pair((key, value))).collect(),
        shape => pair((name, &shape.items(",").join(","))),
    }
}

fn present<'v>(values: impl Iterator<Item = &'v Value>) -> impl Iterator<Item = &'v Value> {
    values.filter(|value| !value.is_null())
}
