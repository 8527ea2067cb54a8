//! What there is to check: which models and operations hold values with bounds, and which bounds apply to a type.

use std::collections::{HashMap, HashSet};

use crate::analyze::Cycles;
use crate::ir::{Api, Bound, Model, ModelId, ModelKind, Operation, OperationId, Type};

/// The models and operations that hold values with bounds.
#[derive(Debug, Default)]
pub struct Checks {
    models: HashSet<ModelId>,
    operations: HashSet<OperationId>,
}

impl Checks {
    pub(super) fn of(api: &Api, cycles: &Cycles) -> Self {
        let mut checks = Self::default();
        let mut holders: HashMap<ModelId, Vec<ModelId>> = HashMap::new();
        let mut pending = Vec::new();
        for (id, model) in api.models() {
            let members = held(model);
            let counted = !object_bounds(&model.kind).is_empty();
            if counted || members.iter().any(|(ty, bounds)| !fitting(api, cycles, ty, bounds).is_empty()) {
                pending.push(id);
            }
            for (ty, _) in members {
                ty.each_model(&mut |held| holders.entry(held).or_default().push(id));
            }
        }
        while let Some(id) = pending.pop() {
            if checks.models.insert(id) {
                pending.extend(holders.get(&id).into_iter().flatten());
            }
        }
        let is_checked = |operation: &Operation| {
            parts(operation)
                .iter()
                .any(|(ty, bounds)| !fitting(api, cycles, ty, bounds).is_empty() || checks.has_checked(ty))
        };
        checks.operations = api.operations().filter(|(_, operation)| is_checked(operation)).map(|(id, _)| id).collect();
        checks
    }

    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        self.models.is_empty() && self.operations.is_empty()
    }

    /// Whether values of the model hold something to check.
    pub fn model(&self, id: ModelId) -> bool {
        self.models.contains(&id)
    }

    /// Whether the operation's parameters or its body hold something to check.
    pub fn operation(&self, id: OperationId) -> bool {
        self.operations.contains(&id)
    }

    /// Whether a type mentions a model that holds something to check.
    pub fn has_checked(&self, ty: &Type) -> bool {
        let mut found = false;
        ty.each_model(&mut |id| found |= self.models.contains(&id));
        found
    }
}

/// The parts of a model that can be sent, each with its bounds.
fn held(model: &Model) -> Vec<(&Type, &[Bound])> {
    match &model.kind {
        ModelKind::Struct(structure) => {
            let fields = structure.fields.iter().filter(|field| !field.read_only);
            let additional = structure.additional.iter().map(|ty| (ty, structure.additional_bounds.as_slice()));
            fields.map(|field| (&field.ty, field.bounds.as_slice())).chain(additional).collect()
        }
        ModelKind::Union(union) => union.branches.iter().map(|it| (&it.ty, it.bounds.as_slice())).collect(),
        ModelKind::Alias(ty) => vec![(ty, model.bounds.as_slice())],
        ModelKind::Enumeration(_) => Vec::new(),
    }
}

fn parts(operation: &Operation) -> Vec<(&Type, &[Bound])> {
    let parameters = operation.parameters.iter().map(|it| (&it.ty, it.bounds.as_slice()));
    parameters.chain(operation.body.iter().map(|body| (&body.ty, body.bounds.as_slice()))).collect()
}

/// The bounds on how many members an object has.
pub(crate) fn object_bounds(kind: &ModelKind) -> Vec<Bound> {
    let bounds = match kind {
        ModelKind::Struct(structure) => structure.bounds.as_slice(),
        _ => &[],
    };
    bounds.iter().filter(|it| matches!(it, Bound::MinProperties(_) | Bound::MaxProperties(_))).cloned().collect()
}

/// The bounds that apply to a value of the type. They come from `bounds`, and from the aliases that the type goes through.
pub(super) fn fitting(api: &Api, cycles: &Cycles, ty: &Type, bounds: &[Bound]) -> Vec<Bound> {
    match ty {
        Type::Nullable(inner) => fitting(api, cycles, inner, bounds),
        Type::Model(id) => match api.model(*id) {
            Model { kind: ModelKind::Alias(target), bounds: own, .. } if !cycles.is_newtype(*id) => {
                let own = own.iter().filter(|bound| !bounds.contains(bound));
                let all: Vec<Bound> = own.chain(bounds).cloned().collect();
                fitting(api, cycles, target, &all)
            }
            _ => Vec::new(),
        },
        Type::Array(inner) | Type::Map(inner) => {
            let each = bounds.iter().filter_map(|bound| match bound {
                Bound::Each(each) => Some(each.as_slice()),
                _ => None,
            });
            let each = fitting(api, cycles, inner, &each.collect::<Vec<_>>().concat());
            let own = bounds.iter().filter(|bound| fits(ty, bound)).cloned();
            own.chain((!each.is_empty()).then_some(Bound::Each(each))).collect()
        }
        Type::Tuple { elements, .. } => {
            let at = |position: usize| {
                let bounds = bounds.iter().filter_map(move |bound| match bound {
                    Bound::At(at, bounds) if *at == position => Some(bounds.as_slice()),
                    _ => None,
                });
                bounds.collect::<Vec<_>>().concat()
            };
            let elements = elements.iter().enumerate();
            let fitting = elements.map(|(position, ty)| (position, fitting(api, cycles, ty, &at(position))));
            fitting.filter(|(_, bounds)| !bounds.is_empty()).map(|(at, bounds)| Bound::At(at, bounds)).collect()
        }
        _ => bounds.iter().filter(|bound| fits(ty, bound)).cloned().collect(),
    }
}

/// Whether a bound applies to values of the type.
fn fits(ty: &Type, bound: &Bound) -> bool {
    let about_text = matches!(bound, Bound::MinLength(_) | Bound::MaxLength(_) | Bound::Pattern(_));
    let about_lists = matches!(bound, Bound::MinItems(_) | Bound::MaxItems(_) | Bound::UniqueItems);
    let about_members = matches!(bound, Bound::MinProperties(_) | Bound::MaxProperties(_));
    let about_parts = matches!(bound, Bound::Each(_) | Bound::At(..));
    match ty {
        Type::String | Type::Secret | Type::Text(_) => about_text,
        Type::Integer(_) | Type::Float => !(about_text || about_lists || about_members || about_parts),
        Type::Array(_) => about_lists,
        Type::Map(_) => about_members,
        Type::Any => !about_parts,
        _ => false,
    }
}
