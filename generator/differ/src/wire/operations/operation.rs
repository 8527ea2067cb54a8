//! Compares two operations.

use generator::document::Document;

use crate::change::Reach;
use crate::rules::{doc, life, op};
use crate::wire::finding::finding;
use crate::wire::lifecycle::{self, Stage};
use crate::wire::located::Located;
use crate::wire::operations::{Operation, Paired, methods, pair};
use crate::wire::{Scope, Walk, scope_of};

impl<'d> Walk<'d> {
    /// Compares two operations.
    pub(in crate::wire) fn operation(&mut self, old: &Operation<'d>, new: &Operation<'d>) {
        let scope = scope_of(new);
        if scope_of(old).reach != scope.reach {
            self.moved(old, new, &scope);
        }
        self.identity(old, new, &scope);
        self.lifecycle(&scope, &old.at, &new.at, &life::ENDPOINT);
        self.parameters(old, new, &scope);
        let sent = scope.sent();
        self.request_body(&sent, old, new);
        self.responses(&scope, &old.at, &new.at);
        self.operation_security(&scope, &old.at, &new.at);
        self.operation_servers(&scope, old, new);
        self.callbacks(&scope, &old.at, &new.at);
    }

    fn moved(&mut self, old: &Operation<'d>, new: &Operation<'d>, scope: &Scope) {
        if old.key() == new.key() || old.has_address_of(new) {
            return;
        }
        let fails =
            if new.reversed { "its receiver waits at the old address" } else { "calls to the old address fail" };
        let what = format!("is `{}` instead of `{}`: {fails}", new.name(), old.name());
        let found = finding(&doc::PATH_MOVED, Some(&old.at.node), Some(&new.at.node), what);
        let found = found.values(Some(old.name()), Some(new.name()));
        let before = Scope { reach: Reach { operation: old.name(), direction: None, status: None }, ..scope.clone() };
        self.note(&before, found.clone());
        self.note(scope, found);
    }

    fn identity(&mut self, old: &Operation<'d>, new: &Operation<'d>, scope: &Scope) {
        let (before, after) = (old.at.text("operationId"), new.at.text("operationId"));
        let (rule, what) = match (before, after) {
            (None, Some(_)) => (&op::OPERATION_ID_ADDED, "has an operationId"),
            (Some(_), None) => (&op::OPERATION_ID_REMOVED, "has no operationId any more"),
            (Some(before), Some(after)) if before != after => (&op::OPERATION_ID_CHANGED, "has another operationId"),
            _ => return self.tags(old, new, scope),
        };
        let found = finding(rule, Some(&old.at.node), Some(&new.at.node), what);
        self.note(scope, found.values(before, after));
        self.tags(old, new, scope);
    }

    fn tags(&mut self, old: &Operation<'d>, new: &Operation<'d>, scope: &Scope) {
        let tags = |at: &Located<'d>| -> Vec<&'d str> {
            at.get("tags").iter().flat_map(Located::elements).filter_map(|tag| tag.value.as_str()).collect()
        };
        let (before, after) = (tags(&old.at), tags(&new.at));
        let nodes = (Some(&old.at.node), Some(&new.at.node));
        for tag in after.iter().filter(|tag| !before.contains(tag)) {
            let found = finding(&op::TAG_ADDED, nodes.0, nodes.1, format!("has the tag `{tag}`"));
            self.note(scope, found.values(None::<&str>, Some(*tag)));
        }
        for tag in before.iter().filter(|tag| !after.contains(tag)) {
            let found = finding(&op::TAG_REMOVED, nodes.0, nodes.1, format!("has the tag `{tag}` no more"));
            self.note(scope, found.values(Some(*tag), None::<&str>));
        }
    }

    /// Compares deprecation, promised end and stability of two things.
    pub(in crate::wire) fn lifecycle(
        &mut self,
        scope: &Scope,
        old: &Located<'d>,
        new: &Located<'d>,
        rules: &'static life::Family,
    ) {
        for note in lifecycle::compare(&Stage::of(old.value), &Stage::of(new.value), rules) {
            let found = finding(note.rule, Some(&old.node), Some(&new.node), note.what);
            self.note(scope, found.values(note.before, note.after));
        }
    }

    /// An operation that is gone.
    pub(in crate::wire) fn removed(&mut self, operation: &Operation<'d>) {
        let stage = Stage::of(operation.at.value);
        let rule = match operation.reversed {
            true => &doc::WEBHOOK_REMOVED,
            false => stage.removal([&doc::REMOVED, &doc::REMOVED_DEPRECATED, &doc::REMOVED_BEFORE_SUNSET]),
        };
        let what = if operation.reversed { "is gone: it is not called any more" } else { "is gone: calls to it fail" };
        let mut found = finding(rule, Some(&operation.at.node), None, what);
        found.before = stage.sunset();
        if found.before.is_some() {
            found = found.hint("it was promised until the date stated: accept the change if that has passed");
        }
        self.note(&scope_of(operation), found);
    }

    fn callbacks(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let before = self.named_operations(self.old, old, scope);
        let after = self.named_operations(self.new, new, scope);
        let Paired { both, removed, added } = pair(&before, &after);
        for (old, new) in both {
            if let (Some(old), Some(new)) = (before.get(old), after.get(new)) {
                self.operation(old, new);
            }
        }
        for new in added.into_iter().filter_map(|index| after.get(index)) {
            self.ruled(scope, &doc::CALLBACK_ADDED, None, Some(&new.at.node), "is a new callback");
        }
        for old in removed.into_iter().filter_map(|index| before.get(index)) {
            let what = "is gone: it is not called any more";
            self.ruled(scope, &doc::CALLBACK_REMOVED, Some(&old.at.node), None, what);
        }
    }

    /// The operations of an operation's callbacks. Callbacks of callbacks are left out, because they could nest without end.
    fn named_operations(&self, document: &'d Document, at: &Located<'d>, scope: &Scope) -> Vec<Operation<'d>> {
        if scope.reversed {
            return Vec::new();
        }
        let outer = scope.reach.operation.split_once(' ').map_or("", |(_, path)| path);
        let mut found = Vec::new();
        for (name, callback) in at.get("callbacks").iter().flat_map(Located::members) {
            for (expression, item) in callback.follow(document).iter().flat_map(Located::members) {
                let Some(item) = item.follow(document) else { continue };
                let operations = methods(document, &item, &format!("{outer} callback {name} {expression}"), true);
                // The name of a callback does not travel.
                found.extend(operations.into_iter().map(|it| Operation { address: expression.to_owned(), ..it }));
            }
        }
        found
    }
}
