//! `oneOf` and `anyOf`: which branch a value is.
//!
//! Without a discriminator the branches are tried in the document's order, all of them as closely as possible before
//! any with more tolerance. A union inside another one tries the mode that the outer one is reading in and the closer ones,
//! so that a tolerance needed elsewhere in the value does not make it choose carelessly.

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{self, Serialize, Serializer};
use serde_json::Value;

use super::decode::{self, Failure, Mode};
use super::memo::Question;
use super::mode;
use super::reader::Reader;

/// A branch of a union: its name in messages, and how it is read.
pub type Branch<T> = (&'static str, fn(Candidate<'_>) -> Result<T, Failure>);

/// A value that may be of a branch.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    value: &'a Value,
    mode: Mode,
}

impl Candidate<'_> {
    /// Reads the value as the branch's type.
    ///
    /// # Errors
    ///
    /// If the value does not fit the type.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, Failure> {
        decode::read(self.value, self.mode)
    }
}

/// Reads a value as the first branch that it fits.
///
/// # Errors
///
/// If it fits none; the message says what each branch said.
pub fn untagged<'de, D: Deserializer<'de>, T>(deserializer: D, branches: &[Branch<T>]) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    mode::within(Mode::current(), &value, || choose(&value, branches)).map_err(Failure::relay)
}

fn choose<T>(value: &Value, branches: &[Branch<T>]) -> Result<T, Failure> {
    let question = Question::new::<T>(value, Mode::current());
    match question.recall() {
        Some(Ok((branch, mode))) => match branches.get(branch).map(|(_, read)| read(Candidate { value, mode })) {
            Some(Ok(read)) => Ok(read),
            _ => try_all(value, branches, question),
        },
        Some(Err(failure)) => Err(failure),
        None => try_all(value, branches, question),
    }
}

fn try_all<T>(value: &Value, branches: &[Branch<T>], question: Question) -> Result<T, Failure> {
    let mut said = Vec::new();
    for mode in Mode::current().and_closer() {
        said.clear();
        for (index, (name, read)) in branches.iter().enumerate() {
            match read(Candidate { value, mode }) {
                Ok(branch) => {
                    question.note(Ok((index, mode)));
                    return Ok(branch);
                }
                Err(failure) => said.push(format!("{name}: {failure}")),
            }
        }
    }
    let failure = Failure::new(shortened(format!("fits no variant ({})", said.join("; "))));
    question.note(Err(failure.clone()));
    Err(failure)
}

/// What nested unions say would otherwise multiply.
fn shortened(message: String) -> String {
    const LIMIT: usize = 1_000;
    match message.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}...", message.get(..end).unwrap_or_default()),
        None => message,
    }
}

/// A value with the member that tells the branches of its union apart.
#[derive(Clone, Debug)]
pub struct Tagged {
    property: &'static str,
    tag: Option<String>,
    value: Value,
}

impl Tagged {
    /// Reads a value and the tag in its member `property`.
    ///
    /// # Errors
    ///
    /// If there is no value.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D, property: &'static str) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let tag = match value.get(property) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(tag @ (Value::Number(_) | Value::Bool(_))) => Some(tag.to_string()),
            _ => None,
        };
        Ok(Self { property, tag, value })
    }

    /// The tag; a number or a boolean as JSON writes it.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The value as the type of a branch. The tag may be there also if the branch does not declare it.
    ///
    /// # Errors
    ///
    /// If the value does not fit the type.
    pub fn value<T: DeserializeOwned, E: de::Error>(self) -> Result<T, E> {
        let mode = Mode::current();
        let reader = Reader::new(&self.value, mode).with_tag(self.property);
        mode::within(mode, &self.value, || T::deserialize(reader)).map_err(Failure::relay)
    }

    /// The value as the type of a branch that would take the tag for one of its own members, such as a map.
    ///
    /// # Errors
    ///
    /// If the value does not fit the type.
    pub fn value_without_tag<T: DeserializeOwned, E: de::Error>(mut self) -> Result<T, E> {
        if let Value::Object(members) = &mut self.value {
            members.remove(self.property);
        }
        self.value()
    }

    /// The value as it is, for a tag that the document does not declare.
    ///
    /// # Errors
    ///
    /// If there is no tag at all, or a union around this one is reading closely: the value may be of another of its branches.
    pub fn unknown<E: de::Error>(self) -> Result<Value, E> {
        let tagged = self.value.get(self.property).is_some_and(|tag| !tag.is_null());
        if tagged && Mode::current() == Mode::Lenient { Ok(self.value) } else { Err(self.refuse()) }
    }

    /// The value as it is.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.value
    }

    /// The error for a tag that the document does not declare, or that is missing.
    #[must_use]
    pub fn refuse<E: de::Error>(&self) -> E {
        let state = if self.value.get(self.property).is_some() { "has an undeclared value" } else { "is missing" };
        decode::refuse(&format!("the tag `{}` {state}", self.property))
    }
}

/// Writes a value with a tag that its own type does not declare.
///
/// # Errors
///
/// If the value is not an object.
pub fn serialize_tagged<T: Serialize + ?Sized, S: Serializer>(
    value: &T,
    property: &'static str,
    tag: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match serde_json::to_value(value).map_err(ser::Error::custom)? {
        Value::Object(members) => {
            let mut tagged = serde_json::Map::from_iter([(property.to_owned(), Value::from(tag))]);
            tagged.extend(members.into_iter().filter(|(name, _)| name != property));
            tagged.serialize(serializer)
        }
        _ => Err(ser::Error::custom(format_args!("only an object can have the tag `{property}`"))),
    }
}
