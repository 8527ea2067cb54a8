//! Parameters that became members of one parameter, or the reverse. An exploded object in a query is written member by member, just like
//! parameters with these names.

use generator::schema::JsonType;
use indexmap::IndexMap;

use super::parameters::{is_required, style};
use crate::change::Places;
use crate::rules::{Rule, op};
use crate::wire::finding::Finding;
use crate::wire::finding::finding;
use crate::wire::located::Located;
use crate::wire::schemas::graph::Role;
use crate::wire::schemas::sets::SchemaSets;
use crate::wire::{Scope, Walk};

/// An object that is written member by member.
struct Exploded<'d> {
    /// The members, each with its schemas, and whether it is always sent.
    members: IndexMap<&'d str, (Vec<Located<'d>>, bool)>,
}

impl<'d> Walk<'d> {
    /// Compares parameters with those that were, or are, the members of one parameter. Takes what it reports out of the lists.
    pub(in crate::wire) fn regrouped(
        &mut self,
        scope: &Scope,
        removed: &mut Vec<Located<'d>>,
        added: &mut Vec<Located<'d>>,
    ) {
        added.retain(|object| match exploded(&mut self.graph.new, object) {
            Some(members) => !self.grouped(scope, removed, object, members),
            None => true,
        });
        removed.retain(|object| match exploded(&mut self.graph.old, object) {
            Some(members) => !self.ungrouped(scope, object, members, added),
            None => true,
        });
    }

    /// Whether some of the parameters that are gone are members of a new one.
    fn grouped(
        &mut self,
        scope: &Scope,
        removed: &mut Vec<Located<'d>>,
        object: &Located<'d>,
        mut exploded: Exploded<'d>,
    ) -> bool {
        let mut places: Vec<Places> = Vec::new();
        let mut names = Vec::new();
        removed.retain(|parameter| {
            let Some((name, (set, required))) = exploded.take(parameter) else { return true };
            places.push((Some(parameter.node.clone()), set.first().map(|at| at.node.clone())));
            names.push(name);
            let nodes = (parameter, set.first().unwrap_or(object));
            self.presence(scope, (is_required(parameter), required), nodes);
            if let Some(schema) = parameter.get("schema") {
                self.root_of(scope, vec![schema], set, Role::Parameter);
            }
            false
        });
        if names.is_empty() {
            return false;
        }
        let what = format!("is one object of what were parameters, and is written as they were: {}", names.join(", "));
        self.note(scope, regrouped((None, Some(object)), what, places));
        for (name, (set, required)) in exploded.members {
            let (rule, what): (&'static Rule, _) = match required {
                true => (&op::REQUIRED_PARAMETER_ADDED, "is new and must be sent: calls without it fail"),
                false => (&op::PARAMETER_ADDED, "is new and may be sent"),
            };
            let node = set.first().map(|at| &at.node);
            self.note(scope, finding(rule, None, node, what).verdict(rule.verdict(scope.direction())).about(name));
        }
        true
    }

    /// Whether some of the new parameters were members of one that is gone.
    fn ungrouped(
        &mut self,
        scope: &Scope,
        object: &Located<'d>,
        mut exploded: Exploded<'d>,
        added: &mut Vec<Located<'d>>,
    ) -> bool {
        let mut places: Vec<Places> = Vec::new();
        let mut names = Vec::new();
        added.retain(|parameter| {
            let Some((name, (set, required))) = exploded.take(parameter) else { return true };
            places.push((set.first().map(|at| at.node.clone()), Some(parameter.node.clone())));
            names.push(name);
            let nodes = (set.first().unwrap_or(object), parameter);
            self.presence(scope, (required, is_required(parameter)), nodes);
            if let Some(schema) = parameter.get("schema") {
                self.root_of(scope, set, vec![schema], Role::Parameter);
            }
            false
        });
        if names.is_empty() {
            return false;
        }
        let what = format!("is parameters of their own, and these are written as it was: {}", names.join(", "));
        self.note(scope, regrouped((Some(object), None), what, places));
        for (name, (set, _)) in exploded.members {
            let (rule, what) = (&op::PARAMETER_REMOVED, "is gone: the server may refuse it, or do without it");
            let node = set.first().map(|at| &at.node);
            self.note(scope, finding(rule, node, None, what).verdict(rule.verdict(scope.direction())).about(name));
        }
        true
    }

    /// Reports that a value became required, or optional.
    pub(super) fn presence(&mut self, scope: &Scope, required: (bool, bool), nodes: (&Located<'d>, &Located<'d>)) {
        let nodes = (Some(&nodes.0.node), Some(&nodes.1.node));
        match required {
            (false, true) => {
                let what = "must be sent: calls without it fail";
                self.ruled(scope, &op::PARAMETER_BECAME_REQUIRED, nodes.0, nodes.1, what);
            }
            (true, false) => {
                self.ruled(scope, &op::PARAMETER_BECAME_OPTIONAL, nodes.0, nodes.1, "need not be sent any more");
            }
            _ => {}
        }
    }
}

fn regrouped(nodes: (Option<&Located<'_>>, Option<&Located<'_>>), what: String, more: Vec<Places>) -> Finding {
    let rule = &op::PARAMETERS_REGROUPED;
    let (old, new) = (nodes.0.map(|at| &at.node), nodes.1.map(|at| &at.node));
    Finding { more, ..finding(rule, old, new, what) }
}

impl<'d> Exploded<'d> {
    /// The member that corresponds to a parameter.
    fn take(&mut self, parameter: &Located<'d>) -> Option<(&'d str, (Vec<Located<'d>>, bool))> {
        let is_alike = parameter.text("in") == Some("query") && parameter.get("schema").is_some();
        let name = parameter.text("name").filter(|_| is_alike)?;
        self.members.shift_remove_entry(name)
    }
}

/// The members of a parameter that is written member by member.
fn exploded<'d>(sets: &mut SchemaSets<'d>, parameter: &Located<'d>) -> Option<Exploded<'d>> {
    if parameter.text("in") != Some("query") || style(parameter) != ("form", true) {
        return None;
    }
    let view = sets.view_of(vec![parameter.get("schema")?]);
    if view.types.as_deref() != Some(&[JsonType::Object]) {
        return None;
    }
    let is_sent = |name: &&str| is_required(parameter) && view.required.contains_key(*name);
    let members = view.properties.iter().map(|(name, set)| (*name, (set.clone(), is_sent(name))));
    Some(Exploded { members: members.collect() })
}
