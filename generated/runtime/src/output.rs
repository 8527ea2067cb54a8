//! Where values are written: into JSON text, or into a `serde_json::Value` for the parts of a request that are not JSON.
//!
//! Takes one value at a time from a [`Write`], so that no tree is built between a model and its text.

use std::cell::Cell;

use serde_json::{Number, Value};

use super::form::File;
use super::sink::{Sink, Way};
use super::union::Tag;
use super::unknown::Unknown;
use super::write::Write;

/// A value as JSON text, as a request sends it. `None` if a part of the value has no form in JSON, such as a float that is not a number, or
/// bytes that are not text.
pub fn to_vec<T: Write + ?Sized>(value: &T) -> Option<Vec<u8>> {
    let mut sink = Sink::text(Way::Request);
    value.write(Output { sink: &mut sink, tag: None });
    sink.into_text()
}

/// A value as JSON.
pub(super) fn to_value<T: Write + ?Sized>(value: &T, way: Way) -> Option<Value> {
    let mut sink = Sink::tree(way);
    value.write(Output { sink: &mut sink, tag: None });
    sink.into_value()
}

/// An object as a form: JSON, and the files in its members, each with the name of its member and in their order.
pub(super) fn to_form<T: Write + ?Sized>(value: &T) -> Option<(Value, Vec<(String, File)>)> {
    let mut sink = Sink::form();
    value.write(Output { sink: &mut sink, tag: None });
    sink.into_form()
}

/// The place of one value.
pub struct Output<'a> {
    sink: &'a mut Sink,
    tag: Option<&'a Tagged<'a>>,
}

/// A tag: a member that an object has because it is a value of a union.
struct Tagged<'a> {
    property: &'static str,
    tag: Tag,
    place: Place,
    outer: Option<&'a Tagged<'a>>,
}

/// Where a tag is written.
enum Place {
    /// Before the members of the object. It replaces the member of the same name.
    First,
    /// After the members of the object, unless one of them has the same name.
    Last { is_there: Cell<bool> },
}

impl Output<'_> {
    /// Writes a value in this place.
    #[inline]
    pub fn value<T: Write + ?Sized>(self, value: &T) {
        value.write(self);
    }

    /// Writes an object with a tag as its first member. If the object has this member itself, the tag replaces it.
    pub fn tagged<T: Write + ?Sized>(self, property: &'static str, tag: Tag, value: &T) {
        let tagged = Tagged { property, tag, place: Place::First, outer: self.tag };
        value.write(Output { sink: self.sink, tag: Some(&tagged) });
    }

    /// Writes an object, and a tag after its members. An object that has a tag keeps it, because several tags may select its type.
    pub fn tagged_once<T: Write + ?Sized>(self, property: &'static str, tag: Tag, value: &T) {
        let place = Place::Last { is_there: Cell::new(false) };
        let tagged = Tagged { property, tag, place, outer: self.tag };
        value.write(Output { sink: self.sink, tag: Some(&tagged) });
    }

    /// Writes an object.
    #[inline]
    pub fn object(self, members: impl FnOnce(&mut ObjectWriter<'_>)) {
        self.sink.begin_object();
        let mut object = ObjectWriter { sink: self.sink, tag: self.tag, is_first: true };
        if let Some(tag) = self.tag {
            object.first_tags(tag);
        }
        members(&mut object);
        if let Some(tag) = self.tag {
            object.last_tags(tag);
        }
        self.sink.end_object();
    }

    /// Writes an array.
    #[inline]
    pub(super) fn array(mut self, elements: impl FnOnce(&mut ArrayWriter<'_>)) {
        let sink = self.scalar();
        sink.begin_array();
        elements(&mut ArrayWriter { sink, is_first: true });
        sink.end_array();
    }

    #[inline]
    pub(super) fn null(mut self) {
        self.scalar().null();
    }

    #[inline]
    pub(super) fn bool(mut self, flag: bool) {
        self.scalar().bool(flag);
    }

    #[inline]
    pub(super) fn signed(mut self, integer: i64) {
        self.scalar().number(integer);
    }

    #[inline]
    pub(super) fn unsigned(mut self, integer: u64) {
        self.scalar().number(integer);
    }

    /// Writes a float. JSON has neither infinities nor NaN.
    #[inline]
    pub(super) fn float(mut self, float: f64) {
        self.scalar().float(float);
    }

    #[inline]
    pub(super) fn number(mut self, number: &Number) {
        self.scalar().number(number.clone());
    }

    #[inline]
    pub(super) fn text(mut self, text: &str) {
        self.scalar().string(text);
    }

    /// Whether a file is a part of a form here.
    pub(super) fn takes_files(&self) -> bool {
        self.sink.takes_files()
    }

    pub(super) fn file(mut self, file: &File) {
        self.scalar().file(file);
    }

    /// Refuses to write the value.
    pub(super) fn refuse(self) {
        self.sink.refuse();
        self.sink.null();
    }

    /// The sink, for a value that is not an object. Such a value cannot have a tag.
    #[inline]
    fn scalar(&mut self) -> &mut Sink {
        if self.tag.is_some() {
            self.sink.refuse();
        }
        self.sink
    }
}

/// The elements of an array, as they are written.
pub(super) struct ArrayWriter<'a> {
    sink: &'a mut Sink,
    is_first: bool,
}

impl ArrayWriter<'_> {
    #[inline]
    pub(super) fn element<T: Write + ?Sized>(&mut self, value: &T) {
        self.sink.element(self.is_first);
        self.is_first = false;
        value.write(Output { sink: self.sink, tag: None });
    }
}

/// The members of an object, as a model writes them.
pub struct ObjectWriter<'a> {
    sink: &'a mut Sink,
    tag: Option<&'a Tagged<'a>>,
    is_first: bool,
}

impl ObjectWriter<'_> {
    /// Writes a member that is always there.
    #[inline]
    pub fn required<T: Write + ?Sized>(&mut self, name: &str, value: &T) {
        if self.tag.is_some_and(|tag| tag.meets(name)) {
            return;
        }
        self.member(name, value);
    }

    /// Writes a member if it is there.
    #[inline]
    pub fn optional<T: Write>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes a member that only the server sets. It is left out of a request.
    pub fn read_only<T: Write>(&mut self, name: &str, value: &Option<T>) {
        if self.sink.way() != Way::Request {
            self.optional(name, value);
        }
    }

    /// As [`ObjectWriter::required`], of a member that may be null.
    pub fn nullable<T: Write>(&mut self, name: &str, value: &Option<T>) {
        self.required(name, value);
    }

    /// As [`ObjectWriter::optional`], of a member that may be null: `None` is missing, `Some(None)` is null.
    pub fn optional_nullable<T: Write>(&mut self, name: &str, value: &Option<Option<T>>) {
        self.optional(name, value);
    }

    /// As [`ObjectWriter::read_only`], of a member that may be null.
    pub fn read_only_nullable<T: Write>(&mut self, name: &str, value: &Option<Option<T>>) {
        self.read_only(name, value);
    }

    /// As [`ObjectWriter::read_only`], of a member that the server always sets.
    pub fn returned<T: Write>(&mut self, name: &str, value: &Option<T>) {
        self.read_only(name, value);
    }

    /// As [`ObjectWriter::returned`], of a member that may be null.
    pub fn returned_nullable<T: Write>(&mut self, name: &str, value: &Option<Option<T>>) {
        self.read_only(name, value);
    }

    /// Writes members that the document does not name. Refuses a member with a declared name, because the object would have that name
    /// twice.
    pub fn additional<'m, N: AsRef<str> + 'm, T: Write + 'm>(
        &mut self,
        members: impl IntoIterator<Item = (&'m N, &'m T)>,
        declared: &[&str],
    ) {
        for (name, value) in members {
            if declared.contains(&name.as_ref()) {
                self.sink.refuse();
            }
            self.required(name.as_ref(), value);
        }
    }

    /// Writes members that were read and are not declared.
    #[inline]
    pub fn unknown(&mut self, members: &Unknown, declared: &[&str]) {
        // Most objects have no unknown members.
        if !members.is_empty() {
            self.additional(members.iter(), declared);
        }
    }

    fn first_tags(&mut self, tagged: &Tagged<'_>) {
        if let Some(outer) = tagged.outer {
            self.first_tags(outer);
        }
        if matches!(tagged.place, Place::First) {
            self.tag(tagged);
        }
    }

    fn last_tags(&mut self, tagged: &Tagged<'_>) {
        if let Some(outer) = tagged.outer {
            self.last_tags(outer);
        }
        if matches!(&tagged.place, Place::Last { is_there } if !is_there.get()) {
            self.tag(tagged);
        }
    }

    /// Writes a tag, unless an outer union writes a tag with the same name.
    fn tag(&mut self, Tagged { property, tag, outer, .. }: &Tagged<'_>) {
        if !outer.is_some_and(|outer| outer.meets(property)) {
            self.member(property, tag);
        }
    }

    #[inline]
    fn member<T: Write + ?Sized>(&mut self, name: &str, value: &T) {
        self.sink.name(name, self.is_first);
        self.is_first = false;
        value.write(Output { sink: self.sink, tag: None });
    }
}

impl Tagged<'_> {
    /// Whether the union writes the member of this name, so that the object must not. If the object may, notes that it does.
    #[inline]
    fn meets(&self, name: &str) -> bool {
        // Few names have the same length as the tag's name.
        let may_be_tag = self.property.len() == name.len() || self.outer.is_some();
        may_be_tag && self.has_tag(name)
    }

    #[inline(never)]
    fn has_tag(&self, name: &str) -> bool {
        if self.property == name {
            match &self.place {
                Place::First => return true,
                Place::Last { is_there } => is_there.set(true),
            }
        }
        self.outer.is_some_and(|outer| outer.meets(name))
    }
}

impl Write for Tag {
    fn write(&self, to: Output<'_>) {
        match self {
            Self::Text(text) => to.text(text),
            Self::Integer(integer) => to.signed(*integer),
            Self::Bool(flag) => to.bool(*flag),
        }
    }
}
