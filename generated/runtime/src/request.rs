//! A request as an operation writes it: takes parameters and a body, gives an [`http::Request`] below a base URL.
//!
//! The methods here encode values at once, so that a request does not depend on their types. A value that cannot be sent is refused, and
//! the error names its parameter. Nothing here does I/O.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use serde_json::Value;

use super::attempt_headers::is_of_transport;
use super::attempts::Attempt;
use super::base_url::BaseUrl;
use super::body::Body;
use super::encode::{Target, encode};
use super::form::Form;
use super::output::{to_value, to_vec};
use super::pairs::{has_pair, push, push_pair};
use super::request_body::RequestBody;
use super::request_error::{Part, RequestError};
use super::security::Requirements;
use super::sink::Way;
use super::style::Style;
use super::template::Template;
use super::write::Write;

/// The request of one operation, before its server is known.
///
/// `Debug` shows only the method and the path's template.
#[derive(Clone)]
pub struct Request {
    operation: &'static str,
    method: Method,
    template: Template,
    query: String,
    headers: HeaderMap,
    cookies: String,
    body: Option<Body>,
    accept: Option<&'static str>,
    requirements: Requirements,
    scopes: &'static [(&'static str, &'static [&'static str])],
    /// Whether every credential of the client is sent, because no document says which are required.
    all_credentials: bool,
    server: Option<&'static str>,
}

impl Request {
    /// A request without parameters; `template` is the path as the document has it, `/pets/{petId}`.
    pub fn new(method: Method, template: &'static str) -> Self {
        Self::of(method, Template::new(template))
    }

    /// A request that is not in the document.
    pub(super) fn raw(method: Method, path: &str) -> Result<Self, RequestError> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let (template, query) = (Template::raw(path, query)?, query.to_owned());
        Ok(Self { query, all_credentials: true, ..Self::of(method, template) })
    }

    fn of(method: Method, template: Template) -> Self {
        Self {
            operation: "",
            method,
            template,
            query: String::new(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: None,
            accept: None,
            requirements: &[],
            scopes: &[],
            all_credentials: false,
            server: None,
        }
    }

    /// Sets which credentials of the client the operation requires. Without this call, no credential is sent.
    pub fn security(&mut self, requirements: Requirements) {
        self.requirements = requirements;
    }

    /// The scopes that the operation requires of tokens, by the names of their schemes.
    pub fn scopes(&mut self, scopes: &'static [(&'static str, &'static [&'static str])]) {
        self.scopes = scopes;
    }

    /// The server of this operation, if the document gives the operation a server of its own.
    pub fn server(&mut self, url: &'static str) {
        self.server = Some(url);
    }

    /// The media types that the operation can read.
    pub fn accept(&mut self, media_types: &'static str) {
        self.accept = Some(media_types);
    }

    /// Sets a path parameter.
    ///
    /// # Errors
    /// The value cannot be written, or is empty. With an empty segment, the URL would belong to another operation.
    pub fn path<T: Write + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) -> Result<(), RequestError> {
        let value = json(Part::Path, name, value)?;
        match style.text(name, &value, Target::Path) {
            Some(text) if !text.is_empty() => {
                self.template.set(name, text);
                Ok(())
            }
            _ => Err(RequestError::new(Part::Path, name, "is empty")),
        }
    }

    /// Adds a query parameter; `None` adds nothing.
    ///
    /// # Errors
    /// The value cannot be written.
    pub fn query<T: Write + ?Sized>(&mut self, name: &str, style: Style, value: &T) -> Result<(), RequestError> {
        let value = json(Part::Query, name, value)?;
        for (name, value) in style.pairs(name, &value, Target::Query) {
            push_pair(&mut self.query, "&", &name, &value);
        }
        Ok(())
    }

    /// Sets a header; `None` sets nothing.
    ///
    /// # Errors
    /// The value cannot be written, or holds a control character or a character outside ASCII.
    pub fn header<T: Write + ?Sized>(&mut self, name: &str, style: Style, value: &T) -> Result<(), RequestError> {
        let value = json(Part::Header, name, value)?;
        match style.text(name, &value, Target::Header) {
            Some(text) => self.set_header(Part::Header, name, name, &text),
            None => Ok(()),
        }
    }

    /// Adds a cookie; `None` adds nothing. An exploded array or object becomes several cookies.
    ///
    /// # Errors
    /// The value cannot be written.
    pub fn cookie<T: Write + ?Sized>(&mut self, name: &str, style: Style, value: &T) -> Result<(), RequestError> {
        let value = json(Part::Cookie, name, value)?;
        for (name, value) in style.pairs(name, &value, Target::Cookie) {
            push_pair(&mut self.cookies, "; ", &name, &value);
        }
        Ok(())
    }

    /// Sets a body of type `application/json`. A value of `None` is sent as `null`.
    ///
    /// # Errors
    /// The value cannot be written.
    pub fn json<T: Write + ?Sized>(&mut self, body: &T) -> Result<(), RequestError> {
        self.json_as("application/json", body)
    }

    /// Sets a JSON body of another media type.
    ///
    /// # Errors
    /// The value cannot be written.
    pub fn json_as<T: Write + ?Sized>(&mut self, media_type: &'static str, body: &T) -> Result<(), RequestError> {
        let text = to_vec(body).ok_or_else(|| unwritable(Part::Body, media_type))?;
        self.bytes(media_type, text);
        Ok(())
    }

    /// Sets a body of type `application/x-www-form-urlencoded`. `None` is no body.
    ///
    /// A property is written in the style that `encodings` has for it. Without a style, an array is repeated ([`Style::FORM`]) and an
    /// object is JSON text.
    ///
    /// # Errors
    /// The value cannot be written, or is not an object.
    pub fn form<T: Write + ?Sized>(&mut self, body: &T, encodings: &[(&str, Style)]) -> Result<(), RequestError> {
        let value = json(Part::Body, Body::FORM, body)?;
        if let Some(body) = Body::form(&value, encodings)? {
            self.body = Some(body);
        }
        Ok(())
    }

    /// Sets a body that is text.
    pub fn text(&mut self, media_type: impl Into<Cow<'static, str>>, body: &str) {
        self.bytes(media_type, Bytes::copy_from_slice(body.as_bytes()));
    }

    /// Sets a body of any type: bytes, or what is read while it is sent.
    pub fn bytes(&mut self, media_type: impl Into<Cow<'static, str>>, body: impl Into<RequestBody>) {
        self.body = Some(Body { media_type: media_type.into(), content: body.into() });
    }

    /// Sets a `multipart/form-data` body: a part for each member of an object. `media_types` has the media types of some members.
    ///
    /// # Errors
    /// The value is not an object or cannot be written, or something cannot stand in a part's headers.
    pub fn multipart<T: Write + ?Sized>(&mut self, body: &T, media_types: &[(&str, &str)]) -> Result<(), RequestError> {
        let (media_type, content) = Form::of(body, media_types)?.finish();
        self.body = Some(Body { media_type: media_type.into(), content });
        Ok(())
    }

    /// Adds a pair to the query, which is encoded already.
    pub(super) fn add_query(&mut self, name: &str, value: &str) {
        push_pair(&mut self.query, "&", name, value);
    }

    /// Sets the operation to which the request belongs.
    pub(super) fn set_operation(&mut self, id: &'static str) {
        self.operation = id;
    }

    /// Sends none of the client's credentials.
    pub(super) fn set_anonymous(&mut self) {
        self.all_credentials = false;
    }

    pub(super) fn takes_all_credentials(&self) -> bool {
        self.all_credentials
    }

    pub(super) fn own_server(&self) -> Option<&'static str> {
        self.server
    }

    /// The scopes of a scheme's token.
    pub(super) fn scopes_of(&self, scheme: &str) -> &'static [&'static str] {
        self.scopes.iter().find(|(name, _)| *name == scheme).map_or(&[], |(_, scopes)| scopes)
    }

    /// Whether a parameter sets this header.
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    pub(super) fn last_event_id(&mut self, id: &HeaderValue) {
        self.headers.insert("last-event-id", id.clone());
    }

    /// Whether the body can be sent again.
    pub(super) fn is_repeatable(&self) -> bool {
        self.body.as_ref().is_none_or(|body| body.content.is_repeatable())
    }

    pub(super) fn requirements(&self) -> Requirements {
        self.requirements
    }

    // If a parameter carries the credential as well, the parameter is sent, because the caller has set it for this call.

    pub(super) fn credential_header(&mut self, scheme: &str, key: &str, secret: &str) -> Result<(), RequestError> {
        if self.headers.contains_key(key) {
            return Ok(());
        }
        self.set_header(Part::Credential, scheme, key, secret)
    }

    pub(super) fn credential_query(&mut self, key: &str, secret: &str) {
        let key = encode(key, Target::Query);
        if !has_pair(&self.query, "&", &key) {
            push_pair(&mut self.query, "&", &key, &encode(secret, Target::Query));
        }
    }

    /// A cookie that needs encoding is refused, because the server would compare the encoded text with the cookie that it gave out.
    pub(super) fn credential_cookie(&mut self, scheme: &str, key: &str, secret: &str) -> Result<(), RequestError> {
        if encode(secret, Target::Cookie) != secret {
            return Err(RequestError::new(Part::Credential, scheme, "has a character that a cookie cannot hold"));
        }
        if !has_pair(&self.cookies, "; ", key) {
            push_pair(&mut self.cookies, "; ", key, secret);
        }
        Ok(())
    }

    /// Sets a header of the caller's choice, unless a parameter of the operation sets it.
    pub(super) fn extra_header(&mut self, name: &str, value: &str) -> Result<(), RequestError> {
        if is_of_transport(name) {
            return Err(RequestError::new(Part::Header, name, "is set by the transport"));
        }
        if name.eq_ignore_ascii_case("content-type") {
            return Err(RequestError::new(Part::Header, name, "is set by `with_content_type`"));
        }
        if self.headers.contains_key(name) {
            return Ok(());
        }
        self.set_header(Part::Header, name, name, value)
    }

    /// Sets `User-Agent`, unless a parameter of the operation sets it.
    pub(super) fn user_agent(&mut self, name: &Bytes) -> Result<(), RequestError> {
        if !name.is_empty() && !self.headers.contains_key(USER_AGENT) {
            self.headers.insert(USER_AGENT, shared_value(Part::Header, "User-Agent", name.clone())?);
        }
        Ok(())
    }

    /// Sets the media type of the body, if there is a body.
    pub(super) fn content_type(&mut self, media_type: &str) {
        if let Some(body) = &mut self.body {
            body.media_type = media_type.to_owned().into();
        }
    }

    /// The request to the server at `base`.
    pub(super) fn build(mut self, base: &BaseUrl) -> Result<http::Request<RequestBody>, RequestError> {
        if let Some(accept) = self.accept
            && !self.headers.contains_key(ACCEPT)
        {
            self.headers.insert(ACCEPT, static_value(Part::Header, "Accept", accept)?);
        }
        if !self.cookies.is_empty() {
            let mut cookies = header_value(Part::Header, "Cookie", &self.cookies)?;
            cookies.set_sensitive(true);
            self.headers.insert(COOKIE, cookies);
        }
        let uri = self.uri(base)?;
        let mut request = http::Request::new(RequestBody::default());
        if let Some(body) = self.body {
            let media_type = match body.media_type {
                Cow::Borrowed(text) => static_value(Part::Body, text, text)?,
                Cow::Owned(text) => header_value(Part::Body, &text, &text)?,
            };
            self.headers.insert(CONTENT_TYPE, media_type);
            *request.body_mut() = body.content;
        }
        // The transport sends the length of a body that is not empty.
        if request.body().is_empty() && expects_content(&self.method) {
            self.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        request.extensions_mut().insert(Attempt::first(self.operation, self.template.text()));
        Ok(request)
    }

    fn uri(&self, base: &BaseUrl) -> Result<Uri, RequestError> {
        let mut uri = String::with_capacity(base.as_str().len() + self.template.text().len() + self.query.len() + 32);
        uri.push_str(base.as_str());
        self.template.expand(&mut uri)?;
        if !self.query.is_empty() {
            uri.push(if uri.contains('?') { '&' } else { '?' });
            uri.push_str(&self.query);
        }
        Uri::try_from(uri).map_err(|_| RequestError::new(Part::Url, self.template.text(), "is too long or malformed"))
    }

    /// Sets a header. A header that comes from a caller is marked as sensitive, because only the caller knows whether it is a secret. A
    /// `Cookie` header joins the other cookies.
    fn set_header(&mut self, part: Part, subject: &str, name: &str, text: &str) -> Result<(), RequestError> {
        if name.eq_ignore_ascii_case("cookie") {
            push(&mut self.cookies, "; ", text);
            return Ok(());
        }
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| RequestError::new(part, subject, "has a name that is not a header's"))?;
        let mut value = header_value(part, subject, text)?;
        value.set_sensitive(true);
        self.headers.insert(name, value);
        Ok(())
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({} {})", self.method, self.template.text())
    }
}

/// Whether a server may wait for content, or refuse a request that does not say that there is none (RFC 9110, 8.6).
fn expects_content(method: &Method) -> bool {
    matches!(method.as_str(), "POST" | "PUT" | "PATCH" | "QUERY")
}

fn json<T: Write + ?Sized>(part: Part, name: &str, value: &T) -> Result<Value, RequestError> {
    to_value(value, Way::Request).ok_or_else(|| unwritable(part, name))
}

fn unwritable(part: Part, name: &str) -> RequestError {
    RequestError::new(part, name, "cannot be written as JSON")
}

fn header_value(part: Part, subject: &str, text: &str) -> Result<HeaderValue, RequestError> {
    shared_value(part, subject, Bytes::copy_from_slice(text.as_bytes()))
}

fn static_value(part: Part, subject: &str, text: &'static str) -> Result<HeaderValue, RequestError> {
    shared_value(part, subject, Bytes::from_static(text.as_bytes()))
}

/// `HeaderValue` takes any UTF-8, which a server may refuse, and white space at the ends, which a server removes (RFC 9110, 5.5).
fn shared_value(part: Part, subject: &str, text: Bytes) -> Result<HeaderValue, RequestError> {
    let fault = |reason| RequestError::new(part, subject, reason);
    let is_trimmed = text.trim_ascii().len() == text.len();
    let value = HeaderValue::from_maybe_shared(text).ok().filter(|value| value.as_bytes().is_ascii());
    let value = value.ok_or_else(|| fault("has a character that a header cannot hold"))?;
    if is_trimmed { Ok(value) } else { Err(fault("begins or ends with white space, which a header loses")) }
}
