//! A field may be added to what is received.

use generated::purewl::ResponseHeader;

fn main() {
    let _ = ResponseHeader { code: None, message: None, response_code: None };
}
