//! How an operation reads its reply: by status, never by the shape of the body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Scope;
use crate::analyze::Plan;
use crate::emit::item::{Item, ItemKind, Meaning, Place, Written};
use crate::emit::ty::ABOVE;
use crate::emit::uses::ident;
use crate::emit::{Uses, doc_comment};
use crate::ir::{BodyKind, ModelKind, Outcome, Statuses, Type};
use crate::render;

/// The outcomes with a body. The others are known by their status.
pub(super) fn with_bodies(outcomes: &[Outcome]) -> Vec<Outcome> {
    outcomes.iter().filter(|outcome| outcome.kind != BodyKind::Empty).cloned().collect()
}

/// Whether outcomes hold more than one type.
pub(super) fn is_several(outcomes: &[Outcome]) -> bool {
    outcomes.windows(2).any(|pair| match pair {
        [left, right] => (left.kind, &left.ty) != (right.kind, &right.ty),
        _ => false,
    })
}

/// The type of an operation's result.
pub(super) fn output(scope: &Scope<'_>, uses: &mut Uses) -> TokenStream {
    gives(scope).tokens(scope.plan, ABOVE, uses)
}

/// The type of an operation's result, as it is written.
pub(super) fn gives(scope: &Scope<'_>) -> Written {
    whole(&scope.operation.successes, &scope.names.output)
}

/// The type of an operation's errors.
pub(super) fn error(scope: &Scope<'_>, uses: &mut Uses) -> TokenStream {
    whole(&with_bodies(&scope.operation.failures), &scope.names.error).tokens(scope.plan, ABOVE, uses)
}

/// The result and the errors of an operation, in words.
pub(super) fn words(scope: &Scope<'_>, uses: &mut Uses) -> String {
    let mut named = |outcomes: &[Outcome], name: &str| match whole(outcomes, name) {
        Written::Nothing => None,
        written => Some(linked(&written, scope, uses)),
    };
    let gives = named(&scope.operation.successes, &scope.names.output);
    let fails = named(&with_bodies(&scope.operation.failures), &scope.names.error);
    let gives = gives.map_or("Gives nothing".to_owned(), |type_| format!("Gives {type_}"));
    let statuses = listed(&with_bodies(&scope.operation.failures));
    fails.map_or_else(|| format!("{gives}."), |type_| format!("{gives}; an error{statuses} may hold {type_}."))
}

/// The statuses of outcomes in words, as ` of status 400, 404 or 5XX`. Empty if the outcomes include `default`.
fn listed(outcomes: &[Outcome]) -> String {
    let mut statuses: Vec<Statuses> = outcomes.iter().map(|outcome| outcome.statuses).collect();
    if statuses.contains(&Statuses::Default) {
        return String::new();
    }
    statuses.sort_unstable();
    let words: Vec<String> = statuses.iter().map(ToString::to_string).collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => format!(" of status {only}"),
        Some((last, others)) => format!(" of status {} or {last}", others.join(", ")),
    }
}

/// A type with a link to the first model in it.
fn linked(written: &Written, scope: &Scope<'_>, uses: &mut Uses) -> String {
    // The name that the type has outside of this file. The file may import it under another name.
    let text = render::inline(&written.tokens(scope.plan, ABOVE, &mut Uses::default()));
    let mut models = Vec::new();
    match written {
        Written::Own(name) => return format!("[`{name}`]"),
        Written::Type(ty) => ty.each_model(&mut |id| models.push(id)),
        Written::Option(inner) => {
            if let Written::Type(ty) = &**inner {
                ty.each_model(&mut |id| models.push(id));
            }
        }
        _ => {}
    }
    let model = models.first().map(|id| uses.from(ABOVE, &scope.plan.names.model(*id).ty).to_string());
    match model {
        Some(model) if model == text => format!("[`{text}`]"),
        Some(model) => format!("[`{text}`]({model})"),
        None => format!("`{text}`"),
    }
}

fn whole(outcomes: &[Outcome], name: &str) -> Written {
    match outcomes.first() {
        None => Written::Nothing,
        Some(_) if is_several(outcomes) => Written::Own(name.to_owned()),
        Some(only) => held(only),
    }
}

/// The result and the error of an operation as items. If there are several types, with their variants.
pub(super) fn items<'a>(scope: &Scope<'a>, place: Place<'a>) -> [Item<'a>; 2] {
    let Scope { plan, operation, names, .. } = scope;
    let successes: Vec<(&Outcome, &String)> = operation.successes.iter().zip(&names.successes).collect();
    let reply = |kind: &'static str, whole: Written, name: &'a str, variants: Vec<(&'a Outcome, &'a String)>| {
        let outcomes = variants.into_iter().map(|(outcome, variant)| {
            let held = boxed(plan, outcome);
            let item = Item::new(ItemKind::Outcome, variant, format!("{name}::{variant}"), place);
            item.holding(held).meaning(Meaning::Statuses(outcome.statuses))
        });
        Item::new(ItemKind::Reply, kind, format!("{}::{kind}", names.ty), place).holding(whole).with(outcomes)
    };
    let failures = with_bodies(&operation.failures);
    [
        reply("Output", whole(&operation.successes, &names.output), &names.output, successes),
        reply("Error", whole(&failures, &names.error), &names.error, named_failures(scope)),
    ]
}

/// The type of what a reply holds.
fn held(outcome: &Outcome) -> Written {
    match outcome.kind {
        BodyKind::Empty => Written::Nothing,
        BodyKind::Binary => Written::Bytes,
        _ => Written::of(&outcome.ty),
    }
}

/// The enums of an operation that gives several types.
pub(super) fn enums(scope: &Scope<'_>, uses: &mut Uses) -> Vec<TokenStream> {
    let operation = scope.operation;
    let failures = with_bodies(&operation.failures);
    let mut enums = Vec::new();
    if is_several(&operation.successes) {
        let variants = operation.successes.iter().zip(&scope.names.successes).collect::<Vec<_>>();
        enums.push(one_of(scope, &scope.names.output, "gives, by status", &variants, uses));
    }
    if is_several(&failures) {
        enums.push(one_of(scope, &scope.names.error, "answers when it fails, by status", &named_failures(scope), uses));
    }
    enums
}

fn named_failures<'a>(scope: &Scope<'a>) -> Vec<(&'a Outcome, &'a String)> {
    let named = scope.operation.failures.iter().zip(&scope.names.failures);
    named.filter(|(outcome, _)| outcome.kind != BodyKind::Empty).collect()
}

fn one_of(scope: &Scope<'_>, name: &str, what: &str, variants: &[(&Outcome, &String)], uses: &mut Uses) -> TokenStream {
    let name = ident(name);
    let docs = uses.comments.attribute([format!("What [`{}`] {what}.", scope.names.ty)]);
    let variants = variants.iter().map(|(outcome, variant)| {
        let variant = ident(variant);
        let comment = doc_comment::comment(&described(outcome), &format!("{}.", status_words(outcome.statuses)), uses);
        let held = boxed(scope.plan, outcome).tokens(scope.plan, ABOVE, uses);
        match outcome.kind {
            BodyKind::Empty => quote! { #comment #variant, },
            _ => quote! { #comment #variant(#held), },
        }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    }
}

/// An outcome's documentation, without an empty description.
fn described(outcome: &Outcome) -> crate::ir::Docs {
    let mut docs = outcome.docs.clone();
    docs.description = docs.description.filter(|description| !description.trim().is_empty());
    docs
}

fn status_words(statuses: Statuses) -> String {
    match statuses {
        Statuses::Code(code) => format!("Status {code}"),
        Statuses::Range(digit) => format!("Any other status from {digit}00 to {digit}99"),
        Statuses::Default => "Any other status".to_owned(),
    }
}

/// Objects are boxed, so that variants stay of similar size if a document adds members.
fn boxed(plan: &Plan<'_>, outcome: &Outcome) -> Written {
    if is_boxed(plan, outcome) { held(outcome).boxed() } else { held(outcome) }
}

/// Whether the content of a reply is boxed in its variant.
fn is_boxed(plan: &Plan<'_>, outcome: &Outcome) -> bool {
    match plan.resolved(&outcome.ty) {
        Type::Model(id) if matches!(outcome.kind, BodyKind::Json) => {
            !matches!(plan.api.model(*id).kind, ModelKind::Enumeration(_))
        }
        _ => false,
    }
}

/// The method that reads a reply.
pub(super) fn method(scope: &Scope<'_>, uses: &mut Uses) -> TokenStream {
    let (reply, response, error) = (uses.runtime("Reply"), uses.runtime("Response"), uses.runtime("Error"));
    let arms = arms(scope);
    // With `default`, the last arm catches every status already.
    let other = (!has_default(scope)).then(|| quote!(_ => reply.undeclared(),));
    quote! {
        fn response(reply: &#reply) -> Result<#response<Self::Output>, #error<Self::Error>> {
            match reply.status() {
                #(#arms)*
                #other
            }
        }
    }
}

fn has_default(scope: &Scope<'_>) -> bool {
    scope.operation.failures.iter().any(|outcome| outcome.statuses == Statuses::Default)
}

/// The arms of the match, exact statuses before ranges before `default`; statuses that are read alike share one.
fn arms(scope: &Scope<'_>) -> Vec<TokenStream> {
    let operation = scope.operation;
    let several = is_several(&operation.successes);
    let successes = operation.successes.iter().zip(&scope.names.successes).map(|(outcome, name)| {
        let value = read(scope, outcome, several.then_some((&scope.names.output, name)));
        (outcome.statuses, quote!(reply.success(#value)))
    });
    let several = is_several(&with_bodies(&operation.failures));
    let failures = operation.failures.iter().zip(&scope.names.failures).map(|(outcome, name)| {
        let arm = match outcome.kind {
            BodyKind::Empty => quote!(reply.bare_failure()),
            _ => {
                let value = read(scope, outcome, several.then_some((&scope.names.error, name)));
                quote!(reply.failure(#value))
            }
        };
        (outcome.statuses, arm)
    });
    let other = any_success(scope).map(|arm| (Statuses::Range(2), arm));
    let mut all: Vec<(Statuses, TokenStream)> = successes.chain(other).chain(failures).collect();
    all.sort_by_key(|(statuses, _)| *statuses);
    let needed: Vec<(Statuses, &TokenStream)> =
        all.iter().filter(|(statuses, arm)| is_needed(*statuses, arm, &all)).map(|(it, arm)| (*it, arm)).collect();
    let declared: Vec<Statuses> = needed.iter().map(|(statuses, _)| *statuses).collect();
    let mut merged: Vec<(Vec<TokenStream>, Statuses, &TokenStream)> = Vec::new();
    for (statuses, arm) in needed {
        let pattern = pattern(statuses, &declared);
        let same = |(_, known, read): &&mut (Vec<TokenStream>, Statuses, &TokenStream)| {
            std::mem::discriminant(known) == std::mem::discriminant(&statuses) && read.to_string() == arm.to_string()
        };
        match merged.iter_mut().find(same) {
            Some((patterns, ..)) => patterns.push(pattern),
            None => merged.push((vec![pattern], statuses, arm)),
        }
    }
    merged.into_iter().map(|(patterns, _, arm)| quote!(#(#patterns)|* => #arm,)).collect()
}

/// How a 2xx status that the document does not declare is read. It is read as the type of the declared successes. Without declared
/// successes, its body is not read. `None` if the successes have several types, because the reply does not tell which one it has. `None` as
/// well if `2XX` is declared.
fn any_success(scope: &Scope<'_>) -> Option<TokenStream> {
    let successes = &scope.operation.successes;
    if is_several(successes) || successes.iter().any(|outcome| outcome.statuses == Statuses::Range(2)) {
        return None;
    }
    let value = successes.first().map_or_else(|| quote!(reply.empty()), |only| read(scope, only, None));
    Some(quote!(reply.success(#value)))
}

/// Whether a status needs an arm of its own. It does if its range, or else `default`, is read differently.
fn is_needed(statuses: Statuses, arm: &TokenStream, all: &[(Statuses, TokenStream)]) -> bool {
    let wider = match statuses {
        Statuses::Code(code) => [Some(Statuses::Range(code / 100)), Some(Statuses::Default)],
        Statuses::Range(_) => [None, Some(Statuses::Default)],
        Statuses::Default => [None, None],
    };
    let caught = wider.into_iter().flatten().find_map(|wider| all.iter().find(|(other, _)| *other == wider));
    caught.is_none_or(|(_, other)| other.to_string() != arm.to_string())
}

/// The pattern of statuses. A range begins after the codes that have arms of their own, because clippy reports two arms that begin with the
/// same status.
fn pattern(statuses: Statuses, declared: &[Statuses]) -> TokenStream {
    let literal = proc_macro2::Literal::u16_unsuffixed;
    match statuses {
        Statuses::Code(code) => {
            let code = literal(code);
            quote!(#code)
        }
        Statuses::Range(digit) => {
            let all = digit * 100..=digit * 100 + 99;
            let first = all.clone().find(|status| !declared.contains(&Statuses::Code(*status))).unwrap_or(*all.start());
            let (first, last) = (literal(first), literal(*all.end()));
            quote!(#first..=#last)
        }
        Statuses::Default => quote!(_),
    }
}

/// The expression that reads a body, wrapped in its variant where there are several.
fn read(scope: &Scope<'_>, outcome: &Outcome, variant: Option<(&String, &String)>) -> TokenStream {
    let reader = match outcome.kind {
        BodyKind::Json | BodyKind::Form | BodyKind::Multipart => quote!(reply.json()),
        BodyKind::Text => quote!(reply.text()),
        BodyKind::Binary => quote!(reply.bytes()),
        BodyKind::Empty => quote!(reply.empty()),
    };
    let Some((ty, variant)) = variant.map(|(ty, variant)| (ident(ty), ident(variant))) else { return reader };
    wrapped(scope, outcome, &ty, &variant, &reader)
}

fn wrapped(scope: &Scope<'_>, outcome: &Outcome, ty: &Ident, variant: &Ident, reader: &TokenStream) -> TokenStream {
    match outcome.kind {
        BodyKind::Empty => quote!(#reader.map(|()| #ty::#variant)),
        _ if is_boxed(scope.plan, outcome) => quote!(#reader.map(Box::new).map(#ty::#variant)),
        _ => quote!(#reader.map(#ty::#variant)),
    }
}
