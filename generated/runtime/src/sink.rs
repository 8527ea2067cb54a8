//! What values are written into. Takes the parts of JSON in the order in which a text has them, gives the text or the value.

use serde_core::Serialize;
use serde_json::{Map, Number, Value};

use super::escape::quote;
use super::form::File;

/// Where a value is written to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To the server. Members that are `readOnly` are left out, because the server sets them (OpenAPI 3.1.1, 4.8.24.1).
    Request,
    /// Anywhere else, so that nothing is left out.
    Any,
}

/// A value in the making.
pub(super) struct Sink {
    form: Form,
    way: Way,
    refused: bool,
}

enum Form {
    Text(Vec<u8>),
    Tree {
        /// The unfinished arrays and objects, each with the name of the member whose value comes next.
        open: Vec<(Value, String)>,
        /// The finished value.
        done: Value,
        /// The files of a form, each with the name of its member. A member may be a list of files.
        files: Option<Vec<(String, File)>>,
    },
}

impl Sink {
    /// A JSON text.
    pub(super) fn text(way: Way) -> Self {
        Self { form: Form::Text(Vec::with_capacity(128)), way, refused: false }
    }

    /// A JSON value.
    pub(super) fn tree(way: Way) -> Self {
        Self { form: Form::Tree { open: Vec::new(), done: Value::Null, files: None }, way, refused: false }
    }

    /// A form of a request.
    pub(super) fn form() -> Self {
        let form = Form::Tree { open: Vec::new(), done: Value::Null, files: Some(Vec::new()) };
        Self { form, way: Way::Request, refused: false }
    }

    #[inline]
    pub(super) fn way(&self) -> Way {
        self.way
    }

    /// The text; `None` if something could not be written.
    pub(super) fn into_text(self) -> Option<Vec<u8>> {
        match self.form {
            Form::Text(text) if !self.refused => Some(text),
            _ => None,
        }
    }

    /// The value; `None` if something could not be written.
    pub(super) fn into_value(self) -> Option<Value> {
        match self.form {
            Form::Tree { done, .. } if !self.refused => Some(done),
            _ => None,
        }
    }

    /// The value and the files of a form; `None` if something could not be written.
    pub(super) fn into_form(self) -> Option<(Value, Vec<(String, File)>)> {
        match self.form {
            Form::Tree { done, files, .. } if !self.refused => Some((done, files.unwrap_or_default())),
            _ => None,
        }
    }

    /// Whether a file becomes a part of a form here. Deeper inside, in JSON, a file is text.
    pub(super) fn takes_files(&self) -> bool {
        let Form::Tree { open, files: Some(_), .. } = &self.form else { return false };
        open.first().is_some_and(|(form, _)| form.is_object()) && open.iter().skip(1).all(|(list, _)| list.is_array())
    }

    /// A file of a form. Null stands in its place.
    pub(super) fn file(&mut self, file: &File) {
        if let Form::Tree { open, files: Some(files), .. } = &mut self.form
            && let Some((_, name)) = open.first()
        {
            files.push((name.clone(), file.clone()));
        }
        self.null();
    }

    /// Notes that a value cannot be written.
    pub(super) fn refuse(&mut self) {
        self.refused = true;
    }

    #[inline]
    pub(super) fn begin_object(&mut self) {
        self.begin(b'{', || Value::Object(Map::new()));
    }

    #[inline]
    pub(super) fn end_object(&mut self) {
        self.end(b'}');
    }

    #[inline]
    pub(super) fn begin_array(&mut self) {
        self.begin(b'[', || Value::Array(Vec::new()));
    }

    #[inline]
    pub(super) fn end_array(&mut self) {
        self.end(b']');
    }

    /// An element follows.
    #[inline]
    pub(super) fn element(&mut self, is_first: bool) {
        if let Form::Text(text) = &mut self.form
            && !is_first
        {
            text.push(b',');
        }
    }

    /// A member's value follows.
    #[inline]
    pub(super) fn name(&mut self, name: &str, is_first: bool) {
        match &mut self.form {
            Form::Text(text) => {
                // Checks the vector's capacity once for all that follows.
                text.reserve(name.len() + 4);
                if !is_first {
                    text.push(b',');
                }
                quote(text, name);
                text.push(b':');
            }
            Form::Tree { open, .. } => {
                if let Some((_, waiting)) = open.last_mut() {
                    name.clone_into(waiting);
                }
            }
        }
    }

    #[inline]
    pub(super) fn null(&mut self) {
        self.word(b"null", || Value::Null);
    }

    #[inline]
    pub(super) fn bool(&mut self, flag: bool) {
        self.word(if flag { b"true" } else { b"false" }, || Value::Bool(flag));
    }

    #[inline]
    pub(super) fn number(&mut self, number: impl Into<Number> + Serialize) {
        match &mut self.form {
            // Writing into a vector never fails.
            Form::Text(text) => drop(serde_json::to_writer(text, &number)),
            Form::Tree { .. } => self.add(Value::Number(number.into())),
        }
    }

    #[inline]
    pub(super) fn float(&mut self, float: f64) {
        match (&mut self.form, Number::from_f64(float)) {
            // Writing into a vector never fails.
            (Form::Text(text), Some(_)) => drop(serde_json::to_writer(text, &float)),
            (Form::Tree { .. }, Some(number)) => self.add(Value::Number(number)),
            (_, None) => {
                self.refuse();
                self.null();
            }
        }
    }

    #[inline]
    pub(super) fn string(&mut self, text: &str) {
        match &mut self.form {
            Form::Text(bytes) => quote(bytes, text),
            Form::Tree { .. } => self.add(Value::String(text.to_owned())),
        }
    }

    #[inline]
    fn word(&mut self, word: &[u8], value: impl FnOnce() -> Value) {
        match &mut self.form {
            Form::Text(text) => text.extend_from_slice(word),
            Form::Tree { .. } => self.add(value()),
        }
    }

    #[inline]
    fn begin(&mut self, mark: u8, empty: impl FnOnce() -> Value) {
        match &mut self.form {
            Form::Text(text) => text.push(mark),
            Form::Tree { open, .. } => open.push((empty(), String::new())),
        }
    }

    #[inline]
    fn end(&mut self, mark: u8) {
        match &mut self.form {
            Form::Text(text) => text.push(mark),
            Form::Tree { open, .. } => {
                if let Some((value, _)) = open.pop() {
                    self.add(value);
                }
            }
        }
    }

    fn add(&mut self, value: Value) {
        let Form::Tree { open, done, .. } = &mut self.form else { return };
        match open.last_mut() {
            Some((Value::Array(elements), _)) => elements.push(value),
            Some((Value::Object(members), name)) => drop(members.insert(std::mem::take(name), value)),
            _ => *done = value,
        }
    }
}
