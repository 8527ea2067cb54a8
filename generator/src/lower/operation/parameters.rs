//! The parameters of an operation: which declared parameters count, and in which order they are arguments.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::{Lower, template};
use crate::diagnostics::{Mend, Severity, codes};
use crate::document::{Node, PathOperation};
use crate::ir::{Docs, Location, Parameter, Style, StyleKind, Type};
use crate::similar::{SUGGESTED, nearest};

impl Lower<'_> {
    /// The parameters: the operation's own, then those of the path item that it does not override. Path parameters come first,
    /// in the template's order.
    pub(in crate::lower) fn parameters(&mut self, from: &PathOperation) -> Vec<Parameter> {
        let own = from.operation.parameters.iter();
        let mut lowered: Vec<Parameter> = Vec::new();
        let mut places: HashMap<String, Node> = HashMap::new();
        let references = self.referenced_parameters(from);
        for (declared, is_own) in own.map(|it| (it, true)).chain(from.shared.iter().map(|it| (it, false))) {
            let at = declared.node.clone();
            let Some(parameter) = self.parameter(declared) else { continue };
            let same = |earlier: &&Parameter| {
                // Headers that differ only in case are the same.
                let header = parameter.location == Location::Header;
                earlier.location == parameter.location
                    && (earlier.wire == parameter.wire || header && earlier.wire.eq_ignore_ascii_case(&parameter.wire))
            };
            let earlier = lowered.iter().find(same);
            if let Some(index) = earlier.and_then(|_| lowered.iter().position(|it| same(&it)))
                && is_own
                && let Some(first) = places.get(&parameter.wire)
                && let (Some(reference), None) | (None, Some(reference)) = (references.get(first), references.get(&at))
            {
                // A parameter that is written here replaces one that is referred to, just as a parameter of the operation replaces one of
                // the path.
                let message =
                    format!("the parameter `{}` is declared twice: the one written here counts", parameter.wire);
                let diagnostic =
                    self.document.diagnostic(Severity::Warning, codes::REPEATED_PARAMETER, message, reference);
                self.out.push(diagnostic.help("remove the reference to the other"));
                if references.contains_key(first)
                    && let Some(earlier) = lowered.get_mut(index)
                {
                    places.insert(parameter.wire.clone(), at);
                    *earlier = parameter;
                }
                continue;
            }
            if earlier.is_none() {
                places.entry(parameter.wire.clone()).or_insert(at);
                lowered.push(parameter);
            } else if let Some(earlier) = earlier.filter(|_| is_own) {
                let message = match &earlier.wire {
                    wire if *wire == parameter.wire => format!("the parameter `{wire}` is declared twice"),
                    wire => format!("`{wire}` and `{}` are one header, declared twice", parameter.wire),
                };
                let is_alike = earlier.is_alike(&parameter);
                let message = if is_alike { message + ", each time alike" } else { message };
                let mut diagnostic =
                    self.document.diagnostic(Severity::Error, codes::DUPLICATE_PARAMETER, message, &at);
                if is_alike {
                    diagnostic.severity = Severity::Warning;
                }
                self.out.push(diagnostic.help("remove one of them"));
            }
        }
        self.check_query_string(&mut lowered, from);
        let (mut path, others): (Vec<_>, Vec<_>) = lowered.into_iter().partition(|it| it.location == Location::Path);
        let names = template_names(template::sent(&from.path));
        let declared: HashSet<String> = path.iter().map(|parameter| parameter.wire.clone()).collect();
        let missing: Vec<&str> = names.iter().map(String::as_str).filter(|name| !declared.contains(*name)).collect();
        let mut meant: HashSet<&str> = HashSet::new();
        path.retain(|parameter| {
            let is_known = names.contains(&parameter.wire);
            if !is_known {
                let at = places.get(&parameter.wire).unwrap_or(&from.node);
                let candidates =
                    missing.iter().copied().filter(|name| missing.len() <= SUGGESTED && !meant.contains(name));
                let near = nearest(&parameter.wire, candidates);
                self.unused_parameter(&parameter.wire, near, at);
                meant.extend(near);
            }
            is_known
        });
        let undeclared_names: Vec<&str> = missing.iter().copied().filter(|name| !meant.contains(name)).collect();
        self.undeclared_parameters(&undeclared_names, from);
        path.extend(missing.into_iter().map(|name| undeclared(name.to_owned())));
        path.sort_by_cached_key(|parameter| names.get_index_of(&parameter.wire));
        path.into_iter().chain(others).collect()
    }

    /// Reports a parameter that the path does not have. It may be `meant` for one that is not declared.
    fn unused_parameter(&mut self, name: &str, meant: Option<&str>, at: &Node) {
        let result = meant.map(|meant| format!(", and `{meant}` is read as a string")).unwrap_or_default();
        let message = format!("the path has no `{{{name}}}`: the parameter is ignored{result}");
        let diagnostic = self.document.diagnostic(Severity::Warning, codes::UNUSED_PATH_PARAMETER, message, at);
        self.out.push(match meant {
            Some(meant) => {
                let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                self.document.mended(diagnostic, at, Mend::Put("name".to_owned(), meant.into()))
            }
            None => diagnostic.help(format!("add `{{{name}}}` to the path, or remove the parameter")),
        });
    }

    /// Reports other query parameters next to a `querystring` parameter, and then leaves the `querystring` parameter out.
    fn check_query_string(&mut self, parameters: &mut Vec<Parameter>, from: &PathOperation) {
        let is_whole = |it: &Parameter| it.style.kind == StyleKind::QueryString;
        let in_query = parameters.iter().filter(|it| it.location == Location::Query).count();
        let Some(whole) = parameters.iter().find(|it| is_whole(it)).filter(|_| in_query > 1) else { return };
        let message = format!("`{}` is the whole query, but other parameters stand in it as well", whole.wire);
        let at = from.node.join("parameters");
        self.error(codes::QUERY_STRING_BESIDE, message, &at, "keep one `querystring` parameter, or those of `query`");
        parameters.retain(|it| !is_whole(it));
    }

    /// The places of the parameters that an operation refers to, each with the place of the reference.
    fn referenced_parameters(&self, from: &PathOperation) -> HashMap<Node, Node> {
        let list = from.node.join("parameters");
        let declared = self.document.value(&list).and_then(serde_json::Value::as_array).into_iter().flatten();
        let referred = declared.enumerate().filter(|(_, parameter)| parameter.get("$ref").is_some());
        let places = referred.map(|(index, _)| list.join(index));
        places.filter_map(|place| Some((self.document.follow(&place).ok()?, place))).collect()
    }
}

impl Parameter {
    /// Whether another parameter differs only in its documentation and in its `x-rust-name`.
    fn is_alike(&self, other: &Self) -> bool {
        *self == Self { docs: self.docs.clone(), explicit: self.explicit.clone(), ..other.clone() }
    }
}

/// The names in a path template, in order (4.8.8.2).
fn template_names(path: &str) -> IndexSet<String> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

fn undeclared(name: String) -> Parameter {
    Parameter {
        wire: name,
        explicit: None,
        docs: Docs::default(),
        location: Location::Path,
        style: Style { kind: StyleKind::Simple, explode: false, reserved: false },
        required: true,
        ty: Type::String,
        bounds: Vec::new(),
    }
}
