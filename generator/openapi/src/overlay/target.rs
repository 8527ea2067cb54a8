//! JSONPath (RFC 9535): from the text of an expression to the pointers of what it selects.

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use super::apply::extent;
use crate::limits::{MAX_BRACKETS, MAX_VISITED, MAX_VISITED_EACH};
use crate::pointer::Pointer;

/// Reads an expression, or says what is wrong with it and where.
pub(super) fn parse(text: &str) -> Result<JsonPath, String> {
    if text.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'!')).count() > MAX_BRACKETS {
        return Err(format!("it has more than {MAX_BRACKETS} brackets"));
    }
    JsonPath::parse(text).map_err(|fault| {
        let rest: String = text.chars().skip(fault.position()).take(20).collect();
        match rest.as_str() {
            "" => "it ends too early".to_owned(),
            _ => format!("it cannot be read from character {} on, `{rest}`", fault.position() + 1),
        }
    })
}

/// What an expression selects, each node once, in the order of the document.
pub(super) fn select(path: &JsonPath, root: &Value) -> Vec<Pointer> {
    let nodes = path.query_located(root).dedup();
    nodes
        .iter()
        .map(|node| {
            Pointer::root().extend(node.location().iter().map(|element| match element {
                PathElement::Name(name) => (*name).to_owned(),
                PathElement::Index(index) => index.to_string(),
            }))
        })
        .collect()
}

/// Refuses an expression that may visit too many nodes of a tree. The estimate is for the worst tree with as many nodes and levels: a
/// second `..` visits each node once for every node above it, each selector of a list may select the same node, and a query from the root
/// inside a filter runs for each node that is tested.
pub(super) fn check_cost(path: &JsonPath, root: &Value, nodes: usize) -> Result<(), String> {
    let shape = Shape::of(&path.to_string());
    let levels = if shape.descents > 1 { extent(root).1 } else { 1 };
    let repeated = u32::try_from(shape.descents.saturating_sub(1)).unwrap_or(u32::MAX);
    let nested = u32::try_from(shape.roots.saturating_sub(1)).unwrap_or(u32::MAX).saturating_add(1);
    let visited = nodes.saturating_pow(nested).saturating_mul(levels.saturating_pow(repeated));
    let visited = visited.saturating_mul(shape.choices);
    let most = MAX_VISITED.max(nodes.saturating_mul(MAX_VISITED_EACH));
    if shape.is_simple() || visited <= most {
        return Ok(());
    }
    Err(format!("the expression `{path}` may visit more than {most} nodes"))
}

/// What makes an expression costly, counted in its text outside of strings.
#[derive(Default)]
struct Shape {
    /// `..`.
    descents: usize,
    /// `$`, the first one included.
    roots: usize,
    /// The product of the lengths of all selector lists: in how many ways they may select one node.
    choices: usize,
}

impl Shape {
    fn of(text: &str) -> Self {
        let mut shape = Self { choices: 1, ..Self::default() };
        let (mut quote, mut escaped, mut previous) = (None, false, ' ');
        let mut selectors = vec![1_usize];
        for c in text.chars() {
            match (quote, c) {
                (Some(_), _) if escaped => escaped = false,
                (Some(_), '\\') => escaped = true,
                (Some(open), _) => quote = quote.filter(|_| c != open),
                (None, '"' | '\'') => quote = Some(c),
                (None, '$') => shape.roots += 1,
                (None, '.') if previous == '.' => shape.descents += 1,
                (None, '[') => selectors.push(1),
                (None, ',') => selectors.iter_mut().rev().take(1).for_each(|count| *count += 1),
                (None, ']') => shape.choices = shape.choices.saturating_mul(selectors.pop().unwrap_or(1)),
                _ => {}
            }
            // A path is printed with a third dot before a wildcard. The dot belongs to the wildcard.
            previous = if c == '.' && previous == '.' { ' ' } else { c };
        }
        shape
    }

    fn is_simple(&self) -> bool {
        self.descents <= 1 && self.roots <= 1 && self.choices == 1
    }
}
