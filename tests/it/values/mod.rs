//! What a value becomes on its way from JSON to Rust and back: `values/openapi.yaml` has a group of schemas for each test.

mod beside;
mod given;
mod members;
mod nested;
mod nulls;
mod scalars;
mod shared_tags;
mod tagged;
mod tags;
mod undeclared;
mod unions;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tests::runtime::{Read, Write, from_slice, to_vec};

fn read<T: Read>(text: &str) -> T {
    from_slice(text.as_bytes()).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

/// As it is sent.
fn written<T: Write>(value: &T) -> String {
    String::from_utf8(to_vec(value).expect("it can be written")).expect("it is UTF-8")
}

/// That a text is read as a value, and the value written as another text, by the client and by serde alike.
#[track_caller]
fn is_written<T>(text: &str, value: &T, again: &str)
where
    T: Read + Write + Serialize + DeserializeOwned + PartialEq + Debug,
{
    assert_eq!(read::<T>(text), *value, "read from {text}");
    assert_eq!(serde_json::from_str::<T>(text).unwrap(), *value, "deserialized from {text}");
    assert_eq!(written(value), again, "written of {value:?}");
    assert_eq!(serde_json::to_string(value).unwrap(), again, "serialized of {value:?}");
}

/// That a text is read as a value, and the value written as the same text.
#[track_caller]
fn is_kept<T>(text: &str, value: &T)
where
    T: Read + Write + Serialize + DeserializeOwned + PartialEq + Debug,
{
    is_written(text, value, text);
}
