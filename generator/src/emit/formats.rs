//! The crates whose types stand for formats: takes the APIs of a crate, gives the crates that they need, and the runtime's
//! `formats.rs`, which says how values of those types are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::Plan;
use crate::formats::{self, Crate, Format, Text};
use crate::ir::{Operation, Type};

/// The crates that the types of some APIs need.
pub(super) fn needed<'a>(plans: impl Iterator<Item = &'a Plan<'a>>) -> Vec<&'static Crate> {
    let mut found = Vec::new();
    for ty in plans.flat_map(types) {
        ty.each(&mut |ty| {
            if let Type::Text(format) = ty {
                found.extend(format.text().and_then(|text| text.needs));
            }
        });
    }
    formats::crates().into_iter().filter(|krate| found.contains(krate)).collect()
}

/// The types that are written in the files of an API.
fn types<'a>(plan: &'a Plan<'a>) -> Vec<&'a Type> {
    let models = plan.api.models().flat_map(|(_, model)| model.kind.types());
    models.chain(plan.api.operations.iter().flat_map(Operation::types)).collect()
}

/// The lines of a manifest that depend on the crates.
pub(super) fn dependencies(crates: &[&Crate]) -> String {
    crates.iter().map(|krate| format!("{} = {}\n", krate.name, krate.version)).collect()
}

/// `formats.rs` of the runtime.
pub(super) fn file(crates: &[&Crate]) -> String {
    let crates: Vec<&Crate> = crates.iter().copied().filter(|krate| krate.types.is_none()).collect();
    let imports: String = crates.iter().map(|krate| import(krate)).collect();
    let implementations: String = crates.iter().flat_map(|krate| texts(krate)).map(implementation).collect();
    let text = if crates.iter().flat_map(|krate| texts(krate)).any(|text| text.also.is_some()) {
        "{Text, ToText}"
    } else {
        "ToText"
    };
    let body = match crates.as_slice() {
        [] => String::new(),
        _ => format!("\n{imports}\nuse super::text::{text};\n{implementations}"),
    };
    format!(
        "//! Other crates' types that stand for formats, and the text that their values have on the wire.
{body}"
    )
}

/// The lines that give callers the crates, so that they need no dependency of their own.
pub(super) fn exports(crates: &[&Crate]) -> String {
    crates.iter().map(|krate| format!("pub use ::{};\n", krate.name)).collect()
}

/// The source of the wrapper types of the crates that need wrappers.
pub(super) fn wrappers(crates: &[&Crate]) -> String {
    crates.iter().filter_map(|krate| krate.types).collect()
}

/// The types that a crate has for formats.
fn texts(krate: &Crate) -> impl Iterator<Item = &'static Text> {
    formats::texts().filter_map(Format::text).filter(move |text| text.needs == Some(krate))
}

fn import(krate: &Crate) -> String {
    let mut modules: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (module, name) in texts(krate).flat_map(Text::paths) {
        modules.entry(module).or_default().insert(name);
    }
    let line = |(module, names): (&str, BTreeSet<&str>)| {
        let names: Vec<&str> = names.into_iter().collect();
        match names.as_slice() {
            [only] => format!("use {module}::{only};\n"),
            several => format!("use {module}::{{{}}};\n", several.join(", ")),
        }
    };
    modules.into_iter().map(line).collect()
}

fn implementation(text: &Text) -> String {
    let body = text.text.map_or_else(String::new, |expression| {
        format!("\n    fn to_text(&self) -> String {{\n        {expression}\n    }}\n")
    });
    let short = text.short();
    let also = text.also.map(|(ty, value)| {
        format!(
            "\nimpl From<{ty}> for Text<{short}> {{\n    fn from(value: {ty}) -> Self {{\n        {value}.into()\n    }}\n}}\n"
        )
    });
    format!("\nimpl ToText for {short} {{{body}}}\n{}", also.unwrap_or_default())
}
