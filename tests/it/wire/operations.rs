//! All operations of the three APIs in one table, each with its request and its replies.

use generated::runtime::Secret;
use generated::{bytenite, netography, purewl};

use super::call::{Sending, Sent, Setup, send};
use super::server::{Recorded, Server};

/// The text of every secret in the table. No form or header needs to encode it.
pub const CANARY: &str = "canary-5c1e7";

/// One operation.
pub struct Case {
    pub name: &'static str,
    /// The id that the document gives the operation.
    pub id: &'static str,
    /// The path of the document's server.
    pub base: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: &'static str,
    /// A reply of status 200, and how its value prints.
    pub success: (&'static str, &'static str),
    /// How the value of `{}` prints.
    pub nothing: &'static str,
    /// The body of an error, and how its value prints.
    pub error: (&'static str, &'static str),
    call: fn(&Setup) -> Sending,
}

impl Case {
    /// Calls the operation.
    pub async fn send(&self, setup: &Setup) -> Sent {
        (self.call)(setup).await
    }

    /// The request as it should arrive, where the base URL has the path `prefix`.
    pub fn request(&self, server: &Server, prefix: &str) -> Recorded {
        server.expect(self.method, &format!("{prefix}{}", self.path), self.headers, self.body)
    }
}

const ACCEPT: (&str, &str) = ("accept", "application/json");
const JSON: (&str, &str) = ("content-type", "application/json");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const AUTHORIZATION: (&str, &str) = ("authorization", CANARY);

const RPC_STATUS: (&str, &str) = (
    r#"{"code":16,"message":"canary-5c1e7","details":[]}"#,
    r#"RpcStatus { code: Some(16), message: Some("canary-5c1e7"), details: Some([]), unknown: Unknown(0 members) }"#,
);

const API_ERROR: (&str, &str) = (
    r#"{"status":401,"name":"Unauthorized","message":"canary-5c1e7"}"#,
    concat!(
        r#"ApiError { status: Some(401), name: Some("Unauthorized"), message: Some("canary-5c1e7"), "#,
        "unknown: Unknown(0 members) }",
    ),
);

const TOKEN: (&str, &str) = (
    concat!(
        r#"{"access_token":"canary-5c1e7","expires_in":86400,"refresh_expires_in":86400,"refresh_token":"canary-5c1e7","#,
        r#""token_type":"bearer","id_token":"canary-5c1e7","not-before-policy":0,"session-state":"canary-5c1e7","scope":"s"}"#,
    ),
    concat!(
        "TokenResponse { access_token: Some(Secret(..)), expires_in: Some(86400), refresh_expires_in: Some(86400), ",
        r#"refresh_token: Some(Secret(..)), token_type: Some("bearer"), id_token: Some(Secret(..)), "#,
        r#"not_before_policy: Some(0), session_state: Some(Secret(..)), scope: Some("s"), unknown: Unknown(0 members) }"#,
    ),
);

const NO_TOKEN: &str = concat!(
    "TokenResponse { access_token: None, expires_in: None, refresh_expires_in: None, refresh_token: None, ",
    "token_type: None, id_token: None, not_before_policy: None, session_state: None, scope: None, unknown: Unknown(0 members) }",
);

const ENVELOPE: (&str, &str) = (
    concat!(
        r#"{"header":{"code":1,"message":"success","response_code":1},"body":{"accessToken":"canary-5c1e7","#,
        r#""refreshToken":"canary-5c1e7","expiry":3600,"resellerId":"12","resellerUid":"u"}}"#,
    ),
    concat!(
        r#"AccessTokenResponse { header: Some(ResponseHeader { code: Some(1), message: Some("success"), "#,
        "response_code: Some(\"1\"), unknown: Unknown(0 members) }), body: Some(AccessTokenBody { access_token: Some(Secret(..)), ",
        r#"refresh_token: Some(Secret(..)), expiry: Some(3600), reseller_id: Some("12"), reseller_uid: Some("u"), unknown: Unknown(0 members) }), unknown: Unknown(0 members) }"#,
    ),
);

const REFUSAL: (&str, &str) = (
    r#"{"header":{"code":0,"message":"canary-5c1e7"},"body":[]}"#,
    concat!(
        r#"AccessTokenResponse { header: Some(ResponseHeader { code: Some(0), message: Some("canary-5c1e7"), "#,
        "response_code: None, unknown: Unknown(0 members) }), body: Some(AccessTokenBody { access_token: None, refresh_token: None, ",
        "expiry: None, reseller_id: None, reseller_uid: None, unknown: Unknown(0 members) }), unknown: Unknown(0 members) }",
    ),
);

/// Every operation, and both grants of the one that has two.
pub const CASES: [Case; 8] = [
    Case {
        name: "bytenite::request_access_token",
        id: "Auth_RequestAccessToken",
        base: "/v1/auth",
        method: "POST",
        path: "/access_token",
        headers: &[ACCEPT, JSON],
        body: r#"{"apiKey":"canary-5c1e7"}"#,
        success: (
            r#"{"token":"canary-5c1e7","expiresIn":"3600","scope":"text"}"#,
            r#"AccessTokenResponse { token: Some(Secret(..)), expires_in: Some("3600"), scope: Some("text"), unknown: Unknown(0 members) }"#,
        ),
        nothing: "AccessTokenResponse { token: None, expires_in: None, scope: None, unknown: Unknown(0 members) }",
        error: RPC_STATUS,
        call: |setup| {
            send(setup.bytenite().request_access_token(bytenite::AccessTokenRequest::new(Secret::from(CANARY))))
        },
    },
    Case {
        name: "bytenite::sign_out",
        id: "Auth_SignOut",
        base: "/v1/auth",
        method: "POST",
        path: "/signout",
        headers: &[ACCEPT, AUTHORIZATION, JSON],
        body: "{}",
        success: (
            r#"{"ok":true,"requestId":"xyz-123","message":"done","error":{"code":0}}"#,
            concat!(
                r#"GenericResponse { ok: Some(true), request_id: Some("xyz-123"), message: Some("done"), "#,
                "error: Some(ServiceError { code: Some(0), message: None, description: None, unknown: Unknown(0 members) }), unknown: Unknown(0 members) }",
            ),
        ),
        nothing: "GenericResponse { ok: None, request_id: None, message: None, error: None, unknown: Unknown(0 members) }",
        error: RPC_STATUS,
        call: |setup| send(setup.bytenite().sign_out(bytenite::EmptyMessage::new())),
    },
    Case {
        name: "bytenite::skip_login",
        id: "Auth_SkipLogin",
        base: "/v1/auth",
        method: "GET",
        path: "/skip",
        headers: &[ACCEPT, AUTHORIZATION],
        body: "",
        success: (
            r#"{"skip":true,"redirectTo":"text"}"#,
            r#"LoginChallengeResponse { skip: Some(true), redirect_to: Some(Secret(..)), unknown: Unknown(0 members) }"#,
        ),
        nothing: "LoginChallengeResponse { skip: None, redirect_to: None, unknown: Unknown(0 members) }",
        error: RPC_STATUS,
        call: |setup| send(setup.bytenite().skip_login()),
    },
    Case {
        name: "netography::request_token",
        id: "v1_auth_token_post",
        base: "",
        method: "POST",
        path: "/api/v1/auth/token",
        headers: &[ACCEPT, JSON],
        body: r#"{"jwt":"canary-5c1e7"}"#,
        success: TOKEN,
        nothing: NO_TOKEN,
        error: API_ERROR,
        call: |setup| send(setup.netography().request_token(netography::TokenRequest::new(Secret::from(CANARY)))),
    },
    Case {
        name: "netography::request_token_with_password",
        id: "auth_bearer_token_post",
        base: "",
        method: "POST",
        path: "/api/auth/bearer/token",
        headers: &[ACCEPT, FORM],
        body: "username=user&password=canary-5c1e7",
        success: TOKEN,
        nothing: NO_TOKEN,
        error: API_ERROR,
        call: |setup| {
            let body = netography::PasswordTokenRequest::new(Secret::from(CANARY), "user");
            send(setup.netography().request_token_with_password(body))
        },
    },
    Case {
        name: "netography::refresh_token",
        id: "auth_bearer_refresh_post",
        base: "",
        method: "POST",
        path: "/api/auth/bearer/refresh",
        headers: &[ACCEPT, FORM],
        body: "refresh_token=canary-5c1e7",
        success: TOKEN,
        nothing: NO_TOKEN,
        error: API_ERROR,
        call: |setup| {
            send(setup.netography().refresh_token(netography::RefreshTokenRequest::new(Secret::from(CANARY))))
        },
    },
    Case {
        name: "purewl::request_access_token, by secret",
        id: "requestAccessToken",
        base: "",
        method: "POST",
        path: "/auth/v1/accessToken",
        headers: &[ACCEPT, FORM],
        body: "secretKey=canary-5c1e7&grantType=secret",
        success: ENVELOPE,
        nothing: "AccessTokenResponse { header: None, body: None, unknown: Unknown(0 members) }",
        error: REFUSAL,
        call: |setup| send(setup.purewl().request_access_token(purewl::SecretGrant::new(Secret::from(CANARY)))),
    },
    Case {
        name: "purewl::request_access_token, by refresh token",
        id: "requestAccessToken",
        base: "",
        method: "POST",
        path: "/auth/v1/accessToken",
        headers: &[ACCEPT, FORM],
        body: "refreshToken=canary-5c1e7&grantType=refresh",
        success: ENVELOPE,
        nothing: "AccessTokenResponse { header: None, body: None, unknown: Unknown(0 members) }",
        error: REFUSAL,
        call: |setup| send(setup.purewl().request_access_token(purewl::RefreshGrant::new(Secret::from(CANARY)))),
    },
];
