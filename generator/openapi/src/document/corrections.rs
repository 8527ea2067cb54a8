//! What an overlay can do about the messages on a document.
//!
//! Takes the messages and their places, and gives actions. Only the document's own file can be corrected, by nodes as they are after the
//! overlay that it has.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{Document, references};
use crate::diagnostics::{Action, Change, Code, Correction, Diagnostics, Mend, codes};
use crate::limits::MAX_REPEATED;
use crate::pointer::Pointer;

/// Messages about parts that the generator ignores, so that an overlay can remove them.
const REMOVABLE: &[Code] = &[
    codes::ALLOW_EMPTY_VALUE,
    codes::BESIDE_REFERENCE,
    codes::CALLBACKS,
    codes::DUPLICATE_ENUM_VALUE,
    codes::DUPLICATE_PARAMETER,
    codes::EMPTY_ENUM,
    codes::EMPTY_LIST,
    codes::ENCODING,
    codes::IMPLAUSIBLE,
    codes::LINKS,
    codes::MISPLACED_SECRET,
    codes::NO_EFFECT,
    codes::ODD_HEADER_NAME,
    codes::ODD_MEDIA_TYPE,
    codes::REPEATED_PARAMETER,
    codes::SELF,
    codes::STYLE_LOCATION,
    codes::UNCHECKED_BOUND,
    codes::UNFITTING_FORMAT,
    codes::UNHONOURED_KEYWORD,
    codes::UNKNOWN_DIALECT,
    codes::UNKNOWN_KEYWORD,
    codes::UNKNOWN_MEMBER,
    codes::UNUSED_PATH_PARAMETER,
    codes::VALUE_NAMES,
    codes::WRONG_KIND,
];

/// What can be done about a message of a code, whatever it says.
pub(super) fn usual(code: Code) -> Option<Mend> {
    REMOVABLE.contains(&code).then_some(Mend::Remove)
}

/// The actions for all messages on a document.
pub fn corrections(document: &Document, found: &Diagnostics) -> Correction {
    let mendable = found.iter().filter(|diagnostic| diagnostic.place.file == document.root);
    let mendable: Vec<_> = mendable.filter_map(|it| Some((it, it.mend.as_ref()?))).collect();
    let tree = document.trees.get(&document.root).map_or(&Value::Null, |tree| &tree.value);
    let mut mender = Mender { tree, lists: HashMap::new(), referenced: HashSet::new() };
    references::each(tree, &mut |_, reference| mender.note_reference(reference));
    for (at, mend) in mendable.iter().map(|(_, mend)| mend) {
        mender.collect(at, mend);
    }
    // If one message writes a value and another one removes it, the value is written.
    let (removed, written): (Vec<_>, Vec<_>) =
        mendable.into_iter().enumerate().partition(|(_, (_, (_, mend)))| matches!(mend, Mend::Remove));
    let (mut messages, mut touched) = (Vec::new(), Touched::default());
    for (index, (diagnostic, (at, mend))) in written.into_iter().chain(removed) {
        let actions = mender.actions(at, mend).filter(|actions| touched.add(actions));
        messages.extend(actions.map(|actions| (index, (diagnostic.clone(), actions))));
    }
    messages.sort_by_key(|(index, _)| *index);
    Correction { file: document.root, messages: messages.into_iter().map(|(_, message)| message).collect() }
}

/// What the actions so far write or remove.
#[derive(Default)]
struct Touched {
    known: HashSet<Action>,
    places: HashSet<Pointer>,
    /// The values that contain one of the places.
    around: HashSet<Pointer>,
}

impl Touched {
    /// Adds the actions for a message. Gives false and adds nothing if one of them acts on a place that an earlier action has changed, because
    /// the two would conflict. The next run gives an action for the message.
    fn add(&mut self, actions: &[Action]) -> bool {
        let new: Vec<&Action> = actions.iter().filter(|action| !self.known.contains(*action)).collect();
        let places: Vec<Pointer> = new.iter().flat_map(|action| places(action)).collect();
        if places.iter().any(|place| self.overlaps(place)) {
            return false;
        }
        self.known.extend(new.into_iter().cloned());
        self.around.extend(places.iter().flat_map(|place| place.parent().upward()));
        self.places.extend(places);
        true
    }

    fn overlaps(&self, place: &Pointer) -> bool {
        self.around.contains(place) || place.upward().any(|around| self.places.contains(&around))
    }
}

/// The values that an action writes or removes.
fn places(action: &Action) -> Vec<Pointer> {
    match &action.change {
        Change::Update(Value::Object(members)) => members.keys().map(|key| action.at.join(key)).collect(),
        _ => vec![action.at.clone()],
    }
}

struct Mender<'d> {
    tree: &'d Value,
    /// The lists with elements that have other values, as they are afterwards.
    lists: HashMap<Pointer, Vec<Value>>,
    /// The targets of references, and the values that contain a target.
    referenced: HashSet<Pointer>,
}

impl Mender<'_> {
    fn note_reference(&mut self, reference: &str) {
        let mut at = reference.strip_prefix('#').and_then(Pointer::parse);
        while let Some(pointer) = at.filter(|pointer| pointer.depth() > 0) {
            at = Some(pointer.parent()).filter(|_| self.referenced.insert(pointer));
        }
    }

    /// Writes an element of a list. An overlay can only replace the whole list, so that all of its elements go together.
    fn collect(&mut self, at: &Pointer, mend: &Mend) {
        let (Mend::Write(new), parent) = (mend, at.parent()) else { return };
        let Some(Value::Array(elements)) = parent.resolve(self.tree) else { return };
        let list = self.lists.entry(parent).or_insert_with(|| elements.clone());
        if let Some(element) = at.last().and_then(|last| list.get_mut(last.parse::<usize>().ok()?)) {
            *element = new.clone();
        }
    }

    fn actions(&self, at: &Pointer, mend: &Mend) -> Option<Vec<Action>> {
        // Each action has the path to its node.
        if at.segments().iter().map(|segment| segment.len()).sum::<usize>() > MAX_REPEATED {
            return None;
        }
        let value = at.resolve(self.tree);
        let (parent, key) = (at.parent(), at.last().unwrap_or_default());
        let update = |at: &Pointer, key: &str, value: &Value| {
            self.action(at, Change::Update(Value::Object(Map::from_iter([(key.to_owned(), value.clone())]))))
        };
        Some(match mend {
            // Without its target, a reference would be a fault of its own.
            Mend::Remove if self.referenced.contains(at) => return None,
            Mend::Remove => vec![self.action(value.map(|_| at).filter(|at| at.depth() > 0)?, Change::Remove)],
            Mend::Put(key, new) => vec![update(value.filter(|value| value.is_object()).map(|_| at)?, key, new)],
            Mend::Merge(new) => {
                let (known, new) = (value?.as_object()?, new.as_object()?);
                // An update adds to a list, so that a list has to be replaced.
                let is_list = |key: &str| known.get(key).is_some_and(Value::is_array);
                let (lists, others): (Map<_, _>, Map<_, _>) =
                    new.clone().into_iter().partition(|(key, _)| is_list(key));
                let replaced = lists.into_iter().map(|(key, value)| self.action(&at.join(key), Change::Replace(value)));
                let updated = (!others.is_empty()).then(|| self.action(at, Change::Update(Value::Object(others))));
                replaced.chain(updated).collect()
            }
            Mend::Rename(new) => {
                let value = value.filter(|value| is_short(value))?;
                vec![update(&parent, new, value), self.action(at, Change::Remove)]
            }
            Mend::Write(new) => match self.lists.get(&parent) {
                Some(list) => {
                    let list = Some(Value::Array(list.clone())).filter(is_short)?;
                    vec![self.action(&parent, Change::Replace(list))]
                }
                None if value.is_some_and(|value| value.is_object() || value.is_array()) => {
                    vec![self.action(at, Change::Replace(new.clone()))]
                }
                None => vec![update(&parent, key, new)],
            },
        })
    }

    fn action(&self, at: &Pointer, change: Change) -> Action {
        let (path, parent) = (at.to_json_path(self.tree), at.parent().to_json_path(self.tree));
        Action { at: at.clone(), path, parent, change }
    }
}

/// Whether a value is short enough to be repeated. Stops at the limit.
fn is_short(value: &Value) -> bool {
    fn left(value: &Value, room: usize) -> Option<usize> {
        let room = room.checked_sub(4)?;
        match value {
            Value::String(text) => room.checked_sub(text.len()),
            Value::Array(elements) => elements.iter().try_fold(room, |room, element| left(element, room)),
            Value::Object(members) => {
                members.iter().try_fold(room, |room, (key, member)| left(member, room.checked_sub(key.len())?))
            }
            _ => Some(room),
        }
    }
    left(value, MAX_REPEATED).is_some()
}
