//! JSON Pointers (RFC 6901): how every stage names a place in a document.

use std::fmt;
use std::sync::Arc;

/// A JSON Pointer, kept as its unescaped segments. Cheap to clone, and to join, since every node of a document is visited many
/// times.
///
/// `Display` writes the URI fragment form used in OpenAPI references (`#/paths/~1pets/get`), without
/// percent-encoding, so that a message reads as the document does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer {
    segments: Arc<[Arc<str>]>,
}

impl Pointer {
    /// The pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the text form, with or without a leading `#`. `None` if it neither is empty nor starts with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#').unwrap_or(text);
        if text.is_empty() {
            return Some(Self::root());
        }
        let segments = text.strip_prefix('/')?.split('/');
        Some(Self { segments: segments.map(|segment| segment.replace("~1", "/").replace("~0", "~").into()).collect() })
    }

    /// The pointer to a member or an element of what this one points to.
    #[must_use]
    pub fn join(&self, segment: impl ToString) -> Self {
        self.extend([segment])
    }

    /// The pointer to something several levels below.
    #[must_use]
    pub fn extend<S: ToString>(&self, segments: impl IntoIterator<Item = S>) -> Self {
        let added = segments.into_iter().map(|segment| segment.to_string().into());
        Self { segments: self.segments.iter().cloned().chain(added).collect() }
    }

    /// The pointer to what holds this one; the root is its own parent.
    #[must_use]
    pub fn parent(&self) -> Self {
        match self.segments.split_last() {
            Some((_, parents)) => Self { segments: parents.into() },
            None => Self::root(),
        }
    }

    /// The unescaped segments, outermost first.
    pub fn segments(&self) -> Vec<&str> {
        self.segments.iter().map(AsRef::as_ref).collect()
    }

    /// How many segments there are: how deep this points.
    pub fn depth(&self) -> usize {
        self.segments.len()
    }

    /// The last segment, if this is not the root.
    pub fn last(&self) -> Option<&str> {
        self.segments.last().map(AsRef::as_ref)
    }

    /// Whether this points to `other` or to something inside it.
    pub fn starts_with(&self, other: &Self) -> bool {
        self.segments.starts_with(&other.segments)
    }

    /// The JSONPath (RFC 9535) of the same place in a tree.
    pub fn to_json_path(&self, root: &serde_json::Value) -> String {
        let mut path = "$".to_owned();
        let mut value = Some(root);
        for segment in self.segments.iter() {
            let is_name = segment.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && segment.starts_with(|first: char| !first.is_ascii_digit());
            match value {
                Some(serde_json::Value::Array(_)) => path += &format!("[{segment}]"),
                _ if is_name => path += &format!(".{segment}"),
                _ => path += &format!("['{}']", escaped(segment)),
            }
            value = value.and_then(|value| member(value, segment));
        }
        path
    }

    /// The value this points to.
    pub fn resolve<'v>(&self, root: &'v serde_json::Value) -> Option<&'v serde_json::Value> {
        self.segments.iter().try_fold(root, |value, segment| member(value, segment))
    }

    /// The value this points to, to be changed.
    pub fn resolve_mut<'v>(&self, root: &'v mut serde_json::Value) -> Option<&'v mut serde_json::Value> {
        self.segments.iter().try_fold(root, |value, segment| match value {
            serde_json::Value::Object(members) => members.get_mut(&**segment),
            serde_json::Value::Array(elements) => elements.get_mut(segment.parse::<usize>().ok()?),
            _ => None,
        })
    }
}

/// A name between the quotes of a JSONPath (RFC 9535, 2.3.1.1).
fn escaped(name: &str) -> String {
    let escape = |c: char| match c {
        '\\' | '\'' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    name.chars().map(escape).collect()
}

/// The member or the element of a value that a segment names.
pub(crate) fn member<'v>(value: &'v serde_json::Value, segment: &str) -> Option<&'v serde_json::Value> {
    match value {
        serde_json::Value::Object(members) => members.get(segment),
        serde_json::Value::Array(elements) => elements.get(segment.parse::<usize>().ok()?),
        _ => None,
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        for segment in self.segments.iter() {
            write!(f, "/{}", segment.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}
