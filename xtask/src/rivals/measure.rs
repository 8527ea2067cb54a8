//! Measures rustc: takes a package, gives the CPU seconds and the memory of the rustc process that compiled it.
//!
//! Cargo runs rustc through a wrapper (`RUSTC_WORKSPACE_WRAPPER`). The wrapper is this program: it runs rustc and adds a line to a
//! file.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::process::{Command, ExitCode};
use std::time::SystemTime;

use anyhow::{Context, anyhow, bail};
use wait4::Wait4;

use crate::corpus::workspace::{self, Workspace};
use oasmith::paths;

/// The environment variable with the path of the file to which the wrapper adds its lines. If it is set, this program is the wrapper.
pub const RECORD: &str = "XTASK_RUSTC_RECORD";

/// The cost of a process.
#[derive(Clone, Copy, Default)]
pub struct Cost {
    /// User and system time.
    pub seconds: f64,
    /// The most memory that it used.
    pub mebibytes: f64,
}

/// What one run of Cargo has recorded.
pub struct Measured {
    record: String,
    /// Cargo's first error, if it failed.
    fault: Option<String>,
}

impl Cost {
    /// The lower of both figures, for each kind of cost.
    pub fn lower(self, other: Self) -> Self {
        Self { seconds: self.seconds.min(other.seconds), mebibytes: self.mebibytes.min(other.mebibytes) }
    }
}

impl Measured {
    /// The cost of a package.
    pub fn of(&self, package: &str) -> anyhow::Result<Cost> {
        if let Some(fault) = &self.fault {
            bail!("{fault}");
        }
        let name = package.replace('-', "_");
        let line = self.record.lines().rev().find_map(|line| line.strip_prefix(&name)?.strip_prefix(' '));
        let (seconds, bytes) = line.and_then(|line| line.split_once(' ')).context("rustc was not run")?;
        Ok(Cost { seconds: seconds.parse()?, mebibytes: bytes.parse::<f64>()? / f64::from(1 << 20) })
    }
}

/// Checks one package of a workspace, whether it has changed or not.
pub fn check(workspace: &Workspace, package: &str) -> anyhow::Result<Measured> {
    let record = workspace.folder().join("rustc.txt");
    fs::write(&record, "").with_context(|| format!("cannot write {}", paths::shown(&record)))?;
    let root = workspace.place(package).join("src/lib.rs");
    let touched = File::options().append(true).open(&root).and_then(|file| file.set_modified(SystemTime::now()));
    touched.with_context(|| format!("cannot touch {}", paths::shown(&root)))?;
    let output = Command::new("cargo")
        .args(["check", "--quiet", "--lib", "--package", package, "--target-dir"])
        .arg(workspace::cargo_target())
        .env("RUSTC_WORKSPACE_WRAPPER", env::current_exe().context("cannot find this program")?)
        .env(RECORD, &record)
        .env_remove("RUSTFLAGS")
        .current_dir(workspace.folder())
        .output()
        .context("cannot run cargo")?;
    let fault = (!output.status.success()).then(|| {
        let text = String::from_utf8_lossy(&output.stderr);
        text.lines().find(|line| line.starts_with("error")).unwrap_or("cargo failed without a word").to_owned()
    });
    let record = fs::read_to_string(&record).with_context(|| format!("cannot read {}", paths::shown(&record)))?;
    Ok(Measured { record, fault })
}

/// Runs rustc with the arguments of this program, and records its cost.
pub fn rustc(record: &OsStr) -> anyhow::Result<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next().context("cargo names no compiler")?;
    let arguments: Vec<_> = arguments.collect();
    let mut child = Command::new(rustc).args(&arguments).spawn().context("cannot run rustc")?;
    let used = child.wait4().context("cannot wait for rustc")?;
    let name = arguments.iter().skip_while(|it| *it != "--crate-name").nth(1);
    if let Some(name) = name {
        let seconds = (used.rusage.utime + used.rusage.stime).as_secs_f64();
        let line = format!("{} {seconds} {}\n", name.display(), used.rusage.maxrss);
        File::options().append(true).open(record)?.write_all(line.as_bytes())?;
    }
    let code = used.status.code().ok_or_else(|| anyhow!("rustc: {}", used.status))?;
    Ok(ExitCode::from(u8::try_from(code)?))
}
