//! A program that uses every public item of an emitted API, and says of each which type it has.
//!
//! Takes the files that were emitted from a document; gives the text of a module that compiles against them, and should against
//! what is emitted after a compatible change. Every function passes on what it is given to a public one that is declared alike;
//! none is ever called.

#[path = "tables.rs"]
mod tables;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Fields, FnArg, ImplItem, Item, ItemImpl, ReturnType, Signature, Type, UseTree, Visibility};

/// A crate's manifest with the dependencies of its programs added.
pub fn manifest(text: &str) -> String {
    text.replacen("[dependencies]\n", "[dependencies]\nserde = \"1\"\n", 1)
}

/// The program for the API of a crate's module.
pub fn program(files: &IndexMap<String, String>, krate: &str, api: &str) -> String {
    let folder = format!("src/{api}/");
    let modules = files.iter().filter_map(|(path, text)| Some((path.strip_prefix(&folder)?, text)));
    // The checks are implementations of a trait that is there with its feature alone.
    let modules = modules.filter(|(path, _)| !path.ends_with("mod.rs") && *path != "checks.rs").enumerate().map(
        |(number, (path, text))| {
            let file = syn::parse_file(text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
            let items: Vec<Item> = file.items.into_iter().flat_map(declared).collect();
            module(number, path, &items, &[krate, api])
        },
    );
    prettyplease::unparse(&syn::parse2(modules.collect()).expect("it is a file"))
}

fn module(number: usize, path: &str, items: &[Item], root: &[&str]) -> TokenStream {
    let name = format_ident!("file{number}");
    // As the emitted module sees it: what lies directly above a model's file is private, but exported one further up.
    let here: Vec<&str> =
        root.iter().copied().chain(path.strip_suffix(".rs").into_iter().flat_map(|it| it.split('/'))).collect();
    let mut imports = BTreeMap::new();
    for item in items {
        if let Item::Use(import) = item {
            leaves(&import.tree, &mut Vec::new(), &mut |path, name| {
                imports.insert(name.to_owned(), absolute(path, &here, root[0]));
            });
        }
    }
    let own = items.iter().filter_map(public_type).map(Ident::to_string);
    for name in own {
        let above = if here.get(2) == Some(&"operations") { &here[..3] } else { root };
        let path = above.iter().map(|it| (*it).to_owned()).chain([name.clone()]).collect();
        imports.insert(name, path);
    }
    let imports = imports.iter().filter(|(name, _)| name.starts_with(char::is_uppercase)).map(|(name, path)| {
        let (name, path) =
            (format_ident!("{name}"), path.iter().map(|it| syn::parse_str::<Ident>(it).expect("a name")));
        quote!(use #(#path)::* as #name;)
    });
    let uses = items.iter().flat_map(uses).enumerate().map(|(number, made)| {
        let function = format_ident!("f{number}");
        made(&function)
    });
    let krate = format_ident!("{}", root[0]);
    quote!(mod #name { use #krate::runtime as emitted; #(#imports)* #(#uses)* })
}

/// An item, or those that it stands for.
fn declared(item: Item) -> Vec<Item> {
    match &item {
        Item::Macro(it) => tables::items(&it.mac),
        _ => vec![item],
    }
}

fn public_type(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(it) if matches!(it.vis, Visibility::Public(_)) => Some(&it.ident),
        Item::Enum(it) if matches!(it.vis, Visibility::Public(_)) => Some(&it.ident),
        Item::Type(it) if matches!(it.vis, Visibility::Public(_)) => Some(&it.ident),
        _ => None,
    }
}

/// The names that an import brings, each with its path.
fn leaves(tree: &UseTree, path: &mut Vec<String>, found: &mut impl FnMut(&[String], &str)) {
    match tree {
        UseTree::Path(it) => {
            path.push(it.ident.to_string());
            leaves(&it.tree, path, found);
            path.pop();
        }
        UseTree::Group(it) => it.items.iter().for_each(|tree| leaves(tree, path, found)),
        UseTree::Name(it) => {
            let name = it.ident.to_string();
            path.push(name.clone());
            found(path, &name);
            path.pop();
        }
        UseTree::Rename(it) => {
            path.push(it.ident.to_string());
            found(path, &it.rename.to_string());
            path.pop();
        }
        UseTree::Glob(_) => panic!("emitted files import by name"),
    }
}

fn absolute(path: &[String], here: &[&str], krate: &str) -> Vec<String> {
    let supers = path.iter().take_while(|segment| *segment == "super").count();
    let above: Vec<String> = match (supers, path[0].as_str()) {
        (0, "crate") => vec![krate.to_owned()],
        (0, other) => vec![other.to_owned()],
        _ => here[..here.len() - supers].iter().filter(|it| **it != "models").map(|it| (*it).to_owned()).collect(),
    };
    above.into_iter().chain(path[supers.max(1)..].iter().cloned()).collect()
}

type Use<'i> = Box<dyn Fn(&Ident) -> TokenStream + 'i>;

/// A function for each way to use an item.
fn uses(item: &Item) -> Vec<Use<'_>> {
    match item {
        Item::Struct(it) => {
            let fields: Vec<_> = it.fields.iter().filter(|field| matches!(field.vis, Visibility::Public(_))).collect();
            let (name, traits) = (&it.ident, derived(&it.attrs));
            let closed = it.attrs.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"));
            let unit = (matches!(it.fields, Fields::Unit) && !closed).then(|| quote!(let _ = #name;));
            let types = fields.iter().map(|field| &field.ty);
            let types: Vec<_> = types.collect();
            let fields = fields.iter().enumerate().map(|(index, field)| match &field.ident {
                Some(name) => name.to_token_stream(),
                None => syn::Index::from(index).to_token_stream(),
            });
            let fields: Vec<_> = fields.collect();
            vec![Box::new(move |function| {
                quote! {
                    fn #function(value: #name) {
                        fn derives<T: #(#traits +)*>() {}
                        derives::<#name>();
                        // By value: a reference to what is held behind a pointer would pass for one to what it holds.
                        #(let _: #types = value.#fields;)*
                        #unit
                    }
                }
            })]
        }
        Item::Enum(it) => {
            let (name, traits) = (&it.ident, derived(&it.attrs));
            let arms: Vec<TokenStream> =
                it.variants.iter().map(|variant| arm(name, &variant.ident, &variant.fields)).collect();
            vec![Box::new(move |function| {
                quote! {
                    fn #function(value: #name) {
                        fn derives<T: #(#traits +)*>() {}
                        derives::<#name>();
                        match value { #(#arms)* _ => {} }
                    }
                }
            })]
        }
        Item::Type(it) => {
            let (name, target) = (&it.ident, &it.ty);
            vec![Box::new(move |function| quote!(fn #function(value: #target) -> #name { value }))]
        }
        Item::Impl(it) => implemented(it),
        _ => Vec::new(),
    }
}

/// Takes a variant apart, and puts it together again.
fn arm(name: &Ident, variant: &Ident, fields: &Fields) -> TokenStream {
    match fields.iter().next() {
        Some(field) => {
            let ty = &field.ty;
            quote!(#name::#variant(held) => { let held: #ty = held; let _ = #name::#variant(held); })
        }
        None => quote!(#name::#variant => { let _ = #name::#variant; }),
    }
}

/// The traits that a derive attribute names.
fn derived(attributes: &[syn::Attribute]) -> Vec<TokenStream> {
    let lists =
        attributes.iter().filter(|it| it.path().is_ident("derive")).filter_map(|it| it.meta.require_list().ok());
    let names = lists.flat_map(|list| list.tokens.clone()).filter(|token| matches!(token, TokenTree::Ident(_)));
    names.filter_map(|name| bound(&name.to_string())).collect()
}

fn bound(name: &str) -> Option<TokenStream> {
    Some(match name {
        "Debug" => quote!(std::fmt::Debug),
        "Hash" => quote!(std::hash::Hash),
        "Serialize" => quote!(serde::Serialize),
        "Deserialize" => quote!(serde::de::DeserializeOwned),
        "Clone" | "Copy" | "Default" | "Eq" | "PartialEq" => format_ident!("{name}").into_token_stream(),
        _ => return None,
    })
}

fn implemented(item: &ItemImpl) -> Vec<Use<'_>> {
    let ty = &item.self_ty;
    let Some((path, _)) = &item.trait_ else {
        return item.items.iter().filter_map(|member| inherent(ty, member)).collect();
    };
    let name = path.segments.last().expect("a path has segments");
    match name.ident.to_string().as_str() {
        "From" => {
            let source = match &name.arguments {
                syn::PathArguments::AngleBracketed(it) => &it.args,
                _ => panic!("`From` has an argument"),
            };
            vec![Box::new(move |function| quote!(fn #function(value: #source) -> #ty { value.into() }))]
        }
        "Operation" => {
            let types = item.items.iter().filter_map(|member| match member {
                ImplItem::Type(it) => Some(&it.ty),
                _ => None,
            });
            let types: Vec<_> = types.collect();
            let &[output, error] = types.as_slice() else { panic!("an operation has two types") };
            vec![Box::new(move |function| sent(function, ty, output, error))]
        }
        other => bound(other).map(|bound| derives(bound, ty)).into_iter().collect(),
    }
}

fn derives(bound: TokenStream, ty: &Type) -> Use<'_> {
    Box::new(move |function| quote!(fn #function() { fn derives<T: #bound>() {} derives::<#ty>(); }))
}

fn sent(function: &Ident, ty: &Type, output: &Type, error: &Type) -> TokenStream {
    quote! {
        async fn #function(call: emitted::Call<#ty>) -> Result<#output, emitted::Error<#error>> {
            let full: emitted::Response<#output> = call.clone().send_full().await?;
            call.send().await
        }
    }
}

fn inherent<'i>(ty: &'i Type, member: &'i ImplItem) -> Option<Use<'i>> {
    match member {
        ImplItem::Fn(it) if matches!(it.vis, Visibility::Public(_)) => {
            Some(Box::new(move |function| passed_on(function, ty, &it.sig)))
        }
        ImplItem::Const(it) if matches!(it.vis, Visibility::Public(_)) => {
            let (name, held) = (&it.ident, with_self(it.ty.to_token_stream(), ty));
            Some(Box::new(move |function| quote!(fn #function() { let _: #held = <#ty>::#name; })))
        }
        _ => None,
    }
}

/// A function of the same signature that calls another.
fn passed_on(function: &Ident, ty: &Type, signature: &Signature) -> TokenStream {
    let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(it) => {
                let by_reference = matches!(it.kind, syn::ReceiverKind::Reference(..));
                parameters.push(if by_reference { quote!(this: &#ty) } else { quote!(this: #ty) });
                arguments.push(quote!(this));
            }
            FnArg::Typed(it) => {
                parameters.push(with_self(it.to_token_stream(), ty));
                arguments.push(it.pat.to_token_stream());
            }
        }
    }
    let output = match &signature.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, it) => with_self(it.to_token_stream(), ty),
    };
    let name = &signature.ident;
    let asynchronous = signature.asyncness;
    let awaited = asynchronous.map(|_| quote!(.await));
    quote!(#asynchronous fn #function(#(#parameters),*) -> #output { <#ty>::#name(#(#arguments),*) #awaited })
}

/// Tokens with a type in the place of `Self`.
fn with_self(tokens: TokenStream, ty: &Type) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(name) if name == "Self" => ty.to_token_stream(),
            TokenTree::Group(group) => {
                proc_macro2::Group::new(group.delimiter(), with_self(group.stream(), ty)).to_token_stream()
            }
            other => other.to_token_stream(),
        })
        .collect()
}
