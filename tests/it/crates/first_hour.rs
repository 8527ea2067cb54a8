//! The program, installed and used in an empty folder.

use std::process::Command;

use super::repository;

#[test]
fn the_first_hour_goes_well() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("first_hour");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let mut command = Command::new(repository().join("tests/first_hour.sh"));
    let output = command.arg(repository()).arg(&folder).env("CARGO_NET_OFFLINE", "true").output().expect("bash runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}{said}", String::from_utf8_lossy(&output.stdout));
}
