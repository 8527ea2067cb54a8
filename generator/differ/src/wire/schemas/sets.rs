//! The schemas of one side, as sets of one or more schemas that hold together, and the meaning of each set.

use std::collections::HashMap;
use std::rc::Rc;

use generator::document::{Document, Node, Subtypes, Version};
use generator::limits::{MAX_ALTERNATIVE_DEPTH, MAX_REFERENCES};
use generator::schema::{Schemas, WORDS};
use serde_json::Value;

use crate::wire::located::Located;
use crate::wire::schemas::located_schema::{Alternatives, LocatedSchema, view};

/// Index of a schema, or of several that hold together, on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::wire) struct SetId(usize);

/// The schemas of one side.
#[derive(Debug)]
pub(in crate::wire) struct SchemaSets<'d> {
    pub document: &'d Document,
    schemas: Schemas<'d>,
    ids: HashMap<Vec<usize>, SetId>,
    sets: Vec<(Vec<Located<'d>>, Option<Rc<LocatedSchema<'d>>>)>,
    /// Computed when it is first asked for.
    subtypes: Option<Subtypes>,
    /// The shapes of views, by their addresses and a depth.
    pub shapes: HashMap<(usize, usize), u64>,
    /// The views that [`shapes`](Self::shapes) is about.
    pub kept: Vec<Rc<LocatedSchema<'d>>>,
}

impl<'d> SchemaSets<'d> {
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            schemas: Schemas::of(document),
            ids: HashMap::new(),
            sets: Vec::new(),
            subtypes: None,
            shapes: HashMap::new(),
            kept: Vec::new(),
        }
    }

    /// The subtypes of a base. A base is a schema with a discriminator and without alternatives of its own. Other schemas have no subtypes.
    pub fn subtypes(&mut self, base: &Located<'_>) -> Vec<Node> {
        let has = |key: &str| base.get(key).is_some();
        if !has("discriminator") || has("oneOf") || has("anyOf") {
            return Vec::new();
        }
        let document = self.document;
        let subtypes = self.subtypes.get_or_insert_with(|| Subtypes::of(document));
        subtypes.all(&base.node).into_iter().collect()
    }

    pub fn intern(&mut self, set: Vec<Located<'d>>) -> SetId {
        let key: Vec<usize> = set.iter().map(Located::id).collect();
        let sets = &mut self.sets;
        *self.ids.entry(key).or_insert_with(|| {
            sets.push((set, None));
            SetId(sets.len() - 1)
        })
    }

    /// The schemas of a set.
    pub fn set(&self, id: SetId) -> Vec<Located<'d>> {
        self.sets.get(id.0).map(|(set, _)| set.clone()).unwrap_or_default()
    }

    /// The common meaning of the schemas of a set.
    pub fn view(&mut self, id: SetId) -> Rc<LocatedSchema<'d>> {
        let Some((set, known)) = self.sets.get_mut(id.0) else { return Rc::default() };
        known.get_or_insert_with(|| Rc::new(view(self.document, &mut self.schemas, set))).clone()
    }

    /// A view without the parts that came from some elements of its own `allOf`: those at the indexes `dropped`.
    pub fn without(&mut self, view: &LocatedSchema<'d>, dropped: &[usize]) -> Rc<LocatedSchema<'d>> {
        Rc::new(view.without(self.document, &mut self.schemas, dropped))
    }

    /// A view with single alternatives as alternatives.
    pub fn unfolded(&mut self, view: &LocatedSchema<'d>) -> Rc<LocatedSchema<'d>> {
        Rc::new(view.unfolded(self.document, &mut self.schemas))
    }

    /// A view with `branch`, an alternative from its first list, as a further part.
    pub fn with_branch(&mut self, view: &LocatedSchema<'d>, branch: Located<'d>) -> Rc<LocatedSchema<'d>> {
        let branch = self.view_of(vec![branch]);
        Rc::new(view.with_branch(self.document, &mut self.schemas, &branch))
    }

    /// Whether a view admits null, itself or by its alternatives.
    pub fn admits_null(&mut self, view: &LocatedSchema<'d>) -> bool {
        self.admits_null_within(view, MAX_ALTERNATIVE_DEPTH)
    }

    fn admits_null_within(&mut self, view: &LocatedSchema<'d>, depth: usize) -> bool {
        if view.nullable == Some(true) {
            return true;
        }
        let Some(depth) = depth.checked_sub(1) else { return false };
        let mut admits = |list: &Alternatives<'d>| {
            list.members.iter().any(|member| {
                let member = self.view_of(vec![member.clone()]);
                self.admits_null_within(&member, depth)
            })
        };
        view.keyword("type").is_none() && !view.alternatives.is_empty() && view.alternatives.iter().all(&mut admits)
    }

    /// The views that have been computed.
    pub fn views(&self) -> impl Iterator<Item = &LocatedSchema<'d>> {
        self.sets.iter().filter_map(|(_, view)| view.as_deref())
    }

    /// The common meaning of schemas. It may have been computed before. A mere reference means the schema that it names.
    pub fn view_of(&mut self, set: Vec<Located<'d>>) -> Rc<LocatedSchema<'d>> {
        let set = target(self.document, &set).map_or(set, |target| vec![target]);
        let id = self.intern(set);
        self.view(id)
    }
}

/// The schema that a mere reference leads to in the end.
pub(in crate::wire) fn target<'d>(document: &'d Document, set: &[Located<'d>]) -> Option<Located<'d>> {
    let [only] = set else { return None };
    let mut at = only.clone();
    for _ in 0..MAX_REFERENCES {
        let Some(text) = at.text("$ref") else { break };
        let silent = |key: &str| key == "$ref" || key.starts_with("x-") || WORDS.contains(&key);
        // In 3.0, keywords next to `$ref` are ignored. Only `nullable` counts, because many documents write it there.
        let alone = match document.version() {
            Version::V30 => at.get("nullable").is_none_or(|nullable| nullable.value != &Value::Bool(true)),
            _ => at.object()?.keys().all(|key| silent(key)),
        };
        if !alone {
            break;
        }
        at = Located::new(document, document.target(&at.node, text).ok()?)?;
    }
    (at.id() != only.id()).then_some(at)
}
