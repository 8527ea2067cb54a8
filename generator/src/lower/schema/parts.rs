//! Which parts of an `allOf` make its type. The others only document, or say again what the type is.

use crate::document::Node;
use crate::lower::Lower;
use crate::schema::{JsonType, Schema};

impl Lower<'_> {
    /// The parts of an `allOf` that make its type.
    pub(in crate::lower) fn parts_of_type(&mut self, schema: &Schema<'_>) -> Vec<Node> {
        if schema.all_of.len() < 2 {
            return schema.all_of.clone();
        }
        let (sides, parts): (Vec<Node>, Vec<Node>) = schema.all_of.iter().cloned().partition(|part| self.is_side(part));
        match parts.as_slice() {
            [only] if self.repeat_type_of(&sides, only) => parts,
            _ => schema.all_of.iter().filter(|part| !self.only_documents(part)).cloned().collect(),
        }
    }

    /// Whether a schema states nothing about values, except types and null.
    fn is_side(&mut self, node: &Node) -> bool {
        let schema = self.read(node);
        let is_named = schema.rust_name.is_some() || schema.secret;
        let has_content = schema.content_encoding.is_some() || schema.content_media_type.is_some();
        let says_more = schema.boolean.is_some() || schema.only_null || is_named || has_content;
        let is_made_of_others = schema.reference.is_some() || !schema.all_of.is_empty();
        !is_made_of_others
            && !schema.constrains_beyond_types()
            && !says_more
            && schema.bounds.is_empty()
            && schema.format.is_none()
            && schema.discriminator.is_none()
    }

    /// Whether a schema says nothing about values.
    fn only_documents(&mut self, node: &Node) -> bool {
        let schema = self.read(node);
        schema.types.is_empty() && !schema.nullable && self.is_side(node)
    }

    /// Whether schemas only repeat the types of another one.
    fn repeat_type_of(&mut self, sides: &[Node], node: &Node) -> bool {
        let sides = sides.iter().map(|side| self.read(side)).filter(|side| !side.types.is_empty());
        let stated: Vec<(Vec<JsonType>, bool)> = sides.map(|side| (side.types.clone(), side.nullable)).collect();
        if stated.is_empty() {
            return true;
        }
        let Some(whole) = self.merge(std::slice::from_ref(node)) else { return false };
        let types = whole.inferred_types();
        let admit_all = stated
            .iter()
            .all(|(admitted, nullable)| types.iter().all(|ty| admitted.contains(ty)) && (*nullable || !whole.nullable));
        !types.is_empty() && whole.unions.is_empty() && admit_all
    }
}
