//! Operations as the intermediate representation has them: small documents, and what is made of them.

use generator::choices::Choices;
use generator::diagnostics::Diagnostics;
use generator::document;
use generator::ir::{Api, Operation, Outcome};
use generator::lower::lower;
use generator::source::{NoFiles, SourceText, Sources};

/// What becomes of the members of a path item, and the codes of what is said of it.
fn lowered(path: &str, item: &str) -> (Api, Vec<&'static str>) {
    let text = format!("{{openapi: 3.2.0, info: {{title: T, version: '1'}}, paths: {{{path}: {{{item}}}}}}}");
    let (mut sources, mut out) = (Sources::default(), Diagnostics::default());
    let text = SourceText { name: "t.yaml".to_owned(), bytes: text.into_bytes() };
    let file = sources.parse(text, &mut out).expect("the text is YAML");
    let document = document::load(file, None, Choices::default(), &NoFiles, &mut sources, &mut out);
    let document = document.expect("it is an OpenAPI document");
    let api = lower(&document, &mut out);
    let codes = out.iter().map(|diagnostic| diagnostic.code.name());
    (api, codes.filter(|code| !["no-secure-server", "version-3-2"].contains(code)).collect())
}

fn parameters(operation: &Operation) -> Vec<String> {
    let told = operation.parameters.iter().map(|it| {
        let explode = if it.style.explode { " exploded" } else { "" };
        format!("{:?} {}: {:?} as {:?}{explode}", it.location, it.wire, it.ty, it.style.kind)
    });
    told.collect()
}

fn outcomes(outcomes: &[Outcome]) -> Vec<String> {
    let told = outcomes.iter().map(|it| {
        let media_type = it.media_type.as_deref().unwrap_or("nothing");
        format!("{:?}: {media_type} as {:?} {:?}", it.statuses, it.kind, it.ty)
    });
    told.collect()
}

#[test]
fn parameters_stand_in_the_order_of_the_path_and_have_their_styles() {
    let (api, codes) = lowered(
        "'/a/{first}/{second}'",
        "parameters: [{name: second, in: path, required: true, schema: {type: boolean}},
                      {name: q, in: query, schema: {type: boolean}}],
         get: {responses: {}, parameters: [
           {name: q, in: query, schema: {type: integer, format: long}},
           {name: deep, in: query, style: deepObject, schema: {type: object}},
           {name: first, in: path, required: true, style: matrix, explode: true, schema: {type: string, format: char}},
           {name: X-Trace, in: header, schema: {}}, {name: session, in: cookie, schema: {type: string}}]}",
    );
    let expected = [
        "Path first: Text(char) as Matrix exploded",
        "Path second: Bool as Simple",
        "Query q: Integer(int64) as Form exploded",
        "Query deep: Map(Any) as DeepObject exploded",
        "Header X-Trace: Any as Simple",
        "Cookie session: String as Form exploded",
    ];
    assert_eq!(parameters(&api.operations[0]), expected);
    assert_eq!(codes, Vec::<&str>::new());
}

#[test]
fn a_query_string_is_one_parameter() {
    let (api, codes) = lowered(
        "/a",
        "get: {responses: {}, parameters: [{name: all, in: querystring, content:
           {application/x-www-form-urlencoded: {schema: {type: object}}}}]}",
    );
    assert_eq!(parameters(&api.operations[0]), ["Query all: Map(Any) as QueryString"]);
    assert_eq!(codes, Vec::<&str>::new());
}

/// Members by which facts could be smuggled through a stage.
#[test]
fn extensions_of_a_document_mean_nothing() {
    let (api, _) = lowered(
        "/a",
        "get: {responses: {}, parameters: [{name: a, in: query, schema: {type: string}, x-generator-query-string: true,
           x-generator-place: 0, node: [0, '#/info']}]}",
    );
    assert_eq!(parameters(&api.operations[0]), ["Query a: String as Form exploded"]);
}

#[test]
fn a_body_of_several_media_types_is_several_calls() {
    let (api, codes) = lowered(
        "/a",
        "post: {responses: {}, operationId: a, requestBody: {content: {
           text/plain: {}, application/x-json;version=2: {schema: {type: boolean}}, application/cbor: {}}}}",
    );
    let bodies = api.operations.iter().filter_map(|it| Some((it.id.as_str(), it.body.as_ref()?)));
    let told: Vec<String> =
        bodies.map(|(id, it)| format!("{id}: {} as {:?} {:?}", it.media_type, it.kind, it.ty)).collect();
    assert_eq!(told, ["a: application/x-json;version=2 as Json Bool", "a with text: text/plain as Text String"]);
    assert_eq!(codes, ["media-type"]);
}

#[test]
fn replies_are_told_apart_by_status() {
    let (api, codes) = lowered(
        "/a",
        "get: {responses: {default: {description: D, content: {text/json: {schema: {type: boolean}}}},
           4xx: {description: E, content: {image/png: {}}}, '404': {description: F}}}",
    );
    assert_eq!(outcomes(&api.operations[0].successes), ["Range(2): text/json as Json Bool"]);
    let failures =
        ["Code(404): nothing as Empty Any", "Range(4): image/png as Binary Binary", "Default: text/json as Json Bool"];
    assert_eq!(outcomes(&api.operations[0].failures), failures);
    assert_eq!(codes, ["repaired"]);
}

#[test]
fn replies_may_be_streams() {
    let (api, codes) = lowered(
        "/a",
        "get: {responses: {'200': {description: D, content: {application/json: {schema: {type: boolean}},
           text/event-stream: {itemSchema: {type: boolean}}, application/x-ndjson: {itemSchema: {type: number}}}}}}",
    );
    let operation = &api.operations[0];
    assert_eq!(outcomes(&operation.successes), ["Code(200): application/json as Json Bool"]);
    assert_eq!(
        format!("{:?} {:?}", operation.events, operation.items.as_ref().map(|it| &it.ty)),
        "Some(Bool) Some(Float)"
    );
    assert_eq!(codes, Vec::<&str>::new());
}

#[test]
fn every_method_of_a_path_item_is_an_operation() {
    let (api, codes) = lowered("/a", "query: {responses: {}}, head: {responses: {'200': {description: D}}}");
    let methods: Vec<&str> = api.operations.iter().map(|operation| operation.method.as_str()).collect();
    assert_eq!(methods, ["QUERY", "HEAD"]);
    assert_eq!(codes, Vec::<&str>::new());
}
