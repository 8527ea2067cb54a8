//! What must hold for every emitted file, whatever the document.
//!
//! Takes the files; panics with the name and the text of one that is no Rust, has two items of one name, or holds the canary
//! as an identifier. Does not compile them.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Fields, ImplItem, Item, UseTree};

/// The word in hostile texts that would be code if a text became code. The texts hold words around it, so that no name made of
/// one is this word alone.
pub const CANARY: &str = "injected_canary";

/// Checks the files of a crate, those of the runtime apart, which are the same whatever the document.
pub fn files(files: &[(String, String)]) {
    let rust = files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("runtime/"));
    rust.for_each(|(path, text)| file(path, text));
    let paths: HashSet<String> = files.iter().map(|(path, _)| path.to_lowercase()).collect();
    assert_eq!(paths.len(), files.len(), "two files of one name on a disk that knows no case");
}

fn file(path: &str, text: &str) {
    let file = match syn::parse_file(text) {
        Ok(file) => file,
        Err(error) => panic!("{path} is no Rust: {error}\n{text}"),
    };
    let mut names = Names::default();
    names.items(&file.items);
    names.visit_file(&file);
    assert!(names.twice.is_empty(), "{path} has twice: {:?}\n{text}", names.twice);
    let tokens: TokenStream = text.parse().expect("what syn reads are tokens");
    assert!(!holds_canary(tokens), "{path} holds the canary as an identifier\n{text}");
}

fn holds_canary(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => holds_canary(group.stream()),
        TokenTree::Ident(name) => name == CANARY,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The names in a file, each with the scope and the namespace that it must be alone in.
#[derive(Default)]
struct Names {
    seen: HashSet<(String, &'static str, String)>,
    twice: Vec<String>,
}

impl Names {
    fn add(&mut self, scope: impl Into<String>, kind: &'static str, name: impl ToString) {
        let name = name.to_string();
        if !self.seen.insert((scope.into(), kind, name.clone())) {
            self.twice.push(name);
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Struct(item) => self.add("", "type", &item.ident),
                Item::Enum(item) => self.add("", "type", &item.ident),
                Item::Type(item) => self.add("", "type", &item.ident),
                Item::Trait(item) => self.add("", "type", &item.ident),
                Item::Mod(item) => self.add("", "type", &item.ident),
                Item::Fn(item) => self.add("", "value", &item.sig.ident),
                Item::Const(item) => self.add("", "value", &item.ident),
                Item::Static(item) => self.add("", "value", &item.ident),
                Item::Use(item) => self.uses(&item.tree),
                Item::Verbatim(tokens) => self.twice.push(format!("no item: {tokens}")),
                _ => {}
            }
        }
    }

    fn uses(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.uses(&path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.uses(tree)),
            UseTree::Name(name) => self.add("", "type", &name.ident),
            UseTree::Rename(name) if name.rename != "_" => self.add("", "type", &name.rename),
            UseTree::Rename(_) | UseTree::Glob(_) => {}
        }
    }

    fn members(&mut self, owner: &str, fields: &Fields) {
        fields.iter().filter_map(|field| field.ident.as_ref()).for_each(|name| self.add(owner, "field", name));
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.members(&item.ident.to_string(), &item.fields);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        for variant in &item.variants {
            self.add(item.ident.to_string(), "variant", &variant.ident);
            self.members(&format!("{}::{}", item.ident, variant.ident), &variant.fields);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let syn::Type::Path(path) = &*item.self_ty else { return };
        let Some(owner) = path.path.segments.last() else { return };
        // Methods of a trait may be called as others are.
        if item.trait_.is_none() {
            for item in &item.items {
                match item {
                    ImplItem::Fn(item) => self.add(owner.ident.to_string(), "method", &item.sig.ident),
                    ImplItem::Const(item) => self.add(owner.ident.to_string(), "method", &item.ident),
                    _ => {}
                }
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        let mut names = HashSet::new();
        for input in &signature.inputs {
            if let syn::FnArg::Typed(input) = input
                && let syn::Pat::Ident(name) = &*input.pat
                && !names.insert(name.ident.to_string())
            {
                self.twice.push(format!("argument {} of {}", name.ident, signature.ident));
            }
        }
    }
}
