//! The headers of replies: a structure for each operation that has some, which those with the same ones share.

use super::operations::Both;
use super::{Items, Signed, nodes, text};
use crate::analyze::Plan;
use crate::diff::change::Verdict;
use crate::document::Document;
use crate::ir::{Header, Operation, OperationId};
use crate::node::Node;

impl Items<'_> {
    pub(super) fn headers(&mut self, both: &Both<'_>) {
        let (old, new) = (self.types.old, self.types.new);
        let name = &old.names.operation(both.ids.0).headers;
        let (Some(owner), owner_now) = (old.headers.owner(both.ids.0), new.headers.owner(both.ids.1)) else {
            if let Some(owner) = new.headers.owner(both.ids.1) {
                let after = Signed::new(declared(new, both.ids.1, owner), both.new.node.clone());
                self.push(name, Signed::none(), after, Verdict::Compatible);
            }
            return;
        };
        let before = Signed::new(declared(old, both.ids.0, owner), both.old.node.clone());
        let Some(owner_now) = owner_now else {
            self.push(name, before, Signed::none(), Verdict::Breaking);
            return;
        };
        // Another name for a structure must go on being one for the same.
        let shared = &old.names.operation(owner).headers;
        let mut operations = new.api.operations().map(|(id, _)| id);
        let shared_now = operations.find(|id| new.names.operation(*id).headers == *shared);
        let lost = owner != both.ids.0 && shared_now.and_then(|id| new.headers.owner(id)) != Some(owner_now);
        if lost && both.method == new.names.operation(both.ids.1).method {
            let after = Signed::new(declared(new, both.ids.1, owner_now), both.new.node.clone());
            self.push(name, before, after, Verdict::Breaking);
        }
        self.header_fields(both);
    }

    fn header_fields(&mut self, both: &Both<'_>) {
        let (old, new) = (self.types.old, self.types.new);
        let (names, names_now) = (old.names.operation(both.ids.0), new.names.operation(both.ids.1));
        let now: Vec<_> = both.new.headers.iter().zip(&names_now.header_fields).collect();
        for (header, field) in both.old.headers.iter().zip(&names.header_fields) {
            let found = now.iter().find(|(_, name)| *name == field).map(|(found, _)| *found);
            let same_name = |found: &Header| found.wire.eq_ignore_ascii_case(&header.wire);
            let same_type = |found: &Header| self.types.same(&header.ty, &found.ty);
            if found.is_some_and(|found| same_name(found) && same_type(found)) {
                continue;
            }
            let verdict = match found {
                Some(found) if same_type(found) => Verdict::Behaviour,
                _ => Verdict::Breaking,
            };
            let before = Signed::new(declaration(old, header, field), place(self.old, both.old, header));
            let after = match found {
                Some(found) => Signed::new(declaration(new, found, field), place(self.new, both.new, found)),
                None => Signed::none(),
            };
            self.push(format!("{}.{field}", names.headers), before, after, verdict);
        }
        for (header, field) in now.iter().filter(|(_, field)| !names.header_fields.contains(field)) {
            let after = Signed::new(declaration(new, header, field), place(self.new, both.new, header));
            self.push(format!("{}.{field}", names.headers), Signed::none(), after, Verdict::Compatible);
        }
    }
}

fn declared(plan: &Plan<'_>, id: OperationId, owner: OperationId) -> String {
    let name = &plan.names.operation(id).headers;
    match id == owner {
        true => format!("pub struct {name}"),
        false => format!("pub type {name} = {}", plan.names.operation(owner).headers),
    }
}

fn declaration(plan: &Plan<'_>, header: &Header, field: &str) -> String {
    format!("pub {field}: Option<{}>", text::of_type(plan, &header.ty))
}

/// The first of an operation's responses that has the header.
fn place(document: &Document, operation: &Operation, header: &Header) -> Node {
    let outcomes = operation.successes.iter().chain(&operation.failures);
    let responses = outcomes.filter_map(|outcome| nodes::response(document, &operation.node, outcome.statuses));
    let headers = responses.filter_map(|response| {
        let headers = response.join("headers");
        let names = document.value(&headers)?.as_object()?.keys();
        let name = names.into_iter().find(|name| name.eq_ignore_ascii_case(&header.wire))?;
        let node = headers.join(name);
        Some(document.follow(&node).unwrap_or(node))
    });
    let mut headers = headers;
    headers.next().unwrap_or_else(|| operation.node.clone())
}
