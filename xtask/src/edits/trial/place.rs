//! Places in a document.

use serde_json::Value;

/// Whether any object has one of the keys.
pub fn mentions(root: &Value, keys: &[&str]) -> bool {
    match root {
        Value::Object(members) => members.iter().any(|(key, it)| keys.contains(&key.as_str()) || mentions(it, keys)),
        Value::Array(elements) => elements.iter().any(|element| mentions(element, keys)),
        _ => false,
    }
}

/// The places of the operations.
pub fn operations(root: &Value) -> Vec<String> {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    places(root, &|pointer, value| {
        let segments: Vec<&str> = pointer.split('/').collect();
        matches!(segments.as_slice(), ["", "paths", _, method] if methods.contains(method)) && value.is_object()
    })
}

/// The places of the wanted values, except in examples and extensions.
pub fn places(root: &Value, wanted: &dyn Fn(&str, &Value) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut pending = vec![(String::new(), root)];
    while let Some((pointer, value)) = pending.pop() {
        if wanted(&pointer, value) {
            found.push(pointer.clone());
        }
        let members = value.as_object().into_iter().flatten();
        let members = members.filter(|(name, _)| !name.starts_with("x-") && !name.contains("xample"));
        pending.extend(
            members.map(|(name, member)| (format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), member)),
        );
        let elements = value.as_array().map(Vec::as_slice).unwrap_or_default().iter().enumerate();
        pending.extend(elements.map(|(index, element)| (format!("{pointer}/{index}"), element)));
    }
    found
}
