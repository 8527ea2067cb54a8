//! The operations of both documents, and which of them correspond to each other.

mod bodies;
mod encodings;
mod grouped;
mod operation;
mod parameters;
mod responses;
mod schemes;
mod security;
mod servers;

use std::collections::{HashMap, HashSet};

use generator::document::Document;
use generator::methods::METHODS;
use generator::path_template::{names, without_names};

use crate::wire::located::Located;

pub(in crate::wire) use schemes::renamed_schemes;

/// An operation. It may be one of a webhook or of a callback.
#[derive(Clone, Debug)]
pub(in crate::wire) struct Operation<'d> {
    /// `GET`.
    pub method: String,
    /// `/orders/{id}`, or `webhook:paid`.
    pub path: String,
    pub at: Located<'d>,
    /// The path item.
    pub item: Located<'d>,
    /// Whether the server is the caller.
    pub reversed: bool,
    /// The URL of the server that clients call, and the path without the names of its parameters. For a callback, the expression of its URL.
    pub address: String,
}

impl Operation<'_> {
    /// Whether calls go where those of another operation go.
    pub fn has_address_of(&self, other: &Self) -> bool {
        self.method == other.method && self.address == other.address
    }

    /// The names of the parameters in the path, from the left.
    pub fn placeholders(&self) -> Vec<&str> {
        names(&self.path).collect()
    }

    /// `GET /orders`.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The position of a parameter among those of the path, from the left.
    pub fn place_in_path(&self, parameter: &str) -> Option<usize> {
        self.placeholders().iter().position(|name| *name == parameter)
    }

    /// The method and the path. The names of path parameters are left out. The path of a callback keeps the expressions of its URL.
    fn key(&self) -> (String, String) {
        (self.method.clone(), if self.reversed { self.path.clone() } else { without_names(&self.path) })
    }
}

/// The operations of `paths` and `webhooks`, in document order.
pub(in crate::wire) fn operations(document: &Document) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (key, reversed) in [("paths", false), ("webhooks", true)] {
        for (path, item) in
            Located::top(document, key).iter().flat_map(Located::members).filter(|(path, _)| !path.starts_with("x-"))
        {
            let path = match (reversed, path.starts_with('/')) {
                (true, _) => format!("webhook:{path}"),
                (false, true) => path.to_owned(),
                (false, false) => format!("/{path}"),
            };
            found.extend(item.follow(document).into_iter().flat_map(|item| methods(document, &item, &path, reversed)));
        }
    }
    found
}

/// The operations of a path item.
pub(in crate::wire) fn methods<'d>(
    document: &'d Document,
    item: &Located<'d>,
    path: &str,
    reversed: bool,
) -> Vec<Operation<'d>> {
    let operation = |method: String, at: Located<'d>| {
        let address = servers::url(document, &at, item) + &without_names(path);
        Operation { method, path: path.to_owned(), at, item: item.clone(), reversed, address }
    };
    let own = item.members().filter(|(key, _)| METHODS.contains(key)).map(|(key, at)| (key.to_uppercase(), at));
    let others = item.get("additionalOperations");
    let others = others.iter().flat_map(Located::members).map(|(key, at)| (key.to_owned(), at));
    let all = own.chain(others).filter(|(_, at)| at.value.is_object());
    all.filter_map(|(method, at)| Some(operation(method, at.follow(document)?))).collect()
}

/// Which operations correspond to each other, by their indices. Each operation of each side is in one of the lists.
#[derive(Debug, Default)]
pub(in crate::wire) struct Paired {
    /// The pairs, in the new order.
    pub both: Vec<(usize, usize)>,
    pub removed: Vec<usize>,
    pub added: Vec<usize>,
}

/// Pairs operations by path and method, then without the names of the path's parameters, then by address, then by `operationId`.
pub(in crate::wire) fn pair(old: &[Operation<'_>], new: &[Operation<'_>]) -> Paired {
    let mut partners: HashMap<usize, usize> = HashMap::new();
    let mut taken: HashSet<usize> = HashSet::new();
    type Key = Option<(String, String)>;
    let keys: [fn(&Operation<'_>) -> Key; 4] = [
        |operation| Some((operation.method.clone(), operation.path.clone())),
        |operation| Some(operation.key()),
        |operation| Some((operation.method.clone(), operation.address.clone())),
        |operation| operation.at.text("operationId").map(|id| (id.to_owned(), operation.reversed.to_string())),
    ];
    for key in keys {
        let mut known: HashMap<(String, String), usize> = HashMap::new();
        for (index, operation) in old.iter().enumerate().filter(|(index, _)| !taken.contains(index)) {
            if let Some(key) = key(operation) {
                known.entry(key).or_insert(index);
            }
        }
        for (index, operation) in new.iter().enumerate() {
            if partners.contains_key(&index) {
                continue;
            }
            if let Some(partner) = key(operation).and_then(|key| known.remove(&key)) {
                partners.insert(index, partner);
                taken.insert(partner);
            }
        }
    }
    let (both, added): (Vec<usize>, Vec<usize>) = (0..new.len()).partition(|index| partners.contains_key(index));
    Paired {
        both: both.into_iter().filter_map(|index| Some((*partners.get(&index)?, index))).collect(),
        removed: (0..old.len()).filter(|index| !taken.contains(index)).collect(),
        added,
    }
}
