//! Which alternatives of two lists correspond to each other.

use std::collections::HashSet;

use generator::limits::MAX_ALTERNATIVE_DEPTH;
use generator::schema::JsonType;

use super::Compare;
use crate::wire::located::Located;
use crate::wire::schemas::sets::SchemaSets;
use crate::wire::schemas::shape::{DEEP, shape};

impl<'d> Compare<'_, 'd> {
    /// The pairs of corresponding alternatives, in the old order.
    pub(super) fn paired(&mut self, old: &[Located<'d>], new: &[Located<'d>]) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let (mut old_taken, mut new_taken) = (vec![false; old.len()], vec![false; new.len()]);
        let likeness: [fn(&mut Self, &Located<'d>, &Located<'d>) -> bool; 4] =
            [Self::counterparts, Self::renamed_component, Self::same_shape, Self::alike];
        for alike in likeness {
            for ((before_index, before), before_taken) in old.iter().enumerate().zip(&mut old_taken) {
                let mut left =
                    new.iter().enumerate().zip(&mut new_taken).filter(|(_, taken)| !**taken && !*before_taken);
                if let Some(((after_index, _), taken)) = left.find(|((_, after), _)| alike(self, before, after)) {
                    (*taken, *before_taken) = (true, true);
                    pairs.push((before_index, after_index));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }

    /// Both lists, flattened. An alternative that consists only of a `oneOf` or an `anyOf` is replaced by its own alternatives, if the
    /// other list has one of them.
    pub(super) fn flattened(
        &mut self,
        old: &[Located<'d>],
        new: &[Located<'d>],
    ) -> (Vec<Located<'d>>, Vec<Located<'d>>) {
        let (mut before, mut after) = (old.to_vec(), new.to_vec());
        let alone = |this: &mut Self, old: &Located<'d>, new: &[Located<'d>]| {
            !new.iter().any(|new| this.counterparts(old, new) || this.renamed_component(old, new))
        };
        let old_alone: Vec<bool> = old.iter().map(|old| alone(self, old, new)).collect();
        let new_alone: Vec<bool> = new
            .iter()
            .map(|new| !old.iter().any(|old| self.counterparts(old, new) || self.renamed_component(old, new)))
            .collect();
        let old_leaves = leaves_of_all(&mut self.graph.old, old, &old_alone);
        let new_leaves = leaves_of_all(&mut self.graph.new, new, &new_alone);
        let all_old: Vec<&Located<'d>> = old_leaves.iter().flatten().chain(old).collect();
        let all_new: Vec<&Located<'d>> = new_leaves.iter().flatten().chain(new).collect();
        let is_met = |this: &mut Self, leaf: &Located<'d>| all_new.iter().any(|other| this.counterparts(leaf, other));
        let old_met: Vec<bool> = old_leaves.iter().map(|leaves| leaves.iter().any(|leaf| is_met(self, leaf))).collect();
        let is_met = |this: &mut Self, leaf: &Located<'d>| all_old.iter().any(|other| this.counterparts(other, leaf));
        let new_met: Vec<bool> = new_leaves.iter().map(|leaves| leaves.iter().any(|leaf| is_met(self, leaf))).collect();
        let replace = |list: &mut Vec<Located<'d>>, leaves: Vec<Vec<Located<'d>>>, met: Vec<bool>| {
            let each = std::mem::take(list).into_iter().zip(leaves).zip(met);
            *list = each.flat_map(|((member, leaves), met)| if met { leaves } else { vec![member] }).collect();
        };
        replace(&mut before, old_leaves, old_met);
        replace(&mut after, new_leaves, new_met);
        (before, after)
    }

    fn renamed_component(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        let (Some(before), Some(after)) = (old.text("$ref"), new.text("$ref")) else { return false };
        let (old_document, new_document) = (self.graph.old.document, self.graph.new.document);
        let targets = (old_document.target(&old.node, before), new_document.target(&new.node, after));
        matches!(targets, (Ok(old), Ok(new)) if self.graph.renamed.get(&old) == Some(&new))
    }

    fn same_shape(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        // Two components that both exist in both documents are different, even if they look alike.
        if old.text("$ref").is_some() && new.text("$ref").is_some() && !self.may_be_renamed(old, new) {
            return false;
        }
        let (before, after) = (self.graph.old.view_of(vec![old.clone()]), self.graph.new.view_of(vec![new.clone()]));
        shape(&mut self.graph.old, &before, DEEP) == shape(&mut self.graph.new, &after, DEEP)
    }

    fn may_be_renamed(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        let (Some(before), Some(after)) = (old.text("$ref"), new.text("$ref")) else { return false };
        let (old_document, new_document) = (self.graph.old.document, self.graph.new.document);
        old_document.target(&new.node, after).is_err() && new_document.target(&old.node, before).is_err()
    }

    /// Whether two schemas look alike. At least one of them must be inline. If both have a title, the titles must be equal. Otherwise, they
    /// must have the same types, and at least half of the property names in common.
    fn alike(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        if old.text("$ref").is_some() && new.text("$ref").is_some() {
            return false;
        }
        if let (Some(before), Some(after)) = (old.text("title"), new.text("title")) {
            return before == after;
        }
        let (before, after) = (self.graph.old.view_of(vec![old.clone()]), self.graph.new.view_of(vec![new.clone()]));
        if before.types != after.types {
            return false;
        }
        let shared = before.properties.keys().filter(|name| after.properties.contains_key(*name)).count();
        let most = before.properties.len().max(after.properties.len());
        2 * shared >= most
    }
}

/// The alternatives inside each alternative. Empty if it needs no counterpart, or is more than a union.
fn leaves_of_all<'d>(sets: &mut SchemaSets<'d>, members: &[Located<'d>], alone: &[bool]) -> Vec<Vec<Located<'d>>> {
    let each = members.iter().zip(alone).map(|(member, alone)| match alone {
        true => leaves(sets, member, 0, &mut HashSet::new()).unwrap_or_default(),
        false => Vec::new(),
    });
    each.collect()
}

fn leaves<'d>(
    sets: &mut SchemaSets<'d>,
    member: &Located<'d>,
    depth: usize,
    seen: &mut HashSet<usize>,
) -> Option<Vec<Located<'d>>> {
    if depth >= MAX_ALTERNATIVE_DEPTH || !seen.insert(member.id()) {
        return None;
    }
    let view = sets.view_of(vec![member.clone()]);
    let [list] = view.alternatives.as_slice() else { return None };
    // `type: object` beside the list adds nothing. Any other keyword does.
    let is_bare = view.says_only(&["anyOf", "oneOf", "discriminator", "type"]);
    let is_typed = view.keyword("type").is_some() && view.types.as_deref() != Some(&[JsonType::Object]);
    if !is_bare || is_typed || view.nullable == Some(true) {
        return None;
    }
    let each =
        list.members.iter().map(|inner| leaves(sets, inner, depth + 1, seen).unwrap_or_else(|| vec![inner.clone()]));
    Some(each.collect::<Vec<_>>().concat())
}
