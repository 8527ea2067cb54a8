//! Enumerations, texts of a format, members with two kinds of nothing, constants, what is written where, other formats.

use std::net::Ipv4Addr;

use serde_json::{Value, from_value, json, to_value};

use runtime::{
    Base64, Base64Url, Model, Nullable, Object, ObjectWriter, Read, Secret, Text, Unknown, Unlisted, alias, from_slice,
    integer_enum, model, string_enum, to_vec,
};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum GrantType {
    Secret,
    Token,
    Unknown(Unlisted),
}

impl GrantType {
    const VALUES: &'static [Self] = &[Self::Secret, Self::Token];

    fn as_str(&self) -> &str {
        match self {
            Self::Secret => "secret",
            Self::Token => "token",
            Self::Unknown(value) => value.as_str(),
        }
    }
}

string_enum!(GrantType);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Level {
    One,
    Two,
    Unknown(Unlisted<i64>),
}

impl Level {
    const VALUES: &'static [Self] = &[Self::One, Self::Two];

    fn value(&self) -> i64 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Unknown(value) => value.value(),
        }
    }
}

integer_enum!(Level);

fn read<T: Read>(value: &Value) -> T {
    from_slice(value.to_string().as_bytes()).unwrap()
}

#[test]
fn string_enumerations() {
    let other = GrantType::from("other");
    assert_eq!(GrantType::from("secret"), GrantType::Secret);
    assert_eq!(GrantType::from("token".to_owned()), GrantType::Token);
    assert_eq!((other.to_string().as_str(), other.as_ref()), ("other", "other"));
    for (value, text) in [(&GrantType::Secret, "secret"), (&other, "other")] {
        assert_eq!(to_value(value).unwrap(), json!(text));
        assert_eq!(&read::<GrantType>(&json!(text)), value);
        assert_eq!(&from_value::<GrantType>(json!(text)).unwrap(), value);
    }
}

#[test]
fn integer_enumerations() {
    assert_eq!(Level::from(3).to_string(), "3");
    assert_eq!(Level::from(2), Level::Two);
    assert_eq!(to_value(Level::One).unwrap(), json!(1));
    for one in [json!("1"), json!(1), json!(1.0)] {
        assert_eq!(read::<Level>(&one), Level::One);
    }
    assert_eq!(read::<Level>(&json!(3)), Level::from(3));
    assert_eq!(read::<Option<Level>>(&json!("")), None);
    assert_eq!(read::<Option<GrantType>>(&json!("")), Some(GrantType::from("")));
}

#[test]
fn texts_stay_as_received() {
    let odd: Text<Ipv4Addr> = read(&json!("127.0.0.01"));
    assert_eq!((odd.as_str(), odd.value().is_err()), ("127.0.0.01", true));
    assert_eq!(to_value(&odd).unwrap(), json!("127.0.0.01"));
    let address = Text::from(Ipv4Addr::LOCALHOST);
    assert_eq!(address.value(), Ok(Ipv4Addr::LOCALHOST));
    assert_eq!(address, Text::from_text("127.0.0.1"));
    assert_eq!(format!("{address} {address:?}"), "127.0.0.1 \"127.0.0.1\"");
    assert_eq!(address.clone().into_string(), "127.0.0.1");
    let characters = [json!("A"), json!("AB")].map(|text| read::<Text<char>>(&text));
    assert_eq!(characters.each_ref().map(|text| text.value().ok()), [Some('A'), None]);
    assert_eq!(characters[1], Text::from_text("AB"));
    assert_eq!(Text::from('é').as_str(), "é");
}

/// An odd one fails no reply.
#[test]
fn integers_in_strings() {
    let texts = [json!("-1"), json!(5), json!("canary"), json!(3600.0)].map(|total| read::<Text<i64>>(&total));
    assert_eq!(texts.each_ref().map(|text| text.value().ok()), [Some(-1), Some(5), None, None]);
    assert_eq!(texts.map(|text| to_value(text).unwrap()), ["-1", "5", "canary", "3600.0"]);
    let refused = from_slice::<Text<i64>>(b"null").unwrap_err();
    assert_eq!(refused.reason(), "found null, expected a string");
}

#[derive(Clone, Debug, PartialEq)]
struct Patch {
    id: Option<i64>,
    name: Option<Option<String>>,
    any: Option<Value>,
    version: i64,
    unknown: Unknown,
}

impl Model for Patch {
    fn read(from: &mut Object<'_>) -> Self {
        Self {
            id: from.optional("id"),
            name: from.optional("name"),
            any: from.optional("any"),
            version: from.only("2").required("version"),
            unknown: from.unknown(),
        }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.read_only("id", &self.id);
        to.optional("name", &self.name);
        to.optional("any", &self.any);
        to.required("version", &self.version);
        to.unknown(&self.unknown, &[]);
    }
}

model!(Patch: Default);

#[test]
fn two_kinds_of_nothing() {
    let cases =
        [(json!({}), None), (json!({"name": null}), Some(None)), (json!({"name": "a"}), Some(Some("a".to_owned())))];
    for (mut wire, name) in cases {
        wire["version"] = json!(2);
        let patch = Patch { name, ..Patch::default() };
        assert_eq!(to_value(&patch).unwrap(), wire);
        assert_eq!(read::<Patch>(&wire), patch);
        assert_eq!(
            (patch.name.value().is_some(), patch.name.is_null()),
            (wire["name"].is_string(), patch.name == Some(None))
        );
    }
    let wire = json!({"any": null, "version": 2, "more": null});
    assert_eq!(to_value(read::<Patch>(&wire)).unwrap(), wire);
}

#[test]
fn constants_are_filled_in() {
    assert_eq!(Patch::default().version, 2);
    assert_eq!(read::<Patch>(&json!({"version": 3})).version, 3);
}

#[test]
fn what_the_server_sets_is_not_sent() {
    let patch = read::<Patch>(&json!({"id": 1, "version": 2}));
    assert_eq!(to_vec(&patch).unwrap(), br#"{"version":2}"#);
    assert_eq!(to_value(&patch).unwrap(), json!({"id": 1, "version": 2}));
}

#[derive(Clone, Debug, PartialEq)]
struct Name(Option<String>);

alias!(Name = Option<String>);

#[test]
fn aliases() {
    assert_eq!(read::<Name>(&json!(null)), Name(None));
    assert_eq!(read::<Vec<Name>>(&json!(["a", null])), [Name(Some("a".to_owned())), Name(None)]);
    assert_eq!(to_value(Name(None)).unwrap(), json!(null));
}

#[test]
fn secrets_are_written_and_not_shown() {
    let secret: Secret = read(&json!("canary"));
    assert_eq!((format!("{secret:?}").as_str(), secret.expose()), ("Secret(..)", "canary"));
    assert_eq!(to_value(&secret).unwrap(), json!("canary"));
}

/// A format that gives what JSON does not have.
#[test]
fn other_formats() {
    use serde_core::de::value::{Error, MapDeserializer};
    use serde_core::{Deserialize, de::IntoDeserializer};

    let patch =
        |members: Vec<(&'static str, Odd)>| Patch::deserialize(MapDeserializer::<_, Error>::new(members.into_iter()));
    assert_eq!(patch(vec![("version", Odd::Unsigned(2))]).unwrap(), Patch::default());
    assert!(patch(vec![("version", Odd::Float(f64::NAN))]).is_err());
    let exact =
        MapDeserializer::<_, Error>::new([("$serde_json::private::Number", "12345678901234567890.5")].into_iter());
    assert_eq!(Text::<Ipv4Addr>::deserialize(exact).unwrap().as_str(), "12345678901234567890.5");
    let date = MapDeserializer::<_, Error>::new([("$__toml_private_datetime", "2024-05-01")].into_iter());
    assert_eq!(Text::<Ipv4Addr>::deserialize(date).unwrap().as_str(), "2024-05-01");

    enum Odd {
        Unsigned(u64),
        Float(f64),
    }

    impl IntoDeserializer<'_, Error> for Odd {
        type Deserializer = Self;

        fn into_deserializer(self) -> Self {
            self
        }
    }

    impl<'de> serde_core::Deserializer<'de> for Odd {
        type Error = Error;

        fn deserialize_any<V: serde_core::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self {
                Self::Unsigned(integer) => visitor.visit_u64(integer),
                Self::Float(float) => visitor.visit_f64(float),
            }
        }

        serde_core::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
            seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }
}

/// RFC 4648, 10 and 5.
#[test]
fn bytes_in_base64() {
    let vectors =
        [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
    for (bytes, text) in vectors {
        let written: Text<Base64> = bytes.as_bytes().into();
        assert_eq!(to_value(&written).unwrap(), json!(text));
        assert_eq!(written.value(), Ok(Base64(bytes.into())));
    }
    let decoded = |text: &str| Text::<Base64>::from_text(text).value();
    assert_eq!(decoded("Zm9v\r\nYmE"), Ok(Base64(b"fooba".to_vec())));
    let of_urls: Text<Base64Url> = (&[0xff, 0xef]).into();
    assert_eq!((of_urls.as_str(), of_urls.value()), ("_-8=", Ok(Base64Url(vec![0xff, 0xef]))));
    let failures = ["_-8=", "Zm9v!", "Z", "Zg==="].map(|text| decoded(text).unwrap_err().to_string());
    assert_eq!(failures, ["the text is not base64"; 4]);
    // An odd one does not make the body unreadable, and is written as it came.
    assert_eq!(to_value(read::<Text<Base64>>(&json!("canary!"))).unwrap(), json!("canary!"));
}
