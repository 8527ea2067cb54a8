//! The runtime's files as they are copied into every crate.

/// Names and texts of files of the runtime's folder.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../runtime/", $name)))),*]
    };
}

/// All files of the runtime, by name.
pub(super) const FILES: &[(&str, &str)] = files![
    "access.rs",
    "base64_text.rs",
    "base_url.rs",
    "body.rs",
    "bound.rs",
    "byte_stream.rs",
    "check.rs",
    "client.rs",
    "decimal.rs",
    "decode.rs",
    "decode_error.rs",
    "double_option.rs",
    "encode.rs",
    "enumeration.rs",
    "error.rs",
    "events.rs",
    "failure.rs",
    "form.rs",
    "header.rs",
    "int_text.rs",
    "media_type.rs",
    "memo.rs",
    "mod.rs",
    "mode.rs",
    "number.rs",
    "operation.rs",
    "reader.rs",
    "reply.rs",
    "request.rs",
    "request_error.rs",
    "reqwest_transport.rs",
    "response.rs",
    "secret.rs",
    "security.rs",
    "style.rs",
    "template.rs",
    "text.rs",
    "transport.rs",
    "transport_error.rs",
    "union.rs",
    "unknown.rs",
];
