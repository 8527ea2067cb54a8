//! try
use generator::source::*;
use generator::*;
struct Files(std::path::PathBuf);
impl Loader for Files {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        std::fs::read(self.0.join(path)).map_err(|e| LoadError::Other(e.to_string()))
    }
}
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let out = &args[0];
    let member = args[1] == "member";
    let quiet = std::env::var("QUIET").is_ok();
    let mut loaders = vec![];
    let mut srcs = vec![];
    for a in &args[2..] {
        let (n, r) = a.split_once('=').unwrap();
        let (d, o) = match r.split_once(',') {
            Some((d, o)) => (d, Some(o)),
            None => (r, None),
        };
        loaders.push(Files(std::path::Path::new(d).parent().unwrap().to_owned()));
        srcs.push((n.to_string(), d.to_string(), o.map(str::to_owned)));
    }
    let apis = srcs
        .iter()
        .zip(&loaders)
        .map(|((n, d, o), l)| ApiSource {
            name: n.clone(),
            document: SourceText { name: d.clone(), bytes: std::fs::read(d).unwrap() },
            overlay: o.as_ref().map(|o| SourceText { name: o.clone(), bytes: std::fs::read(o).unwrap() }),
            loader: l,
        })
        .collect();
    let t = std::time::Instant::now();
    let g = generate(
        apis,
        &Options {
            name: if member { "generated".into() } else { srcs[0].0.clone() },
            layout: if member { Layout::Member } else { Layout::Whole },
            keep_going: std::env::var("KEEP").is_ok(),
            both_ways: false,
        },
    );
    let el = t.elapsed();
    if !quiet {
        eprint!("{}", report::render(&g.diagnostics, &g.sources, false));
    }
    eprintln!(
        "errors {} warnings {} in {:?} {:?}",
        g.diagnostics.count(diagnostics::Severity::Error),
        g.diagnostics.count(diagnostics::Severity::Warning),
        el,
        g.summaries
    );
    match g.files {
        Some(f) => {
            for (p, t) in f {
                let p = std::path::Path::new(out).join(p);
                std::fs::create_dir_all(p.parent().unwrap()).unwrap();
                std::fs::write(p, t).unwrap();
            }
        }
        None => std::process::exit(1),
    }
}
