//! `discriminator`: which member tells the alternatives apart, and which of its values selects which alternative.
//!
//! Built clients read and write by the tags that they know. They ignore a mapping to a schema that is not an alternative.

use std::collections::{BTreeMap, HashSet};

use generator::document::Node;
use serde_json::Value;

use super::{Compare, Words};
use crate::change::Places;
use crate::rules::{Rule, compose};
use crate::verdict::Verdict;
use crate::wire::located::Located;
use crate::wire::schemas::located_schema::LocatedSchema;
use crate::wire::schemas::sets::SchemaSets;

/// A discriminator, as a reader understands it.
struct Tags {
    /// What the mapping says.
    mapping: BTreeMap<String, String>,
    /// The alternatives that it may select, each with its tags.
    kinds: Vec<Kind>,
}

/// An alternative.
struct Kind {
    node: Node,
    tags: Vec<String>,
}

impl<'d> Compare<'_, 'd> {
    pub(super) fn discriminator(&mut self) {
        let places = self.places("discriminator");
        let of = |view: &LocatedSchema<'d>| {
            view.parts.iter().find_map(|part| part.at.get("discriminator")).filter(|at| at.value.is_object())
        };
        let name = |at: &Located<'_>| at.text("propertyName").map(str::to_owned);
        match (of(&self.old), of(&self.new)) {
            (None, None) => {}
            (None, Some(new)) => {
                let told = tags(&mut self.graph.new, &self.new, &new).kinds.into_iter();
                let words = Words::new("has a property that tells the alternatives apart").values(None, name(&new));
                let words = words.more(told.map(|kind| (None, Some(kind.node))).collect());
                self.found(&compose::DISCRIMINATOR_ADDED, places, words);
            }
            (Some(old), None) => {
                let told = tags(&mut self.graph.old, &self.old, &old).kinds.into_iter();
                let words =
                    Words::new("has no property any more that tells the alternatives apart").values(name(&old), None);
                let words = words.more(told.map(|kind| (Some(kind.node), None)).collect());
                self.found(&compose::DISCRIMINATOR_REMOVED, places, words);
            }
            (Some(old), Some(new)) => {
                let before = tags(&mut self.graph.old, &self.old, &old);
                let after = tags(&mut self.graph.new, &self.new, &new);
                if name(&old) != name(&new) {
                    let is_idle = before.kinds.is_empty() || after.kinds.is_empty();
                    let words = Words::new(match is_idle {
                        true => "names another property that tells alternatives apart, of which there are none",
                        false => {
                            "has another property that tells the alternatives apart: built clients read and write the old one"
                        }
                    });
                    let words = words.values(name(&old), name(&new)).verdict(is_idle.then_some(Verdict::Compatible));
                    self.found(&compose::DISCRIMINATOR_RENAMED, places.clone(), words);
                }
                self.mapping(&before, &after, &places);
                self.unmapped(&before, &after, &places);
            }
        }
    }

    fn mapping(&mut self, old: &Tags, new: &Tags, places: &Places) {
        for (tag, target) in &new.mapping {
            match old.mapping.get(tag) {
                None => self.mapping_added(old, new, tag, target, places),
                Some(before) if before != target && !self.same_target(old, new, tag, [before, target]) => {
                    let is_idle = old.kind(tag).is_none() || new.kind(tag).is_none();
                    let words = Words::new(format!(
                        "has another alternative for the tag `{tag}`, by which built clients read and write"
                    ));
                    let words =
                        words.values(Some(format!("{tag}: {before}")), Some(format!("{tag}: {target}"))).about(tag);
                    let verdict = is_idle.then_some(Verdict::Compatible);
                    self.found(&compose::MAPPING_CHANGED, places.clone(), words.verdict(verdict));
                }
                Some(_) => {}
            }
        }
        for (tag, target) in old.mapping.iter().filter(|(tag, _)| !new.mapping.contains_key(*tag)) {
            self.mapping_removed(old, new, tag, target, places);
        }
    }

    /// Reports alternatives that have another tag, although no mapping says so: another name, or a constant that comes or goes. The tag of
    /// a subtype is compared at the subtype, because operations may use it directly.
    fn unmapped(&mut self, old: &Tags, new: &Tags, places: &Places) {
        let is_union = !self.new.alternatives.is_empty() || !self.new.single_branches.is_empty();
        let is_here = |kind: &Kind, site: &Option<Node>| is_union || site.as_ref() == Some(&kind.node);
        let sites = self.sites.clone();
        for kind in new.kinds.iter().filter(|kind| is_here(kind, &sites.1)) {
            let Some(known) = self.counterpart_in_old(old, kind).filter(|known| is_here(known, &sites.0)) else {
                continue;
            };
            let ([before], [after]) = (known.tags.as_slice(), kind.tags.as_slice()) else { continue };
            let is_mapped = old.mapping.contains_key(before) || new.mapping.contains_key(after);
            let is_by_name = before == known.name() || after == kind.name();
            if before != after && !is_mapped && is_by_name {
                let what =
                    format!("has the tag `{after}` for `{}`: built clients read and write `{before}`", kind.name());
                let words = Words::new(what).values(Some(before.clone()), Some(after.clone())).about(after);
                self.found(&compose::MAPPING_CHANGED, places.clone(), words);
            }
        }
    }

    fn mapping_added(&mut self, old: &Tags, new: &Tags, tag: &str, target: &str, places: &Places) {
        let mut rule: &'static Rule = &compose::MAPPING_ADDED;
        let mut words = Words::new(format!("has another tag, `{tag}`")).values(None, Some(format!("{tag}: {target}")));
        match new.kind(tag) {
            None => words = words.verdict(Some(Verdict::Compatible)),
            Some(kind) => {
                let Some(known) = self.counterpart_in_old(old, kind) else { return };
                if known.tags.iter().any(|known| known == tag) {
                    return;
                }
                let lost: Vec<&String> = known.tags.iter().filter(|tag| !kind.tags.contains(tag)).collect();
                if let Some(lost) = lost.first() {
                    rule = &compose::MAPPING_CHANGED;
                    let what =
                        format!("has the tag `{tag}` for `{}`: built clients read and write `{lost}`", kind.name());
                    words = Words::new(what).values(Some((*lost).clone()), Some(tag.to_owned()));
                }
            }
        }
        self.found(rule, places.clone(), words.about(tag));
    }

    fn mapping_removed(&mut self, old: &Tags, new: &Tags, tag: &str, target: &str, places: &Places) {
        let mut words =
            Words::new(format!("no longer has the tag `{tag}`")).values(Some(format!("{tag}: {target}")), None);
        match old.kind(tag) {
            None => words = words.verdict(Some(Verdict::Compatible)),
            Some(kind) => {
                let Some(left) = self.counterpart_in_new(new, kind) else { return };
                // The tag that replaces this one is reported instead.
                let is_told =
                    left.tags.iter().any(|other| new.mapping.contains_key(other) && !old.mapping.contains_key(other));
                if is_told || left.tags.iter().any(|left| left == tag) {
                    return;
                }
                words.what = format!("no longer has the tag `{tag}`, by which built clients read and write");
            }
        }
        self.found(&compose::MAPPING_REMOVED, places.clone(), words.about(tag));
    }

    /// The same alternative in the old document.
    fn counterpart_in_old<'t>(&mut self, old: &'t Tags, kind: &Kind) -> Option<&'t Kind> {
        old.kinds.iter().find(|known| self.graph.correspond(&known.node, &kind.node))
    }

    /// The same alternative in the new document.
    fn counterpart_in_new<'t>(&mut self, new: &'t Tags, kind: &Kind) -> Option<&'t Kind> {
        new.kinds.iter().find(|left| self.graph.correspond(&kind.node, &left.node))
    }

    /// Whether a tag selects the same schema in both documents: the same alternative, or, if there is none, a schema of the same name.
    fn same_target(&mut self, old: &Tags, new: &Tags, tag: &str, texts: [&str; 2]) -> bool {
        match (old.kind(tag), new.kind(tag)) {
            (Some(before), Some(after)) => self.graph.correspond(&before.node, &after.node),
            _ => {
                let [before, after] = texts.map(|text| text.rsplit('/').next());
                before == after
            }
        }
    }
}

impl Kind {
    fn name(&self) -> &str {
        self.node.pointer.last().unwrap_or_default()
    }
}

impl Tags {
    /// The alternative that a tag selects.
    fn kind(&self, tag: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.tags.iter().any(|known| known == tag))
    }
}

/// The tags of a discriminator. For each alternative, they are the tags of the mapping, or else the values that the alternative declares
/// for the member, or else the alternative's name.
fn tags<'d>(sets: &mut SchemaSets<'d>, view: &LocatedSchema<'d>, discriminator: &Located<'d>) -> Tags {
    let members = discriminator.get("mapping");
    let members = members.iter().flat_map(Located::members);
    let mapping: BTreeMap<String, String> =
        members.filter_map(|(tag, at)| Some((tag.to_owned(), at.value.as_str()?.to_owned()))).collect();
    let Some(property) = discriminator.text("propertyName") else { return Tags { mapping, kinds: Vec::new() } };
    let holder = discriminator.node.parent();
    let named: Vec<(&String, Node)> =
        mapping.iter().filter_map(|(tag, target)| Some((tag, sets.document.mapped(&holder, target)?))).collect();
    let lists = view.alternatives.iter().chain(&view.single_branches);
    let mut nodes: Vec<Node> = lists.flat_map(|list| &list.members).map(|at| followed(sets, at)).collect();
    // A component without alternatives stands for the schemas that extend it.
    if nodes.is_empty() && matches!(holder.pointer.segments().as_slice(), ["components", "schemas", _]) {
        let base = Located::new(sets.document, holder);
        nodes.extend(base.into_iter().flat_map(|base| sets.subtypes(&base)));
        nodes.extend(named.iter().map(|(_, node)| node.clone()));
        let mut seen = HashSet::new();
        nodes.retain(|node| seen.insert(node.clone()));
    }
    let kinds = nodes.into_iter().map(|node| {
        let mut tags: Vec<String> =
            named.iter().filter(|(_, target)| *target == node).map(|(tag, _)| (*tag).clone()).collect();
        if tags.is_empty() {
            tags = declared(sets, &node, property);
        }
        if tags.is_empty() {
            tags.extend(node.pointer.last().map(str::to_owned));
        }
        Kind { node, tags }
    });
    Tags { kinds: kinds.collect(), mapping }
}

/// The values that the alternative's own schema declares for the member.
fn declared(sets: &mut SchemaSets<'_>, node: &Node, property: &str) -> Vec<String> {
    let Some(at) = Located::new(sets.document, node.clone()) else { return Vec::new() };
    let view = sets.view_of(vec![at]);
    let Some(member) = view.properties.get(property) else { return Vec::new() };
    let member = sets.view_of(member.clone());
    let text = |value: &&Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    member.values.iter().flatten().map(text).collect()
}

/// The schema to which an alternative refers, or the alternative itself.
fn followed(sets: &SchemaSets<'_>, at: &Located<'_>) -> Node {
    sets.document.follow(&at.node).unwrap_or_else(|_| at.node.clone())
}
