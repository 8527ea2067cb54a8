//! Different names in the document that have the same spelling in Rust. All but one of them get another spelling.
//!
//! Takes an API, gives an entry for each such name. Does not choose names, because `names` does.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::Names;
use super::ident::{snake_name, type_name, variant_name};
use super::names::{ENOUGH_NAMES, ModelNames, location_word};
use crate::ir::{Api, Enumeration, Model, ModelId, ModelKind, Operation, OperationId, Root, Struct, Type};
use crate::node::Node;
use crate::parallel;

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
    /// At the node itself, where an `x-rust-name` would name a type.
    Type,
    /// In one of the values. The node is their list.
    Value,
    /// In one of the parameters. The node is their operation.
    Parameter,
}

/// A thing with a name.
struct Named<'a> {
    name: Cow<'a, str>,
    rust: String,
    given: &'a str,
    node: &'a Node,
    written: Written,
}

/// The operations, parameters, component schemas, members and values whose names become one.
pub fn collapsed(api: &Api, names: &Names) -> Vec<Collapsed> {
    let mut found = Vec::new();
    let components = api.models().filter_map(|(id, model)| match (&model.naming.explicit, &model.naming.root) {
        (None, Root::Component(name)) if model.naming.steps.is_empty() => {
            let (rust, given) = (type_name(name), names.model(id).ty.as_str());
            Some(Named { name: name.into(), rust, given, node: &model.node, written: Written::Here })
        }
        _ => None,
    });
    collect(components, its_node, &mut found);
    let models: Vec<(ModelId, &Model)> = api.models().collect();
    let in_models = parallel::map_parts(&models, ENOUGH_NAMES, |part| {
        let mut found = Vec::new();
        part.iter().for_each(|(id, model)| in_model(api, model, names.model(*id), &mut found));
        found
    });
    found.extend(in_models.into_iter().flatten());
    collect(operations(api, names), its_node, &mut found);
    for (id, operation) in api.operations() {
        collect(parameters(operation, id, names), its_node, &mut found);
    }
    found
}

/// The members or values of a model whose names become one.
fn in_model(api: &Api, model: &Model, names: &ModelNames, found: &mut Vec<Collapsed>) {
    let given = names.members.iter();
    match &model.kind {
        ModelKind::Struct(structure) => {
            let node = |member: &Named<'_>| member.node.join("properties").join(&*member.name);
            collect(members(api, structure, model, given), node, found);
        }
        ModelKind::Enumeration(enumeration) => {
            collect(values(enumeration, model, given), its_node, found);
        }
        ModelKind::Union(_) | ModelKind::Alias(_) => {}
    }
}

/// The place of a thing that is written at its own node.
fn its_node(thing: &Named<'_>) -> Node {
    thing.node.clone()
}

fn members<'a>(
    api: &'a Api,
    structure: &'a Struct,
    model: &'a Model,
    given: impl Iterator<Item = &'a String>,
) -> impl Iterator<Item = Named<'a>> {
    let fields = structure.fields.iter().zip(given).filter(|(field, _)| field.explicit.is_none());
    fields.map(|(field, given)| Named {
        name: field.wire.as_str().into(),
        rust: snake_name(&field.wire),
        given,
        node: &model.node,
        written: match field.ty.present() {
            Type::Model(id) if api.model(*id).node.parent().parent() == model.node => Written::Type,
            _ => Written::Here,
        },
    })
}

fn values<'a>(
    list: &'a Enumeration,
    model: &'a Model,
    given: impl Iterator<Item = &'a String>,
) -> impl Iterator<Item = Named<'a>> {
    let values = list.values.iter().zip(given).filter(|(value, _)| value.explicit.is_none());
    values.map(|(value, given)| {
        let name = value.wire.to_string();
        Named { rust: variant_name(&name), name: name.into(), given, node: &model.node, written: Written::Value }
    })
}

/// Each operation once. Other ways to write its body have names of their own.
fn operations<'a>(api: &'a Api, names: &'a Names) -> impl Iterator<Item = Named<'a>> {
    let named = api.operations().filter(|(_, operation)| operation.explicit.is_none());
    named.map(|(id, operation)| Named {
        name: operation.id.as_str().into(),
        rust: snake_name(&operation.id),
        given: &names.operation(id).method,
        node: &operation.node,
        written: Written::Here,
    })
}

fn parameters<'a>(operation: &'a Operation, id: OperationId, names: &'a Names) -> impl Iterator<Item = Named<'a>> {
    let named = operation.parameters.iter().zip(&names.operation(id).parameters);
    named.filter(|(parameter, _)| parameter.explicit.is_none()).map(|(parameter, given)| {
        let (name, rust) =
            (format!("{} in {}", parameter.wire, location_word(parameter.location)), snake_name(&parameter.wire));
        Named { name: name.into(), rust, given, node: &operation.node, written: Written::Parameter }
    })
}

/// Reports the names that did not get the common spelling. `node` gives the place of a thing.
fn collect<'a>(named: impl Iterator<Item = Named<'a>>, node: impl Fn(&Named<'a>) -> Node, found: &mut Vec<Collapsed>) {
    let named: Vec<Named<'_>> = named.collect();
    if named.iter().all(|thing| thing.given == thing.rust) {
        return;
    }
    // The same name twice is another fault.
    let mut seen = HashSet::new();
    let named: Vec<&Named<'_>> = named.iter().filter(|thing| seen.insert(&thing.name)).collect();
    let mut holders: HashMap<&str, &Named<'_>> = HashMap::new();
    for thing in named.iter().copied() {
        let holder = holders.entry(&thing.rust).or_insert(thing);
        if thing.given == thing.rust {
            *holder = thing;
        }
    }
    let mut last: HashMap<&str, &Named<'_>> = HashMap::new();
    last.extend(named.iter().map(|thing| (thing.rust.as_str(), *thing)));
    for thing in named.iter().filter(|thing| thing.given != thing.rust) {
        let others = [holders.get(thing.rust.as_str()), last.get(thing.rust.as_str())];
        if let Some(other) = others.into_iter().flatten().find(|other| other.name != thing.name) {
            let (name, other) = (thing.name.to_string(), other.name.to_string());
            let (rust, instead, written) = (thing.rust.clone(), thing.given.to_owned(), thing.written);
            found.push(Collapsed { node: node(thing), name, other, rust, instead, written });
        }
    }
}
