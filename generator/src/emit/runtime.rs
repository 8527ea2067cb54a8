//! The runtime's files as they are copied into every crate.

/// Names and texts of files of the runtime's folder.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../runtime/", $name)))),*]
    };
}

/// All files of the runtime, by name.
pub(super) const FILES: &[(&str, &str)] = files![
    "base64_text.rs",
    "base_url.rs",
    "body.rs",
    "bound.rs",
    "byte_stream.rs",
    "check.rs",
    "choice.rs",
    "client.rs",
    "decimal.rs",
    "decode_error.rs",
    "encode.rs",
    "enumeration.rs",
    "error.rs",
    "events.rs",
    "fault.rs",
    "form.rs",
    "header.rs",
    "input.rs",
    "interop.rs",
    "item_stream.rs",
    "media_type.rs",
    "mod.rs",
    "nullable.rs",
    "object.rs",
    "operation.rs",
    "output.rs",
    "read.rs",
    "reply.rs",
    "request.rs",
    "request_error.rs",
    "reqwest_transport.rs",
    "response.rs",
    "scan.rs",
    "secret.rs",
    "security.rs",
    "settings.rs",
    "sink.rs",
    "style.rs",
    "table.rs",
    "tape.rs",
    "template.rs",
    "text.rs",
    "trailing.rs",
    "transport.rs",
    "transport_error.rs",
    "union.rs",
    "unknown.rs",
    "unreadable.rs",
    "variants.rs",
    "write.rs",
];
