//! The examples of a document's JSON bodies, with their schemas and the types that are emitted for these.
//!
//! Takes the raw tree and the generator's list of bodies. Looks at `example` and `examples` of the media type and of its schema; everything
//! in another file, or reached by a reference to another file, is left out.

use std::collections::HashSet;

use generator::diagnostics::FileId;
use generator::emit::JsonBody;
use generator::pointer::Pointer;
use serde_json::Value;

/// More references in a row than this are taken for a cycle.
const MAX_REFERENCES: usize = 20;

/// An example of a body.
#[derive(Debug)]
pub struct Example {
    /// Where it is.
    pub pointer: Pointer,
    /// The schema of the body.
    pub schema: Pointer,
    /// The emitted type.
    pub ty: String,
    /// What it is.
    pub value: Value,
}

/// The examples of all bodies. Operations share some of them, which count once for each type.
pub fn examples(root: &Value, bodies: &[JsonBody]) -> Vec<Example> {
    let mut known = HashSet::new();
    let all = bodies.iter().flat_map(|body| of_body(root, body).unwrap_or_default());
    all.filter(|example| known.insert((example.pointer.clone(), example.ty.clone()))).collect()
}

fn of_body(root: &Value, body: &JsonBody) -> Option<Vec<Example>> {
    let operation = Some(&body.operation.pointer).filter(|_| body.operation.file == FileId(0))?;
    let part = match &body.response {
        Some(status) => response(root, &operation.join("responses"), status)?,
        None => operation.join("requestBody"),
    };
    let content = followed(root, part)?.join("content");
    let offered = content.resolve(root)?.as_object()?;
    let essence = |name: &str| name.split(';').next().unwrap_or_default().trim().to_owned();
    let named = offered.keys().find(|key| essence(key) == essence(&body.media_type));
    // A range is sent as one concrete media type.
    let key = named.or_else(|| offered.keys().find(|key| essence(key).ends_with('*')))?;
    let media_type = content.join(key);
    let schema = followed(root, media_type.join("schema"))?;
    let places = [in_media_type(root, &media_type), in_schema(root, &schema)].concat();
    let example = |(pointer, value): (Pointer, &Value)| Example {
        pointer,
        schema: media_type.join("schema"),
        ty: body.ty.clone(),
        value: value.clone(),
    };
    Some(places.into_iter().map(example).collect())
}

/// The response of a status. Ranges are written with a capital letter and without one.
fn response(root: &Value, responses: &Pointer, status: &str) -> Option<Pointer> {
    let key = responses.resolve(root)?.as_object()?.keys().find(|key| key.eq_ignore_ascii_case(status))?;
    Some(responses.join(key))
}

fn in_media_type<'v>(root: &'v Value, media_type: &Pointer) -> Vec<(Pointer, &'v Value)> {
    let listed = media_type.join("examples");
    let names = listed.resolve(root).and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name);
    let listed = names.filter_map(|name| Some(followed(root, listed.join(name))?.join("value")));
    present(root, std::iter::once(media_type.join("example")).chain(listed))
}

fn in_schema<'v>(root: &'v Value, schema: &Pointer) -> Vec<(Pointer, &'v Value)> {
    let listed = schema.join("examples");
    let count = listed.resolve(root).and_then(Value::as_array).map_or(0, Vec::len);
    present(root, std::iter::once(schema.join("example")).chain((0..count).map(|index| listed.join(index))))
}

fn present(root: &Value, places: impl Iterator<Item = Pointer>) -> Vec<(Pointer, &Value)> {
    places.filter_map(|place| place.resolve(root).map(|value| (place.clone(), value))).collect()
}

/// The place to which the references at a place lead. `None` if they leave the document, lead nowhere or form a cycle.
fn followed(root: &Value, mut place: Pointer) -> Option<Pointer> {
    for _ in 0..MAX_REFERENCES {
        match place.resolve(root)?.get("$ref") {
            Some(reference) => place = Pointer::parse(reference.as_str()?.strip_prefix('#')?)?,
            None => return Some(place),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use generator::document::Node;
    use serde_json::json;

    use super::*;

    #[test]
    fn examples_of_shared_responses() {
        let root = json!({
            "paths": {"/pets": {"get": {"responses": {"2xx": {"$ref": "#/components/responses/Pets"}}}}},
            "components": {
                "responses": {"Pets": {"content": {"application/json; charset=utf-8": {
                    "schema": {"$ref": "#/components/schemas/Pets"},
                    "examples": {"two": {"$ref": "#/components/examples/Two"}, "far": {"externalValue": "two.json"}},
                }}}},
                "schemas": {"Pets": {"type": "array", "example": []}},
                "examples": {"Two": {"value": [1, 2]}},
            },
        });
        let operation = Node { file: FileId(0), pointer: Pointer::parse("/paths/~1pets/get").unwrap() };
        let (media_type, ty) = ("application/json".to_owned(), "Pets".to_owned());
        let body = JsonBody { operation, response: Some("2XX".to_owned()), media_type, ty };
        let found = examples(&root, &[body.clone(), body]);
        let found: Vec<String> = found.iter().map(|example| format!("{} {}", example.pointer, example.value)).collect();
        assert_eq!(found, ["#/components/examples/Two/value [1,2]", "#/components/schemas/Pets/example []"]);
    }
}
