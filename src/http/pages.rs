//! The pages that the server itself shows: what a person sees where a provider has sent them back
//! and signing in has not worked.

use std::fmt::Write as _;
use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Body;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::ApiError;
use super::problem::Problem;

/// The headings, by the problem's code.
const HEADINGS: &[(&str, &str)] = &[
    ("permission_denied", "Permission was not given"),
    ("bad_return", "This sign-in cannot be finished"),
    ("too_many_sign_ins", "Too many sign-ins"),
    ("provider_rate_limited", "Signing in has to wait"),
    ("provider_resting", "Signing in has to wait"),
];
const HEADING: &str = "Signing in did not work";

/// The browser app's colours: `static/src/styles/tokens.css`.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#faf9f5;color:#1d2321;\
font:1.0625rem/1.55 system-ui,sans-serif}\
main{box-sizing:border-box;width:100%;max-width:36rem;padding:2rem 1.5rem;overflow-wrap:anywhere}\
h1{margin:0 0 .75rem;font-size:1.6rem;line-height:1.25}\
p{margin:0 0 1.25rem}\
a{display:inline-block;padding:.6rem 1.1rem;border-radius:.625rem;background:#0b6152;color:#fff;\
text-decoration:none;font-weight:600}\
a:focus-visible{outline:3px solid #1456c4;outline-offset:3px}\
small{color:#565c57}\
@media(prefers-color-scheme:dark){body{background:#121715;color:#e8ece9}a{background:#6fd0b6;\
color:#06231c}a:focus-visible{outline-color:#8ab8ff}small{color:#a8b2ac}}";

/// The page loads nothing and runs nothing; the one style is named by its hash.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("base64 and these words are ASCII")
});

/// A failure that a person sees as a page.
pub(super) struct Page(ApiError);

impl From<ApiError> for Page {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response<Body> {
        Problem::from(self.0).on_a_page().into_response()
    }
}

/// The page that tells of a problem, with the way back to the app. It has no status yet.
pub(super) fn answer(code: &str, detail: &str, request_id: &str) -> Response<Body> {
    let heading = HEADINGS.iter().find(|(known, _)| *known == code);
    let heading = heading.map_or(HEADING, |(_, heading)| heading);
    let (heading, detail) = (escaped(heading), escaped(detail));
    let request_id = escaped(request_id);
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{heading} · Wyvern</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{heading}</h1>\n<p>{detail}</p>\n<p><a href=\"/\">Back to Wyvern</a></p>\n\
         <small>Request {request_id}</small>\n</main>\n</body>\n</html>\n"
    );
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(CONTENT_TYPE, html);
    headers.insert(CONTENT_SECURITY_POLICY, POLICY.clone());
    response
}

/// The text as HTML shows it: nothing in it is an element, a reference or the end of a value.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '<' | '>' | '"' | '\'' => {
                write!(escaped, "&#{};", u32::from(character))
                    .expect("writing to a string cannot fail");
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text() {
        assert_eq!(
            escaped(r#"a<b>"c"&'d' ü"#),
            "a&#60;b&#62;&#34;c&#34;&#38;&#39;d&#39; ü"
        );
    }

    #[test]
    fn the_style_cannot_end_early() {
        assert!(!STYLE.contains('<'));
    }
}
