//! Bounds as data: the bounds of a value, from the schemas at its place and from schemas inside that make no type of their own.
//!
//! Takes the places and the type that was made of them. A bound that cannot be checked is reported and left out. Whether a bound fits the
//! type is not checked here, because the type of a name may not be known yet.

use std::slice;

use serde_json::Value;

use super::Lower;
use crate::diagnostics::codes;
use crate::document::{Node, Version};
use crate::ir::{Bound, Type};
use crate::limits::{MAX_LOOKAROUNDS, MAX_PATTERN_ALTERNATIVES};
use crate::schema::EffectiveSchema;

impl Lower<'_> {
    /// The bounds of a value of the type that was made of the schemas at `nodes`.
    pub(in crate::lower) fn bounds(&mut self, nodes: &[Node], ty: &Type) -> Vec<Bound> {
        match ty.present() {
            Type::Model(_) => nodes.iter().flat_map(|node| self.bounds_beside(node)).collect(),
            ty => self.merge(nodes).map_or_else(Vec::new, |merged| self.merged_bounds(&merged, ty)),
        }
    }

    /// The bounds of a value whose type has no name. They include those of a single alternative, and of its single alternative in turn.
    /// Such a chain may lead back to its beginning.
    pub(in crate::lower) fn merged_bounds(&mut self, merged: &EffectiveSchema, ty: &Type) -> Vec<Bound> {
        let mut bounds = self.bounds_here(merged, ty);
        let mut branches = self.only_branches(merged, ty);
        let mut at = 0;
        while let Some(branch) = branches.get(at).cloned() {
            at += 1;
            let Some(merged) = self.merge(&[branch]) else { continue };
            let further = self.bounds_here(&merged, ty).into_iter().filter(|bound| !bounds.contains(bound));
            bounds.extend(further.collect::<Vec<_>>());
            let further = self.only_branches(&merged, ty).into_iter().filter(|branch| !branches.contains(branch));
            branches.extend(further.collect::<Vec<_>>());
        }
        bounds
    }

    fn bounds_here(&mut self, merged: &EffectiveSchema, ty: &Type) -> Vec<Bound> {
        let mut bounds = self.own_bounds(merged);
        let each = match ty.present() {
            Type::Array(element) if merged.prefix_items.is_empty() => self.bounds(&merged.items, element),
            Type::Map(value) => self.additional_bounds(merged, value),
            _ => Vec::new(),
        };
        bounds.extend((!each.is_empty()).then_some(Bound::Each(each)));
        if let Type::Tuple { elements, .. } = ty.present() {
            for (index, (nodes, element)) in merged.prefix_items.iter().zip(elements).enumerate() {
                let at = self.bounds(nodes, element);
                bounds.extend((!at.is_empty()).then_some(Bound::At(index, at)));
            }
        }
        bounds
    }

    /// From each list of alternatives the one that is not `null`, if there is only one. If references could not be followed to their end,
    /// the value is any JSON, and the result is empty.
    fn only_branches(&mut self, merged: &EffectiveSchema, ty: &Type) -> Vec<Node> {
        let unions = merged.unions.iter().filter(|_| *ty.present() != Type::Any);
        unions.filter_map(|union| self.only_branch(&union.branches)).collect()
    }

    /// The bounds of the members that the schema does not name. Where `patternProperties` divide the names, only the bounds that all
    /// these members share count. The others are reported.
    pub(in crate::lower) fn additional_bounds(&mut self, merged: &EffectiveSchema, ty: &Type) -> Vec<Bound> {
        // Where a pattern does not say what the other members are, they may be anything.
        let has_patterns = merged.additional.iter().any(is_pattern);
        if merged.open || has_patterns && *ty == Type::Any {
            return Vec::new();
        }
        let each: Vec<Vec<Bound>> =
            merged.additional.iter().map(|node| self.bounds(slice::from_ref(node), ty)).collect();
        let mut all: Vec<Bound> = Vec::new();
        for bound in each.concat() {
            if !all.contains(&bound) {
                all.push(bound);
            }
        }
        if !has_patterns {
            return all;
        }
        let (common, others): (Vec<Bound>, Vec<Bound>) =
            all.into_iter().partition(|bound| each.iter().all(|bounds| bounds.contains(bound)));
        if !others.is_empty() {
            let message = "members of some names have bounds that others do not have: these are not checked";
            self.warn(codes::UNCHECKED_BOUND, message, &merged.node);
        }
        common
    }

    /// The bounds next to a reference to a named type. The bounds of the type itself belong to its model.
    fn bounds_beside(&mut self, node: &Node) -> Vec<Bound> {
        let schema = self.read(node);
        let alternatives = [&schema.one_of, &schema.any_of].into_iter().find(|branches| !branches.is_empty());
        let only = match (alternatives, schema.all_of.as_slice()) {
            (Some(branches), _) => self.only_branch(branches),
            (None, [only]) => Some(only.clone()),
            (None, _) => None,
        };
        let mut bounds = Vec::new();
        // In 3.0, keywords next to `$ref` are ignored.
        let ignored = schema.reference.is_some() && self.document.version() == Version::V30;
        if !ignored && (schema.reference.is_some() || only.is_some() || !schema.constrains()) {
            bounds.extend(schema.bounds.iter().filter_map(|(keyword, value)| self.bound(&schema.node, keyword, value)));
        }
        if let Some(only) = only.filter(|_| schema.reference.is_none() && !schema.has_members()) {
            bounds.extend(self.bounds_beside(&only));
        }
        bounds
    }

    /// The only alternative that is not `null`.
    fn only_branch(&mut self, branches: &[Node]) -> Option<Node> {
        match self.schemas.present(branches, self.out).as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// The bounds of the schemas themselves.
    pub(in crate::lower) fn own_bounds(&mut self, merged: &EffectiveSchema) -> Vec<Bound> {
        let mut bounds: Vec<Bound> = Vec::new();
        let all =
            merged.parts.iter().flat_map(|part| part.schema.bounds.iter().map(|bound| (&part.schema.node, bound)));
        for (node, (keyword, value)) in all {
            let bound = self.bound(node, keyword, value);
            bounds.extend(bound.filter(|bound| !bounds.contains(bound)));
        }
        bounds
    }

    fn bound(&mut self, node: &Node, keyword: &str, value: &Value) -> Option<Bound> {
        match read(keyword, value) {
            Ok(bound) => bound,
            Err(why) => {
                let at = Some(node.join(keyword)).filter(|at| self.document.value(at).is_some());
                self.warn(
                    codes::UNCHECKED_BOUND,
                    format!("`{keyword}` is not checked: {why}"),
                    &at.unwrap_or(node.clone()),
                );
                None
            }
        }
    }
}

/// Whether a schema stands in `patternProperties`.
pub(in crate::lower) fn is_pattern(node: &Node) -> bool {
    node.parent().pointer.last() == Some("patternProperties")
}

/// The bound that a keyword and its value state. `None` if they state nothing (`uniqueItems: false`). An error says why the bound cannot be
/// checked.
fn read(keyword: &str, value: &Value) -> Result<Option<Bound>, String> {
    let count = |bound: fn(u64) -> Bound| whole(value).map(bound).ok_or_else(|| "it must be a whole number".to_owned());
    let number = |bound: fn(String) -> Bound| match value {
        Value::Number(number) => Ok(bound(number.to_string())),
        _ => Err("it must be a number".to_owned()),
    };
    let bound = match keyword {
        "minimum" => number(Bound::Minimum)?,
        "maximum" => number(Bound::Maximum)?,
        "exclusiveMinimum" => number(Bound::ExclusiveMinimum)?,
        "exclusiveMaximum" => number(Bound::ExclusiveMaximum)?,
        "multipleOf" if value.as_f64().is_some_and(|number| number <= 0.0) => {
            return Err("it must be above 0".to_owned());
        }
        "multipleOf" => number(Bound::MultipleOf)?,
        "minLength" => count(Bound::MinLength)?,
        "maxLength" => count(Bound::MaxLength)?,
        "minItems" => count(Bound::MinItems)?,
        "maxItems" => count(Bound::MaxItems)?,
        "minProperties" => count(Bound::MinProperties)?,
        "maxProperties" => count(Bound::MaxProperties)?,
        "uniqueItems" => match value {
            Value::Bool(true) => Bound::UniqueItems,
            Value::Bool(false) => return Ok(None),
            _ => return Err("it must be `true` or `false`".to_owned()),
        },
        "pattern" => pattern(value)?,
        _ => return Ok(None),
    };
    Ok(Some(bound))
}

/// A count, which may be written as `9.0` (2020-12, 4.2.3).
pub(in crate::lower) fn whole(value: &Value) -> Option<u64> {
    let float = value.as_f64().filter(|float| *float >= 0.0 && float.fract() == 0.0 && *float < 1e15);
    value.as_u64().or(float.map(|float| float as u64))
}

fn pattern(value: &Value) -> Result<Bound, String> {
    let text = value.as_str().ok_or("it must be a string")?;
    let lookarounds = ["(?=", "(?!", "(?<=", "(?<!"].iter().map(|opening| text.matches(opening).count());
    if text.matches('|').count() > MAX_PATTERN_ALTERNATIVES {
        return Err(format!("it has more than {MAX_PATTERN_ALTERNATIVES} alternatives"));
    }
    if lookarounds.sum::<usize>() > MAX_LOOKAROUNDS {
        return Err(format!("it looks ahead or behind more than {MAX_LOOKAROUNDS} times"));
    }
    // The emitted code does the same. Some documents escape characters that the flag `u` does not allow to escape.
    match regress::Regex::with_flags(text, "u").or_else(|_| regress::Regex::new(text)) {
        Ok(_) => Ok(Bound::Pattern(text.to_owned())),
        Err(fault) => Err(format!("it is not a regular expression of ECMA-262 ({})", fault.to_string().to_lowercase())),
    }
}
