//! Makes the module `api` of `pets.yaml`.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout, Options, generate, report};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=pets.yaml");
    let document = SourceText { name: "pets.yaml".to_owned(), bytes: fs::read("pets.yaml")? };
    let api = ApiSource { name: "pets".to_owned(), document, overlay: None, choices: Vec::new(), loader: &NoFiles };
    let generated = generate(vec![api], &Options::new("build_script", Layout::Whole));
    let Some(files) = generated.files else {
        return Err(report::render(&generated.diagnostics, &generated.sources, false).into());
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("Cargo sets OUT_DIR")?);
    for (path, text) in files.iter().filter_map(|(path, text)| Some((path.strip_prefix("src/api/")?, text))) {
        let file = out.join("api").join(path);
        fs::create_dir_all(file.parent().unwrap_or(&out))?;
        fs::write(file, text)?;
    }
    let module = out.join("api/mod.rs");
    fs::write(out.join("api.rs"), format!("#[path = {module:?}]\npub mod api;\n"))?;
    Ok(())
}
