//! One file of refresh tokens, and several processes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use runtime::{DescribedIssuer, FileStore, HttpClient, Secret, TokenCache, TokenStore, UreqTransport};

use super::endpoint::{Endpoint, grant, json};
use super::world::{MINT, REFRESH};

/// What tells the program that it is one of the processes: the URL of the endpoint, the file, and how many tokens it gets.
const CHILD: &str = "TOKENS_OF_ONE_FILE";

pub fn file(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("tokens-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("tokens.json")
}

fn cache(url: &str, file: &str) -> TokenCache {
    let client = HttpClient::new(url).unwrap().with_transport(UreqTransport::new());
    let issuer = DescribedIssuer::new(&client, &MINT, vec![Box::new(Secret::from("key"))]).with_refresh(&REFRESH);
    TokenCache::new(issuer).with_store(FileStore::new(file))
}

/// The test below runs this in other processes. In the test's own process it does nothing.
#[test]
fn one_of_several_processes() {
    let Ok(job) = std::env::var(CHILD) else { return };
    let [url, file, count] = job.split(' ').collect::<Vec<_>>()[..] else { panic!("{job}") };
    let cache = cache(url, file);
    for _ in 0..count.parse::<u32>().unwrap() {
        let token = cache.token_blocking().unwrap();
        cache.invalidate(&token);
    }
}

fn process(url: &str, file: &str, count: u32) -> Child {
    let program = std::env::current_exe().unwrap();
    let mut command = Command::new(program);
    command.args(["--exact", "tokens::processes::one_of_several_processes"]);
    command.env(CHILD, format!("{url} {file} {count}")).stdout(Stdio::null()).spawn().unwrap()
}

/// A server that takes each refresh token once, and gives up the whole family if one comes again.
#[test]
fn two_processes_spend_no_refresh_token_twice() {
    let spent = Arc::new(Mutex::new((BTreeSet::new(), 0_u32)));
    let seen = Arc::clone(&spent);
    let endpoint = Endpoint::start(move |before, sent| {
        if sent.path == "/refresh" {
            let mut seen = seen.lock().unwrap();
            if !seen.0.insert(sent.body.clone()) {
                seen.1 += 1;
                return json(400, r#"{"error":"invalid_grant"}"#);
            }
        }
        grant(&format!("t{before}"), Some(&format!("r{before}")), "3600")
    });
    let file = file("rotation");
    let name = file.to_str().unwrap();
    let children = [process(&endpoint.url, name, 600), process(&endpoint.url, name, 600)];
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let spent = spent.lock().unwrap();
    assert_eq!(spent.1, 0);
    // The first token is minted, and a process may mint another one where the other is always faster.
    assert!(spent.0.len() >= 1000, "{} rotations of {} requests", spent.0.len(), endpoint.count());
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
}

#[cfg(unix)]
#[test]
fn the_file_can_be_read_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let file = file("mode");
    let store = FileStore::new(&file);
    assert_eq!(store.load("").unwrap(), None);
    let token = runtime::RefreshToken { secret: Secret::from("r"), used: runtime::Use::Not };
    assert!(store.swap("", None, Some(token.clone())).unwrap());
    assert!(!store.swap("", None, Some(token.clone())).unwrap());
    assert_eq!(store.load("").unwrap(), Some(token));
    for entry in std::fs::read_dir(file.parent().unwrap()).unwrap() {
        assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(format!("{:?}", store.load("").unwrap()), "Some(RefreshToken { secret: Secret(..), used: Not })");
    store.clear().unwrap();
    assert_eq!(store.load("").unwrap(), None);
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
}

/// A file that somebody has broken is an error, and is left as it is.
#[test]
fn a_broken_file_is_an_error_and_stays() {
    let file = file("broken");
    std::fs::write(&file, r#"{"": canary"#).unwrap();
    let endpoint = Endpoint::start(|_, _| grant("t", None, "100"));
    let error = cache(&endpoint.url, file.to_str().unwrap()).token_blocking().unwrap_err();
    let expected = format!("the store of refresh tokens failed: {}: invalid data", file.display());
    assert_eq!(error.to_string(), expected);
    assert_eq!((endpoint.count(), std::fs::read_to_string(&file).unwrap()), (0, r#"{"": canary"#.to_owned()));
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
}
