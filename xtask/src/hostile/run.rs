//! Runs one document in a process of its own: `cargo xtask gen --spec` with limits. Gives the files that it left.
//!
//! The system enforces the limits. The shell sets them before it starts the program. They are the address space and the CPU time, so that a
//! busy machine does not make a run fail. Without such a shell, there is only a limit by the clock.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context;

use super::Document;
use super::demand::Demand;
use crate::corpus::workspace;
use crate::folder;
use oasmith::paths;

/// How a run ended.
pub struct End {
    /// The exit status. `None` if it took too long.
    pub status: Option<ExitStatus>,
    pub seconds: f64,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    /// The files of the crate, by their path. `None` if there is no folder.
    pub files: Option<BTreeMap<String, Vec<u8>>>,
    /// Files outside the crate's folder that are new or have changed.
    pub strays: Vec<String>,
}

/// The files of a folder and below with their size and the time of their last change.
pub type Snapshot = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

const OUT: &str = "out";

/// The limit by the clock, as a multiple of the limit of the CPU time.
const PATIENCE: u32 = 10;

/// Generates a document in a new folder below the target folder.
pub fn document(document: &Document) -> anyhow::Result<End> {
    let folder = workspace::target().join("hostile-runs").join(&document.name);
    let work = folder.join("work");
    folder::remove(&folder)?;
    fs::create_dir_all(&work).with_context(|| format!("cannot write {}", paths::shown(&work)))?;
    let (stdout, stderr) = (folder.join("stdout"), folder.join("stderr"));
    let start = Instant::now();
    let mut child = limited(&document.demand)?
        .args(["gen", "--out", OUT, "--spec"])
        .arg(&document.path)
        .current_dir(&work)
        .stdin(Stdio::null())
        .stdout(File::create(&stdout)?)
        .stderr(File::create(&stderr)?)
        .spawn()
        .context("cannot run this program again")?;
    let status = wait(&mut child, document.demand.time * PATIENCE)?;
    let seconds = start.elapsed().as_secs_f64();
    let mut found = files(&work)?;
    let (mut crate_files, mut strays) = (BTreeMap::new(), Vec::new());
    while let Some((path, bytes)) = found.pop_first() {
        match path.strip_prefix(OUT).and_then(|rest| rest.strip_prefix('/')) {
            Some(inside) => _ = crate_files.insert(inside.to_owned(), bytes),
            None => strays.push(path),
        }
    }
    let files = work.join(OUT).exists().then_some(crate_files);
    Ok(End { status, seconds, stdout: fs::read(stdout)?, stderr: fs::read(stderr)?, files, strays })
}

/// This program, with limits.
fn limited(demand: &Demand) -> anyhow::Result<Command> {
    let program = std::env::current_exe().context("cannot find this program")?;
    if cfg!(not(unix)) {
        return Ok(Command::new(program));
    }
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v \"$1\" && ulimit -t \"$2\" && shift 2 && exec \"$@\"", "sh"]);
    command.args([(demand.megabytes << 10).to_string(), demand.time.as_secs().to_string()]).arg(program);
    Ok(command)
}

/// The exit status. A process that takes too long is killed, and the result is `None`.
fn wait(child: &mut Child, limit: Duration) -> anyhow::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The files of a folder and of its folders.
pub fn snapshot(folder: &Path) -> anyhow::Result<Snapshot> {
    let mut snapshot = Snapshot::new();
    folder::each_file(folder, &mut |path| {
        let metadata = fs::symlink_metadata(path)?;
        snapshot.insert(path.to_owned(), (metadata.len(), metadata.modified().ok()));
        Ok(())
    })?;
    Ok(snapshot)
}

fn files(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    folder::each_file(folder, &mut |path| {
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        files.insert(name, fs::read(path)?);
        Ok(())
    })?;
    Ok(files)
}
