//! Signatures as one would write them, and advice.

use generator::analyze::Plan;
use generator::analyze::ident::snake_name;
use generator::emit::ItemKind;
use generator::emit::item::{Item, Meaning, Signature, Written};
use generator::ir::Type;

use super::Pair;

/// An item as it is declared.
pub(super) fn signature(plan: &Plan<'_>, item: &Item<'_>) -> String {
    let Item { kind, name, path, .. } = item;
    let held = item.held().map(|held| held.text(plan));
    let text = held.as_deref().unwrap_or_default();
    match (kind, &item.signature) {
        (ItemKind::Constructor, Signature::Function { receiver, returns }) => {
            function(plan, item, path, receiver, returns)
        }
        (_, Signature::Function { receiver, returns }) => function(plan, item, name, receiver, returns),
        (ItemKind::Client | ItemKind::Struct, _) => format!("pub struct {path}"),
        (ItemKind::Newtype, _) => format!("pub struct {path}(pub {text})"),
        (ItemKind::Enumeration, _) => format!("pub enum {path}: From<{text}>"),
        (ItemKind::Union, _) => format!("pub enum {path}"),
        (ItemKind::Headers, _) if text == path => format!("pub struct {path}"),
        (ItemKind::Alias | ItemKind::Headers, _) => format!("pub type {path} = {text}"),
        (ItemKind::Reply, _) => format!("type {name} = {text}"),
        (ItemKind::Field, _) => format!("pub {name}: {text}"),
        (ItemKind::Stream, _) => format!("pub async fn {name}(self) -> Result<{}<{text}>, …>", item.meaning),
        (ItemKind::Trait, Signature::Value(_)) => format!("impl {name}<{text}> for {path}"),
        (ItemKind::Trait, _) => format!("impl {name} for {path}"),
        (_, Signature::Value(held)) if *held != Written::Nothing => format!("{name}({text})"),
        _ => name.to_string(),
    }
}

fn function(plan: &Plan<'_>, item: &Item<'_>, name: &str, receiver: &str, returns: &str) -> String {
    let arguments = item.arguments().filter_map(|argument| {
        let held = argument.held()?.text(plan);
        Some(format!("{}: {held}", argument.name))
    });
    let receiver = (!receiver.is_empty()).then(|| receiver.to_owned());
    let arguments: Vec<String> = receiver.into_iter().chain(arguments).collect();
    format!("pub fn {name}({}) -> {returns}", arguments.join(", "))
}

/// What to write where an item has another name.
pub(super) fn other_name(now: &Item<'_>, parent: &Item<'_>) -> Option<String> {
    let name = &now.name;
    Some(match now.kind {
        ItemKind::Method => format!("`client.{name}(…)`"),
        ItemKind::Field => format!("write `{}.{name}`", variable(&parent.name)),
        ItemKind::Variant | ItemKind::Outcome => format!("write `{}::{name}`", parent.name),
        _ => format!("write `.{name}(…)`"),
    })
}

/// What to know if a name stands for something else.
pub(super) fn other_meaning(pair: Pair<'_>) -> String {
    let Pair { was, now } = pair;
    match (&was.meaning, &now.meaning) {
        (Meaning::Url(url), _) => format!("`Client::new()?.with_base_url(\"{url}\")` goes where it went"),
        (Meaning::Tag(tag), Meaning::Nothing) => {
            format!("the member `{tag}` alone no longer decides what a value is read as")
        }
        (Meaning::Tokens(was, before), Meaning::Tokens(now, after)) if was == now => {
            let only = |of: &[String], other: &[String], what: &str| {
                let alone = of.iter().filter(|value| !other.contains(value)).map(String::as_str).collect::<Vec<_>>();
                (!alone.is_empty()).then(|| format!("{what} {}", alone.join(", ")))
            };
            let parts = [only(after, before, "gains"), only(before, after, "loses")];
            format!("the exchange {}", parts.into_iter().flatten().collect::<Vec<_>>().join("; it "))
        }
        (_, Meaning::Tag(tag)) => format!("the member `{tag}` alone decides what a value is read as"),
        (was, now) => format!("the same name means {now} instead of {was}"),
    }
}

/// What to write where an item is gone.
pub(super) fn without(was: &Item<'_>, parent: &Item<'_>) -> Option<String> {
    match (was.kind, &was.meaning) {
        (ItemKind::Variant, Meaning::Value(value)) => {
            Some(format!("should the value still be met, it is `{}::from({})`", parent.name, value.json()))
        }
        (ItemKind::Constructor, _) => Some("nothing that is sent holds the type any more".to_owned()),
        _ => None,
    }
}

/// The name of a variable that holds a value of a type: `PurchaseOrder` is `purchase_order`.
pub(super) fn variable(ty: &str) -> String {
    snake_name(ty)
}

/// What to write if a field becomes an `Option`, or stops being one.
pub(super) fn other_presence(before: &Written, after: &Written, place: &str) -> Option<String> {
    match (before, after) {
        (Written::Option(_), Written::Option(_)) => None,
        (before, Written::Option(after)) if *before == **after => Some(match before {
            Written::Type(Type::String) => format!("`{place}` -> `{place}.as_deref().unwrap_or_default()`"),
            _ => format!("`{place}` may be missing: `if let Some(value) = {place}`"),
        }),
        (Written::Option(before), after) if **before == *after => {
            Some(format!("`{place}` is always there: use it as it is, without taking it out of an `Option`"))
        }
        _ => None,
    }
}
