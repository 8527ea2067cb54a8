//! The parameters of an operation: which declared parameters count, and in which order they are arguments.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::{Lower, template};
use crate::diagnostics::{Mend, Severity, codes};
use crate::document::{Node, PathOperation};
use crate::ir::{Docs, Location, Parameter, Style, StyleKind, Type};
use crate::path_template::names;
use crate::similar::{SUGGESTED, nearest};

/// A parameter and its place.
struct Declared {
    parameter: Parameter,
    at: Node,
    /// Whether the operation declares it. Otherwise, the path item does.
    is_own: bool,
}

impl Lower<'_> {
    /// The parameters: the operation's own, then those of the path item that it does not override. Path parameters come first,
    /// in the template's order.
    pub(in crate::lower) fn parameters(&mut self, from: &PathOperation) -> Vec<Parameter> {
        let mut known = self.declared_parameters(from);
        self.check_query_string(&mut known, from);
        let (mut path, others): (Vec<_>, Vec<_>) =
            known.into_iter().partition(|it| it.parameter.location == Location::Path);
        let names: IndexSet<&str> = names(template::sent(&from.path)).collect();
        let declared: HashSet<String> = path.iter().map(|it| it.parameter.wire.clone()).collect();
        let missing: Vec<&str> = names.iter().copied().filter(|name| !declared.contains(*name)).collect();
        let mut meant: HashSet<&str> = HashSet::new();
        path.retain(|Declared { parameter, at, .. }| {
            let is_known = names.contains(parameter.wire.as_str());
            if !is_known {
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
        let mut path: Vec<Parameter> = path.into_iter().map(|it| it.parameter).collect();
        path.extend(missing.into_iter().map(|name| undeclared(name.to_owned())));
        path.sort_by_cached_key(|parameter| names.get_index_of(parameter.wire.as_str()));
        path.into_iter().chain(others.into_iter().map(|it| it.parameter)).collect()
    }

    /// The declared parameters, each once.
    fn declared_parameters(&mut self, from: &PathOperation) -> Vec<Declared> {
        let references = self.referenced_parameters(from);
        let mut known: Vec<Declared> = Vec::new();
        let own = from.operation.parameters.iter().map(|it| (it, true));
        for (declared, is_own) in own.chain(from.shared.iter().map(|it| (it, false))) {
            let Some(parameter) = self.parameter(declared) else { continue };
            let new = Declared { parameter, at: declared.node.clone(), is_own };
            match known.iter_mut().find(|earlier| earlier.parameter.is_same(&new.parameter)) {
                None => known.push(new),
                Some(earlier) if earlier.is_own == is_own => self.repeated(earlier, new, &references),
                Some(_) => {}
            }
        }
        known
    }

    /// Reports a parameter that a list has twice. A parameter that is written there replaces one to which the list refers, just as a
    /// parameter of the operation replaces one of the path.
    fn repeated(&mut self, earlier: &mut Declared, new: Declared, references: &HashMap<Node, Node>) {
        let (wire, first) = (&new.parameter.wire, references.get(&earlier.at));
        if let (Some(reference), None) | (None, Some(reference)) = (first, references.get(&new.at)) {
            let message = format!("the parameter `{wire}` is declared twice: the one written here counts");
            let diagnostic = self.document.diagnostic(Severity::Warning, codes::REPEATED_PARAMETER, message, reference);
            self.out.push(diagnostic.help("remove the reference to the other"));
            if first.is_some() {
                *earlier = new;
            }
            return;
        }
        let message = match &earlier.parameter.wire {
            first if first == wire => format!("the parameter `{wire}` is declared twice"),
            first => format!("`{first}` and `{wire}` are one header, declared twice"),
        };
        let (severity, message) = match earlier.parameter.is_alike(&new.parameter) {
            true => (Severity::Warning, message + ", each time alike"),
            false => (Severity::Error, message),
        };
        let diagnostic = self.document.diagnostic(severity, codes::DUPLICATE_PARAMETER, message, &new.at);
        self.out.push(diagnostic.help("remove one of them"));
    }

    /// Reports a parameter that the path does not have. `meant` is the undeclared name that it probably stands for.
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
    fn check_query_string(&mut self, parameters: &mut Vec<Declared>, from: &PathOperation) {
        let is_whole = |it: &Declared| it.parameter.style.kind == StyleKind::QueryString;
        let in_query = parameters.iter().filter(|it| it.parameter.location == Location::Query).count();
        let Some(whole) = parameters.iter().find(|it| is_whole(it)).filter(|_| in_query > 1) else { return };
        let message =
            format!("`{}` is the whole query, but other parameters stand in it as well", whole.parameter.wire);
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
    /// Whether another parameter has the same name and place. The names of headers have no case.
    fn is_same(&self, other: &Self) -> bool {
        let is_header = self.location == Location::Header;
        self.location == other.location
            && (self.wire == other.wire || is_header && self.wire.eq_ignore_ascii_case(&other.wire))
    }

    /// Whether another parameter differs only in its documentation and in its `x-rust-name`.
    fn is_alike(&self, other: &Self) -> bool {
        *self == Self { docs: self.docs.clone(), explicit: self.explicit.clone(), ..other.clone() }
    }
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
