//! Lists the runtime's files, so that `emit` copies every one of them.

use std::{env, fs, path::Path};

fn main() {
    let folder = Path::new("src/runtime");
    println!("cargo::rerun-if-changed=src/runtime");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest's folder");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the runtime is there")
        .map(|entry| entry.expect("its entries can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".rs"))
        .collect();
    names.sort();
    let entries: Vec<String> = names
        .iter()
        .map(|name| format!("({name:?}, include_str!({:?}))", Path::new(&root).join(folder).join(name)))
        .collect();
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets the output folder")).join("runtime.rs");
    fs::write(out, format!("[{}]", entries.join(", "))).expect("the output folder can be written");
}
