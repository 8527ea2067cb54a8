//! What a client adds to a request: the server, its headers, and the credentials that the operation requires.

use std::sync::Arc;

use super::HttpClient;
use crate::destination::is_relative;
use crate::request::Request;
use crate::request_body::RequestBody;
use crate::request_error::{Part, RequestError};
use crate::security::{Requirements, Scheme};
use crate::token::TokenSource;

impl HttpClient {
    /// The whole request: adds the server's URL and the credentials that the operation requires. It does not add the credentials of a token
    /// source, because the client would have to wait for them.
    ///
    /// # Errors
    /// A path parameter is missing, or something cannot be part of a URL or a header.
    pub fn prepare(&self, mut request: Request) -> Result<http::Request<RequestBody>, RequestError> {
        for (name, value) in &self.settings.headers {
            request.extra_header(name, value.expose())?;
        }
        self.settings.credentials.apply(&mut request)?;
        request.user_agent(&self.settings.user_agent)?;
        if let Some(media_type) = &self.settings.content_type {
            request.content_type(media_type);
        }
        let settings = &self.settings;
        match request.own_server().filter(|url| !settings.chosen || is_relative(url)) {
            Some(url) => {
                let unusable =
                    |_| RequestError::new(Part::Url, url, "cannot be used, because requests must not go to it");
                request.build(&settings.base_url.resolve(url, settings.plain_host.as_deref()).map_err(unusable)?)
            }
            None => request.build(&settings.base_url),
        }
    }

    pub(crate) fn base_url(&self) -> &str {
        self.settings.base_url.as_str()
    }

    /// A client of the token endpoint at a server of the document. `with_base_url` does not change this server. If its origin is not
    /// the API's, it gets none of the headers that the user has set.
    pub(crate) fn of_tokens(&self, server: &str) -> Result<Self, RequestError> {
        let settings = &self.settings;
        let unusable = |_| RequestError::new(Part::Url, server, "cannot be used, because requests must not go to it");
        let server = match &settings.token_server {
            Some(server) => server.clone(),
            None => settings.base_url.resolve(server, settings.plain_host.as_deref()).map_err(unusable)?,
        };
        let is_elsewhere = !settings.base_url.has_same_origin(&server);
        Ok(self.clone().set(|settings| {
            settings.base_url = server;
            if is_elsewhere {
                settings.headers.clear();
                settings.attempt_headers = None;
            }
        }))
    }

    /// The credentials that the operation requires and the request lacks.
    pub(crate) fn missing(&self, request: &Request) -> Requirements {
        self.settings.credentials.missing(request.requirements())
    }

    /// The token sources that a request needs.
    pub(crate) fn sources(&self, request: &Request) -> Vec<(Scheme, Arc<dyn TokenSource>)> {
        let is_set = |header: &str| self.settings.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(header));
        self.settings.credentials.sources(request, is_set)
    }
}
