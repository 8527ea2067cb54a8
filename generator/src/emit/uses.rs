//! What a file has besides the tokens of its items: the names that it uses from elsewhere, their `use` lines, and its doc comments.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::render::Comments;

/// The names and the comments of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    /// The names by the module that they come from.
    by_module: BTreeMap<&'static str, BTreeSet<String>>,
    /// A module, and those of its names that mean something else in the file. They are imported under another name.
    shadowed: (&'static str, BTreeSet<String>),
    /// The doc comments.
    pub comments: Comments,
}

/// The crate's own modules, seen from a file two levels below the API.
const INTERNAL: &[&str] = &["crate::runtime", "super", "super::super", "super::operations"];

impl Uses {
    /// The uses of a file in which some names of a module mean something else.
    pub fn beside<'n>(module: &'static str, names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { shadowed: (module, names.into_iter().map(str::to_owned).collect()), ..Self::default() }
    }

    /// Brings in a name of the runtime.
    pub fn runtime(&mut self, name: &str) -> Ident {
        self.from("crate::runtime", name)
    }

    /// Brings in a name of a module.
    pub fn from(&mut self, module: &'static str, name: &str) -> Ident {
        self.by_module.entry(module).or_default().insert(name.to_owned());
        ident(&self.local(module, name))
    }

    /// Leaves out a name that the file defines itself.
    pub fn forget(&mut self, module: &'static str, name: &str) {
        if let Some(names) = self.by_module.get_mut(module) {
            names.remove(name);
        }
    }

    /// The `use` lines, in two groups: the standard library and other crates, then this one.
    pub fn groups(&self) -> Vec<Vec<TokenStream>> {
        let external = self.by_module.keys().copied().filter(|module| !INTERNAL.contains(module));
        let (std, crates): (Vec<&str>, Vec<&str>) = external.partition(|module| module.starts_with("std::"));
        let groups = [[std, crates].concat(), INTERNAL.to_vec()];
        groups.iter().map(|modules| self.lines(modules)).filter(|lines| !lines.is_empty()).collect()
    }

    /// The name under which the file imports a name of another module.
    fn local(&self, module: &str, name: &str) -> String {
        let (shadowed, names) = &self.shadowed;
        if *shadowed == module && names.contains(name) { format!("{name}Model") } else { name.to_owned() }
    }

    fn import(&self, module: &str, name: &str) -> TokenStream {
        let (local, name) = (ident(&self.local(module, name)), ident(name));
        if local == name { quote!(#name) } else { quote!(#name as #local) }
    }

    fn lines(&self, modules: &[&'static str]) -> Vec<TokenStream> {
        let used = modules.iter().filter_map(|module| Some((module, self.by_module.get(module)?)));
        used.filter(|(_, names)| !names.is_empty())
            .map(|(module, names)| {
                let path = module.split("::").map(ident);
                // The module itself comes first.
                let itself = names.get("self").filter(|_| names.len() > 1);
                let others = names.iter().filter(|name| *name != "self");
                let names: Vec<TokenStream> =
                    itself.into_iter().chain(others).map(|name| self.import(module, name)).collect();
                match names.as_slice() {
                    [] => quote!(use #(#path)::*;),
                    [only] => quote!(use #(#path)::*::#only;),
                    several => quote!(use #(#path)::*::{#(#several),*};),
                }
            })
            .collect()
    }
}

/// The identifier of a name that `analyze` has chosen, or that is a constant of `emit`.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
