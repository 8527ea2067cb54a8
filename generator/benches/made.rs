//! Documents that are made for the benches. Takes the number of operations, gives a JSON text of about 2 KB for each operation.

use std::fmt::Write;

/// The number of operations in a document of typical size, about 40 KB.
pub const MEDIAN: usize = 20;

/// A JSON document with this many operations. Each operation has parameters, a body, a reply and a typed error.
pub fn document(operations: usize) -> String {
    let (mut paths, mut schemas) = (String::new(), String::new());
    for number in 0..operations {
        let comma = if number == 0 { "" } else { "," };
        let next = (number + 1) % operations;
        let _ = write!(paths, "{comma}{}", path(number));
        let _ = write!(schemas, "{comma}{}", order(number, next));
    }
    format!(
        r##"{{"openapi": "3.1.0", "info": {{"title": "Orders", "version": "1"}},
"servers": [{{"url": "https://orders.test/v1"}}], "security": [{{"token": []}}],
"paths": {{{paths}}},
"components": {{"securitySchemes": {{"token": {{"type": "http", "scheme": "bearer"}}}},
"schemas": {{{schemas},
"Problem": {{"type": "object", "required": ["code"], "properties": {{"code": {{"type": "integer"}}, "detail": {{"type": "string"}}}}}}}}}}}}"##
    )
}

fn path(number: usize) -> String {
    format!(
        r##""/shops/{{shop_id}}/orders_{number}": {{"put": {{"operationId": "put_order_{number}", "tags": ["orders"],
"summary": "Replaces order {number}.", "description": "Replaces an order of the kind {number}.\n\n- Needs the id of the **shop**.\n- Sends nothing to the customer.",
"parameters": [{{"name": "shop_id", "in": "path", "required": true, "description": "The shop.", "schema": {{"type": "string", "minLength": 1}}}},
{{"name": "limit", "in": "query", "description": "How many items the reply has at most.", "schema": {{"type": "integer", "format": "int32", "minimum": 1, "maximum": 100, "default": 10}}}},
{{"name": "fields", "in": "query", "schema": {{"type": "array", "items": {{"type": "string", "enum": ["id", "name_{number}", "lines"]}}}}}}],
"requestBody": {{"required": true, "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/Order{number}"}}}}}}}},
"responses": {{"200": {{"description": "The order.", "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/Order{number}"}}}}}}}},
"404": {{"description": "There is none.", "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/Problem"}}}}}}}}}}}}}}"##
    )
}

fn order(number: usize, next: usize) -> String {
    format!(
        r##""Order{number}": {{"type": "object", "description": "An order of the kind {number}.", "required": ["id", "state"],
"properties": {{"id": {{"type": "string", "format": "uuid", "description": "The id, which never changes."}},
"state": {{"type": "string", "enum": ["open", "paid_{number}", "sent", "returned"]}},
"created_at": {{"type": "string", "format": "date-time"}}, "total": {{"type": "number"}}, "note": {{"type": ["string", "null"]}},
"lines": {{"type": "array", "items": {{"type": "object", "properties": {{"sku": {{"type": "string"}}, "count": {{"type": "integer"}}}}}}}},
"follows": {{"$ref": "#/components/schemas/Order{next}"}},
"payment": {{"oneOf": [{{"type": "string"}}, {{"type": "object", "required": ["card_{number}"], "properties": {{"card_{number}": {{"type": "string"}}}}}}]}}}}}}"##
    )
}
