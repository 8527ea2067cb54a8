//! Reads YAML 1.2 with the place of everything in it.
//!
//! Takes a text, and passes the events of the parser to the [`Builder`]: aliases are expanded (within bounds), merge keys are applied, keys
//! become strings. Refuses parts that JSON does not have. Flow collections nest at most 255 deep, which is a limit of the event parser.
//! Block collections may nest as deep as in JSON.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput, Tag};
use serde_json::Value;

use super::continuation::Indented;
use super::scalar::{self, ScalarFault};
use super::tree::{Builder, Mark, Node, Stop};
use super::yaml_faults;
use crate::diagnostics::codes;
use crate::limits::{MAX_ALIASED, MAX_ALIASED_EACH, MAX_NESTING};

/// Passes the whole document to the builder.
pub(super) fn read(builder: &mut Builder<'_>) -> Result<(), Stop> {
    read_as(builder, None)
}

/// As [`read`], with blanks added before the lines that continue others. Places are those of the text as it was written.
pub(super) fn read_indented(builder: &mut Builder<'_>, indented: &Indented) -> Result<(), Stop> {
    read_as(builder, Some(indented))
}

fn read_as(builder: &mut Builder<'_>, indented: Option<&Indented>) -> Result<(), Stop> {
    let text = builder.text;
    let ascii = text.is_ascii();
    let anchors = HashMap::new();
    Reader { text, indented, ascii, anchors, open: Vec::new(), written: 0, expanded: 0, builder }.document()
}

/// A finished node that aliases may repeat.
struct Anchored {
    node: Node,
    size: usize,
    height: usize,
}

struct Reader<'t, 'b, 'd> {
    text: &'t str,
    /// The text that the event parser gets in place of the written one.
    indented: Option<&'t Indented>,
    ascii: bool,
    anchors: HashMap<usize, Anchored>,
    /// The anchors of the open containers (0 for none).
    open: Vec<usize>,
    written: usize,
    expanded: usize,
    builder: &'b mut Builder<'d>,
}

impl<'t> Reader<'t, '_, '_> {
    fn document(&mut self) -> Result<(), Stop> {
        let mut parser = Parser::new_from_str(self.indented.map_or(self.text, |indented| &indented.text));
        let mut documents = 0;
        while let Some(event) = self.next(&mut parser)? {
            let (event, span) = event;
            if let Event::DocumentStart(_) = event {
                documents += 1;
                if documents > 1 {
                    let help = Some("keep one document in each file");
                    return Err(self.builder.stop(
                        codes::SEVERAL_DOCUMENTS,
                        "a second document begins here",
                        span.start,
                        help,
                    ));
                }
            }
            self.event(event, span)?;
        }
        Ok(())
    }

    fn next(&mut self, parser: &mut Parser<'t, StrInput<'t>>) -> Result<Option<(Event<'t>, Range<usize>)>, Stop> {
        match parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, self.bytes(span)))),
            Some(Err(fault)) => {
                let offset = self.byte(fault.marker().index());
                Err(yaml_faults::report(self.builder, fault.info(), offset))
            }
        }
    }

    fn event(&mut self, event: Event<'t>, span: Range<usize>) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), span),
            Event::SequenceStart(anchor, tag) => self.open(anchor, tag.as_deref(), span, false),
            Event::MappingStart(anchor, tag) => self.open(anchor, tag.as_deref(), span, true),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Ok(())
            }
        }
    }

    fn open(&mut self, anchor: usize, tag: Option<&Tag>, span: Range<usize>, mapping: bool) -> Result<(), Stop> {
        if self.builder.expects_key() {
            return Err(self.bad_key(span.start));
        }
        let wanted = if mapping { "map" } else { "seq" };
        if let Some(tag) = tag.filter(|tag| !is_core(tag, &[wanted]) && !is_bare(tag)) {
            self.unknown_tag(tag, span.start);
        }
        self.open.push(anchor);
        self.written += 1;
        let first = self.text.get(span.start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = span.start..span.start + first;
        if mapping { self.builder.open_object(span) } else { self.builder.open_array(span) }
    }

    fn close(&mut self) -> Result<(), Stop> {
        let anchor = self.open.pop().unwrap_or_default();
        if let Some(mut node) = self.builder.close() {
            self.merge(&mut node);
            self.put(node, anchor);
        }
        Ok(())
    }

    fn put(&mut self, node: Node, anchor: usize) {
        if anchor != 0 {
            let (size, height) = extent(&node.mark);
            self.anchors.insert(anchor, Anchored { node: node.clone(), size, height });
        }
        self.builder.put(node);
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> Result<(), Stop> {
        self.written += 1;
        let value = self.meaning(text, style, tag, span.start);
        if !self.builder.expects_key() {
            if let Value::Number(number) = &value {
                self.builder.check_rounding(text, number, span.start);
            }
            self.put(Node { value, mark: Mark::new(span) }, anchor);
            return Ok(());
        }
        if anchor != 0 {
            let node = Node { value: value.clone(), mark: Mark::new(span.clone()) };
            self.anchors.insert(anchor, Anchored { node, size: 1, height: 0 });
        }
        self.key(text, &value, span)
    }

    fn meaning(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, offset: usize) -> Value {
        let plain = match tag {
            None => style == ScalarStyle::Plain,
            Some(tag) if is_core(tag, &["int", "float", "bool", "null"]) => true,
            Some(tag) if is_core(tag, &["str", "timestamp"]) || is_bare(tag) => false,
            Some(tag) if is_core(tag, &["merge"]) && text == "<<" && self.builder.expects_key() => false,
            Some(tag) => {
                self.unknown_tag(tag, offset);
                false
            }
        };
        if !plain {
            return Value::String(text.to_owned());
        }
        scalar::plain(text).unwrap_or_else(|fault| {
            match fault {
                ScalarFault::NotFinite => self.builder.number_not_finite(text, offset),
                ScalarFault::OutOfRange => self.builder.number_out_of_range(offset),
            }
            Value::Null
        })
    }

    /// Numbers, booleans and the word `null` become the text they are written as: the key `200` is `"200"`.
    fn key(&mut self, text: &str, value: &Value, span: Range<usize>) -> Result<(), Stop> {
        match value {
            Value::Null if text.is_empty() || text == "~" => Err(self.bad_key(span.start)),
            Value::Array(_) | Value::Object(_) => Err(self.bad_key(span.start)),
            _ => {
                self.builder.key(text.to_owned(), span);
                Ok(())
            }
        }
    }

    fn bad_key(&mut self, offset: usize) -> Stop {
        self.builder.stop(codes::INVALID_KEY, "a key must be a string", offset, Some("put the key in quotes"))
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>) -> Result<(), Stop> {
        let name = self.text.get(span.clone()).unwrap_or_default().to_owned();
        let Some(Anchored { node, size, height }) = self.anchors.get(&anchor) else {
            let message = format!("the alias `{name}` lies inside what it repeats");
            return Err(self.builder.stop(
                codes::ALIAS_CYCLE,
                message,
                span.start,
                Some("use a `$ref` for a recursive schema"),
            ));
        };
        if self.builder.depth() + height > MAX_NESTING {
            return Err(self.builder.too_deep(span.start));
        }
        self.expanded += size;
        if self.expanded > MAX_ALIASED.max(self.written * MAX_ALIASED_EACH) {
            let message = format!(
                "the aliases up to `{name}` make {} values of the {} that are written",
                self.expanded, self.written
            );
            return Err(self.builder.stop(
                codes::ALIAS_EXPANSION,
                message,
                span.start,
                Some("use `$ref`s instead of aliases"),
            ));
        }
        let mut node = node.clone();
        if self.builder.expects_key() {
            let text = node.value.as_str().map_or_else(|| node.value.to_string(), str::to_owned);
            return self.key(&text, &node.value, span);
        }
        let span = span.into();
        (node.mark.span, node.mark.value) = (span, span);
        self.builder.put(node);
        Ok(())
    }

    /// Applies a merge key (`<<`): adds the members of the merged mappings at the end, except those that exist already.
    fn merge(&mut self, node: &mut Node) {
        let Value::Object(members) = &mut node.value else { return };
        let Some(index) = members.keys().position(|key| key == "<<") else { return };
        let mark = if index < node.mark.children.len() { node.mark.children.remove(index) } else { Mark::default() };
        let offset = mark.span.start();
        let merged = match members.shift_remove("<<") {
            Some(Value::Array(mappings)) => mappings.into_iter().zip(mark.children).collect(),
            Some(mapping) => vec![(mapping, mark)],
            None => Vec::new(),
        };
        for (mapping, mark) in merged {
            let Value::Object(mapping) = mapping else {
                let help = Some("write `<<: *name` or `<<: [*one, *other]`");
                return self.builder.error(codes::INVALID_MERGE, "the merge key `<<` takes mappings", offset, help);
            };
            for ((key, value), mark) in mapping.into_iter().zip(mark.children) {
                if !members.contains_key(&key) {
                    members.insert(key, value);
                    node.mark.children.push(mark);
                }
            }
        }
    }

    fn unknown_tag(&mut self, tag: &Tag, offset: usize) {
        let handle = if tag.is_yaml_core_schema() { "!!" } else { &tag.handle };
        let message = format!("the tag `{handle}{}` is not supported", tag.suffix);
        self.builder.error(
            codes::UNKNOWN_TAG,
            message,
            offset,
            Some("nothing is included or run; write the value itself"),
        );
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }

    fn byte(&self, index: usize) -> usize {
        let index = self.indented.map_or(index, |indented| indented.written(index));
        if self.ascii { index.min(self.text.len()) } else { self.builder.positions.byte_of_char(self.text, index) }
    }
}

fn is_core(tag: &Tag, names: &[&str]) -> bool {
    tag.is_yaml_core_schema() && names.contains(&tag.suffix.as_str())
}

/// A lone `!` only says that a scalar is not a number.
fn is_bare(tag: &Tag) -> bool {
    Cow::Borrowed("!") == format!("{}{}", tag.handle, tag.suffix)
}

/// How many nodes there are, and how deeply containers are nested.
fn extent(mark: &Mark) -> (usize, usize) {
    mark.children
        .iter()
        .map(extent)
        .fold((1, 0), |(size, height), (child_size, child_height)| (size + child_size, height.max(child_height + 1)))
}
