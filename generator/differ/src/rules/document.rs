//! What the document says as a whole: paths, security, servers, webhooks, components, its version.

super::rules! {
    ENDPOINT_ADDED "endpoint-added" C C adds "An operation was added" ["paths: {}", "paths: {/orders: {get: ...}}"]
    REMOVED "api-removed-without-deprecation" B B removes "An operation was removed that was not deprecated" ["/orders: {get: ...}", "/orders: {}"]
    REMOVED_DEPRECATED "api-removed-with-deprecation" C C removes
        "A deprecated operation without a sunset date was removed: callers have been told"
        ["/orders: {get: {deprecated: true}}", "/orders: {}"]
    REMOVED_BEFORE_SUNSET "api-removed-before-sunset" B B known removes
        "A deprecated operation was removed that had been promised until a date; no clock is asked whether it has passed"
        ["get: {deprecated: true, x-sunset: 2030-01-01}", "(removed)"]
    PATH_MOVED "path-moved" B B known "An operation with the same operationId has another method or path"
        ["/orders: {get: {operationId: list}}", "/v2/orders: {get: {operationId: list}}"]
    PATH_PARAMETER_RENAMED "path-parameter-renamed" C C known "A parameter of the path has another name, which does not travel"
        ["/orders/{id}", "/orders/{orderId}"]
    WEBHOOK_ADDED "webhook-added" C C adds "A webhook was added" ["webhooks: {}", "webhooks: {paid: {post: ...}}"]
    WEBHOOK_REMOVED "webhook-removed" B B removes "A webhook was removed: its calls no longer come" ["webhooks: {paid: ...}", "webhooks: {}"]
    CALLBACK_ADDED "callback-added" C C adds "An operation was given a callback" ["callbacks: {}", "callbacks: {done: ...}"]
    CALLBACK_REMOVED "callback-removed" B B removes "A callback of an operation was removed: its calls no longer come"
        ["callbacks: {done: ...}", "callbacks: {}"]
    SCHEMA_ADDED "api-schema-added" C C adds "A schema was added to the components" ["schemas: {}", "schemas: {Order: ...}"]
    SCHEMA_REMOVED "api-schema-removed" C C removes "A schema was removed from the components" ["schemas: {Order: ...}", "schemas: {}"]
    SCHEMA_RENAMED "schema-renamed" C C name "A schema of the components has another name" ["schemas: {Order: ...}", "schemas: {Purchase: ...}"]
    GLOBAL_SECURITY_ADDED "api-global-security-added" B B adds "Operations that were open require credentials, by the document's own `security`"
        ["security: []", "security: [{token: []}]"]
    GLOBAL_SECURITY_REMOVED "api-global-security-removed" C C removes "The document's own `security` no longer requires credentials"
        ["security: [{token: []}]", "security: []"]
    GLOBAL_ALTERNATIVE_ADDED "api-global-security-alternative-added" C C adds "The document's own `security` admits another way to authenticate"
        ["security: [{token: []}]", "security: [{token: []}, {key: []}]"]
    GLOBAL_ALTERNATIVE_REMOVED "api-global-security-alternative-removed" B B removes
        "The document's own `security` no longer admits a way to authenticate"
        ["security: [{token: []}, {key: []}]", "security: [{token: []}]"]
    GLOBAL_SCOPE_ADDED "api-global-security-scope-added" W W adds "The document's own `security` requires another scope"
        ["security: [{oauth: [read]}]", "security: [{oauth: [read, write]}]"]
    GLOBAL_SCOPE_REMOVED "api-global-security-scope-removed" C C removes "The document's own `security` no longer requires a scope"
        ["security: [{oauth: [read, write]}]", "security: [{oauth: [read]}]"]
    SCHEME_ADDED "api-security-component-added" C C adds "A security scheme was added" ["securitySchemes: {}", "securitySchemes: {token: ...}"]
    SCHEME_REMOVED "api-security-component-removed" C C removes "A security scheme was removed" ["securitySchemes: {token: ...}", "securitySchemes: {}"]
    SCHEME_CHANGED "api-security-component-type-changed" B B
        "A security scheme is of another type or is sent in another place (compatible where no operation requires it)"
        ["{type: http, scheme: bearer}", "{type: apiKey, in: header, name: X-Key}"]
    FLOW_ADDED "api-security-component-oauth-flow-added" C C adds "An OAuth flow was added to a security scheme"
        ["flows: {}", "flows: {implicit: ...}"]
    FLOW_REMOVED "api-security-component-oauth-flow-removed" W W removes
        "An OAuth flow was removed from a security scheme (compatible where no operation requires it)"
        ["flows: {implicit: ...}", "flows: {}"]
    OAUTH_URL_CHANGED "api-security-component-oauth-url-changed" C C "The authorization address of an OAuth flow is another"
        ["authorizationUrl: https://a.example", "authorizationUrl: https://b.example"]
    TOKEN_URL_CHANGED "api-security-component-oauth-token-url-changed" C C "The token or refresh address of an OAuth flow is another"
        ["tokenUrl: https://a.example", "tokenUrl: https://b.example"]
    OPEN_ID_URL_CHANGED "api-security-component-open-id-connect-url-changed" C C "The discovery address of OpenID Connect is another"
        ["openIdConnectUrl: https://a.example", "openIdConnectUrl: https://b.example"]
    OAUTH_SCOPE_ADDED "api-security-component-oauth-scope-added" C C adds "An OAuth flow offers another scope"
        ["scopes: {}", "scopes: {read: ...}"]
    OAUTH_SCOPE_REMOVED "api-security-component-oauth-scope-removed" C C removes "An OAuth flow no longer offers a scope"
        ["scopes: {read: ...}", "scopes: {}"]
    OAUTH_SCOPE_CHANGED "api-security-component-oauth-scope-changed" C C "A scope of an OAuth flow is described otherwise"
        ["scopes: {read: Reads}", "scopes: {read: Reads all}"]
    SERVER_CHANGED "server-changed" W W value "The first server, which clients call, is another" ["servers: [{url: https://a.example}]", "servers: [{url: https://b.example}]"]
    SERVER_ADDED "server-added" C C adds "A server was added that is not the first" ["servers: [{url: https://a.example}]", "servers: [{url: https://a.example}, {url: https://b.example}]"]
    SERVER_REMOVED "server-removed" W W value removes "A server was removed that was not the first" ["servers: [{url: https://a.example}, {url: https://b.example}]", "servers: [{url: https://a.example}]"]
    SERVER_DEFAULT_CHANGED "server-variable-default-changed" W W value "A variable of a server's address has another default" ["default: eu", "default: us"]
    SERVER_VALUES_ADDED "server-variable-values-added" C C value adds "A variable of a server's address may have more values" ["enum: [eu]", "enum: [eu, us]"]
    SERVER_VALUES_REMOVED "server-variable-values-removed" W W value removes "A variable of a server's address may have fewer values" ["enum: [eu, us]", "enum: [eu]"]
    VERSION_NOT_BUMPED "api-version-not-bumped" C C known "Something breaks on the wire, and `info.version` is the same" ["version: 1.0.0", "version: 1.0.0"]
    VERSION_DECREASED "api-version-decreased" C C known "Something breaks on the wire, and `info.version` went down" ["version: 2.0.0", "version: 1.0.0"]
    MAJOR_NOT_BUMPED "api-major-version-not-bumped" C C known "Something breaks on the wire, and the major of `info.version` is the same" ["version: 1.0.0", "version: 1.1.0"]
}
