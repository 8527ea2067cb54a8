//! `checks.rs`: checks the models and the operations against the bounds of the document. An API has one such file, so that a user who does
//! not want checks does not compile them.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::analyze::{Plan, object_bounds};
use crate::emit::Uses;
use crate::emit::uses::ident;
use crate::ir::{Bound, ModelId, ModelKind, Operation, OperationId, Struct, Type, Union};
use crate::render;

/// The path from the file to the models.
const MODELS: &str = "super";

/// The names of the runtime that the file uses. Models with such a name are imported under another one.
const RUNTIME: &[&str] = &["Bound", "Bounded", "Check", "Checker"];

/// The file. `None` if the document has no bounds on what is sent.
pub(super) fn file(plan: &Plan<'_>) -> Option<String> {
    if plan.checks.is_empty() {
        return None;
    }
    let mut file = File { plan, uses: Uses::beside(MODELS, RUNTIME.iter().copied()), held: BTreeSet::new() };
    let models = plan.api.models().filter(|(id, _)| plan.checks.model(*id));
    let mut items: Vec<TokenStream> = models.filter_map(|(id, _)| file.model(id)).collect();
    let operations = plan.api.operations().filter(|(id, _)| plan.checks.operation(*id));
    items.extend(operations.map(|(id, operation)| file.operation(id, operation)));
    items.extend(file.unbounded());
    Some(render::file(&file.uses.groups(), &file.uses.comments, items))
}

struct File<'p> {
    plan: &'p Plan<'p>,
    uses: Uses,
    /// The models whose values are checked.
    held: BTreeSet<ModelId>,
}

impl File<'_> {
    fn model(&mut self, id: ModelId) -> Option<TokenStream> {
        let plan = self.plan;
        let body = match &plan.api.model(id).kind {
            ModelKind::Struct(structure) => self.structure(id, structure),
            ModelKind::Union(union) => self.union(id, union),
            ModelKind::Alias(target) if plan.cycles.is_newtype(id) => {
                let bounds = self.bounds(target, &plan.api.model(id).bounds);
                let bounds = bounds.unwrap_or_default();
                quote!(at.part(&self.0, &[#bounds]);)
            }
            ModelKind::Alias(_) | ModelKind::Enumeration(_) => return None,
        };
        let name = self.uses.from(MODELS, &plan.names.model(id).ty);
        Some(self.implementation(&quote!(#name), &body))
    }

    fn implementation(&mut self, name: &TokenStream, body: &TokenStream) -> TokenStream {
        let (check, checker) = (self.uses.runtime("Check"), self.uses.runtime("Checker"));
        quote! {
            impl #check for #name {
                fn visit(&self, at: &mut #checker) {
                    #body
                }
            }
        }
    }

    fn structure(&mut self, id: ModelId, structure: &Struct) -> TokenStream {
        let plan = self.plan;
        let names = plan.names.model(id);
        let whole = object_bounds(&plan.api.model(id).kind);
        let whole = (!whole.is_empty()).then(|| {
            let bounds = self.list(&whole);
            quote!(at.object(self, &[#bounds]);)
        });
        let fields = structure.fields.iter().enumerate().filter(|(_, field)| !field.read_only);
        let members: Vec<TokenStream> = fields
            .filter_map(|(index, field)| {
                let bounds = self.bounds(&field.ty, &field.bounds)?;
                let (name, wire) = (ident(names.members.get(index)?), &field.wire);
                Some(quote!(at.member(#wire, &self.#name, &[#bounds]);))
            })
            .collect();
        let additional = structure.additional.as_ref().and_then(|value| {
            let each = match structure.additional_bounds.as_slice() {
                [] => Vec::new(),
                bounds => vec![Bound::Each(bounds.to_vec())],
            };
            let bounds = self.bounds(&Type::Map(Box::new(value.clone())), &each)?;
            let name = ident(&names.additional);
            Some(quote!(at.part(&self.#name, &[#bounds]);))
        });
        quote!(#whole #(#members)* #additional)
    }

    fn union(&mut self, id: ModelId, union: &Union) -> TokenStream {
        let names = &self.plan.names.model(id).members;
        let arms = union.branches.iter().zip(names).filter_map(|(branch, name)| {
            let (name, bounds) = (ident(name), self.bounds(&branch.ty, &branch.bounds)?);
            Some((quote!(Self::#name(value)), quote!(at.part(value, &[#bounds]))))
        });
        let (patterns, checks): (Vec<TokenStream>, Vec<TokenStream>) = arms.unzip();
        match (patterns.as_slice(), checks.as_slice()) {
            ([pattern], [check]) => quote!(if let #pattern = self { #check; }),
            _ => quote!(match self { #(#patterns => #checks,)* _ => {} }),
        }
    }

    fn operation(&mut self, id: OperationId, operation: &Operation) -> TokenStream {
        let plan = self.plan;
        let names = plan.names.operation(id);
        let parameters = operation.parameters.iter().zip(&names.parameters).filter_map(|(parameter, name)| {
            let bounds = self.bounds(&parameter.ty, &parameter.bounds)?;
            let (location, wire, name) = (parameter.location.word(), &parameter.wire, ident(name));
            Some(quote!(at.parameter(#location, #wire, &self.#name, &[#bounds]);))
        });
        let parameters: Vec<TokenStream> = parameters.collect();
        let body = operation.body.as_ref().and_then(|body| {
            let (name, bounds) = (ident(&names.body), self.bounds(&body.ty, &body.bounds)?);
            Some(quote!(at.member("body", &self.#name, &[#bounds]);))
        });
        // A model may have the name of an operation.
        let (module, name) = (self.uses.from(MODELS, "operations"), ident(&names.ty));
        self.implementation(&quote!(#module::#name), &quote!(#(#parameters)* #body))
    }

    /// The bounds of a value, as tokens of a Rust list. `None` if there is nothing to check in the value or inside it.
    fn bounds(&mut self, ty: &Type, bounds: &[Bound]) -> Option<TokenStream> {
        let bounds = self.plan.bounds(ty, bounds);
        if bounds.is_empty() && !self.plan.checks.has_checked(ty) {
            return None;
        }
        self.look_into(ty);
        Some(self.list(&bounds))
    }

    fn list(&mut self, bounds: &[Bound]) -> TokenStream {
        let bounds = bounds.iter().map(|bound| self.bound(bound));
        quote!(#(#bounds),*)
    }

    fn bound(&mut self, bound: &Bound) -> TokenStream {
        let ty = self.uses.runtime("Bound");
        let count = |limit: &u64| Literal::u64_unsuffixed(*limit);
        match bound {
            Bound::Minimum(limit) => quote!(#ty::Minimum(#limit)),
            Bound::Maximum(limit) => quote!(#ty::Maximum(#limit)),
            Bound::ExclusiveMinimum(limit) => quote!(#ty::ExclusiveMinimum(#limit)),
            Bound::ExclusiveMaximum(limit) => quote!(#ty::ExclusiveMaximum(#limit)),
            Bound::MultipleOf(limit) => quote!(#ty::MultipleOf(#limit)),
            Bound::Pattern(text) => {
                let pattern = self.uses.runtime("Pattern");
                quote!(#ty::Pattern({
                    static PATTERN: #pattern = #pattern::new(#text);
                    &PATTERN
                }))
            }
            Bound::UniqueItems => quote!(#ty::UniqueItems),
            Bound::MinLength(limit)
            | Bound::MaxLength(limit)
            | Bound::MinItems(limit)
            | Bound::MaxItems(limit)
            | Bound::MinProperties(limit)
            | Bound::MaxProperties(limit) => {
                let (name, limit) = (ident(counted(bound)), count(limit));
                quote!(#ty::#name(#limit))
            }
            Bound::Each(bounds) => {
                let bounds = self.list(bounds);
                quote!(#ty::Each(&[#bounds]))
            }
            Bound::At(position, bounds) => {
                let (position, bounds) = (Literal::usize_unsuffixed(*position), self.list(bounds));
                quote!(#ty::At(#position, &[#bounds]))
            }
        }
    }

    /// Notes the models that a value of a type holds.
    fn look_into(&mut self, ty: &Type) {
        let plan = self.plan;
        ty.each_model(&mut |id| match &plan.api.model(id).kind {
            ModelKind::Alias(target) if !plan.cycles.is_newtype(id) => self.look_into(target),
            _ => {
                self.held.insert(id);
            }
        });
    }

    /// Empty implementations for the models in `held` that have nothing to check.
    fn unbounded(&mut self) -> Vec<TokenStream> {
        let held: Vec<ModelId> = self.held.iter().copied().filter(|id| !self.plan.checks.model(*id)).collect();
        let unbounded = held.into_iter().map(|id| {
            let (bounded, name) = (self.uses.runtime("Bounded"), self.uses.from(MODELS, &self.plan.names.model(id).ty));
            quote!(impl #bounded for #name {})
        });
        unbounded.collect()
    }
}

fn counted(bound: &Bound) -> &'static str {
    match bound {
        Bound::MinLength(_) => "MinLength",
        Bound::MaxLength(_) => "MaxLength",
        Bound::MinItems(_) => "MinItems",
        Bound::MaxItems(_) => "MaxItems",
        Bound::MinProperties(_) => "MinProperties",
        _ => "MaxProperties",
    }
}
