//! The browser app's files, embedded in the binary: the page at `/` and what it loads.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::encoding::{self, Encoding};

/// The page loads its own files and calls its own server; it runs nothing inline and is framed by
/// nobody. Pictures may be blobs, which the page makes itself: a diagram becomes a PNG through one.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// A file of the browser app, with its compressed copies where these are smaller.
#[derive(Debug)]
pub(crate) struct Asset {
    /// As in the address, such as `/assets/index-D3adB33f.js`.
    path: &'static str,
    content_type: &'static str,
    /// A weak entity tag: one for all encodings.
    etag: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// Written by build.rs.
static TABLE: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets_table.rs"));

/// The file at a path of the address; `/` is the page itself.
pub(crate) fn find(path: &str) -> Option<&'static Asset> {
    let path = if path == "/" { "/index.html" } else { path };
    TABLE.iter().find(|asset| asset.path == path)
}

/// Answers a GET or HEAD of the file, in the best encoding that the client takes.
pub(crate) fn serve(asset: &'static Asset, request: &HeaderMap) -> Response {
    let (encoding, bytes) = asset.encoded_for(request);
    let unchanged = has_this(request, asset.etag);
    let body = if unchanged {
        Body::empty()
    } else {
        Body::from(bytes)
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    set(headers, ETAG, asset.etag);
    set(headers, CACHE_CONTROL, asset.caching());
    set(headers, VARY, "accept-encoding");
    if asset.is_page() {
        set(headers, CONTENT_SECURITY_POLICY, PAGE_POLICY);
    }
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    set(headers, CONTENT_TYPE, asset.content_type);
    if let Some(name) = encoding.name() {
        set(headers, CONTENT_ENCODING, name);
    }
    response
}

impl Asset {
    fn is_page(&self) -> bool {
        self.content_type.starts_with("text/html")
    }

    /// All but the page carry a hash of their content in their name: they never change.
    fn caching(&self) -> &'static str {
        if self.path.starts_with("/assets/") {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        }
    }

    fn encoded_for(&self, request: &HeaderMap) -> (Encoding, &'static [u8]) {
        let accepted = request
            .get_all(ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let accepted = accepted.collect::<Vec<_>>().join(",");
        [(Encoding::Brotli, self.brotli), (Encoding::Gzip, self.gzip)]
            .into_iter()
            .filter_map(|(encoding, copy)| Some((encoding, copy?)))
            .find(|(encoding, _)| encoding::accepts(&accepted, *encoding))
            .unwrap_or((Encoding::Identity, self.plain))
    }
}

/// Whether the client says that it has the version with this tag.
pub(crate) fn has_this(request: &HeaderMap, etag: &str) -> bool {
    request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || weak(tag) == weak(etag))
}

fn weak(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::http::Request;
    use axum::routing::get;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;

    /// Asks a router that has the embedded files, as the server's has.
    async fn ask(method: &str, path: &str, headers: &[(&str, &str)]) -> (Response, Vec<u8>) {
        let asset = find(path).expect("the file is embedded");
        let router = Router::new().route(
            "/{*rest}",
            get(move |headers: HeaderMap| async move { serve(asset, &headers) }),
        );
        let mut request = Request::builder().method(method).uri("/x");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let (head, body) = router.oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        (Response::from_parts(head, Body::empty()), body)
    }

    fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
        response
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap())
    }

    fn script() -> &'static Asset {
        let is_script = |asset: &&Asset| asset.content_type.starts_with("text/javascript");
        TABLE.iter().find(is_script).unwrap()
    }

    /// The addresses below `/assets/` in a text.
    fn assets_named_in(text: &str) -> Vec<&str> {
        let ends = |c: char| matches!(c, '"' | '\'' | ')' | '`');
        text.match_indices("/assets/")
            .map(|(at, _)| text[at..].split(ends).next().unwrap())
            .collect()
    }

    #[tokio::test]
    async fn the_page_and_all_it_names_are_embedded() {
        let (response, body) = ask("GET", "/", &[]).await;
        assert_eq!(response.status(), 200);
        assert_eq!(
            header(&response, "content-type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(header(&response, "cache-control"), Some("no-cache"));
        assert_eq!(
            header(&response, "content-security-policy"),
            Some(PAGE_POLICY)
        );
        let page = String::from_utf8(body).unwrap();
        assert!(page.contains("<noscript>"), "{page}");
        let named = assets_named_in(&page);
        let types: Vec<_> = named
            .iter()
            .map(|path| find(path).expect(path).content_type)
            .collect();
        for content_type in [
            "text/javascript; charset=utf-8",
            "text/css; charset=utf-8",
            "image/svg+xml",
        ] {
            assert!(types.contains(&content_type), "{content_type}: {named:?}");
        }
    }

    #[tokio::test]
    async fn a_hashed_file_may_be_kept_for_ever() {
        for asset in TABLE
            .iter()
            .filter(|asset| asset.path.starts_with("/assets/"))
        {
            let (response, body) = ask("GET", asset.path, &[]).await;
            assert_eq!(
                header(&response, "cache-control"),
                Some("public, max-age=31536000, immutable")
            );
            assert_eq!(header(&response, "content-type"), Some(asset.content_type));
            assert_eq!(header(&response, "vary"), Some("accept-encoding"));
            assert_eq!(header(&response, "content-security-policy"), None);
            assert_eq!(body, asset.plain);
        }
    }

    #[tokio::test]
    async fn the_smallest_encoding_that_the_client_takes_is_sent() {
        let script = script();
        let (brotli, gzip) = (script.brotli.unwrap(), script.gzip.unwrap());
        assert!(brotli.len() < gzip.len() && gzip.len() < script.plain.len());
        let cases = [
            ("gzip, deflate, br, zstd", Some("br"), brotli),
            ("gzip", Some("gzip"), gzip),
            ("br;q=0, gzip;q=0.1", Some("gzip"), gzip),
            ("identity", None, script.plain),
        ];
        for (accepted, name, bytes) in cases {
            let (response, body) = ask("GET", script.path, &[("accept-encoding", accepted)]).await;
            assert_eq!(header(&response, "content-encoding"), name, "{accepted}");
            assert_eq!(body, bytes, "{accepted}");
        }
    }

    #[tokio::test]
    async fn head_says_what_get_would_send() {
        let (response, body) = ask("HEAD", "/", &[("accept-encoding", "br")]).await;
        assert_eq!(response.status(), 200);
        assert_eq!(body, b"");
        let length = find("/").unwrap().brotli.unwrap().len().to_string();
        assert_eq!(header(&response, "content-length"), Some(length.as_str()));
        assert_eq!(header(&response, "content-encoding"), Some("br"));
    }

    #[tokio::test]
    async fn who_has_the_page_already_is_told_so() {
        let etag = find("/").unwrap().etag;
        let strong = weak(etag);
        let list = format!("\"other\", {etag}");
        for tag in [etag, strong, &list, "*"] {
            let (response, body) = ask("GET", "/", &[("if-none-match", tag)]).await;
            assert_eq!(response.status(), 304, "{tag}");
            assert_eq!(body, b"");
            assert_eq!(header(&response, "etag"), Some(etag));
            assert_eq!(header(&response, "vary"), Some("accept-encoding"));
        }
        let (response, _) = ask("GET", "/", &[("if-none-match", "\"other\"")]).await;
        assert_eq!(response.status(), 200);
    }

    #[test]
    fn nothing_else_is_found() {
        for path in [
            "",
            "/x",
            "/assets/",
            "/assets/x.js",
            "/../Cargo.toml",
            "/assets/../index.html",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
        let script = script();
        assert!(find(&format!("{}.br", script.path)).is_none());
    }
}
