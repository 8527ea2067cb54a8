//! Recognizes objects that users often give instead of an OpenAPI document.

use serde_json::Value;

/// The format that a document is in, and what the user can do. `None` if the format is not known.
pub(super) fn known(root: &Value) -> Option<(&'static str, &'static str)> {
    let has = |keys: &[&str]| keys.iter().all(|key| root.get(key).is_some());
    let text = |pointer: &str| root.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let found = KINDS.iter().find(|(keys, ..)| has(keys)).map(|(_, what, help)| (*what, *help));
    if has(&["info", "item"]) && (text("/info/schema").contains("postman") || has_key(root, "/info", "_postman_id")) {
        return Some((
            "a Postman collection",
            "export it as OpenAPI 3.0, or convert it with postman-to-openapi for example",
        ));
    }
    if text("/kind").starts_with("discovery#") {
        return Some(("a Google discovery document", "convert it to OpenAPI 3.0 or 3.1 first"));
    }
    if found.is_some() {
        return found;
    }
    let is_schema = text("/$schema").contains("json-schema.org") || has(&["type", "properties"]) || has(&["$defs"]);
    if is_schema {
        let help =
            "put it below `components/schemas` of an OpenAPI document, which has `openapi`, `info` and `paths` as well";
        return Some(("a JSON Schema", help));
    }
    let keys =
        root.as_object().map(|members| members.keys().map(String::as_str).collect::<Vec<_>>()).unwrap_or_default();
    let is_reply = ["error", "errors", "message", "detail"].iter().any(|key| keys.contains(key));
    let help = "look at what it says: the address may be wrong, or want a credential";
    (is_reply && keys.len() <= 8 && !keys.contains(&"paths")).then_some(("an API's reply about an error", help))
}

fn has_key(root: &Value, pointer: &str, key: &str) -> bool {
    root.pointer(pointer).and_then(|value| value.get(key)).is_some()
}

/// Members that tell what an object is.
const KINDS: &[(&[&str], &str, &str)] = &[
    (&["asyncapi"], "an AsyncAPI document", "nothing is made of messages: give the OpenAPI document of the HTTP API"),
    (&["overlay", "actions"], "an overlay", "give the document that it corrects, and this with `--overlay`"),
    (&["arazzo"], "an Arazzo document", "give the OpenAPI documents that it names below `sourceDescriptions`"),
    (&["smithy"], "a Smithy model", "convert it to OpenAPI 3.0 or 3.1 first"),
    (&["_type", "__export_format"], "an Insomnia export", "export it as OpenAPI 3.0"),
    (&["log", "entries"], "a recording of traffic", "give the API's OpenAPI document"),
    (&["kind", "apiVersion", "metadata"], "a Kubernetes object", "give the API's OpenAPI document"),
    (&["name", "version", "dependencies"], "a package's manifest", "give the API's OpenAPI document"),
];
