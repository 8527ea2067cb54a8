//! The program, and files to run it on.

use std::path::Path;
use std::process::Command;

pub use crate::commits::put;

/// The exit code and the two outputs.
pub type Answer = (Option<i32>, String, String);

/// A document.
pub const PETS: &str = r#"openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.test"}]
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        "200":
          description: All of them.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"#;

/// Runs a command in a folder.
pub fn run(folder: &Path, command: &str, args: &[&str]) -> Answer {
    let mut program = Command::new(env!("CARGO_BIN_EXE_oasmith"));
    let output = program.current_dir(folder).arg(command).args(args).output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), stdout, stderr)
}
