//! JSON Pointers (RFC 6901): how every stage names a place in a document.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};
use std::iter::successors;
use std::sync::{Arc, LazyLock};

use foldhash::fast::RandomState;

/// A JSON Pointer, kept as its unescaped segments. Cheap to clone and to join, because every node of a document is visited many times.
///
/// `Display` writes the URI fragment form used in OpenAPI references (`#/paths/~1pets/get`), without
/// percent-encoding, so that a message reads as the document does.
#[derive(Clone, Default)]
pub struct Pointer {
    last: Option<Arc<Segment>>,
}

/// The last segment of a pointer. Pointers share the segments before it.
struct Segment {
    text: Box<str>,
    parent: Pointer,
    depth: usize,
    /// The hash of all segments, so that a pointer is hashed at once.
    hash: u64,
}

impl Pointer {
    /// The pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the text form, with or without a leading `#`. `None` if the rest is not empty and does not start with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#').unwrap_or(text);
        if text.is_empty() {
            return Some(Self::root());
        }
        let segments = text.strip_prefix('/')?.split('/');
        Some(Self::root().extend(segments.map(|segment| segment.replace("~1", "/").replace("~0", "~"))))
    }

    /// The pointer to a member or an element of what this one points to.
    #[must_use]
    pub fn join(&self, segment: impl ToString) -> Self {
        let text = segment.to_string().into_boxed_str();
        let (depth, hash) = (self.depth() + 1, hashed(self.digest(), &text));
        Self { last: Some(Arc::new(Segment { text, parent: self.clone(), depth, hash })) }
    }

    /// The pointer to something several levels below.
    #[must_use]
    pub fn extend<S: ToString>(&self, segments: impl IntoIterator<Item = S>) -> Self {
        segments.into_iter().fold(self.clone(), |pointer, segment| pointer.join(segment))
    }

    /// The pointer to what contains this node. The root is its own parent.
    #[must_use]
    pub fn parent(&self) -> Self {
        self.last.as_ref().map(|last| last.parent.clone()).unwrap_or_default()
    }

    /// The unescaped segments, outermost first.
    pub fn segments(&self) -> Vec<&str> {
        let mut segments: Vec<&str> = Vec::with_capacity(self.depth());
        segments.extend(self.segments_upward().map(|segment| &*segment.text));
        segments.reverse();
        segments
    }

    /// How many segments there are: how deep this points.
    pub fn depth(&self) -> usize {
        self.last.as_ref().map_or(0, |last| last.depth)
    }

    /// The last segment, if this is not the root.
    pub fn last(&self) -> Option<&str> {
        self.last.as_ref().map(|last| &*last.text)
    }

    /// Whether this points to `other` or to something inside it.
    pub fn starts_with(&self, other: &Self) -> bool {
        match (&other.last, self.segments_upward().find(|segment| segment.depth == other.depth())) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(other), Some(own)) => other.is_same(own),
        }
    }

    /// This pointer, then the pointers to the values that contain its value, the innermost first.
    pub fn upward(&self) -> impl Iterator<Item = Self> + use<> {
        successors(Some(self.clone()), |pointer| (pointer.depth() > 0).then(|| pointer.parent()))
    }

    /// The segments, innermost first.
    fn segments_upward(&self) -> impl Iterator<Item = &Segment> {
        successors(self.last.as_deref(), |segment| segment.parent.last.as_deref())
    }

    fn digest(&self) -> u64 {
        self.last.as_ref().map_or(0, |last| last.hash)
    }

    /// The JSONPath (RFC 9535) of the same place in a tree.
    pub fn to_json_path(&self, root: &serde_json::Value) -> String {
        let mut path = "$".to_owned();
        let mut value = Some(root);
        for segment in self.segments() {
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
        self.segments().into_iter().try_fold(root, member)
    }

    /// The value this points to, to be changed.
    pub fn resolve_mut<'v>(&self, root: &'v mut serde_json::Value) -> Option<&'v mut serde_json::Value> {
        self.segments().into_iter().try_fold(root, |value, segment| match value {
            serde_json::Value::Object(members) => members.get_mut(segment),
            serde_json::Value::Array(elements) => elements.get_mut(index(segment)?),
            _ => None,
        })
    }
}

impl Segment {
    /// Whether both end pointers of the same segments.
    fn is_same(&self, other: &Self) -> bool {
        let (mut own, mut other) = (self, other);
        loop {
            if std::ptr::eq(own, other) {
                return true;
            }
            if own.hash != other.hash || own.depth != other.depth || own.text != other.text {
                return false;
            }
            match (own.parent.last.as_deref(), other.parent.last.as_deref()) {
                (Some(left), Some(right)) => (own, other) = (left, right),
                (left, right) => return left.is_none() && right.is_none(),
            }
        }
    }
}

impl Drop for Segment {
    /// Drops the segments in a loop, not by nested calls, because a pointer in a document may be as long as the document.
    fn drop(&mut self) {
        let mut next = self.parent.last.take();
        while let Some(mut segment) = next.and_then(Arc::into_inner) {
            next = segment.parent.last.take();
        }
    }
}

/// The hash of a pointer that is one segment longer.
fn hashed(parent: u64, segment: &str) -> u64 {
    SEED.hash_one((parent, segment))
}

/// The seed of the hashes. It differs in every run, so that nobody can write a document whose pointers have equal hashes.
static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::default);

impl PartialEq for Pointer {
    fn eq(&self, other: &Self) -> bool {
        match (&self.last, &other.last) {
            (Some(own), Some(other)) => own.is_same(other),
            (own, other) => own.is_none() && other.is_none(),
        }
    }
}

impl Eq for Pointer {}

impl Hash for Pointer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.digest());
    }
}

impl Ord for Pointer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.segments().cmp(&other.segments())
    }
}

impl PartialOrd for Pointer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pointer({self})")
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
pub fn member<'v>(value: &'v serde_json::Value, segment: &str) -> Option<&'v serde_json::Value> {
    match value {
        serde_json::Value::Object(members) => get(members, segment),
        serde_json::Value::Array(elements) => elements.get(index(segment)?),
        _ => None,
    }
}

/// Up to this number of members, comparing each name is faster than hashing.
const FEW_MEMBERS: usize = 12;

/// The member of an object that has this name.
pub(crate) fn get<'v>(
    members: &'v serde_json::Map<String, serde_json::Value>,
    name: &str,
) -> Option<&'v serde_json::Value> {
    match members.len() {
        0..=FEW_MEMBERS => members.iter().find(|(known, _)| *known == name).map(|(_, value)| value),
        _ => members.get(name),
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        for segment in self.segments() {
            write!(f, "/{}", segment.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

/// The index of an element, as RFC 6901, 4 writes it: without a sign, and without a zero in front.
fn index(segment: &str) -> Option<usize> {
    let is_plain = segment.bytes().all(|byte| byte.is_ascii_digit()) && (segment == "0" || !segment.starts_with('0'));
    segment.parse().ok().filter(|_| is_plain)
}
