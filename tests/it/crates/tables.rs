//! The tables of emitted models as the items that they stand for.
//!
//! Takes the call of a macro of the runtime's, gives the structure or enum that it declares, with the methods and the traits that
//! everyone may use. Bodies are left out: nothing here is compiled as it is.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Item, LitStr, Token, Type, braced, bracketed, parenthesized};

/// What a table declares; nothing for another macro.
pub fn items(invoked: &syn::Macro) -> Vec<Item> {
    let name = invoked.path.segments.last().map(|name| name.ident.to_string()).unwrap_or_default();
    let tokens = match name.as_str() {
        "object" => invoked.parse_body::<Object>().map(|table| table.items()),
        "union" => invoked.parse_body::<Union>().map(|table| table.items()),
        "string_enum" => invoked.parse_body::<Enumeration>().map(|table| table.items(&quote!(String), &quote!(&str))),
        "integer_enum" => invoked.parse_body::<Enumeration>().map(|table| table.items(&quote!(i64), &quote!(i64))),
        _ => return Vec::new(),
    };
    let tokens = tokens.unwrap_or_else(|fault| panic!("{name}: {fault}"));
    syn::parse2::<syn::File>(tokens).unwrap_or_else(|fault| panic!("{name}: {fault}")).items
}

/// `pub struct Name: Default { field: Type = kind into "name" null method constant "text", ..rest: Type }`.
struct Object {
    name: Ident,
    default: Option<Ident>,
    rows: Vec<Row>,
    rest: (Ident, Type),
}

struct Row {
    field: Ident,
    ty: Type,
    kind: String,
    into: bool,
    null: Option<Ident>,
    constant: bool,
}

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![struct]>()?;
        let name = input.parse()?;
        let default = input.parse::<Option<Token![:]>>()?.map(|_| input.parse()).transpose()?;
        let body;
        braced!(body in input);
        let mut rows = Vec::new();
        while !body.peek(Token![..]) {
            rows.push(body.parse()?);
        }
        body.parse::<Token![..]>()?;
        let rest = body.parse()?;
        body.parse::<Token![:]>()?;
        Ok(Self { name, default, rows, rest: (rest, body.parse()?) })
    }
}

impl Parse for Row {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        let field = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        input.parse::<Token![=]>()?;
        let kind = input.parse::<Ident>()?.to_string();
        let into = input.parse::<Option<Ident>>()?.is_some();
        input.parse::<LitStr>()?;
        let (mut null, mut constant) = (None, false);
        while let Some(word) = input.parse::<Option<Ident>>()? {
            match word.to_string().as_str() {
                "null" => null = Some(input.parse()?),
                word => {
                    input.parse::<LitStr>()?;
                    constant |= word == "constant";
                }
            }
        }
        input.parse::<Token![,]>()?;
        Ok(Self { field, ty, kind, into, null, constant })
    }
}

impl Object {
    fn items(&self) -> TokenStream {
        let Self { name, default, rows, rest: (rest, rest_ty) } = self;
        let default = default.iter();
        let fields = rows.iter().map(|row| {
            let (field, held) = (&row.field, row.held());
            quote!(pub #field: #held)
        });
        let setters = rows.iter().map(Row::setters);
        quote! {
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize #(, #default)*)]
            #[non_exhaustive]
            pub struct #name { #(#fields,)* pub #rest: #rest_ty }

            impl #name { #(#setters)* }
        }
    }
}

impl Row {
    fn held(&self) -> TokenStream {
        let ty = &self.ty;
        match self.kind.as_str() {
            "required" => quote!(#ty),
            "optional" | "read_only" | "returned" | "nullable" => quote!(Option<#ty>),
            _ => quote!(Option<Option<#ty>>),
        }
    }

    fn setters(&self) -> TokenStream {
        let Self { field, ty, null, .. } = self;
        if self.constant && matches!(self.kind.as_str(), "required" | "nullable") {
            return TokenStream::new();
        }
        let argument = if self.into { quote!(impl Into<#ty>) } else { quote!(#ty) };
        let null = null.iter();
        quote! {
            pub fn #field(self, #field: #argument) -> Self {}
            #(pub fn #null(self) -> Self {})*
        }
    }
}

/// `pub enum Name by "property" … { Variant(Type): boxed from = [tags] sets, }`.
struct Union {
    name: Ident,
    variants: Vec<Variant>,
}

struct Variant {
    name: Ident,
    ty: Type,
    boxed: bool,
    from: bool,
    text: bool,
}

impl Parse for Union {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = enum_head(input)?;
        let body;
        braced!(body in input);
        let mut variants = Vec::new();
        while !body.is_empty() {
            variants.push(body.parse()?);
        }
        Ok(Self { name, variants })
    }
}

impl Parse for Variant {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        let name = input.parse()?;
        let held;
        parenthesized!(held in input);
        let ty = held.parse()?;
        let held = input.parse::<Option<Token![:]>>()?.map(|_| input.parse::<Ident>()).transpose()?;
        let is = |word: &str| held.as_ref().is_some_and(|held| held == word);
        let (boxed, text) = (is("boxed"), is("text"));
        let from = if boxed { input.parse::<Option<Ident>>()?.is_some() } else { held.is_some() };
        if input.parse::<Option<Token![=]>>()?.is_some() {
            let tags;
            bracketed!(tags in input);
            tags.parse::<TokenStream>()?;
            input.parse::<Option<Ident>>()?;
        }
        input.parse::<Token![,]>()?;
        Ok(Self { name, ty, boxed, from, text })
    }
}

/// What stands before the rows of an enum, down to its name.
fn enum_head(input: ParseStream<'_>) -> syn::Result<Ident> {
    input.call(Attribute::parse_outer)?;
    input.parse::<Token![pub]>()?;
    input.parse::<Token![enum]>()?;
    let name = input.parse()?;
    while !input.peek(syn::token::Brace) {
        input.parse::<TokenTree>()?;
    }
    Ok(name)
}

impl Union {
    fn items(&self) -> TokenStream {
        let name = &self.name;
        let variants = self.variants.iter().map(|Variant { name, ty, boxed, .. }| {
            let held = if *boxed { quote!(Box<#ty>) } else { ty.to_token_stream() };
            quote!(#name(#held))
        });
        let from = self.variants.iter().filter(|variant| variant.from).map(|variant| &variant.ty);
        let text = self.variants.iter().any(|variant| variant.text);
        let text = text.then(|| quote!(impl From<&'static str> for #name {}));
        quote! {
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* Unknown(emitted::Json) }

            #(impl From<#from> for #name {})*
            #text
        }
    }
}

/// `pub enum Name { Variant = value, }`.
struct Enumeration {
    name: Ident,
    variants: Vec<Ident>,
}

impl Parse for Enumeration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = enum_head(input)?;
        let body;
        braced!(body in input);
        let mut variants = Vec::new();
        while !body.is_empty() {
            body.call(Attribute::parse_outer)?;
            variants.push(body.parse()?);
            while !body.peek(Token![,]) {
                body.parse::<TokenTree>()?;
            }
            body.parse::<Token![,]>()?;
        }
        Ok(Self { name, variants })
    }
}

impl Enumeration {
    fn items(&self, held: &TokenStream, given: &TokenStream) -> TokenStream {
        let Self { name, variants } = self;
        let is_text = held.to_string() == "String";
        let get = if is_text { quote!(as_str) } else { quote!(value) };
        let from = is_text.then(|| quote!(impl From<&'static str> for #name {}));
        quote! {
            #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* }

            impl #name {
                pub const VALUES: &'static [Self] = &[];

                pub fn #get(&self) -> #given {}
            }

            impl From<#held> for #name {}

            #from
        }
    }
}
