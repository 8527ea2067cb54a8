//! Names from what documents hold.

use super::*;
use crate::random::Random;

#[test]
fn names_in_every_case() {
    // wire, type, snake
    let table = [
        ("user-profile", "UserProfile", "user_profile"),
        ("getUserByID", "GetUserById", "get_user_by_id"),
        ("userIDs", "UserIds", "user_ids"),
        ("URLs", "Urls", "urls"),
        ("OAuth2Token", "OAuth2Token", "oauth2_token"),
        ("iPhone", "IPhone", "i_phone"),
        ("HTTPServer", "HttpServer", "http_server"),
        ("ipv4_address", "Ipv4Address", "ipv4_address"),
        ("IPv4Address", "Ipv4Address", "ipv4_address"),
        ("v1/auth", "V1Auth", "v1_auth"),
        ("X-Rate-Limit", "XRateLimit", "x_rate_limit"),
        ("application/*", "ApplicationStar", "application_star"),
        ("filter[name]", "FilterName", "filter_name"),
        ("user's", "Users", "users"),
        ("2fa", "N2fa", "n2fa"),
        ("1.0", "N1_0", "n1_0"),
        ("foo_1", "Foo1", "foo_1"),
        ("+1", "Plus1", "plus_1"),
        ("-1", "Minus1", "minus_1"),
        ("-created_at", "MinusCreatedAt", "minus_created_at"),
        ("<=", "LessThanOrEqual", "less_than_or_equal"),
        (">=5", "GreaterThanOrEqual5", "greater_than_or_equal_5"),
        ("*", "Star", "star"),
        ("c++", "CPlusPlus", "c_plus_plus"),
        ("@type", "Type", "type_"),
        ("$ref", "Ref", "ref_"),
        ("#", "Hash", "hash"),
        ("_", "Underscore", "underscore"),
        ("", "Empty", "empty"),
        (" ", "Space", "space"),
        ("Self", "Self_", "self_"),
        ("super", "Super", "super_"),
        ("gen", "Gen", "gen_"),
        ("café", "Cafe", "cafe"),
        ("cafe\u{301}", "Cafe", "cafe"),
        ("Straße", "Strasse", "strasse"),
        ("你好", "U4f60U597d", "u4f60_u597d"),
        ("имя", "U438U43cU44f", "u438_u43c_u44f"),
        ("👍", "U1f44d", "u1f44d"),
        ("a👍", "AU1f44d", "a_u1f44d"),
        ("\u{200b}", "U200b", "u200b"),
        ("x\"; fn f() {}", "XFnF", "x_fn_f"),
    ];
    for (wire, ty, snake) in table {
        assert_eq!((type_name(wire).as_str(), snake_name(wire).as_str()), (ty, snake), "{wire:?}");
    }
}

#[test]
fn long_names() {
    let long = "aVeryLongName".repeat(20);
    for name in [type_name(&long), snake_name(&long)] {
        assert!(name.len() <= crate::limits::MAX_IDENTIFIER && name.len() > 180, "{name}");
    }
    assert!(type_name(&long).ends_with("aVeryLongX8d2600a5"), "{}", type_name(&long));
    assert_ne!(type_name(&long), type_name(&format!("{long}s")));
}

#[test]
fn files() {
    let long = "a_very_long_name_".repeat(9);
    let table = [
        ("pets", "pets"),
        ("mod", "mod_"),
        ("lib", "lib_"),
        ("con", "con_"),
        ("com1", "com1_"),
        ("../../etc/passwd", "etc_passwd"),
        (long.as_str(), "a_very_long_name_a_very_long_name_a_very_long_name_a_ve_ffd00976"),
    ];
    for (snake, expected) in table {
        assert_eq!(file_name(snake), expected);
        assert!(expected.len() <= crate::limits::MAX_FILE_NAME);
        assert_eq!(file_name(expected), expected, "a file's name is its own");
    }
}

/// A generator of the same characters in every run, from all planes but with ASCII in half of the places.
fn random_text(random: &mut Random) -> String {
    (0..random.below(12))
        .map(|_| {
            let range = [0x80, 0x80, 0x250, 0x1_0000, 0x11_0000][random.below(5)];
            char::from_u32(random.below(range) as u32).unwrap_or('_')
        })
        .collect()
}

#[test]
fn any_text_gives_identifiers() {
    let mut random = Random(1);
    for _ in 0..50_000 {
        let wire = random_text(&mut random);
        let names = [type_name(&wire), variant_name(&wire), snake_name(&wire), file_name(&wire)];
        for name in &names {
            assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{wire:?} gives {name:?}");
            assert!(name.is_ascii() && !name.contains("__") && name != "_", "{wire:?} gives {name:?}");
        }
        for name in &names[2..3] {
            assert_eq!(&snake_name(name), name, "{wire:?}");
        }
    }
}
