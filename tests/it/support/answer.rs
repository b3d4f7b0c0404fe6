//! Answers, and what every one of them must be like.

use axum::http::StatusCode;
use axum::http::response::Parts;
use bytes::Bytes;
use serde_json::Value;

/// The headers that answers may have: nothing else of what the server is made of gets out.
const HEADERS: &[&str] = &[
    "allow",
    "cache-control",
    "content-encoding",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "etag",
    "location",
    "permissions-policy",
    "referrer-policy",
    "retry-after",
    "set-cookie",
    "strict-transport-security",
    "vary",
    "x-content-type-options",
    "x-frame-options",
    "x-request-id",
];

/// Where a browser ends up on its own, so that a person reads what has gone wrong.
const PAGES_OF_FAILURE: &str = " /api/oauth/return";

/// The members of a problem, in their order; the last four only where they mean something.
const PROBLEM: &[&str] = &[
    "type",
    "title",
    "status",
    "detail",
    "code",
    "message",
    "details",
    "request_id",
    "pointer",
    "current_version",
    "conflict_count",
    "conflicts",
];
const PROBLEM_ALWAYS: usize = 8;

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    asked: String,
    head: Parts,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(super) fn new(asked: String, head: Parts, body: Bytes) -> Self {
        Self { asked, head, body }
    }

    pub(crate) fn status(&self) -> u16 {
        self.head.status.as_u16()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let value = self.head.headers.get(name)?;
        Some(value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect(&self.asked)
    }

    /// Asserts the status.
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status(), status, "{}: {}", self.asked, self.start());
        self
    }

    /// What an answer of 200 holds in Threat Dragon's envelope.
    #[track_caller]
    pub(crate) fn data(self) -> Value {
        let mut json = self.is(200).json();
        assert_eq!(json["status"], 200);
        assert_eq!(json.as_object().unwrap().len(), 2, "{json}");
        json["data"].take()
    }

    /// Asserts that it is this problem, and gives it.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, code: &str) -> Value {
        let answer = self.is(status);
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{}: {problem}", answer.asked);
        problem
    }

    /// Asserts that it is the page of this status and heading.
    #[track_caller]
    pub(crate) fn page(self, status: u16, heading: &str) -> Self {
        let answer = self.is(status);
        let kind = answer.header("content-type");
        assert_eq!(kind, Some("text/html; charset=utf-8"), "{}", answer.asked);
        let heading = format!("<h1>{heading}</h1>");
        assert!(answer.text().contains(&heading), "{}", answer.text());
        answer
    }

    /// The version in the `ETag`, which is a strong one.
    #[track_caller]
    pub(crate) fn etag(&self) -> String {
        let tag = self.header("etag").expect(&self.asked).to_owned();
        let version = tag.trim_matches('"');
        assert_eq!(tag, format!("\"{version}\""));
        assert!(version.len() == 40 && version.bytes().all(|b| b.is_ascii_hexdigit()));
        tag
    }

    fn start(&self) -> String {
        let body = String::from_utf8_lossy(&self.body);
        body.chars().take(600).collect()
    }

    /// Asserts what every answer must be like.
    pub(super) fn is_in_form(&self, secrets: &[String]) {
        let asked = &self.asked;
        for name in self.head.headers.keys() {
            assert!(HEADERS.contains(&name.as_str()), "{asked}: header {name}");
        }
        let id = self.header("x-request-id").expect("a request id");
        assert!(id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit()));
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"));
        let policy = self.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none';"), "{asked}");
        assert!(policy.contains("frame-ancestors 'none'"), "{asked}");
        assert!(!policy.contains("unsafe-eval"), "{asked}");
        self.gives_nothing_away(secrets);
        let failed = self.head.status.is_client_error() || self.head.status.is_server_error();
        match self.header("content-type") {
            Some("text/html; charset=utf-8") if failed => self.is_a_page(id),
            _ if failed => self.is_a_problem(id),
            _ => (),
        }
    }

    fn gives_nothing_away(&self, secrets: &[String]) {
        let text = String::from_utf8_lossy(&self.body);
        let headers = format!("{:?}", self.head.headers);
        for secret in secrets {
            let told = text.contains(secret) || headers.contains(secret);
            assert!(!told, "{} tells {secret}", self.asked);
        }
        // S2: a provider's token stays on the server.
        for kind in ["gho_", "ghu_", "ghr_", "forge-access-", "forge-refresh-"] {
            let drawn = |rest: &str| rest.bytes().take_while(u8::is_ascii_hexdigit).count() == 40;
            let mut rests = [&*text, &headers]
                .into_iter()
                .flat_map(|t| t.split(kind).skip(1));
            assert!(!rests.any(drawn), "{} tells a token", self.asked);
        }
        let tokens = text.contains("\"accessToken\":\"") || self.header("set-cookie").is_some();
        assert!(tokens || !text.contains("wyr_"), "{}", self.asked);
        if tokens {
            assert_eq!(self.header("cache-control"), Some("no-store"));
        }
        let page = self
            .header("content-type")
            .is_some_and(|kind| kind.contains("html"));
        let pages = ["GET / ", "HEAD / ", "GET /api/docs", "HEAD /api/docs"];
        let may = pages
            .iter()
            .any(|page| format!("{} ", self.asked).starts_with(page));
        let failure = self.asked.contains(PAGES_OF_FAILURE);
        assert!(!page || failure || (may && self.head.status == StatusCode::OK));
    }

    /// Asserts what every page of a failure must be like: it can be read and left, and runs nothing.
    fn is_a_page(&self, id: &str) {
        assert_eq!(self.header("cache-control"), Some("no-store"));
        assert_eq!(self.header("referrer-policy"), Some("no-referrer"));
        let policy = self.header("content-security-policy").unwrap();
        assert!(
            !policy.contains("unsafe") && !policy.contains("script"),
            "{policy}"
        );
        if self.asked.starts_with("HEAD ") {
            return;
        }
        let text = self.text();
        for part in [
            "<!doctype html>\n<html lang=\"en\">",
            "<meta name=\"viewport\"",
            "<h1>",
            "<a href=\"/\">",
            &format!("<small>Request {id}</small>"),
        ] {
            assert_eq!(text.matches(part).count(), 1, "{part}: {text}");
        }
    }

    fn is_a_problem(&self, id: &str) {
        let kind = Some("application/problem+json; charset=utf-8");
        assert_eq!(self.header("content-type"), kind, "{}", self.asked);
        assert_eq!(self.header("cache-control"), Some("no-store"));
        if self.asked.starts_with("HEAD ") {
            return;
        }
        let problem = self.json();
        let members: Vec<_> = problem.as_object().unwrap().keys().collect();
        let (always, sometimes) = PROBLEM.split_at(PROBLEM_ALWAYS);
        assert_eq!(members[..PROBLEM_ALWAYS], *always, "{problem}");
        let rest = &members[PROBLEM_ALWAYS..];
        assert!(rest.iter().all(|name| sometimes.contains(&name.as_str())));
        assert_eq!(problem["type"], "about:blank");
        assert_eq!(problem["status"], self.status());
        assert_eq!(
            problem["title"],
            self.head.status.canonical_reason().unwrap()
        );
        assert_eq!(problem["message"], problem["title"]);
        assert_eq!(problem["details"], problem["detail"]);
        assert_eq!(problem["request_id"], id);
        assert!(
            problem["detail"]
                .as_str()
                .is_some_and(|text| text.ends_with('.')),
            "{problem}"
        );
        let allow = self.header("allow").is_some();
        assert_eq!(allow, self.status() == 405, "{}", self.asked);
    }
}
