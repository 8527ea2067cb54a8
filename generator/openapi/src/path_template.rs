//! Templates of paths, as `/orders/{id}` (OpenAPI 3.1.1, 4.8.8.2).

/// The names of the parameters, from the left.
pub fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
}

/// Removes the names of the parameters: `/orders/{id}` becomes `/orders/{}`. Two paths that become the same are the same path.
pub fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| match part.split_once('}') {
        Some((_, rest)) => path + "{}" + rest,
        None => path + part,
    })
}
