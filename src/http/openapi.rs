//! The description of the API, generated from the handlers: shared parts, and the document itself.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{IntoParams, IntoResponses, Modify, OpenApi, ToResponse, ToSchema};

use super::problem::Problem;

/// The head of the document; the router adds the paths.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Wyvern",
        description = "Threat models in git repositories. The routes and envelopes are those of \
            OWASP Threat Dragon's API; versions, renaming and deleting are Wyvern's own.\n\n\
            Sign in with the three calls under *sign in*, then send `Authorization: Bearer`; or \
            have a browser begin a session, whose cookie it sends by itself. Every \
            error is an RFC 9457 problem whose `code` tells it apart from others. Each name in a \
            path is one percent-encoded segment.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    modifiers(&Proofs),
    components(schemas(Problem), responses(ProblemAnswer)),
    tags(
        (name = "about", description = "The server itself"),
        (name = "sign in", description = "Signing in and out"),
        (name = "repositories", description = "Repositories and branches"),
        (name = "models", description = "Threat models"),
        (name = "suggestions", description = "Threats that may fit, by rules and methodologies"),
        (name = "library", description = "Threats, mitigations and templates that a team keeps"),
        (name = "reports", description = "Documents made from a model"),
        (name = "documents", description = "Models that are sent along, wherever they are kept"),
        (name = "google drive", description = "Not served"),
    ),
)]
pub(super) struct Document;

/// What a request can prove a sign-in with.
struct Proofs;

impl Modify for Proofs {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("bearer", scheme);
        let about = "Over https; under a loopback address it is called `wyvern`. A request that \
                     changes something must say that it comes from this server's own page.";
        let cookie = ApiKeyValue::with_description("__Host-wyvern", about);
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// An error.
#[derive(ToResponse)]
#[response(
    description = "A problem; its `code` says which",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct ProblemAnswer(Problem);

macro_rules! words {
    (400) => {
        "The request is not understood"
    };
    (401) => {
        "Nobody is signed in, or the proof of it is not accepted"
    };
    (403) => {
        "The caller may not do this"
    };
    (404) => {
        "There is no such thing"
    };
    (409) => {
        "The change does not fit what is there by now"
    };
    (412) => {
        "The model has another version than `If-Match` says"
    };
    (413) => {
        "The body or the file is too large"
    };
    (415) => {
        "The body is not sent as `application/json`, or is compressed"
    };
    (421) => {
        "This server does not answer for the host that was named"
    };
    (422) => {
        "A name or the body is refused"
    };
    (428) => {
        "The version that the change was made from must be sent"
    };
    (429) => {
        "Too many tries; `Retry-After` says how long to wait"
    };
    (502) => {
        "The provider failed"
    };
    (503) => {
        "It took too long, or must wait; read again before repeating a change"
    };
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident: $($variant:ident = $status:tt),+;)+) => {$(
        $(#[$doc])*
        #[derive(IntoResponses)]
        #[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
        pub(super) enum $name {
            $(#[response(status = $status, content_type = "application/problem+json", description = words!($status))]
            $variant(Problem),)+
        }
    )+};
}

/// What a person can be told on a page.
#[derive(IntoResponses)]
#[expect(clippy::large_enum_variant, reason = "as below")]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) enum PageRefusals {
    #[response(
        status = 400,
        content_type = "text/html",
        description = "This sign-in cannot be finished"
    )]
    Bad(String),
    #[response(
        status = 401,
        content_type = "text/html",
        description = "The provider did not say who it is"
    )]
    SignIn(String),
    #[response(
        status = 403,
        content_type = "text/html",
        description = "Permission was not given"
    )]
    Denied(String),
    #[response(
        status = 429,
        content_type = "text/html",
        description = "Too many tries; `Retry-After` says how long to wait"
    )]
    Limited(String),
    #[response(
        status = 502,
        content_type = "text/html",
        description = "The provider failed"
    )]
    Provider(String),
    #[response(status = 503, content_type = "text/html", description = "It must wait")]
    Later(String),
    #[response(status = 421, content_type = "application/problem+json", description = words!(421))]
    Misdirected(Problem),
}

refusals! {
    /// What any request can be refused with.
    AnyRefusals: Misdirected = 421, Timeout = 503;
    /// What a request with parameters can be refused with.
    Refusals: Bad = 400, Misdirected = 421, Timeout = 503;
    /// What a request with a body can be refused with.
    BodyRefusals: Bad = 400, TooLarge = 413, MediaType = 415, Misdirected = 421, Unprocessable = 422, Timeout = 503;
    /// What a request with a model of anybody can be refused with.
    DocumentRefusals: Bad = 400, TooLarge = 413, MediaType = 415, Misdirected = 421, Unprocessable = 422, Limited = 429, Timeout = 503;
    /// What a request of somebody signed in can be refused with.
    SignedInRefusals: Bad = 400, SignIn = 401, Forbidden = 403, Misdirected = 421, Limited = 429, Provider = 502, Timeout = 503;
    /// What reading a model can be refused with.
    ReadRefusals: Bad = 400, SignIn = 401, Forbidden = 403, NotFound = 404, TooLarge = 413, Misdirected = 421, Unprocessable = 422, Limited = 429, Provider = 502, Timeout = 503;
    /// What changing a model can be refused with.
    WriteRefusals: Bad = 400, SignIn = 401, Forbidden = 403, NotFound = 404, Conflict = 409, Stale = 412, TooLarge = 413, MediaType = 415, Misdirected = 421, Unprocessable = 422, Required = 428, Limited = 429, Provider = 502, Timeout = 503;
}

/// A threat model in Threat Dragon's file format, version 2 or 1. What is named here is what every
/// model has; all else is kept as it is.
#[derive(ToSchema)]
#[schema(example = json!({
    "version": "2.0",
    "summary": { "title": "Orders" },
    "detail": { "contributors": [], "diagrams": [], "diagramTop": 0, "reviewer": "", "threatTop": 0 }
}))]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct ThreatModel {
    /// Of the file format.
    #[schema(value_type = String, required = false)]
    version: Option<String>,
    summary: Summary,
    detail: Detail,
}

/// What the model is about.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct Summary {
    title: String,
}

/// What the model holds.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct Detail {
    #[schema(value_type = Vec<Object>)]
    diagrams: Vec<()>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct RepositoryPath {
    /// The first part of the repository's name.
    #[param(example = "demo")]
    organisation: String,
    /// The rest of the repository's name; slashes in it are written `%2F`.
    #[param(example = "threat-models")]
    repo: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct BranchPath {
    /// The first part of the repository's name.
    #[param(example = "demo")]
    organisation: String,
    /// The rest of the repository's name; slashes in it are written `%2F`.
    #[param(example = "threat-models")]
    repo: String,
    /// The branch's name; slashes in it are written `%2F`.
    #[param(example = "main")]
    branch: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct ModelPath {
    /// The first part of the repository's name.
    #[param(example = "demo")]
    organisation: String,
    /// The rest of the repository's name; slashes in it are written `%2F`.
    #[param(example = "threat-models")]
    repo: String,
    /// The branch's name; slashes in it are written `%2F`.
    #[param(example = "main")]
    branch: String,
    /// The model's name.
    model: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct DiagramPath {
    /// The first part of the repository's name.
    #[param(example = "demo")]
    organisation: String,
    /// The rest of the repository's name; slashes in it are written `%2F`.
    #[param(example = "threat-models")]
    repo: String,
    /// The branch's name; slashes in it are written `%2F`.
    #[param(example = "main")]
    branch: String,
    /// The model's name.
    model: String,
    /// The diagram's number, and `.svg`.
    #[param(example = "0.svg")]
    diagram: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct PreconditionHeaders {
    /// The version that the change was made from, or `*`; 412 when the model has another one.
    #[param(rename = "If-Match")]
    if_match: Option<String>,
    /// The version that the change was made from. A save merges what others have changed since, or
    /// answers 409; a rename answers 409 when the model has another version.
    #[param(rename = "Base-Version")]
    base_version: Option<String>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct CommitHeaders {
    /// What the commit's message says, in place of what was changed: one line of UTF-8,
    /// percent-encoded, of at most 1000 bytes without control characters. Trailers with the
    /// request's id and Wyvern's version are added to it.
    #[param(
        rename = "Commit-Message",
        example = "Reviewed%20with%20Gr%C3%A4fin%20Ada"
    )]
    commit_message: Option<String>,
}
