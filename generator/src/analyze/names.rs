//! Every Rust name of an API, chosen in one pass.
//!
//! A name is the document's, in Rust's case. If names collide, the name that already has this spelling in the document keeps it, and the
//! others get a longer name. If the longer name collides too, a number is added. A word is added to names that emitted code uses itself.

mod calls;
mod sources;
mod values;

use std::collections::HashSet;

pub(super) use self::calls::location_word;
use self::calls::{operation_names, scheme_names, variable_names};
use self::sources::source_names;
use self::values::value_names;
use crate::analyze::ident::{file_name, is_reserved, reserved_types, snake_name, spellings, type_name, variant_name};
use crate::analyze::scope::{Scope, Wish, assign};
use crate::ir::{Api, Label, Model, ModelId, ModelKind, Naming, OperationId, Root, Scalar, Struct, Type, Union};
use crate::node::Node;
use crate::parallel;

/// The names of everything that gets one.
#[derive(Debug)]
pub struct Names {
    models: Vec<ModelNames>,
    operations: Vec<OperationNames>,
    /// The names of the security schemes, as `with_…` has them.
    pub schemes: Vec<String>,
    /// The names of the token sources.
    pub sources: Vec<SourceNames>,
    /// The names of the variables of the API's own server.
    pub variables: Vec<String>,
    /// Names of places that hold the same schema as a model named after another place.
    pub aliases: Vec<Alias>,
}

/// A further name for a model, from another place that holds the same schema.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// The model that it names.
    pub model: ModelId,
    /// The place.
    pub node: Node,
}

/// The names of a model.
#[derive(Clone, Debug, Default)]
pub struct ModelNames {
    /// The type.
    pub ty: String,
    /// The file that it is in.
    pub file: String,
    /// The fields or the variants, in the model's order.
    pub members: Vec<String>,
    /// For each member of a structure, the method that sets it to null. Only the methods of nullable members are emitted.
    pub nulls: Vec<String>,
    /// The field for further members.
    pub additional: String,
    /// The field for members that the document does not name.
    pub unknown: String,
}

/// The names of a token source.
#[derive(Clone, Debug, Default)]
pub struct SourceNames {
    /// The method that sets the source of a client, without its `with_`.
    pub setter: String,
    /// The methods that make a source, one for each way to mint.
    pub mints: Vec<MintNames>,
}

/// The names of a way to mint a token.
#[derive(Clone, Debug, Default)]
pub struct MintNames {
    /// The client's method.
    pub method: String,
    /// Its arguments, one for each credential.
    pub credentials: Vec<String>,
}

/// The names of an operation.
#[derive(Clone, Debug, Default)]
pub struct OperationNames {
    /// The id that the document gives. If an earlier operation has the same id, method and path are added.
    pub id: String,
    /// The name of the client's method. The file of the operation is named after it.
    pub method: String,
    /// The operation as a value.
    pub ty: String,
    /// The type of its result, if there are several successes.
    pub output: String,
    /// The type of its error, if there are several errors.
    pub error: String,
    /// The parameters.
    pub parameters: Vec<String>,
    /// The body.
    pub body: String,
    /// The variants of `output`.
    pub successes: Vec<String>,
    /// The variants of `error`.
    pub failures: Vec<String>,
    /// The type of the headers of its replies.
    pub headers: String,
    /// The fields of `headers`.
    pub header_fields: Vec<String>,
}

/// Names that a setter must not have, because every model has such methods.
const RESERVED_SETTERS: &[&str] = &["new", "clone", "default"];

/// From this number of names on, threads save more time than they take.
pub(super) const ENOUGH_NAMES: usize = 256;

impl Names {
    /// Chooses the names of everything that is emitted for an API.
    pub fn of(api: &Api) -> Self {
        let (types, aliases) = type_names(api);
        let name_of = |id: ModelId| types.get(id.0).cloned().unwrap_or_default();
        let models: Vec<(ModelId, &Model)> = api.models().collect();
        let models = parallel::map(models, ENOUGH_NAMES, |(id, model)| model_names(model, name_of(id), &name_of));
        let names = types.iter().chain(aliases.iter().map(|alias| &alias.name));
        let operations = operation_names(api, names.map(String::as_str));
        let schemes = scheme_names(api);
        let sources = source_names(api, &schemes);
        Self { models, operations, schemes, sources, variables: variable_names(api), aliases }
    }

    /// The names of a model.
    pub fn model(&self, id: ModelId) -> &ModelNames {
        &self.models[id.0]
    }

    /// The names of an operation.
    pub fn operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.0]
    }
}

/// The file of what belongs to a root.
pub(crate) fn file_of(naming: &Naming) -> String {
    let root = match (&naming.explicit, &naming.root) {
        (Some(name), _) | (None, Root::Component(name) | Root::Operation(name) | Root::Other(name)) => name,
    };
    match file_name(&snake_name(root)).as_str() {
        // A module must not have the name of the module that contains it.
        name @ ("models" | "operations") => format!("{name}_"),
        name => name.to_owned(),
    }
}

/// The name that a model would get if there were no collisions.
fn wish(naming: &Naming) -> String {
    let words = match (&naming.explicit, &naming.root) {
        (Some(name), _) => name.clone(),
        (None, Root::Component(root) | Root::Operation(root) | Root::Other(root)) => {
            let words: Vec<String> = std::iter::once(root).chain(&naming.steps).map(|word| type_name(word)).collect();
            words.join(" ")
        }
    };
    let name = type_name(&words);
    if is_reserved(&name) { format!("{name}Model") } else { name }
}

/// The type names, and the names of the other places that hold the same schemas. First come names that the document asks for, then those of
/// components, then those of inline schemas. Every place gets a name, so that a name does not depend on which place comes first.
fn type_names(api: &Api) -> (Vec<String>, Vec<Alias>) {
    let places =
        api.models().flat_map(|(id, model)| std::iter::once(&model.naming).chain(&model.also).map(move |it| (id, it)));
    let mut places = parallel::map(places.collect(), ENOUGH_NAMES, |(id, naming)| (id, naming, wish(naming)));
    places.sort_by_key(|(id, naming, _)| (*id, !std::ptr::eq(*naming, &api.model(*id).naming), identity(naming)));
    let mut seen = HashSet::new();
    places.retain(|(id, _, wish)| seen.insert((*id, wish.clone())));
    let mut scope = Scope::reserving(reserved_types());
    scope.expect(places.iter().map(|(_, _, wish)| wish.as_str()));
    let (mut names, mut aliases) = (vec![String::new(); api.models.len()], Vec::new());
    for wanted in 0..=2 {
        let places: Vec<_> = places.iter().filter(|(_, naming, _)| tier(naming) == wanted).collect();
        let wishes: Vec<Wish<'_, _>> = places.iter().map(|(_, naming, wish)| model_wish(naming, wish)).collect();
        for ((id, naming, _), name) in places.iter().zip(assign(&mut scope, &wishes)) {
            if std::ptr::eq(*naming, &api.model(*id).naming) {
                names[id.0] = name;
            } else {
                aliases.push(Alias { name, model: *id, node: naming.node.clone() });
            }
        }
    }
    (names, aliases)
}

fn model_wish<'n>(naming: &'n Naming, wish: &str) -> Wish<'n, (bool, &'n str)> {
    let called = identity(naming);
    let longer = move || if tier(naming) == 1 { spelled(called, type_name) } else { Vec::new() };
    Wish { rank: (called != wish, called), keeps: true, plain: wish.to_owned(), longer: Box::new(longer) }
}

/// The wish for a name of the document. A thing that is already spelled so comes first, and keeps the spelling.
pub(super) fn called(called: &str, plain: String, name: fn(&str) -> String) -> Wish<'_, (bool, &str)> {
    // The underscore after a keyword does not count as a difference.
    let is_exact = called == plain.trim_end_matches('_');
    let longer = Box::new(move || spelled(called, name));
    Wish { rank: (!is_exact, called), keeps: is_exact, plain, longer }
}

fn spelled(called: &str, name: fn(&str) -> String) -> Vec<String> {
    spellings(called).iter().map(|text| name(text)).collect()
}

fn tier(naming: &Naming) -> u8 {
    match naming {
        Naming { explicit: Some(_), .. } => 0,
        Naming { root: Root::Component(_), steps, .. } if steps.is_empty() => 1,
        _ => 2,
    }
}

/// What decides between places that wish for the same name: what the document calls them.
fn identity(naming: &Naming) -> &str {
    match &naming.root {
        Root::Component(name) if naming.steps.is_empty() => name,
        _ => &naming.place,
    }
}

fn model_names(model: &Model, ty: String, name_of: &impl Fn(ModelId) -> String) -> ModelNames {
    let mut names = ModelNames { ty, file: file_of(&model.naming), ..ModelNames::default() };
    match &model.kind {
        ModelKind::Struct(structure) => structure_names(structure, &mut names),
        ModelKind::Enumeration(enumeration) => names.members = value_names(enumeration),
        ModelKind::Union(union) => names.members = branch_names(union, name_of),
        ModelKind::Alias(_) => {}
    }
    names
}

fn structure_names(structure: &Struct, names: &mut ModelNames) {
    // The name is reserved, so that a member that is added later does not take it.
    let rest = if structure.additional.is_some() { &mut names.additional } else { &mut names.unknown };
    *rest = if structure.additional.is_some() { "additional" } else { "unknown" }.to_owned();
    let mut scope = Scope::reserving([rest.as_str()]);
    let wishes = structure.fields.iter().map(|field| {
        let name = snake_name(field.explicit.as_deref().unwrap_or(&field.wire));
        called(&field.wire, setter_name(name), snake_name)
    });
    names.members = assign(&mut scope, &wishes.collect::<Vec<_>>());
    names.nulls =
        names.members.iter().map(|name| scope.take(&format!("{}_null", name.trim_end_matches('_')))).collect();
}

fn setter_name(name: String) -> String {
    if RESERVED_SETTERS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

fn scalar_text(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Text(text) => text.clone(),
        Scalar::Bool(flag) => flag.to_string(),
        Scalar::Integer(integer) => integer.to_string(),
    }
}

fn branch_names(union: &Union, name_of: &impl Fn(ModelId) -> String) -> Vec<String> {
    let words: Vec<String> = union
        .branches
        .iter()
        .map(|branch| match &branch.label {
            Label::Words(words) => words.clone(),
            Label::Type => type_words(&branch.ty, name_of),
        })
        .collect();
    let mut scope = Scope::reserving(["Unknown"]);
    let wishes = words.iter().map(|words| Wish { keeps: true, ..called(words, variant_name(words), variant_name) });
    assign(&mut scope, &wishes.collect::<Vec<_>>())
}

/// The words for a type as an alternative of a union.
fn type_words(ty: &Type, name_of: &impl Fn(ModelId) -> String) -> String {
    match ty {
        Type::Any => "Any".to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Integer(format) | Type::Text(format) => format.text().map_or("Integer", |text| text.noun).to_owned(),
        Type::Float => "Number".to_owned(),
        Type::String => "String".to_owned(),
        Type::Binary => "File".to_owned(),
        Type::Secret => "Secret".to_owned(),
        Type::Array(element) => format!("{} list", type_words(element, name_of)),
        Type::Tuple { .. } => "Tuple".to_owned(),
        Type::Map(_) => "Object".to_owned(),
        Type::Nullable(inner) => type_words(inner, name_of),
        Type::Own(path) => path.rsplit("::").next().unwrap_or_default().to_owned(),
        Type::Model(id) => name_of(*id),
    }
}
