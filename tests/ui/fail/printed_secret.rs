//! A secret is not text.

use generated::runtime::Secret;

fn main() {
    let secret = Secret::from("key");
    println!("{secret}");
    let _ = secret.to_string();
}
