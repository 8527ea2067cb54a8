//! Moves members that hold for a whole document down to the parts for which they hold.
//!
//! Takes documents. If their top-level `security` or `servers` differ, gives documents without it at the top and with the same meaning. It
//! does not merge.

use generator::methods::METHODS;
use serde_json::{Map, Value};

use super::page::Document;

type Object = Map<String, Value>;

/// Pushes down `security` to the operations and `servers` to the path items, each only where the documents differ.
///
/// A document without `security` requires none, and a document without `servers` has the default. This is also so in the merged document,
/// which has neither at the top. So nothing needs to be done for such a document.
pub fn push_down(documents: &mut [Document]) {
    push_down_key(documents, "security", &|item, security| {
        for operation in operations(item) {
            set(operation, "security", security);
        }
    });
    push_down_key(documents, "servers", &|item, servers| {
        // The target of the reference gets them. A second set next to the reference would contradict it.
        if !item.contains_key("$ref") {
            set(item, "servers", servers);
        }
    });
}

fn push_down_key(documents: &mut [Document], key: &str, apply: &dyn Fn(&mut Object, &Value)) {
    if documents.windows(2).all(|pair| pair[0].root.get(key) == pair[1].root.get(key)) {
        return;
    }
    for root in documents.iter_mut().filter_map(|document| document.root.as_object_mut()) {
        if let Some(value) = root.shift_remove(key) {
            each_path_item(root, &|item| apply(item, &value));
        }
    }
}

/// A value of the operation or the path item itself takes precedence over that of its document.
fn set(object: &mut Object, key: &str, value: &Value) {
    object.entry(key).or_insert_with(|| value.clone());
}

/// Path items are in `paths` and `webhooks`, in the components, and in callbacks.
fn each_path_item(document: &mut Object, visit: &dyn Fn(&mut Object)) {
    for key in ["paths", "webhooks"] {
        path_items(document.get_mut(key), visit);
    }
    if let Some(components) = document.get_mut("components") {
        path_items(components.get_mut("pathItems"), visit);
        callbacks(components.get_mut("callbacks"), visit);
    }
}

fn path_items(paths: Option<&mut Value>, visit: &dyn Fn(&mut Object)) {
    for item in objects(paths) {
        for operation in operations(item) {
            callbacks(operation.get_mut("callbacks"), visit);
        }
        visit(item);
    }
}

fn callbacks(callbacks: Option<&mut Value>, visit: &dyn Fn(&mut Object)) {
    for callback in callbacks.and_then(Value::as_object_mut).into_iter().flat_map(Object::values_mut) {
        path_items(Some(callback), visit);
    }
}

fn operations(item: &mut Object) -> impl Iterator<Item = &mut Object> {
    item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())).filter_map(|(_, value)| value.as_object_mut())
}

fn objects(value: Option<&mut Value>) -> impl Iterator<Item = &mut Object> {
    value.and_then(Value::as_object_mut).into_iter().flat_map(Object::values_mut).filter_map(Value::as_object_mut)
}
