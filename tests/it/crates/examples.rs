//! The examples in the documentation of emitted crates, compiled.

use std::path::Path;
use std::process::Command;

use super::COMPILED;

/// Packages: names of every kind, several APIs in a crate, one at the top of its crate, types of the user's.
const CRATES: [&str; 3] = ["goldens", "example", super::choices::OWN];

#[test]
fn the_example_of_every_operation_compiles() {
    // This writes the crates.
    COMPILED.check("goldens", "goldens");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--doc", "--offline", "--all-features", "--no-fail-fast"])
        .args(CRATES.iter().flat_map(|name| ["--package", name]))
        .env("CARGO_TARGET_DIR", folder.ancestors().nth(2).expect("it lies in the target folder"))
        .env_remove("RUSTFLAGS")
        .current_dir(folder)
        .output()
        .expect("cargo can be run");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    // A run without examples passes as well.
    assert!(
        said.contains(
            "test goldens/src/bodies/operations/send_json.rs - bodies::operations::send_json::Client::send_json"
        ),
        "{said}"
    );
}
