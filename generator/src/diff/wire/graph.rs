//! Pairs of schemas to what differs in them, each pair looked at once.
//!
//! A pair is an old and a new schema in a context: which way they travel, and how they are written. Pairs refer to the pairs of
//! what they hold, so that cycles end and what is shared is shared. Which operations a difference reaches is found afterwards,
//! along these references.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use serde_json::Value;

use super::at::At;
use super::view::{View, view};
use crate::diff::rules::{Rule, value};
use crate::diff::verdict::{Direction, Verdict};
use crate::document::{Document, Node, Version};
use crate::limits::MAX_REFERENCES;
use crate::schema::{Schemas, WORDS};

/// How and which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Context {
    pub direction: Direction,
    /// Not as JSON: every scalar is a text.
    pub text: bool,
    /// What it is the value of.
    pub role: Role,
    /// Below a property that does not travel this way: `readOnly` in a request, `writeOnly` in a response.
    pub hidden: bool,
}

/// What a value is the value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// A parameter that callers may leave out.
    Parameter,
    /// A parameter that they may not leave out, so that its default is never used.
    Required,
    /// A part of a parameter.
    Part,
    /// A body, a header, or a part of these.
    Body,
}

impl Context {
    /// The same for what a value holds.
    pub fn inner(self) -> Self {
        let role = if self.role == Role::Body { Role::Body } else { Role::Part };
        Self { role, ..self }
    }

    /// The same for what must not fit: what narrows it widens the whole.
    pub fn negated(self) -> Self {
        let direction = match self.direction {
            Direction::Request => Direction::Response,
            Direction::Response => Direction::Request,
        };
        Self { direction, ..self }
    }
}

/// Something that differs between the schemas of a pair.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub rule: &'static Rule,
    pub old: Option<Node>,
    pub new: Option<Node>,
    pub verdict: Verdict,
    pub what: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub hint: Option<String>,
    /// Whether it is of something that does not travel this way.
    pub hidden: bool,
}

/// Index of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct PairId(usize);

impl PairId {
    /// Where it is among the pairs.
    pub fn index(self) -> usize {
        self.0
    }
}

/// Index of a schema, or of several that hold together, on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TermId(usize);

#[derive(Debug)]
pub(super) struct Pair {
    pub old: TermId,
    pub new: TermId,
    pub context: Context,
    pub findings: Vec<Finding>,
    pub inner: Vec<PairId>,
    /// Set where a place refers to another schema: all that differs between the two is one change, of that place.
    pub replaced: Option<Finding>,
}

/// The schemas of one side.
#[derive(Debug)]
pub(super) struct Terms<'d> {
    pub document: &'d Document,
    schemas: Schemas<'d>,
    ids: HashMap<Vec<usize>, TermId>,
    terms: Vec<(Vec<At<'d>>, Option<Rc<View<'d>>>)>,
    /// The shapes of views, by their addresses and a depth.
    pub shapes: HashMap<(usize, usize), u64>,
    /// The views that [`shapes`](Self::shapes) is about.
    pub kept: Vec<Rc<View<'d>>>,
}

impl<'d> Terms<'d> {
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            schemas: Schemas::of(document),
            ids: HashMap::new(),
            terms: Vec::new(),
            shapes: HashMap::new(),
            kept: Vec::new(),
        }
    }

    fn intern(&mut self, term: Vec<At<'d>>) -> TermId {
        let key: Vec<usize> = term.iter().map(At::id).collect();
        let terms = &mut self.terms;
        *self.ids.entry(key).or_insert_with(|| {
            terms.push((term, None));
            TermId(terms.len() - 1)
        })
    }

    /// The schemas of a term.
    pub fn term(&self, id: TermId) -> Vec<At<'d>> {
        self.terms.get(id.0).map(|(term, _)| term.clone()).unwrap_or_default()
    }

    /// What they mean together.
    pub fn view(&mut self, id: TermId) -> Rc<View<'d>> {
        let Some((term, known)) = self.terms.get_mut(id.0) else { return Rc::default() };
        known.get_or_insert_with(|| Rc::new(view(self.document, &mut self.schemas, term))).clone()
    }

    /// A view without the parts that came by some elements of its own `allOf`.
    pub fn without(&mut self, view: &View<'d>, dropped: &[usize]) -> Rc<View<'d>> {
        Rc::new(view.without(self.document, &mut self.schemas, dropped))
    }

    /// A view with the alternatives that are alone as alternatives.
    pub fn unfolded(&mut self, view: &View<'d>) -> Rc<View<'d>> {
        Rc::new(view.unfolded(self.document, &mut self.schemas))
    }

    /// What has been looked at.
    pub fn views(&self) -> impl Iterator<Item = &View<'d>> {
        self.terms.iter().filter_map(|(_, view)| view.as_deref())
    }

    /// What schemas mean together that may have been met already. A mere reference means what it names.
    pub fn view_of(&mut self, term: Vec<At<'d>>) -> Rc<View<'d>> {
        let term = target(self.document, &term).map_or(term, |target| vec![target]);
        let id = self.intern(term);
        self.view(id)
    }
}

/// All pairs met so far.
#[derive(Debug)]
pub(super) struct Graph<'d> {
    pub old: Terms<'d>,
    pub new: Terms<'d>,
    pub pairs: Vec<Pair>,
    ids: HashMap<(TermId, TermId, Context, bool), PairId>,
    pending: VecDeque<PairId>,
    /// Schemas of the old components that are gone, with those that stand in their places.
    pub renamed: HashMap<Node, Node>,
    taken: HashMap<Node, Node>,
}

impl<'d> Graph<'d> {
    pub fn new(old: &'d Document, new: &'d Document) -> Self {
        Self {
            old: Terms::new(old),
            new: Terms::new(new),
            pairs: Vec::new(),
            ids: HashMap::new(),
            pending: VecDeque::new(),
            renamed: HashMap::new(),
            taken: HashMap::new(),
        }
    }

    /// The pair of two schemas, to be compared when its turn comes.
    ///
    /// References are followed first, so that a component is one pair from wherever it is referred to. A place that refers to
    /// another component than before is a pair of its own, which stands for all that differs between the two.
    pub fn pair(&mut self, old: Vec<At<'d>>, new: Vec<At<'d>>, context: Context) -> PairId {
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

    fn intern(&mut self, old: Vec<At<'d>>, new: Vec<At<'d>>, context: Context, replaced: Option<Finding>) -> PairId {
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

    /// Puts in what was found in a pair.
    pub fn settle(&mut self, id: PairId, findings: Vec<Finding>, inner: Vec<PairId>) {
        if let Some(pair) = self.pairs.get_mut(id.0) {
            pair.findings = findings;
            pair.inner = inner;
        }
    }

    /// Whether two components are the same one: of the same name, or of names that only either document has and that stand in
    /// each other's place.
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
        if !self.akin(old, new) {
            return false;
        }
        self.renamed.insert(old.clone(), new.clone());
        self.taken.insert(new.clone(), old.clone());
        true
    }

    /// Whether one component can be the other under another name: of the same types, with half of the properties in common.
    fn akin(&mut self, old: &Node, new: &Node) -> bool {
        let ats = (At::new(self.old.document, old.clone()), At::new(self.new.document, new.clone()));
        let (Some(old), Some(new)) = ats else { return false };
        let (old, new) = (self.old.view_of(vec![old]), self.new.view_of(vec![new]));
        let shared = old.properties.keys().filter(|name| new.properties.contains_key(*name)).count();
        old.types == new.types && 2 * shared >= old.properties.len().max(new.properties.len())
    }
}

/// Whether two nodes are at the same place of their documents.
pub(super) fn same_place(old_document: &Document, old: &Node, new_document: &Document, new: &Node) -> bool {
    let is_root = |document: &Document, node: &Node| document.root().file == node.file;
    old.pointer == new.pointer && is_root(old_document, old) == is_root(new_document, new)
}

fn is_component(node: &Node) -> bool {
    matches!(node.pointer.segments().as_slice(), ["components", "schemas", _])
}

/// What a schema refers to in the end, where it does nothing but refer.
fn target<'d>(document: &'d Document, term: &[At<'d>]) -> Option<At<'d>> {
    let [only] = term else { return None };
    let mut at = only.clone();
    for _ in 0..MAX_REFERENCES {
        let Some(text) = at.text("$ref") else { break };
        let silent = |key: &str| key == "$ref" || key.starts_with("x-") || WORDS.contains(&key);
        // Nothing beside a reference means anything in 3.0; `nullable` is so often written there that it counts.
        let alone = match document.version() {
            Version::V30 => at.get("nullable").is_none_or(|nullable| nullable.value != &Value::Bool(true)),
            _ => at.object()?.keys().all(|key| silent(key)),
        };
        if !alone {
            break;
        }
        at = At::new(document, document.target(&at.node, text).ok()?)?;
    }
    (at.id() != only.id()).then_some(at)
}

fn replaced(old: &[At], new: &[At], old_target: &At, new_target: &At) -> Finding {
    let name = |at: &At| at.node.pointer.last().map(str::to_owned);
    let node = |term: &[At]| term.first().map(|at| at.node.clone());
    Finding {
        rule: &value::SCHEMA_REPLACED,
        old: node(old),
        new: node(new),
        verdict: Verdict::Compatible,
        what: String::new(),
        before: name(old_target),
        after: name(new_target),
        hint: None,
        hidden: false,
    }
}
