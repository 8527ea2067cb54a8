//! The program that reads a crate's examples into its types and writes them again.
//!
//! It takes the path of a file of cases, which are pairs of a type's number and a value. It prints a line of JSON for each case, and does
//! not judge it.

use std::fmt::Write;

use generator::formats;
use serde_json::json;

use super::collect::Example;

const MAIN: &str = r#"
fn main() {
    let path = std::env::args().nth(1).expect("the path of the cases");
    let text = std::fs::read(path).expect("the cases");
    let cases: Vec<(usize, Value)> = serde_json::from_slice(&text).expect("cases");
    for (ty, value) in &cases {
        println!("{}", types::again(*ty, value));
    }
}

fn again<T: Read + Serialize>(value: &Value) -> Value {
    match runtime::from_slice::<T>(value.to_string().as_bytes()) {
        Ok(read) => match serde_json::to_value(&read) {
            Ok(written) => json!({ "written": written }),
            Err(error) => json!({ "failure": error.to_string() }),
        },
        Err(failure) => json!({ "failure": failure.to_string() }),
    }
}
"#;

/// The program's text.
pub fn source(name: &str, manifest: &str, cases: &[Example]) -> String {
    let optional = formats::imported().filter(|(module, _)| manifest.contains(&format!("\n{module} =")));
    let optional: String = optional.map(|(module, name)| format!("    use {module}::{name};\n")).collect();
    let arms = types(cases).iter().enumerate().fold(String::new(), |mut arms, (index, ty)| {
        let _ = writeln!(arms, "            {index} => super::again::<{ty}>(value),");
        arms
    });
    format!(
        "use {name}::runtime::{{self, Read}};
use serde::Serialize;
use serde_json::{{Value, json}};
{MAIN}
/// The names in types are those of the crate, so they get a module of their own.
#[allow(unused_imports)]
mod types {{
    use std::collections::BTreeMap;

{optional}    use {name}::runtime::{{Base64, Base64Url, File, Secret, Text, Trailing}};
    use {name}::*;
    use serde_json::{{Map, Value}};

    pub fn again(ty: usize, value: &Value) -> Value {{
        match ty {{
{arms}            _ => unreachable!(),
        }}
    }}
}}
"
    )
}

/// The file of cases.
pub fn cases(cases: &[Example]) -> String {
    let types = types(cases);
    let number = |example: &Example| types.iter().position(|ty| *ty == example.ty);
    cases.iter().map(|example| json!([number(example), example.value])).collect::<serde_json::Value>().to_string()
}

/// The types of the cases, each once.
fn types(cases: &[Example]) -> Vec<&str> {
    let mut types: Vec<&str> = cases.iter().map(|example| example.ty.as_str()).collect();
    types.sort_unstable();
    types.dedup();
    types
}
