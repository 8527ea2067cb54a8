//! The crates whose types stand for formats: takes the APIs of a crate, gives the crates that they need, and the runtime's
//! `formats.rs`, which says how values of those types are written.
//!
//! The table holds all that is particular to such a crate but how its types are written (`emit::ty`).

use crate::analyze::Plan;
use crate::ir::{Format, Operation, Type};
use crate::render::HEADER;

/// A crate that an emitted one depends on only where a document has one of its formats.
pub(super) struct FormatCrate {
    /// Its line in the manifest.
    dependency: &'static str,
    formats: &'static [Format],
    import: &'static str,
    implementations: &'static str,
}

/// In the order of their names.
const CRATES: [FormatCrate; 4] = [
    FormatCrate {
        dependency: "chrono = { version = \"0.4\", default-features = false, features = [\"alloc\"] }",
        formats: &[Format::DateTime, Format::Date],
        import: "chrono::{DateTime, FixedOffset, NaiveDate}",
        implementations: "
impl ToText for DateTime<FixedOffset> {
    fn to_text(&self) -> String {
        self.to_rfc3339()
    }
}

impl ToText for NaiveDate {}
",
    },
    FormatCrate {
        dependency: "rust_decimal = { version = \"1.43\", default-features = false, features = [\"std\"] }",
        formats: &[Format::Decimal],
        import: "rust_decimal::Decimal",
        implementations: "\nimpl ToText for Decimal {}\n",
    },
    FormatCrate {
        dependency: "url = \"2.5\"",
        formats: &[Format::Uri],
        import: "url::Url",
        implementations: "\nimpl ToText for Url {}\n",
    },
    FormatCrate {
        dependency: "uuid = { version = \"1\", default-features = false, features = [\"std\"] }",
        formats: &[Format::Uuid],
        import: "uuid::Uuid",
        implementations: "\nimpl ToText for Uuid {}\n",
    },
];

/// The crates that the types of some APIs need.
pub(super) fn needed<'a>(plans: impl Iterator<Item = &'a Plan<'a>>) -> Vec<&'static FormatCrate> {
    let mut found = Vec::new();
    for ty in plans.flat_map(types) {
        ty.each(&mut |ty| {
            if let Type::Text(format) = ty {
                found.push(*format);
            }
        });
    }
    CRATES.iter().filter(|krate| krate.formats.iter().any(|format| found.contains(format))).collect()
}

/// The types that are written in the files of an API.
fn types<'a>(plan: &'a Plan<'a>) -> Vec<&'a Type> {
    let models = plan.api.models().flat_map(|(_, model)| model.kind.types());
    models.chain(plan.api.operations.iter().flat_map(Operation::types)).collect()
}

/// The lines of a manifest that depend on the crates.
pub(super) fn dependencies(crates: &[&FormatCrate]) -> String {
    crates.iter().map(|krate| format!("{}\n", krate.dependency)).collect()
}

/// `formats.rs` of the runtime.
pub(super) fn file(crates: &[&FormatCrate]) -> String {
    let imports: String = crates.iter().map(|krate| format!("use {};\n", krate.import)).collect();
    let implementations: String = crates.iter().map(|krate| krate.implementations).collect();
    let body = match crates {
        [] => String::new(),
        _ => format!("\n{imports}\nuse super::text::ToText;\n{implementations}"),
    };
    format!("{HEADER}\n//! The text that the values of other crates' types have on the wire.\n{body}")
}
