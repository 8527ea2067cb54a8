//! The types of both crates in terms of each other: what a program that names an old type gets from the new crate.

use std::collections::{HashMap, HashSet};

use generator::analyze::Plan;
use generator::emit::ItemKind;
use generator::emit::item::{Item, Place, Written};
use generator::ir::{ModelId, ModelKind, Type};
use generator::limits::MAX_ALIAS_TYPES;

use super::{Comparison, Crate, Found, Pair, Told, renames, text};
use crate::change::Difference;

/// Both crates' types.
pub(super) struct Types<'a> {
    old: &'a Crate<'a>,
    new: &'a Crate<'a>,
    /// The items of the new crate, by their names and by what they are made from.
    names: HashMap<&'a str, &'a Item<'a>>,
    models: HashMap<ModelId, &'a Item<'a>>,
    headers: HashMap<&'a str, &'a Item<'a>>,
    /// Old models whose names are gone, and the new models that replace them.
    renamed: HashMap<ModelId, ModelId>,
}

impl<'a> Types<'a> {
    pub(super) fn new(old: &'a Crate<'a>, new: &'a Crate<'a>) -> Self {
        let names = new.types.iter().map(|item| (item.name.as_ref(), item)).collect();
        let models = new.types.iter().filter_map(|item| Some((own_model(item)?, item))).collect();
        let all = new.client.inside.iter().flat_map(|method| &method.inside);
        let headers = all.filter(|item| item.kind == ItemKind::Headers);
        let headers = headers.map(|item| (item.path.as_str(), item)).collect();
        Self { old, new, names, models, headers, renamed: renames::renamed(old, new) }
    }

    /// The item of a new model.
    pub(super) fn item(&self, id: ModelId) -> Option<&'a Item<'a>> {
        self.models.get(&id).copied()
    }

    /// The new headers of a name.
    pub(super) fn headers(&self, name: &str) -> Option<&'a Item<'a>> {
        self.headers.get(name).copied()
    }

    /// The new model that corresponds to an old one, by its name or otherwise.
    fn pair(&self, old: ModelId) -> Option<ModelId> {
        let named = self.names.get(self.old.plan.names.model(old).ty.as_str());
        named.and_then(|item| model(item)).or_else(|| self.renamed.get(&old).copied())
    }

    /// An old type in terms of the new crate. `None` if one of its names is gone.
    fn before(&self, written: &Written) -> Option<Written> {
        written.map(&|ty| self.looked_up(ty, &mut MAX_ALIAS_TYPES.clone()))
    }

    fn looked_up(&self, ty: &Type, left: &mut usize) -> Option<Type> {
        ty.replaced(&mut |id| {
            *left = left.checked_sub(1)?;
            match (self.pair(id), alias(self.old.plan, id)) {
                (Some(found), _) => Some(expanded(self.new.plan, &Type::Model(found), left)),
                (None, target) => self.looked_up(target?, left),
            }
        })
    }

    /// A new type without aliases.
    pub(super) fn after(&self, written: &Written) -> Option<Written> {
        written.map(&|ty| Some(expanded(self.new.plan, ty, &mut MAX_ALIAS_TYPES.clone())))
    }

    /// Whether two types are the same to a compiler.
    pub(super) fn same(&self, old: &Written, new: &Written) -> bool {
        self.before(old).is_some_and(|before| Some(before) == self.after(new))
    }
}

/// The type that an alias stands for. `None` if the model is not an alias.
fn alias<'p>(plan: &'p Plan<'_>, id: ModelId) -> Option<&'p Type> {
    match &plan.api.model(id).kind {
        ModelKind::Alias(target) if !plan.cycles.is_newtype(id) => Some(target),
        _ => None,
    }
}

fn expanded(plan: &Plan<'_>, ty: &Type, left: &mut usize) -> Type {
    let replaced = ty.replaced(&mut |id| match alias(plan, id).zip(left.checked_sub(1)) {
        Some((target, rest)) => {
            *left = rest;
            Some(expanded(plan, target, left))
        }
        None => Some(Type::Model(id)),
    });
    replaced.unwrap_or_else(|| ty.clone())
}

/// The model from which an item is made, unless the item is only a further name for it.
pub(super) fn own_model(item: &Item<'_>) -> Option<ModelId> {
    match item.place {
        Place::Model(id) => Some(id),
        _ => None,
    }
}

/// The model that the name of an item leads to.
fn model(item: &Item<'_>) -> Option<ModelId> {
    own_model(item).or_else(|| match item.held() {
        Some(Written::Type(Type::Model(id))) => Some(*id),
        _ => None,
    })
}

impl<'a> Comparison<'a> {
    /// Compares all types: those that are gone, those that are new, and the others.
    pub(super) fn all_types(&mut self) {
        let (old, new) = (self.old, self.new);
        for was in &old.types {
            let named = self.types.names.get(was.name.as_ref()).copied();
            let other =
                || own_model(was).and_then(|id| self.types.renamed.get(&id)).and_then(|id| self.types.item(*id));
            match (named, named.or_else(other)) {
                (Some(_), Some(now)) => self.named_type(Pair { was, now }),
                (None, Some(now)) => {
                    let hint = Some(format!("write `{}`", now.name));
                    self.changed(Pair { was, now }, Found::breaking(Difference::Renamed, hint));
                    self.named_type(Pair { was, now });
                }
                (_, None) => {
                    let hint = model(was).and_then(|id| self.types.item(self.types.pair(id)?));
                    let hint = hint.map(|now| format!("write `{}`", now.name));
                    let found = Found::breaking(Difference::Removed, hint);
                    self.push(was, (Some(was), old.node(was)), (None, None), found);
                }
            }
        }
        let known: HashSet<&str> = old.types.iter().map(|item| item.name.as_ref()).collect();
        let taken: HashSet<ModelId> = self.types.renamed.values().copied().collect();
        let is_taken = |now: &Item<'_>| own_model(now).is_some_and(|id| taken.contains(&id));
        let is_new = |now: &&Item<'a>| !known.contains(now.name.as_ref()) && !is_taken(now);
        for now in new.types.iter().filter(is_new) {
            self.push(now, (None, None), (Some(now), new.node(now)), Found::added());
        }
    }

    /// A type, and what its name leads to in the new crate.
    fn named_type(&mut self, pair: Pair<'a>) {
        let Pair { was, now } = pair;
        let named = model(now).map(|id| Written::of(&Type::Model(id)));
        let resolved = named.as_ref().and_then(|named| self.types.after(named));
        let target = match &resolved {
            Some(Written::Type(Type::Model(id))) => self.types.item(*id),
            _ => None,
        };
        let goes_on = match (was.kind, target) {
            (ItemKind::Alias, _) => was.held().zip(named.as_ref()).is_some_and(|(was, now)| self.types.same(was, now)),
            (kind, Some(target)) => kind == target.kind && self.holds_same(was, target),
            (_, None) => false,
        };
        match target.filter(|target| goes_on && target.kind == was.kind) {
            Some(now) if was.kind != ItemKind::Alias => self.pair(Pair { was, now }, was, &mut Told::new()),
            _ if goes_on => {}
            _ => self.changed(pair, Found::breaking(Difference::Retyped, None)),
        }
    }

    /// What to write where the type of a field changes.
    pub(super) fn other_type(&self, pair: Pair<'a>, parent: &Item<'a>) -> Option<String> {
        if pair.was.kind != ItemKind::Field {
            return None;
        }
        let (before, after) = (self.types.before(pair.was.held()?)?, self.types.after(pair.now.held()?)?);
        text::other_presence(&before, &after, &format!("{}.{}", text::variable(&parent.name), pair.was.name))
    }
}
