//! What is odd about providers' answers, put into the form of RFC 6749.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use oauth2::{ExtraTokenFields, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::provider::outgoing::Answer;

/// Members of a token answer that RFC 6749 does not know.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Further {
    /// Seconds; GitHub Apps.
    pub(super) refresh_token_expires_in: Option<u64>,
    /// Bitbucket's name for what the RFC calls `scope`.
    pub(super) scopes: Option<String>,
}

impl ExtraTokenFields for Further {}

/// The answer as the RFC has it. GitHub answers errors with status 200, and in the form of a query
/// where a proxy takes the `Accept` header away.
pub(super) fn mended(answer: Answer) -> HttpResponse {
    let Answer {
        mut status,
        headers,
        body,
    } = answer;
    let is_form = kind(&headers).eq_ignore_ascii_case("application/x-www-form-urlencoded");
    let (body, json) = if is_form {
        let members = from_form(&body);
        let body = serde_json::to_vec(&members).expect("text and numbers are JSON");
        (body, true)
    } else {
        let json = kind(&headers).eq_ignore_ascii_case("application/json");
        (body.to_vec(), json)
    };
    let says_error = || serde_json::from_slice::<SaysError>(&body).is_ok();
    if status == StatusCode::OK && json && says_error() {
        status = StatusCode::BAD_REQUEST;
    }
    let mut mended = HttpResponse::new(body);
    *mended.status_mut() = status;
    let kind = if json {
        "application/json"
    } else {
        "text/plain"
    };
    mended
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    mended
}

#[derive(Deserialize)]
struct SaysError {
    #[serde(rename = "error")]
    _error: String,
}

/// The media type, without parameters.
fn kind(headers: &HeaderMap) -> &str {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default();
    kind.split_once(';').map_or(kind, |(kind, _)| kind).trim()
}

/// Times in seconds are numbers in JSON; everything else is text.
fn from_form(body: &[u8]) -> Map<String, Value> {
    let member = |(name, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| {
        let number = value
            .parse::<u64>()
            .ok()
            .filter(|_| name.ends_with("expires_in") || name == "interval");
        let value = number.map_or_else(|| Value::from(value), Value::from);
        (name.into_owned(), value)
    };
    form_urlencoded::parse(body).map(member).collect()
}

/// The single scopes of a text that has them with spaces, as the RFC wants, or with commas, as
/// GitHub writes them.
pub(super) fn scopes(text: &str) -> impl Iterator<Item = String> {
    text.split([' ', ','])
        .filter(|scope| !scope.is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn answer(status: u16, kind: &'static str, body: &'static str) -> HttpResponse {
        let headers = [(CONTENT_TYPE, HeaderValue::from_static(kind))];
        mended(Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers.into_iter().collect(),
            body: Bytes::from_static(body.as_bytes()),
        })
    }

    #[test]
    fn an_error_with_status_200_is_an_error() {
        let json = "application/json; charset=utf-8";
        let error = r#"{"error":"bad_verification_code"}"#;
        let good = r#"{"access_token":"a","error":null}"#;
        assert_eq!(answer(200, json, error).status(), 400);
        assert_eq!(answer(200, json, good).status(), 200);
        assert_eq!(answer(200, "text/html", error).status(), 200);
        assert_eq!(answer(401, json, error).status(), 401);
        let form = "application/x-www-form-urlencoded";
        assert_eq!(answer(200, form, "error=bad_refresh_token").status(), 400);
    }

    #[test]
    fn a_form_becomes_json_with_numbers_for_lifetimes_only() {
        let form = "access_token=12&expires_in=28800&scope=repo%2Cgist&refresh_token_expires_in=x";
        let mended = answer(200, "Application/X-WWW-Form-UrlEncoded", form);
        let expected = serde_json::json!({"access_token": "12", "expires_in": 28800,
            "scope": "repo,gist", "refresh_token_expires_in": "x"});
        let found: Value = serde_json::from_slice(mended.body()).unwrap();
        assert_eq!(found, expected);
        assert_eq!(mended.headers()[CONTENT_TYPE], "application/json");
    }

    #[test]
    fn what_is_neither_json_nor_a_form_stays_so() {
        let page = answer(200, "text/html", "<p>");
        assert_eq!(page.headers()[CONTENT_TYPE], "text/plain");
        assert_eq!(page.body(), b"<p>");
    }

    #[test]
    fn scopes_are_told_apart_by_commas_and_spaces() {
        let all: Vec<_> = scopes("repo,read:org gist, ").collect();
        assert_eq!(all, ["repo", "read:org", "gist"]);
        assert_eq!(scopes("").count(), 0);
    }
}
