//! Pairs of schemas and their differences. Each pair is compared once.
//!
//! A pair is an old and a new schema in a context: in which direction they travel, and how they are written. A pair refers to the pairs of
//! the schemas inside it, so that cycles end and shared schemas are compared once. The operations that a difference reaches are found
//! afterwards, along these references.

use std::collections::{HashMap, VecDeque};

use generator::document::{Document, Node};

use crate::rules::value;
use crate::verdict::{Direction, Verdict};
use crate::wire::finding::{Finding, finding};
use crate::wire::located::Located;
use crate::wire::schemas::sets::{SchemaSets, SetId, target};

/// How and in which direction a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::wire) struct Context {
    pub direction: Direction,
    /// Whether it is written as text, not as JSON, so that every scalar is a text.
    pub text: bool,
    /// What the value belongs to.
    pub role: Role,
    /// Whether it is inside a property that is not sent in this direction: `readOnly` in a request, `writeOnly` in a response.
    pub hidden: bool,
    /// Whether it is an alternative of a union, and the reader of the union expects null.
    pub may_be_null: bool,
}

/// What a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::wire) enum Role {
    /// A parameter that callers may leave out.
    Parameter,
    /// A parameter that callers must send, so that its default is never used.
    Required,
    /// A part of a parameter.
    Part,
    /// A body, a header, or a part of these.
    Body,
}

impl Context {
    /// The context of the values inside a value.
    pub fn inner(self) -> Self {
        let role = if self.role == Role::Body { Role::Body } else { Role::Part };
        Self { role, may_be_null: false, ..self }
    }

    /// The context of a schema that values must not match (`not`). If that schema becomes narrower, the schema around it becomes wider.
    pub fn negated(self) -> Self {
        let direction = match self.direction {
            Direction::Request => Direction::Response,
            Direction::Response => Direction::Request,
        };
        Self { direction, ..self }
    }
}

/// Index of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::wire) struct PairId(usize);

impl PairId {
    /// Its position among the pairs.
    pub fn index(self) -> usize {
        self.0
    }
}

#[derive(Debug)]
pub(in crate::wire) struct Pair {
    pub old: SetId,
    pub new: SetId,
    pub context: Context,
    pub findings: Vec<Finding>,
    pub inner: Vec<PairId>,
    /// Set if a place refers to another schema than before. All differences between the two schemas are then one change of that place.
    pub replaced: Option<Finding>,
}

/// All pairs met so far.
#[derive(Debug)]
pub(in crate::wire) struct Graph<'d> {
    pub old: SchemaSets<'d>,
    pub new: SchemaSets<'d>,
    pub pairs: Vec<Pair>,
    ids: HashMap<(SetId, SetId, Context, bool), PairId>,
    pending: VecDeque<PairId>,
    /// The old components that are gone, each with the new component that replaces it.
    pub renamed: HashMap<Node, Node>,
    taken: HashMap<Node, Node>,
}

impl<'d> Graph<'d> {
    pub fn new(old: &'d Document, new: &'d Document) -> Self {
        Self {
            old: SchemaSets::new(old),
            new: SchemaSets::new(new),
            pairs: Vec::new(),
            ids: HashMap::new(),
            pending: VecDeque::new(),
            renamed: HashMap::new(),
            taken: HashMap::new(),
        }
    }

    /// The pair of two schemas, to be compared when its turn comes.
    ///
    /// Follows references first. So all places that refer to one component share one pair. A place that refers to another component than
    /// before gets its own pair, and this pair stands for all differences between the two components.
    pub fn pair(&mut self, old: Vec<Located<'d>>, new: Vec<Located<'d>>, context: Context) -> PairId {
        let targets = (target(self.old.document, &old), target(self.new.document, &new));
        let (Some(old_target), Some(new_target)) = targets else { return self.intern(old, new, context, None) };
        if self.correspond(&old_target.node, &new_target.node) {
            return self.intern(vec![old_target], vec![new_target], context, None);
        }
        let known = self.pairs.len();
        let replaced = replaced(&old, &new, &old_target, &new_target);
        let place = self.intern(old, new, context, Some(replaced));
        if place.0 >= known {
            let inner = self.intern(vec![old_target], vec![new_target], context, None);
            self.settle(place, Vec::new(), vec![inner]);
        }
        place
    }

    fn intern(
        &mut self,
        old: Vec<Located<'d>>,
        new: Vec<Located<'d>>,
        context: Context,
        replaced: Option<Finding>,
    ) -> PairId {
        let (old, new) = (self.old.intern(old), self.new.intern(new));
        let key = (old, new, context, replaced.is_some());
        if let Some(known) = self.ids.get(&key) {
            return *known;
        }
        let id = PairId(self.pairs.len());
        if replaced.is_none() {
            self.pending.push_back(id);
        }
        self.pairs.push(Pair { old, new, context, findings: Vec::new(), inner: Vec::new(), replaced });
        self.ids.insert(key, id);
        id
    }

    /// The next pair to be compared.
    pub fn next(&mut self) -> Option<PairId> {
        self.pending.pop_front()
    }

    /// A pair.
    pub fn get(&self, id: PairId) -> Option<&Pair> {
        self.pairs.get(id.0)
    }

    /// Whether a pair is a component of both documents under one name.
    pub fn is_of_component(&self, pair: &Pair) -> bool {
        let (old, new) = (self.old.set(pair.old), self.new.set(pair.new));
        let ([old], [new]) = (old.as_slice(), new.as_slice()) else { return false };
        is_component(&new.node) && same_place(self.old.document, &old.node, self.new.document, &new.node)
    }

    /// Stores the findings of a pair.
    pub fn settle(&mut self, id: PairId, findings: Vec<Finding>, inner: Vec<PairId>) {
        if let Some(pair) = self.pairs.get_mut(id.0) {
            pair.findings = findings;
            pair.inner = inner;
        }
    }

    /// Whether two components correspond: they have the same name, or each name is in one document only and one replaces the other.
    pub fn correspond(&mut self, old: &Node, new: &Node) -> bool {
        if same_place(self.old.document, old, self.new.document, new) {
            return true;
        }
        if let Some(known) = self.renamed.get(old) {
            return known == new;
        }
        let gone = |node: &Node, from: &Document| {
            let there = Node { file: from.root().file, pointer: node.pointer.clone() };
            is_component(node) && from.value(&there).is_none()
        };
        if self.taken.contains_key(new) || !gone(old, self.new.document) || !gone(new, self.old.document) {
            return false;
        }
        if !self.looks_renamed(old, new) {
            return false;
        }
        self.renamed.insert(old.clone(), new.clone());
        self.taken.insert(new.clone(), old.clone());
        true
    }

    /// Whether one component may be the other under another name: both have the same types, and at least half of the properties in common.
    fn looks_renamed(&mut self, old: &Node, new: &Node) -> bool {
        let ats = (Located::new(self.old.document, old.clone()), Located::new(self.new.document, new.clone()));
        let (Some(old), Some(new)) = ats else { return false };
        let (old, new) = (self.old.view_of(vec![old]), self.new.view_of(vec![new]));
        let shared = old.properties.keys().filter(|name| new.properties.contains_key(*name)).count();
        old.types == new.types && 2 * shared >= old.properties.len().max(new.properties.len())
    }
}

/// Whether two nodes are at the same place of their documents.
pub(in crate::wire) fn same_place(old_document: &Document, old: &Node, new_document: &Document, new: &Node) -> bool {
    let is_root = |document: &Document, node: &Node| document.root().file == node.file;
    old.pointer == new.pointer && is_root(old_document, old) == is_root(new_document, new)
}

fn is_component(node: &Node) -> bool {
    matches!(node.pointer.segments().as_slice(), ["components", "schemas", _])
}

fn replaced(old: &[Located], new: &[Located], old_target: &Located, new_target: &Located) -> Finding {
    let name = |at: &Located| at.node.pointer.last().map(str::to_owned);
    let node = |set: &[Located]| set.first().map(|at| at.node.clone());
    let found = finding(&value::SCHEMA_REPLACED, node(old).as_ref(), node(new).as_ref(), "");
    found.verdict(Verdict::Compatible).values(name(old_target), name(new_target))
}
