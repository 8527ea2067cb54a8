//! What calls give: the type of a success, of an error, of events, and the variants where there are several.

use super::operations::Both;
use super::{Items, Signed, nodes, text};
use crate::analyze::Plan;
use crate::diff::change::Verdict;
use crate::emit::Uses;
use crate::emit::operation::outcome::{held, is_boxed, is_several, with_bodies};
use crate::ir::{Outcome, Statuses, Type};

/// The replies of one kind, and how they are named where they are several.
struct Replies<'a> {
    /// `Output` or `Error`.
    kind: &'static str,
    /// The operation's type.
    operation: &'a str,
    /// The enum.
    name: &'a str,
    outcomes: Vec<(Outcome, &'a str)>,
}

impl Items<'_> {
    pub(super) fn replies(&mut self, both: &Both<'_>) {
        let (old, new) = (self.types.old, self.types.new);
        let successes = |plan, id, operation| self::successes(plan, id, operation);
        let (was, is) = (successes(old, both.ids.0, both.old), successes(new, both.ids.1, both.new));
        self.outcome(both, &was, &is);
        let (was, is) = (failures(old, both.ids.0, both.old), failures(new, both.ids.1, both.new));
        self.outcome(both, &was, &is);
        let same = match (&both.old.events, &both.new.events) {
            (Some(was), Some(is)) => self.types.same(was, is) && (*was == Type::String) == (*is == Type::String),
            (was, is) => was.is_none() && is.is_none(),
        };
        if !same {
            let text = |plan: &Plan<'_>, ty: &Type| {
                format!("pub async fn events(self) -> Result<Events<{}>, …>", text::of_type(plan, ty))
            };
            let before =
                Signed { text: both.old.events.as_ref().map(|ty| text(old, ty)), node: Some(both.old.node.clone()) };
            let after =
                Signed { text: both.new.events.as_ref().map(|ty| text(new, ty)), node: Some(both.new.node.clone()) };
            let verdict = if before.text.is_some() { Verdict::Breaking } else { Verdict::Compatible };
            self.push(format!("Client::{}().events", both.method), before, after, verdict);
        }
    }

    fn outcome(&mut self, both: &Both<'_>, was: &Replies<'_>, is: &Replies<'_>) {
        match (was.is_several(), is.is_several()) {
            (true, true) => self.variants(both, was, is),
            (false, false) if self.same_reply(was.only(), is.only()) => {}
            _ => {
                let path = format!("{}::{}", was.operation, was.kind);
                let before = was.whole(self.types.old);
                let after = is.whole(self.types.new);
                for (old_statuses, new_statuses) in self.differing(was, is) {
                    let node = |document, operation: &crate::ir::Operation, statuses: Option<Statuses>| {
                        let found = statuses.and_then(|it| nodes::response(document, &operation.node, it));
                        found.or_else(|| Some(operation.node.clone()))
                    };
                    let before = Signed { text: Some(before.clone()), node: node(self.old, both.old, old_statuses) };
                    let after = Signed { text: Some(after.clone()), node: node(self.new, both.new, new_statuses) };
                    self.push(path.clone(), before, after, Verdict::Breaking);
                }
            }
        }
    }

    /// The statuses that are on one side only, or hold something else; the whole operation if there are none.
    fn differing(&self, was: &Replies<'_>, is: &Replies<'_>) -> Vec<(Option<Statuses>, Option<Statuses>)> {
        let mut found = Vec::new();
        for (outcome, _) in &was.outcomes {
            match is.outcomes.iter().find(|(now, _)| now.statuses == outcome.statuses) {
                Some((now, _)) if self.same_reply(Some(outcome), Some(now)) => {}
                Some(_) => found.push((Some(outcome.statuses), Some(outcome.statuses))),
                None => found.push((Some(outcome.statuses), None)),
            }
        }
        let added = is.outcomes.iter().map(|(now, _)| now.statuses);
        let added = added.filter(|statuses| !was.outcomes.iter().any(|(it, _)| it.statuses == *statuses));
        found.extend(added.map(|statuses| (None, Some(statuses))));
        if found.is_empty() { vec![(None, None)] } else { found }
    }

    fn variants(&mut self, both: &Both<'_>, was: &Replies<'_>, is: &Replies<'_>) {
        let (old, new) = (self.types.old, self.types.new);
        for (outcome, variant) in &was.outcomes {
            let now = is.outcomes.iter().find(|(_, now)| now == variant);
            if now.is_some_and(|(now, _)| self.same_variant(outcome, now)) {
                continue;
            }
            let before = Signed {
                text: Some(variant_text(old, outcome, variant)),
                node: nodes::response(self.old, &both.old.node, outcome.statuses),
            };
            let after = Signed {
                text: now.map(|(now, _)| variant_text(new, now, variant)),
                node: nodes::response(self.new, &both.new.node, outcome.statuses),
            };
            self.push(format!("{}::{variant}", was.name), before, after, Verdict::Breaking);
        }
        for (outcome, variant) in is.outcomes.iter().filter(|(_, it)| !was.outcomes.iter().any(|(_, was)| was == it)) {
            let node = nodes::response(self.new, &both.new.node, outcome.statuses);
            let after = Signed { text: Some(variant_text(new, outcome, variant)), node };
            self.push(format!("{}::{variant}", was.name), Signed::none(), after, Verdict::Compatible);
        }
    }

    fn same_variant(&self, was: &Outcome, is: &Outcome) -> bool {
        self.same_reply(Some(was), Some(is)) && is_boxed(self.types.old, was) == is_boxed(self.types.new, is)
    }

    fn same_reply(&self, was: Option<&Outcome>, is: Option<&Outcome>) -> bool {
        let (Some(was), Some(is)) = (was, is) else {
            // Nothing declared and nothing held are the same type.
            return [was, is].into_iter().flatten().all(|outcome| outcome.kind == crate::ir::BodyKind::Empty);
        };
        let Some(ty) = self.types.before(&was.ty) else { return false };
        let now = self.types.after(&is.ty);
        let held = |outcome: &Outcome, ty: Type| {
            held(self.types.new, &Outcome { ty, ..outcome.clone() }, &mut Uses::default()).to_string()
        };
        (was.kind, &ty) == (is.kind, &now) || held(was, ty) == held(is, now)
    }
}

impl<'a> Replies<'a> {
    fn is_several(&self) -> bool {
        let outcomes: Vec<Outcome> = self.outcomes.iter().map(|(outcome, _)| outcome.clone()).collect();
        is_several(&outcomes)
    }

    fn only(&self) -> Option<&Outcome> {
        self.outcomes.first().map(|(outcome, _)| outcome)
    }

    fn whole(&self, plan: &Plan<'_>) -> String {
        let ty = match self.only() {
            None => "()".to_owned(),
            Some(_) if self.is_several() => self.name.to_owned(),
            Some(only) => text::of(&held(plan, only, &mut Uses::default())),
        };
        format!("type {} = {ty}", self.kind)
    }
}

fn successes<'a>(plan: &'a Plan<'_>, id: crate::ir::OperationId, operation: &crate::ir::Operation) -> Replies<'a> {
    let names = plan.names.operation(id);
    let outcomes = operation.successes.iter().cloned().zip(names.successes.iter().map(String::as_str)).collect();
    Replies { kind: "Output", operation: &names.ty, name: &names.output, outcomes }
}

fn failures<'a>(plan: &'a Plan<'_>, id: crate::ir::OperationId, operation: &crate::ir::Operation) -> Replies<'a> {
    let names = plan.names.operation(id);
    let all = operation.failures.iter().zip(names.failures.iter().map(String::as_str));
    let bodies = all.filter(|(outcome, _)| !with_bodies(std::slice::from_ref(outcome)).is_empty());
    let outcomes = bodies.map(|(outcome, name)| (outcome.clone(), name)).collect();
    Replies { kind: "Error", operation: &names.ty, name: &names.error, outcomes }
}

fn variant_text(plan: &Plan<'_>, outcome: &Outcome, variant: &str) -> String {
    let held = text::of(&held(plan, outcome, &mut Uses::default()));
    match outcome.kind {
        crate::ir::BodyKind::Empty => variant.to_owned(),
        _ if is_boxed(plan, outcome) => format!("{variant}(Box<{held}>)"),
        _ => format!("{variant}({held})"),
    }
}
