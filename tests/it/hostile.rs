//! Documents that were written to break the generator, and that it makes something of: all of that compiles.
//!
//! How each must end, and what its output must not hold, is in the texts beside them; `cargo xtask hostile` reads those.

use generator::Layout;

use crate::documents::{Document, crate_of, documents};

#[test]
fn what_is_made_of_them_compiles() {
    let documents = documents("hostile");
    let generated = documents.iter().filter(|document| document.generate().files.is_some()).map(Document::source);
    crate::compile::check("hostiles", crate_of(generated.collect(), "hostiles", Layout::Member));
}
