"""Writes a program that calls every operation of an emitted crate, with values that the document admits.

    calls.py DOCUMENT CRATE NAME > main.rs

The arguments are the document after its overlay, as JSON, the folder of the emitted crate, and the crate's name. The program takes
the URL of a server, makes each call once with all that the operation takes, and fails if one of them fails.
"""

import json
import re
import sys
from pathlib import Path

DEEPEST = 6
LINE = re.compile(r"^\s*/// `([A-Z]+) (/\S*)`$", re.M)
FUNCTION = re.compile(r"pub fn (\w+)\(\s*&self,?(.*?)\) -> Call<(\w+)>", re.S)
SETTER = re.compile(r"pub fn (\w+)\(mut self, (\w+): (.*?)\) -> Self", re.S)
CREDENTIAL = re.compile(r"pub fn (with_\w+)\(\s*self,([^()]*)\) -> Self")


class Document:
    def __init__(self, tree):
        self.tree = tree

    def follow(self, node):
        for _ in range(20):
            if not isinstance(node, dict) or "$ref" not in node:
                break
            found = self.tree
            for key in node["$ref"].removeprefix("#/").split("/"):
                key = key.replace("~1", "/").replace("~0", "~")
                found = found[int(key)] if isinstance(found, list) else found[key]
            node = found
        return node

    def merged(self, schema):
        """A schema with its `allOf` in it, each property once."""
        schema = self.follow(schema)
        if not isinstance(schema, dict):
            return {}
        whole = {"properties": {}, "required": []}
        for part in [*(self.merged(part) for part in schema.get("allOf", [])), schema]:
            whole["properties"] |= part.get("properties", {})
            whole["required"] += [name for name in part.get("required", []) if name not in whole["required"]]
            whole |= {key: value for key, value in part.items() if key not in ("properties", "required", "allOf")}
        return whole

    def value(self, schema, depth=0):
        """A value that a schema admits; None where none was found."""
        schema = self.merged(schema)
        for key in ("const", "default", "example"):
            if schema.get(key) is not None and self.admits(schema, schema[key]):
                return schema[key]
        for example in schema.get("examples") or []:
            if self.admits(schema, example):
                return example
        if schema.get("enum"):
            return schema["enum"][0]
        for key in ("oneOf", "anyOf"):
            if schema.get(key):
                beside = {other: value for other, value in schema.items() if other not in ("oneOf", "anyOf", "discriminator")}
                return self.value({"allOf": [beside, schema[key][0]]}, depth + 1)
        types = schema.get("type")
        kind = next((kind for kind in types if kind != "null"), "null") if isinstance(types, list) else types
        if kind is None:
            kind = "object" if schema["properties"] or "additionalProperties" in schema else "array" if "items" in schema else "string"
        return getattr(self, kind)(schema, depth) if kind != "null" else None

    def admits(self, schema, value):
        kinds = schema.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        known = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
        is_kind = any(kind is None or kind in known and isinstance(value, known[kind]) for kind in kinds)
        if isinstance(value, bool):
            is_kind = "boolean" in kinds
        if isinstance(value, dict):
            properties = schema["properties"]
            return is_kind and all(name in value for name in schema["required"]) and all(
                self.admits(self.merged(properties[name]), member) for name, member in value.items() if name in properties
            )
        if isinstance(value, list):
            return is_kind and all(self.admits(self.merged(schema.get("items", {})), item) for item in value)
        return is_kind and value in schema.get("enum", [value])

    def object(self, schema, depth):
        made = {}
        for name, member in schema["properties"].items():
            described = self.merged(member)
            if described.get("readOnly") or (depth >= DEEPEST and name not in schema["required"]):
                continue
            made[name] = self.value(member, depth + 1)
        further = schema.get("additionalProperties")
        if isinstance(further, dict) and depth < DEEPEST and not made:
            made["key"] = self.value(further, depth + 1)
        return {name: value for name, value in made.items() if value is not None}

    def array(self, schema, depth):
        if depth >= DEEPEST and not schema.get("minItems"):
            return []
        return [self.value(schema.get("items", {}), depth + 1) for _ in range(max(1, schema.get("minItems", 1)))]

    def integer(self, schema, _):
        low = schema.get("minimum", 1 if schema.get("maximum", 1) >= 1 else schema.get("maximum"))
        exclusive = schema.get("exclusiveMinimum")
        low = low + 1 if exclusive is True else exclusive + 1 if exclusive not in (None, False) else low
        step = schema.get("multipleOf", 1)
        return int(-(-low // step) * step)

    def number(self, schema, depth):
        return self.integer(schema, depth) + 0.5 if not {"maximum", "multipleOf"} & schema.keys() else self.integer(schema, depth)

    def boolean(self, _schema, _depth):
        return True

    def string(self, schema, _):
        by_format = {
            "date": "2024-02-29",
            "date-time": "2024-02-29T12:30:00Z",
            "time": "12:30:00Z",
            "uuid": "12345678-1234-4678-9234-567812345678",
            "uri": "https://example.com/a",
            "url": "https://example.com/a",
            "email": "a@example.com",
            "ipv4": "192.0.2.1",
            "ipv6": "2001:db8::1",
            "byte": "YWJj",
            "int64": "7",
            "decimal": "1.5",
        }
        pattern = schema.get("pattern")
        if pattern:
            return next((text for text in ("abc", "1", "a1", "2024-02-29", "A", "en", "x-y", "1.0", "ABC123") if re.search(pattern, text)), "abc")
        text = by_format.get(schema.get("format"), "text")
        text = text.ljust(schema.get("minLength", 0), "x")
        return text[: schema["maxLength"]] if "maxLength" in schema else text


def same(argument, name):
    return re.sub(r"\W|_", "", argument).lower() == re.sub(r"\W|_", "", name).lower()


def arguments(text):
    """The parameters of a function, split at the commas that are not within brackets."""
    depth, start, found = 0, 0, []
    for position, letter in enumerate(text + ","):
        depth += {"<": 1, "(": 1, "[": 1, ">": -1, ")": -1, "]": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            found.append(text[start:position].strip())
            start = position + 1
    return [tuple(part.strip() for part in argument.split(":", 1)) for argument in found if argument]


def expression(declared, value):
    kind = declared.removeprefix("impl Into<").removesuffix(">") if declared.startswith("impl Into<") else declared
    if kind == "Bytes":
        return f"bytes::Bytes::from({rust(str(value))})"
    return f"constant::<{kind}>({rust(json.dumps(value))})"


def credential(declared, name):
    text = rust("credential")
    return f"{name}::runtime::Secret::from({text})" if declared == "Secret" else text


def rust(text):
    return 'r####"' + text + '"####'


def calls(document, crate, name):
    for file in sorted(crate.rglob("operations/*.rs")):
        source = file.read_text()
        if file.name == "mod.rs" or not FUNCTION.search(source):
            continue
        method, path = LINE.search(source).groups()
        item = next(item for known, item in document.tree["paths"].items() if known.split("#")[0] == path.split("#")[0] and method.lower() in item)
        operation = item[method.lower()]
        parameters = [document.follow(parameter) for parameter in [*operation.get("parameters", []), *item.get("parameters", [])]]
        body = document.follow(operation.get("requestBody", {})).get("content", {})

        def argument(wanted, declared):
            for parameter in parameters:
                if same(wanted, parameter["name"]):
                    schema = parameter.get("schema") or next(iter(parameter["content"].values()))["schema"]
                    value = parameter.get("example")
                    return expression(declared, value if value is not None else document.value(schema))
            media = next((value for kind, value in body.items() if "json" in kind), next(iter(body.values()), {}))
            value = media.get("example")
            return expression(declared, value if value is not None else document.value(media.get("schema", {})))

        function, taken, operation_type = FUNCTION.search(source).groups()
        made = ", ".join(argument(*it) for it in arguments(taken))
        setters = source.split(f"impl Call<{operation_type}>")[1] if f"impl Call<{operation_type}>" in source else ""
        chained = "".join(f".{setter}({argument(taken, kind)})" for setter, taken, kind in SETTER.findall(setters))
        imports = "\n".join(
            line for line in re.findall(r"^use [^;]*;", source, re.M)
        ).replace("crate::", f"{name}::").replace("super::super", name)
        # Where no success is declared, the server answers with a declared failure.
        succeeds = any(status[0] == "2" or status == "default" for status in operation["responses"])
        failure = "" if succeeds else f"""
            .or_else(|error| if matches!(error, {name}::Error::Api(_)) {{ Ok(()) }} else {{ Err(error) }})"""
        yield function, f"""
mod {function} {{
    #![allow(unused_imports, deprecated)]
    {imports}
    use {name}::runtime::constant;

    pub async fn call(client: &{name}::Client) -> Result<(), String> {{
        client.{function}({made}){chained}.send().await.map(drop){failure}.map_err(|error| format!("{{error}}\\n{{error:?}}"))
    }}
}}"""


def main():
    document, crate, name = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]), sys.argv[3]
    found = list(calls(Document(document), crate / "src", name))
    client = next(crate.glob("src/**/client.rs")).read_text()
    credentials = "".join(
        f".{setter}({', '.join(credential(kind, name) for _, kind in arguments(taken))})"
        for setter, taken in CREDENTIAL.findall(client)
        if "Secret" in taken
    )
    is_fixed = "pub fn new()" in client
    print(f"""//! Calls each operation once.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {{
    let url = std::env::args().nth(1).unwrap_or_default();
    let client = {f'{name}::Client::new().and_then(|client| client.with_base_url(&url))' if is_fixed else f'{name}::Client::new(&url)'}.expect("a client"){credentials};
    let mut failed = 0;
    let mut made = 0;""")
    for function, _ in found:
        print(f"""    made += 1;
    if let Err(error) = {function}::call(&client).await {{
        failed += 1;
        println!("{function}: {{error}}");
    }}""")
    print("""    println!("{made} calls, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}""")
    for _, module in found:
        print(module)


if __name__ == "__main__":
    main()
