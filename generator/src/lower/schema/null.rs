//! Whether a schema admits `null`. A reference from inside asks for this while the schema is being lowered.

use super::Lower;
use crate::document::Node;
use crate::limits::{MAX_ALTERNATIVE_DEPTH, MAX_NULL_SEARCHED};

impl Lower<'_> {
    pub(in crate::lower) fn admits_null(&mut self, node: &Node) -> bool {
        if let Some(known) = self.known_null.get(node) {
            return *known;
        }
        let admits = self.finds_null(node);
        self.known_null.insert(node.clone(), admits);
        admits
    }

    fn finds_null(&mut self, node: &Node) -> bool {
        let (mut pending, mut seen) = (vec![(node.clone(), 0)], vec![node.clone()]);
        while let Some((node, depth)) = pending.pop() {
            let Some(merged) = self.merge(&[node]) else { continue };
            if merged.admits_null(self.document.version()) {
                return true;
            }
            for union in &merged.unions {
                let (present, nullable) = self.present_branches(union);
                if nullable {
                    return true;
                }
                for branch in present {
                    if depth < MAX_ALTERNATIVE_DEPTH && seen.len() < MAX_NULL_SEARCHED && !seen.contains(&branch) {
                        seen.push(branch.clone());
                        pending.push((branch, depth + 1));
                    }
                }
            }
        }
        false
    }
}
