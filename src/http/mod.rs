//! The HTTP interface: axum lives here and nowhere else.

mod allowance;
mod assets;
mod audit;
mod caller;
mod conflicts;
mod cookies;
mod described;
mod encoding;
mod envelope;
mod error;
mod extract;
mod guests;
mod occasion;
mod openapi;
mod origin;
mod pages;
mod patience;
mod peer;
mod precondition;
mod problem;
mod routes;
mod same_origin;
mod serve;
mod sessions;
mod subgroup;
mod turns;

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_ENCODING, ETAG};
use axum::response::Response;
use axum::routing::get;
use tower::Layer as _;
use tower::util::MapRequestLayer;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use utoipa_swagger_ui::SwaggerUi;

use crate::app::App;
use error::ApiError;
use routes::{
    about, cards, documents, google, history, library, models, pictures, register, repositories,
    rules, schema, session, sign_in, suggestions, tokens, update,
};

pub use peer::Peer;
pub use serve::serve;

/// A service that answers every request: what [`router`] makes.
pub trait Routed:
    tower::Service<Request, Response = Response, Error = Infallible, Future: Send>
    + Clone
    + Send
    + 'static
{
}

impl<S> Routed for S where
    S: tower::Service<Request, Response = Response, Error = Infallible, Future: Send>
        + Clone
        + Send
        + 'static
{
}

/// Every route, in one table.
fn table() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(about::page))
        .routes(routes!(about::healthz))
        .routes(routes!(about::livez))
        .routes(routes!(about::readyz))
        .routes(routes!(about::security_txt))
        .routes(routes!(about::security_txt_redirect))
        .routes(routes!(about::config))
        .routes(routes!(about::organisation))
        .routes(routes!(about::organization))
        .routes(routes!(schema::threat_model))
        .routes(routes!(sign_in::login, sign_in::login_with_password))
        .routes(routes!(sign_in::oauth_return))
        .routes(routes!(sign_in::oauth_return_of))
        .routes(routes!(sign_in::oauth))
        .routes(routes!(session::begin, session::show, session::end))
        .routes(routes!(tokens::refresh))
        .routes(routes!(tokens::logout, tokens::logout_of_nothing))
        .routes(routes!(repositories::repositories))
        .routes(routes!(repositories::branches))
        .routes(routes!(repositories::create_branch))
        .routes(routes!(models::list))
        .routes(routes!(cards::cards))
        .routes(routes!(models::data))
        .routes(routes!(models::create, models::create_with_put))
        .routes(routes!(update::update))
        .routes(routes!(models::rename))
        .routes(routes!(models::delete))
        .routes(routes!(history::history))
        .routes(routes!(history::diff))
        .merge(of_reports())
        .merge(of_documents())
        .routes(routes!(suggestions::suggest_for_model))
        .routes(routes!(rules::rules))
        .routes(routes!(rules::list_methodologies))
        .merge(of_libraries())
        .routes(routes!(google::folders))
        .routes(routes!(google::create))
        .routes(routes!(google::update))
        .routes(routes!(google::data))
}

/// The routes for what a team keeps besides its models.
fn of_libraries() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(library::library))
        .routes(routes!(library::templates))
        .routes(routes!(library::template))
}

/// The routes for what is made from a model.
fn of_reports() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(pictures::picture))
        .routes(routes!(register::threats))
        .routes(routes!(register::statistics))
}

/// The routes for models that are sent along.
fn of_documents() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(documents::check_document))
        .routes(routes!(documents::upgrade_document))
        .routes(routes!(documents::compare_documents))
        .routes(routes!(documents::merge_documents))
        .routes(routes!(suggestions::suggest_for_document))
}

/// The production router: the table, what surrounds every request, and what answers the rest.
///
/// From the outside in: the subgroups of a path are joined, so that the table finds its route; the
/// envelope names the request, checks the host, limits the time and writes headers and problems;
/// a panic becomes a problem; answers are compressed, and the tags of those that were are weak.
pub fn router(app: Arc<App>) -> impl Routed {
    let (router, document) = table().split_for_parts();
    let router: Router = router
        .merge(browsable(document))
        .route("/assets/{*file}", get(about::file))
        .fallback(async || ApiError::UnknownPath)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        // Each answer is compressed anew, on a thread that others wait for: a third of the default
        // level's time for a quarter more bytes.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(axum::middleware::map_response(weaken))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(&app),
            envelope::wrap,
        ))
        .layer(axum::Extension(guests::Guests::default()))
        .layer(axum::Extension(turns::Turns::default()))
        .layer(axum::Extension(allowance::Calls::default()))
        .with_state(app);
    MapRequestLayer::new(envelope::fold_subgroups).layer(router)
}

/// A strong tag would promise the same bytes in every encoding.
async fn weaken(mut response: Response) -> Response {
    let headers = response.headers_mut();
    if headers.contains_key(CONTENT_ENCODING)
        && let Some(tag) = headers.get(ETAG).and_then(|tag| tag.to_str().ok())
        && tag.starts_with('"')
    {
        let weak = HeaderValue::from_str(&format!("W/{tag}"));
        headers.insert(ETAG, weak.expect("a tag with two letters before it is one"));
    }
    response
}

/// The description as JSON and as a page, which would otherwise show it to a validator elsewhere.
fn browsable(document: utoipa::openapi::OpenApi) -> SwaggerUi {
    let config = utoipa_swagger_ui::Config::default().validator_url("none");
    SwaggerUi::new("/api/docs")
        .url("/api/openapi.json", document)
        .config(config)
}

/// The API's description, as JSON.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    table().split_for_parts().1
}

#[expect(clippy::needless_pass_by_value, reason = "the layer gives it away")]
fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text, "a handler panicked");
    axum::response::IntoResponse::into_response(ApiError::Internal)
}
