//! Media types: how a media type is written, and what a body of that media type is.
//!
//! The generator compiles this file too, so that generator and runtime read media types in the same way. So the file uses nothing else of
//! the runtime.

/// What a body of a media type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One JSON value.
    Json,
    /// JSON values, one after the other.
    JsonStream,
    /// Server-sent events.
    EventStream,
    /// The members of an object as a query has them.
    Form,
    /// The members of an object as parts.
    Multipart,
    /// Parts that are not members of an object, such as `multipart/mixed`.
    Parts,
    /// XML.
    Xml,
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// A range such as `*/*`.
    Any,
}

/// The kinds of media types. A name may be a type (`text/`) or a suffix (`+json`); the first that fits counts.
const KINDS: &[(&str, Kind)] = &[
    ("application/json", Kind::Json),
    ("application/x-json", Kind::Json),
    ("text/json", Kind::Json),
    ("+json", Kind::Json),
    ("application/json-seq", Kind::JsonStream),
    ("application/jsonl", Kind::JsonStream),
    ("application/jsonlines", Kind::JsonStream),
    ("application/ndjson", Kind::JsonStream),
    ("application/x-jsonlines", Kind::JsonStream),
    ("application/x-ndjson", Kind::JsonStream),
    ("+json-seq", Kind::JsonStream),
    ("text/event-stream", Kind::EventStream),
    ("application/x-www-form-urlencoded", Kind::Form),
    ("multipart/form-data", Kind::Multipart),
    ("multipart/", Kind::Parts),
    ("application/xml", Kind::Xml),
    ("text/xml", Kind::Xml),
    ("+xml", Kind::Xml),
    ("application/graphql", Kind::Text),
    ("application/javascript", Kind::Text),
    ("application/x-yaml", Kind::Text),
    ("application/yaml", Kind::Text),
    ("text/", Kind::Text),
    ("application/cbor", Kind::Binary),
    ("application/octet-stream", Kind::Binary),
    ("application/*", Kind::Any),
    ("*/*", Kind::Any),
];

/// A media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    essence: String,
    /// What follows the subtype, as it is written: `version=2`. Empty if there is nothing.
    pub parameters: String,
}

impl MediaType {
    /// Reads any text. [`is_valid`](Self::is_valid) tells whether it is a media type.
    pub fn of(text: &str) -> Self {
        let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
        Self { essence: essence.trim().to_ascii_lowercase(), parameters: parameters.trim().to_owned() }
    }

    /// Whether it is a type and a subtype.
    pub fn is_valid(&self) -> bool {
        self.essence.split_once('/').is_some_and(|(ty, subtype)| is_token(ty) && is_token(subtype))
    }

    /// The type and the subtype, in lower case.
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// What a body of it is.
    pub fn kind(&self) -> Kind {
        let fits = |name: &str| match name {
            suffix if suffix.starts_with('+') => self.essence.ends_with(suffix),
            ty if ty.ends_with('/') => self.essence.starts_with(ty),
            name => self.essence == name,
        };
        KINDS.iter().find(|(name, _)| fits(name)).map_or(Kind::Binary, |(_, kind)| *kind)
    }

    /// Whether it falls under another one, which may be a range (`text/*`). Parameters do not count.
    pub fn is_within(&self, range: &Self) -> bool {
        match range.essence.strip_suffix('*') {
            Some("*/") => true,
            Some(ty) => self.essence.starts_with(ty),
            None => self.essence == range.essence,
        }
    }
}

/// Whether the media type that is written in a text is JSON.
pub fn is_json(text: &str) -> bool {
    MediaType::of(text).kind() == Kind::Json
}

fn is_token(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}
