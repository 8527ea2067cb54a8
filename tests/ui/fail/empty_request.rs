//! A request is not built empty, and no value that the document lists can be made an unknown one.

use generated::netography::PasswordTokenRequest;
use generated::purewl::SecretGrantGrantType;
use generated::runtime::Unlisted;

fn main() {
    let _ = PasswordTokenRequest::default();
    let _ = SecretGrantGrantType::Unknown(Unlisted("secret".to_owned()));
}
