//! The form of an overlay: from its tree to its actions.
//!
//! Reports everything that is wrong in form, and gives the actions that are right.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use super::action::{Action, Change, Version};
use super::merge::kind;
use super::target;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Place, Severity, Spot, codes};
use crate::pointer::Pointer;

const OVERLAY_MEMBERS: [&str; 4] = ["overlay", "info", "extends", "actions"];
const ACTION_MEMBERS: [&str; 5] = ["target", "description", "update", "remove", "copy"];

/// The actions of an overlay. `None` if the file is not an overlay.
pub(super) fn actions<'o>(
    document: &Value,
    file: FileId,
    root: &'o Value,
    out: &mut Diagnostics,
) -> Option<Vec<Action<'o>>> {
    let mut check = Check { document, file, version: Version::V1_0, out };
    let overlay = check.object(root, &Pointer::root(), "the overlay")?;
    check.unknown_members(overlay, &Pointer::root(), &OVERLAY_MEMBERS);
    check.version = check.version(overlay)?;
    let actions = check.action_list(overlay)?;
    let at = Pointer::root().join("actions");
    Some(actions.iter().enumerate().filter_map(|(index, action)| check.action(action, at.join(index))).collect())
}

struct Check<'d> {
    /// The document to which the overlay belongs.
    document: &'d Value,
    file: FileId,
    version: Version,
    out: &'d mut Diagnostics,
}

impl<'o> Check<'_> {
    fn version(&mut self, overlay: &Map<String, Value>) -> Option<Version> {
        let version = overlay.get("overlay");
        // An unquoted `1.0` is a number in YAML, but its meaning is clear.
        let text = version.map(|version| version.as_str().map_or_else(|| version.to_string(), str::to_owned));
        let Some(text) = text else {
            self.error(
                codes::OVERLAY_VERSION,
                &Pointer::root(),
                "the overlay has no `overlay` version",
                "add `overlay: 1.0.0`",
            );
            return None;
        };
        let mut numbers = text.split('.');
        match (numbers.next(), numbers.next()) {
            (Some("1"), Some("0")) => Some(Version::V1_0),
            (Some("1"), Some("1")) => Some(Version::V1_1),
            _ => {
                let message = format!("overlay {text} is not supported (1.0.x and 1.1.x are)");
                self.error(codes::OVERLAY_VERSION, &Pointer::root().join("overlay"), message, "write `overlay: 1.0.0`");
                None
            }
        }
    }

    fn action_list(&mut self, overlay: &'o Map<String, Value>) -> Option<&'o Vec<Value>> {
        let at = Pointer::root().join("actions");
        let help = "list at least one action: `target`, and `update` or `remove: true`";
        match overlay.get("actions") {
            None => self.error(codes::OVERLAY_ACTIONS, &Pointer::root(), "the overlay has no `actions`", help),
            Some(Value::Array(actions)) if actions.is_empty() => {
                self.error(codes::OVERLAY_ACTIONS, &at, "the overlay has no `actions`", help);
            }
            Some(Value::Array(actions)) => return Some(actions),
            Some(other) => {
                self.error(codes::OVERLAY_ACTIONS, &at, format!("`actions` is {}, not an array", kind(other)), help);
            }
        }
        None
    }

    fn action(&mut self, action: &'o Value, pointer: Pointer) -> Option<Action<'o>> {
        let members = self.object(action, &pointer, "the action")?;
        self.unknown_members(members, &pointer, &ACTION_MEMBERS);
        let target = self.target(members, &pointer);
        let change = self.change(members, &pointer);
        Some(Action { version: self.version, file: self.file, pointer, target: target?, change: change? })
    }

    fn target(&mut self, members: &Map<String, Value>, at: &Pointer) -> Option<JsonPath> {
        match members.get("target") {
            Some(target) => self.path(target, &at.join("target")),
            None => {
                self.error(codes::OVERLAY_TARGET, at, "the action has no `target`", "add a JSONPath such as `$.info`");
                None
            }
        }
    }

    fn path(&mut self, path: &Value, at: &Pointer) -> Option<JsonPath> {
        let help = "write it as RFC 9535 has it, such as `$.paths['/pets'].get`";
        let Some(text) = path.as_str() else {
            self.error(codes::OVERLAY_TARGET, at, format!("the JSONPath is {}, not a string", kind(path)), help);
            return None;
        };
        match target::parse(text) {
            Ok(path) => Some(path),
            Err(fault) => {
                let help = self.meant(text).unwrap_or_else(|| help.to_owned());
                self.error(codes::OVERLAY_TARGET, at, format!("this is no JSONPath: {fault}"), &help);
                None
            }
        }
    }

    /// The help for a target that is a JSON Pointer, as messages show it, or that has a name with `-` outside of quotes.
    fn meant(&self, text: &str) -> Option<String> {
        if let Some(pointer) = Pointer::parse(text).filter(|_| text.starts_with(['#', '/'])) {
            return Some(format!("the JSONPath of this JSON Pointer is `{}`", pointer.to_json_path(self.document)));
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let after_dots = text.split('.').skip(1);
        let mut names = after_dots.map(|rest| rest.split(|c| !is_name(c)).next().unwrap_or_default());
        let name = names.find(|name| name.contains('-'))?;
        Some(format!("a name with `-` stands in quotes: write `['{name}']` instead of `.{name}`"))
    }

    fn change(&mut self, members: &'o Map<String, Value>, at: &Pointer) -> Option<Change<'o>> {
        let remove = match members.get("remove") {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(other) => {
                let message = format!("`remove` is {}, not a boolean", kind(other));
                self.error(codes::OVERLAY_CHANGE, &at.join("remove"), message, "write `remove: true`");
                return None;
            }
        };
        match (members.get("update"), remove, members.get("copy")) {
            (Some(update), false, None) => Some(Change::Update(update)),
            // The removal wins (Overlay 1.0.0, 4.4.3.1).
            (_, true, None) => Some(Change::Remove),
            (None, false, Some(path)) => self.copy(path, at),
            (None, false, None) => {
                let message = "the action changes nothing: it has neither `update` nor `remove: true`";
                let place = Place { file: self.file, spot: Spot::Value(at.clone()) };
                let diagnostic = Diagnostic::new(Severity::Warning, codes::OVERLAY_NO_EFFECT, message, place);
                self.out.push(diagnostic.help("add one of them, or remove the action"));
                None
            }
            _ => {
                let message = "the action has both `update` and `copy`";
                self.error(codes::OVERLAY_CHANGE, at, message, "write an action for each");
                None
            }
        }
    }

    fn copy(&mut self, path: &Value, at: &Pointer) -> Option<Change<'o>> {
        if self.version == Version::V1_0 {
            self.error(codes::OVERLAY_CHANGE, &at.join("copy"), "overlay 1.0 has no `copy`", "write `overlay: 1.1.0`");
            return None;
        }
        self.path(path, &at.join("copy")).map(Change::Copy)
    }

    fn object<'v>(&mut self, value: &'v Value, at: &Pointer, what: &str) -> Option<&'v Map<String, Value>> {
        if !value.is_object() {
            let message = format!("{what} is {}, not an object", kind(value));
            self.error(codes::OVERLAY_FORM, at, message, "write an object; for an action, `{target: …, update: …}`");
        }
        value.as_object()
    }

    fn unknown_members(&mut self, members: &Map<String, Value>, at: &Pointer, known: &[&str]) {
        for member in members.keys().filter(|member| !known.contains(&member.as_str()) && !member.starts_with("x-")) {
            let message = format!("unknown member `{member}` is ignored");
            let place = Place { file: self.file, spot: Spot::Key(at.join(member)) };
            let help = format!("known are {}, and `x-` extensions", known.join(", "));
            self.out.push(Diagnostic::new(Severity::Warning, codes::OVERLAY_UNKNOWN_MEMBER, message, place).help(help));
        }
    }

    fn error(&mut self, code: Code, at: &Pointer, message: impl Into<String>, help: &str) {
        let place = Place { file: self.file, spot: Spot::Value(at.clone()) };
        self.out.push(Diagnostic::new(Severity::Error, code, message, place).help(help));
    }
}
