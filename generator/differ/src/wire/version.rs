//! Whether `info.version` tells what the document does.

use generator::document::Document;

use crate::rules::doc;
use crate::wire::Walk;
use crate::wire::finding::finding;

impl Walk<'_> {
    /// Compares the versions, if something breaks.
    pub(super) fn version(&mut self) {
        let (old_node, new_node) = (self.old.top("info").join("version"), self.new.top("info").join("version"));
        let text = |document: &Document, node| document.value(node).and_then(|value| value.as_str()).map(str::to_owned);
        let (Some(before), Some(after)) = (text(self.old, &old_node), text(self.new, &new_node)) else { return };
        let (Some(from), Some(to)) = (parse(&before), parse(&after)) else { return };
        if !self.findings.any_breaking() {
            return;
        }
        let (rule, what) = match from {
            _ if to == from => (&doc::VERSION_NOT_BUMPED, "is the same, although something breaks on the wire"),
            _ if to < from => (&doc::VERSION_DECREASED, "went down, although something breaks on the wire"),
            (major, ..) if major == to.0 => {
                (&doc::MAJOR_NOT_BUMPED, "has the same major, although something breaks on the wire")
            }
            _ => return,
        };
        let found = finding(rule, Some(&old_node), Some(&new_node), what);
        self.findings.add(&found.values(Some(before), Some(after)));
    }
}

/// A semantic version; what comes after the three numbers does not matter here.
fn parse(text: &str) -> Option<(u64, u64, u64)> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let core = text.split(['-', '+']).next()?;
    let mut numbers = core.split('.').map(|number| number.parse().ok());
    let version = (numbers.next()??, numbers.next()??, numbers.next()??);
    numbers.next().is_none().then_some(version)
}
