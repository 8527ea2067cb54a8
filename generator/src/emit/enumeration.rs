//! Values out of a list as enums: open, since a server may add to the list; closed where there is one value that only
//! callers write.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::models::comment;
use crate::emit::uses::ident;
use crate::emit::{Uses, words};
use crate::ir::{EnumValue, Enumeration, ModelId, Scalar};

pub(super) fn items(plan: &Plan<'_>, id: ModelId, enumeration: &Enumeration, uses: &mut Uses) -> Vec<TokenStream> {
    let name = ident(&plan.names.model(id).ty);
    let variants: Vec<Ident> = plan.names.model(id).members.iter().map(|name| ident(name)).collect();
    let comment = comment(plan, id);
    let listed = listed(enumeration, &variants);
    let open = is_open(plan, id, enumeration);
    let copy = (!open).then(|| quote!(, Copy));
    let integers = holds_integers(enumeration);
    let unknown = open.then(|| {
        let held = if integers { quote!(i64) } else { quote!(String) };
        quote! {
            /// A value that the document does not list.
            Unknown(#held),
        }
    });
    let definition = quote! {
        #comment
        #[derive(Clone #copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#listed)*
            #unknown
        }
    };
    let values: Vec<TokenStream> = enumeration.values.iter().map(value).collect();
    let rest = match (integers, open) {
        (true, true) => open_integers(&name, &variants, &values, uses),
        (true, false) => closed_integers(&name, &variants, &values, uses),
        (false, true) => open_strings(&name, &variants, &values, uses),
        (false, false) => closed_strings(&name, &variants, &values, uses),
    };
    std::iter::once(definition).chain(rest).collect()
}

/// Whether it has a variant for values that the document does not list.
pub(crate) fn is_open(plan: &Plan<'_>, id: ModelId, enumeration: &Enumeration) -> bool {
    !enumeration.constant || plan.deserializes(id)
}

/// Whether its values are integers; strings otherwise.
pub(crate) fn holds_integers(enumeration: &Enumeration) -> bool {
    enumeration.values.iter().any(|value| matches!(value.wire, Scalar::Integer(_)))
}

fn listed(enumeration: &Enumeration, variants: &[Ident]) -> Vec<TokenStream> {
    let pairs = enumeration.values.iter().zip(variants);
    pairs
        .map(|(listed, variant)| {
            let fallback = match &listed.wire {
                Scalar::Text(text) if text.is_empty() => "The empty string.".to_owned(),
                Scalar::Text(text) => words::code(text) + ".",
                Scalar::Integer(integer) => format!("`{integer}`."),
                Scalar::Bool(flag) => format!("`{flag}`."),
            };
            let comment = words::comment(&listed.docs, &fallback);
            quote! { #comment #variant, }
        })
        .collect()
}

fn value(listed: &EnumValue) -> TokenStream {
    scalar(&listed.wire)
}

/// A value as a literal.
pub(super) fn scalar(value: &Scalar) -> TokenStream {
    match value {
        Scalar::Text(text) => quote!(#text),
        Scalar::Bool(flag) => quote!(#flag),
        Scalar::Integer(integer) => {
            let literal = proc_macro2::Literal::i64_unsuffixed(*integer);
            quote!(#literal)
        }
    }
}

fn open_strings(name: &Ident, variants: &[Ident], values: &[TokenStream], uses: &mut Uses) -> Vec<TokenStream> {
    let string_enum = uses.runtime("string_enum");
    vec![
        quote! {
            impl #name {
                /// The values that the document lists.
                pub const VALUES: &'static [&'static str] = &[#(#values),*];

                /// The value as it stands in JSON.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::Unknown(value) => value,
                    }
                }
            }
        },
        quote! {
            impl From<String> for #name {
                fn from(value: String) -> Self {
                    match value.as_str() {
                        #(#values => Self::#variants,)*
                        _ => Self::Unknown(value),
                    }
                }
            }
        },
        quote!(#string_enum!(#name);),
    ]
}

fn closed_strings(name: &Ident, variants: &[Ident], values: &[TokenStream], uses: &mut Uses) -> Vec<TokenStream> {
    let closed_enum = uses.runtime("closed_enum");
    vec![
        quote! {
            impl #name {
                /// All values.
                pub const VALUES: &'static [Self] = &[#(Self::#variants),*];

                /// The value as it stands in JSON.
                pub fn as_str(&self) -> &'static str {
                    match self {
                        #(Self::#variants => #values,)*
                    }
                }
            }
        },
        quote!(#closed_enum!(#name);),
    ]
}

fn open_integers(name: &Ident, variants: &[Ident], values: &[TokenStream], uses: &mut Uses) -> Vec<TokenStream> {
    let integer_enum = uses.runtime("integer_enum");
    vec![
        quote! {
            impl #name {
                /// The values that the document lists.
                pub const VALUES: &'static [i64] = &[#(#values),*];

                /// The value as it stands in JSON.
                pub fn value(&self) -> i64 {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::Unknown(value) => *value,
                    }
                }
            }
        },
        quote! {
            impl From<i64> for #name {
                fn from(value: i64) -> Self {
                    match value {
                        #(#values => Self::#variants,)*
                        _ => Self::Unknown(value),
                    }
                }
            }
        },
        quote!(#integer_enum!(#name);),
    ]
}

fn closed_integers(name: &Ident, variants: &[Ident], values: &[TokenStream], uses: &mut Uses) -> Vec<TokenStream> {
    let (serialize, serializer) = (uses.from("serde", "Serialize"), uses.from("serde", "Serializer"));
    vec![quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(Self::#variants => serializer.serialize_i64(#values),)*
                }
            }
        }
    }]
}
