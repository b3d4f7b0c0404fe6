//! The peer: a bare axum server of the same version, on one thread, that answers the same bytes from
//! memory. It checks nothing and knows nothing.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, IF_NONE_MATCH};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse as _;
use tower_http::compression::CompressionLayer;

type Files = Arc<HashMap<String, Bytes>>;

/// Serves the files of the folder, each at its name, until it is killed.
#[expect(clippy::print_stderr, reason = "the address is for whoever started it")]
pub(crate) fn run(folder: &Path) -> anyhow::Result<()> {
    let mut files = HashMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("/{}", entry.file_name().to_string_lossy());
        files.insert(name, Bytes::from(std::fs::read(entry.path())?));
    }
    let router = Router::new().fallback(answer).with_state(Arc::new(files));
    let compressed = router.clone().layer(CompressionLayer::new());
    let router = Router::new()
        .nest_service("/compressed", compressed)
        .fallback_service(router);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        eprintln!("listening on http://{}", listener.local_addr()?);
        Ok(axum::serve(listener, router).await?)
    })
}

async fn answer(State(files): State<Files>, request: Request) -> Response<Body> {
    if request.headers().contains_key(IF_NONE_MATCH) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let Some(bytes) = files.get(request.uri().path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Response::new(Body::from(bytes.clone()));
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
