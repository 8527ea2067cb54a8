//! The names that the items of a file use from elsewhere, and the `use` lines that bring them in.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// Names by the module that they come from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    by_module: BTreeMap<&'static str, BTreeSet<String>>,
    own: BTreeSet<String>,
}

/// The standard library and other crates, in the order in which their lines stand.
const EXTERNAL: &[&str] = &["std::collections", "std::time", "bytes", "chrono", "serde", "serde_json", "uuid"];

/// The crate's own modules, seen from a file two levels below the API.
const INTERNAL: &[&str] = &["crate::runtime", "super", "super::super", "super::operations"];

impl Uses {
    /// Of a file that defines these names itself.
    pub fn beside(own: impl IntoIterator<Item = String>) -> Self {
        Self { own: own.into_iter().collect(), ..Self::default() }
    }

    /// A name of a module that `use` lines know: brought in, unless the file has another thing of that name.
    pub fn path(&mut self, module: &'static str, name: &str) -> TokenStream {
        if self.own.contains(name) {
            let (module, name) = (module.split("::").map(ident), ident(name));
            return quote!(#(#module)::*::#name);
        }
        let name = self.from(module, name);
        quote!(#name)
    }

    /// Brings in a name of the runtime.
    pub fn runtime(&mut self, name: &str) -> Ident {
        self.from("crate::runtime", name)
    }

    /// Brings in a name of a module that `use` lines know.
    pub fn from(&mut self, module: &'static str, name: &str) -> Ident {
        debug_assert!(EXTERNAL.contains(&module) || INTERNAL.contains(&module), "no line is made for {module}");
        self.by_module.entry(module).or_default().insert(name.to_owned());
        ident(name)
    }

    /// Leaves out a name that the file defines itself.
    pub fn forget(&mut self, module: &'static str, name: &str) {
        if let Some(names) = self.by_module.get_mut(module) {
            names.remove(name);
        }
    }

    /// The `use` lines, in two groups: other crates, then this one.
    pub fn groups(&self) -> Vec<Vec<TokenStream>> {
        [EXTERNAL, INTERNAL].into_iter().map(|modules| self.lines(modules)).filter(|lines| !lines.is_empty()).collect()
    }

    fn lines(&self, modules: &[&'static str]) -> Vec<TokenStream> {
        let used = modules.iter().filter_map(|module| Some((module, self.by_module.get(module)?)));
        used.filter(|(_, names)| !names.is_empty())
            .map(|(module, names)| {
                let module = module.split("::").map(ident);
                let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
                match names.as_slice() {
                    [only] => quote!(use #(#module)::*::#only;),
                    several => quote!(use #(#module)::*::{#(#several),*};),
                }
            })
            .collect()
    }
}

/// An identifier that `analyze` has chosen, or that is written in this stage.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
