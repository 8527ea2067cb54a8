//! The methods of HTTP for which a path item has fields (OpenAPI 3.1.1, 4.8.9). `query` came with 3.2.

/// The fields, which are the methods in lower case.
pub const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Whether the crate `http` has a constant for a method. It does not have one for `QUERY`.
pub fn has_constant(method: &str) -> bool {
    method != "QUERY" && METHODS.iter().any(|known| known.to_ascii_uppercase() == method)
}
