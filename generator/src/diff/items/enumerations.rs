//! Enumerations: their variants, and what stands for them in JSON.

use super::{Items, Signed, text};
use crate::diff::change::Verdict;
use crate::emit::enumeration::holds_integers;
use crate::ir::{Enumeration, ModelId};

impl Items<'_> {
    pub(super) fn enumeration(
        &mut self,
        (old_id, old): (ModelId, &Enumeration),
        (new_id, new): (ModelId, &Enumeration),
    ) {
        let (old_plan, new_plan) = (self.types.old, self.types.new);
        let name = old_plan.names.model(old_id).ty.clone();
        let (was, is) = (holds_integers(old), holds_integers(new));
        let (old_node, new_node) = self.model_nodes((old_id, new_id));
        let nodes =
            |before: &str, after: &str| (Signed::new(before, old_node.clone()), Signed::new(after, new_node.clone()));
        if was != is {
            let held = |integers: bool| if integers { "i64" } else { "String" };
            let (before, after) = nodes(&format!("impl From<{}>", held(was)), &format!("impl From<{}>", held(is)));
            self.push(&name, before, after, Verdict::Breaking);
            return;
        }
        let old_values = old.values.iter().zip(&old_plan.names.model(old_id).members);
        let new_values: Vec<_> = new.values.iter().zip(&new_plan.names.model(new_id).members).collect();
        if old_values
            .clone()
            .map(|(value, name)| (&value.wire, name))
            .eq(new_values.iter().map(|it| (&it.0.wire, it.1)))
        {
            return;
        }
        for (value, variant) in old_values.clone() {
            let path = format!("{name}::{variant}");
            let wire = text::constant(&value.wire);
            match new_values.iter().find(|(_, now)| *now == variant) {
                Some((now, _)) if now.wire == value.wire => {}
                Some((now, _)) => {
                    let now = text::constant(&now.wire);
                    let (before, after) = nodes(&format!("{variant} // {wire}"), &format!("{variant} // {now}"));
                    let hint = format!("the same name stands for another value: `{now}` instead of `{wire}`");
                    self.push(path, before, after, Verdict::Behaviour).hint(hint);
                }
                None => {
                    let other = new_values.iter().find(|(now, _)| now.wire == value.wire).map(|(_, now)| *now);
                    let (before, after) = nodes(variant, other.map_or("", String::as_str));
                    let after = if other.is_some() { after } else { Signed::at(after.node) };
                    let hint = match other {
                        Some(now) => Some(format!("write `{name}::{now}`")),
                        None => Some(format!("the value is `{name}::from({wire})`, should it still be met")),
                    };
                    self.push(path, before, after, Verdict::Breaking).hint = hint;
                }
            }
        }
        for (value, variant) in new_values {
            let known = old_values.clone().any(|(it, was)| was == variant || it.wire == value.wire);
            if !known {
                let (_, after) = nodes("", variant);
                self.push(format!("{name}::{variant}"), Signed::at(Some(old_node.clone())), after, Verdict::Compatible);
            }
        }
    }
}
