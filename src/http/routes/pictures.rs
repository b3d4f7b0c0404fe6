//! Pictures of diagrams, for wikis and other pages.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::super::assets::has_this;
use super::super::error::ApiError;
use super::super::extract::{DiagramAt, Models, Query, commit};
use super::super::openapi::{DiagramPath, ReadRefusals};
use crate::model::{Document, Generation, upgrade};
use crate::report::{self, SvgOptions, Theme};
use crate::store::{StoreError, apart};

/// The least and the most that a picture is enlarged by.
const SCALES: std::ops::RangeInclusive<f64> = 0.1..=10.0;

/// How a picture is drawn.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct PictureQuery {
    /// The commit to draw the diagram at; without it, the one that the branch stands at.
    at: Option<String>,
    /// The colours; light ones when it is missing.
    #[param(inline)]
    theme: Option<ThemeWord>,
    /// How much larger than in the diagram, from 0.1 to 10; 1 when it is missing.
    #[param(minimum = 0.1, maximum = 10)]
    scale: Option<f64>,
    /// Whether elements with open threats have their badge; they do when it is missing.
    badges: Option<bool>,
}

/// The colours of a picture.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in super::super) enum ThemeWord {
    Light,
    Dark,
}

impl PictureQuery {
    fn options(&self) -> Result<SvgOptions, ApiError> {
        let scale = self.scale.unwrap_or(1.0);
        if !SCALES.contains(&scale) {
            let why = "scale is a number from 0.1 to 10.";
            return Err(ApiError::BadRequest(why.to_owned()));
        }
        Ok(SvgOptions {
            theme: match self.theme {
                None | Some(ThemeWord::Light) => Theme::Light,
                Some(ThemeWord::Dark) => Theme::Dark,
            },
            scale,
            badges: self.badges.unwrap_or(true),
        })
    }
}

/// Draws a diagram as SVG: the picture that the browser app exports. It stands alone, has no script and
/// fetches nothing. The diagram is named by its number, with `.svg` behind it.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/diagrams/{diagram}", tag = "reports",
    params(DiagramPath, PictureQuery, ("If-None-Match" = Option<String>, Header)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "The picture", body = String, content_type = "image/svg+xml", headers(("ETag" = String))),
        (status = 304, description = "The client has this picture already"), ReadRefusals))]
pub(in super::super) async fn picture(
    models: Models,
    DiagramAt { model: at, diagram }: DiagramAt,
    Query(query): Query<PictureQuery>,
    request: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    let options = query.options()?;
    let opened = match commit("at", query.at.as_deref())? {
        Some(commit) => models.store.open_at(&at, &commit).await?,
        None => models.store.open(&at).await?,
    };
    // The same version is drawn the same by the same Wyvern: this names the picture.
    let drawn_from = (
        opened.version.as_str(),
        diagram,
        options,
        env!("CARGO_PKG_VERSION"),
    );
    let name = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{drawn_from:?}").as_bytes());
    let tag = format!("\"{}\"", name.simple());
    if has_this(&request, &tag) {
        return Ok(answer(StatusCode::NOT_MODIFIED, &tag, Body::empty()));
    }
    let size = opened.document.bytes().len();
    let picture = apart(size, move || drawn(opened.document, diagram, &options)).await?;
    Ok(answer(StatusCode::OK, &tag, picture.into()))
}

fn drawn(document: Document, diagram: u64, options: &SvgOptions) -> Result<String, ApiError> {
    let document = of_version_2(document)?;
    let diagram = document.diagram(diagram).ok_or(ApiError::NoSuchDiagram)?;
    Ok(report::svg(&document, diagram, options))
}

/// A model as reports read it: one of version 1 is what it would be upgraded to.
pub(super) fn of_version_2(document: Document) -> Result<Document, ApiError> {
    Ok(match document.generation() {
        Generation::V2 => document,
        Generation::V1 => upgrade(&document).map_err(StoreError::Unreadable)?,
    })
}

fn answer(status: StatusCode, tag: &str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let tag = HeaderValue::from_str(tag).expect("hexadecimal digits in quotes are a header");
    headers.insert(ETAG, tag);
    let named = [
        (CONTENT_TYPE, "image/svg+xml; charset=utf-8"),
        (CACHE_CONTROL, "private, no-cache"),
        (VARY, "authorization, accept-encoding"),
    ];
    headers.extend(named.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}
