//! Different names in the document that have the same spelling in Rust. All but one of them get another spelling.
//!
//! Takes an API, gives an entry for each such name. Does not choose names, because `names` does.

use std::collections::{HashMap, HashSet};

use super::Names;
use super::ident::{snake_name, type_name, variant_name};
use super::names::location_word;
use crate::ir::{Api, Enumeration, Model, ModelKind, Operation, OperationId, Root, Struct};
use crate::node::Node;

/// A name that becomes the same as another name of its scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collapsed {
    /// Where it is.
    pub node: Node,
    /// The name.
    pub name: String,
    /// The name that has the same spelling.
    pub other: String,
    /// The spelling that both would get.
    pub rust: String,
    /// The name that it gets instead.
    pub instead: String,
    /// What kind of place the node is.
    pub written: Written,
}

/// Where a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// At the node itself.
    Here,
    /// In one of the values. The node is their list.
    Value,
    /// In one of the parameters. The node is their operation.
    Parameter,
}

/// A thing with a name.
struct Named {
    name: String,
    rust: String,
    given: String,
    node: Node,
    written: Written,
}

/// The operations, parameters, component schemas, members and values whose names become one.
pub fn collapsed(api: &Api, names: &Names) -> Vec<Collapsed> {
    let mut found = Vec::new();
    let components = api.models().filter_map(|(id, model)| match (&model.naming.explicit, &model.naming.root) {
        (None, Root::Component(name)) if model.naming.steps.is_empty() => {
            let given = names.model(id).ty.clone();
            Some(Named {
                name: name.clone(),
                rust: type_name(name),
                given,
                node: model.node.clone(),
                written: Written::Here,
            })
        }
        _ => None,
    });
    collect(components, &mut found);
    for (id, model) in api.models() {
        let given = names.model(id).members.iter().cloned();
        match &model.kind {
            ModelKind::Struct(structure) => collect(members(structure, model, given), &mut found),
            ModelKind::Enumeration(enumeration) => collect(values(enumeration, model, given), &mut found),
            ModelKind::Union(_) | ModelKind::Alias(_) => {}
        }
    }
    collect(operations(api, names), &mut found);
    for (id, operation) in api.operations() {
        collect(parameters(operation, id, names), &mut found);
    }
    found
}

fn members(structure: &Struct, model: &Model, given: impl Iterator<Item = String>) -> impl Iterator<Item = Named> {
    let fields = structure.fields.iter().zip(given).filter(|(field, _)| field.explicit.is_none());
    fields.map(|(field, given)| {
        let node = model.node.join("properties").join(&field.wire);
        Named { name: field.wire.clone(), rust: snake_name(&field.wire), given, node, written: Written::Here }
    })
}

fn values(list: &Enumeration, model: &Model, given: impl Iterator<Item = String>) -> impl Iterator<Item = Named> {
    let values = list.values.iter().zip(given).filter(|(value, _)| value.explicit.is_none());
    values.map(|(value, given)| {
        let name = value.wire.to_string();
        Named { rust: variant_name(&name), name, given, node: model.node.clone(), written: Written::Value }
    })
}

/// Each operation once. Other ways to write its body have names of their own.
fn operations(api: &Api, names: &Names) -> impl Iterator<Item = Named> {
    let named = api.operations().filter(|(_, operation)| operation.explicit.is_none());
    named.map(|(id, operation)| {
        let given = names.operation(id).method.clone();
        Named {
            name: operation.id.clone(),
            rust: snake_name(&operation.id),
            given,
            node: operation.node.clone(),
            written: Written::Here,
        }
    })
}

fn parameters(operation: &Operation, id: OperationId, names: &Names) -> impl Iterator<Item = Named> {
    let named = operation.parameters.iter().zip(&names.operation(id).parameters);
    named.filter(|(parameter, _)| parameter.explicit.is_none()).map(|(parameter, given)| {
        let (name, rust) =
            (format!("{} in {}", parameter.wire, location_word(parameter.location)), snake_name(&parameter.wire));
        Named { name, rust, given: given.clone(), node: operation.node.clone(), written: Written::Parameter }
    })
}

/// Reports the names that did not get the common spelling.
fn collect(named: impl Iterator<Item = Named>, found: &mut Vec<Collapsed>) {
    // The same name twice is another fault.
    let mut seen = HashSet::new();
    let named: Vec<Named> = named.filter(|thing| seen.insert(thing.name.clone())).collect();
    let mut holders: HashMap<&str, &Named> = HashMap::new();
    for thing in &named {
        let holder = holders.entry(&thing.rust).or_insert(thing);
        if thing.given == thing.rust {
            *holder = thing;
        }
    }
    let mut last: HashMap<&str, &Named> = HashMap::new();
    last.extend(named.iter().map(|thing| (thing.rust.as_str(), thing)));
    for thing in named.iter().filter(|thing| thing.given != thing.rust) {
        let others = [holders.get(thing.rust.as_str()), last.get(thing.rust.as_str())];
        if let Some(other) = others.into_iter().flatten().find(|other| other.name != thing.name) {
            let Named { name, rust, given, node, written } = thing;
            let (name, rust, instead) = (name.clone(), rust.clone(), given.clone());
            let (node, other) = (node.clone(), other.name.clone());
            found.push(Collapsed { node, name, other, rust, instead, written: *written });
        }
    }
}
