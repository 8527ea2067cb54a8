//! Reads TOML with the place of everything in it. Users write their choices about a document in TOML, never a document.
//!
//! Takes a text, and passes its parts to the [`Builder`].

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::{Builder, Mark, Node, Stop};
use crate::diagnostics::codes;

/// Passes the whole text to the builder. The parser bounds its depth.
pub(super) fn read(builder: &mut Builder<'_>) -> Result<(), Stop> {
    match DeTable::parse(builder.text) {
        Ok(root) => table(builder, root.get_ref(), 0..0),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            Err(builder.stop(
                codes::INVALID_TOML,
                message,
                offset,
                Some("write keys and values as in `only = [\"a\"]`"),
            ))
        }
    }
}

fn table(builder: &mut Builder<'_>, members: &DeTable<'_>, span: Range<usize>) -> Result<(), Stop> {
    builder.open_object(span)?;
    // A table sorts its keys, so the order is taken from the text.
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(key, _)| key.span().start);
    for (key, member) in members {
        builder.key(key.get_ref().to_string(), key.span());
        value(builder, member)?;
    }
    close(builder);
    Ok(())
}

fn value(builder: &mut Builder<'_>, at: &Spanned<DeValue<'_>>) -> Result<(), Stop> {
    let span = at.span();
    let scalar = match at.get_ref() {
        DeValue::Table(members) => return table(builder, members, span),
        DeValue::Array(elements) => {
            builder.open_array(span)?;
            elements.iter().try_for_each(|element| value(builder, element))?;
            close(builder);
            return Ok(());
        }
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Datetime(time) => Value::from(time.to_string()),
    };
    builder.put(Node { value: scalar, mark: Mark::new(span) });
    Ok(())
}

fn close(builder: &mut Builder<'_>) {
    if let Some(node) = builder.close() {
        builder.put(node);
    }
}
