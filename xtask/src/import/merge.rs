//! Merges OpenAPI documents into one that means the same.
//!
//! Takes the documents of all pages, gives one document, or every place at which two of them contradict each other. A different order of
//! keys does not count as a difference. The first document that has a key decides its place in the order.

use generator::methods::METHODS;
use generator::pointer::Pointer;
use serde_json::{Map, Value};

use super::Fault;
use super::page::Document;
use super::push_down::push_down;

type Object = Map<String, Value>;

/// Merges the documents in their order.
pub fn merge(mut documents: Vec<Document>) -> Result<Value, Vec<Fault>> {
    push_down(&mut documents);
    let mut merged = documents.first().map(|document| document.root.clone()).unwrap_or_default();
    let mut conflicts = Vec::new();
    for (index, document) in documents.iter().enumerate().skip(1) {
        let mut merge = Merge { earlier: &documents[..index], document, conflicts: Vec::new() };
        merge.unite(DOCUMENT, &Pointer::root(), &mut merged, &document.root);
        conflicts.extend(merge.conflicts);
    }
    if conflicts.is_empty() { Ok(merged) } else { Err(conflicts) }
}

/// How two documents' values at one place are merged.
#[derive(Clone, Copy)]
enum Rule {
    /// They must be equal.
    Same,
    /// They are objects. A member that only one of them has is not a difference.
    Named(&'static Rule),
    /// They are lists of tags. A tag that only one of them has is not a difference.
    Tags,
    /// They are objects. Fields without a rule must be equal, or absent in both.
    Fields(fn(&str) -> Option<Rule>),
}

const DOCUMENT: Rule = Rule::Fields(|key| match key {
    "paths" | "webhooks" => Some(Rule::Named(&PATH_ITEM)),
    "components" => Some(Rule::Named(&Rule::Named(&Rule::Same))),
    "tags" => Some(Rule::Tags),
    _ => None,
});

/// Members next to the operations of a path item hold for all its operations. So an operation from a document without these members would
/// change its meaning.
const PATH_ITEM: Rule = Rule::Fields(|key| METHODS.contains(&key).then_some(Rule::Same));

struct Merge<'d> {
    earlier: &'d [Document],
    document: &'d Document,
    conflicts: Vec<Fault>,
}

impl<'d> Merge<'d> {
    fn unite(&mut self, rule: Rule, at: &Pointer, merged: &mut Value, added: &Value) {
        match (rule, merged, added) {
            (Rule::Named(inner), Value::Object(merged), Value::Object(added)) => {
                self.unite_members(&|_| Some(*inner), at, merged, added);
            }
            (Rule::Fields(rule_of), Value::Object(merged), Value::Object(added)) => {
                self.refuse_absent(rule_of, at, merged, added);
                self.unite_members(&rule_of, at, merged, added);
            }
            (Rule::Tags, Value::Array(merged), Value::Array(added)) => self.unite_tags(merged, added),
            (_, merged, added) => self.same(at, merged, added),
        }
    }

    fn unite_members(
        &mut self,
        rule_of: &dyn Fn(&str) -> Option<Rule>,
        at: &Pointer,
        merged: &mut Object,
        added: &Object,
    ) {
        for (key, value) in added {
            match (merged.get_mut(key), rule_of(key)) {
                (Some(present), rule) => self.unite(rule.unwrap_or(Rule::Same), &at.join(key), present, value),
                (None, Some(_)) => _ = merged.insert(key.clone(), value.clone()),
                (None, None) => self.absent(&at.join(key), &self.document.place, self.place_of(at)),
            }
        }
    }

    fn refuse_absent(&mut self, rule_of: fn(&str) -> Option<Rule>, at: &Pointer, merged: &Object, added: &Object) {
        for key in merged.keys().filter(|key| rule_of(key).is_none() && !added.contains_key(*key)) {
            let at = at.join(key);
            self.absent(&at, self.place_of(&at), &self.document.place);
        }
    }

    fn same(&mut self, at: &Pointer, merged: &Value, added: &Value) {
        if merged != added {
            let help = format!("they first differ at {}", first_difference(at.clone(), merged, added));
            self.conflict(format!("two documents disagree on {at}"), [self.place_of(at), &self.document.place], help);
        }
    }

    fn unite_tags(&mut self, merged: &mut Vec<Value>, added: &[Value]) {
        for tag in added {
            match merged.iter().find(|present| present["name"] == tag["name"]) {
                Some(present) if present == tag => {}
                Some(_) => self.tag_conflict(&tag["name"]),
                None => merged.push(tag.clone()),
            }
        }
    }

    fn tag_conflict(&mut self, name: &Value) {
        let has_tag = |document: &&Document| {
            document.root["tags"].as_array().is_some_and(|tags| tags.iter().any(|tag| tag["name"] == *name))
        };
        let first = self.earlier.iter().find(has_tag).unwrap_or(self.document);
        let help = "say the same of the tag in both documents".to_owned();
        let places = [first.place.as_str(), &self.document.place];
        self.conflict(format!("two documents disagree on the tag {name}"), places, help);
    }

    fn absent(&mut self, at: &Pointer, present: &str, absent: &str) {
        let help = format!("it holds for everything beside it, and {absent} does not have it");
        self.conflict(format!("only one of two documents has {at}"), [present, absent], help);
    }

    /// The first document that has something at the pointer.
    fn place_of(&self, at: &Pointer) -> &'d str {
        let first = self.earlier.iter().find(|document| at.resolve(&document.root).is_some());
        &first.unwrap_or(self.document).place
    }

    fn conflict(&mut self, message: String, places: [&str; 2], help: String) {
        self.conflicts.push(Fault { message, places: places.map(str::to_owned).to_vec(), help });
    }
}

/// The deepest place at which two unequal values differ, in the order of the first.
fn first_difference(at: Pointer, first: &Value, second: &Value) -> Pointer {
    match (first, second) {
        (Value::Object(first), Value::Object(second)) => {
            let differing = first.keys().chain(second.keys()).find(|key| first.get(*key) != second.get(*key));
            match differing.map(|key| (key, first.get(key), second.get(key))) {
                Some((key, Some(first), Some(second))) => first_difference(at.join(key), first, second),
                Some((key, ..)) => at.join(key),
                None => at,
            }
        }
        (Value::Array(first), Value::Array(second)) => {
            match first.iter().zip(second).enumerate().find(|(_, (first, second))| first != second) {
                Some((index, (first, second))) => first_difference(at.join(index), first, second),
                None => at,
            }
        }
        _ => at,
    }
}
