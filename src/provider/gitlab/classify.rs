//! What GitLab's refusals mean: one table, for REST and GraphQL alike.
//!
//! A status alone never decides: 400 is a race, a name that is taken, or a rule; 404 says by words
//! alone what is not there. The words are those of GitLab's source.

use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use crate::provider::hosted::{Refusal, Verdict};
use crate::provider::outgoing::wait_of;

/// How much of a body that is not JSON is worth telling.
const TOLD: usize = 200;

/// What a refusal means, at this moment.
pub(super) fn classify(refusal: &Refusal, now: Timestamp) -> Verdict {
    let text = refusal.message.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // Gitaly's words come with the number of their kind before them.
    let words = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    let begins = |with: &[&str]| with.iter().any(|one| words.starts_with(one));
    if let Some(until) = wait_of(refusal.status, &refusal.headers, now) {
        return Verdict::Wait(until);
    }
    match refusal.status.as_u16() {
        401 => Verdict::SignInExpired,
        500..=599 => Verdict::Failed,
        300..=399 => Verdict::Elsewhere,
        // The answer to a HEAD has no words.
        405 if text.is_empty() || says(&["moved projects"]) => Verdict::Elsewhere,
        413 => Verdict::TooLarge,
        // These hold names that people have chosen, which may be any words.
        400 | 409 if begins(RACES) => Verdict::Raced,
        400 | 409 if begins(EXISTS) => Verdict::Exists,
        400 if begins(NAMED) && says(RULES) => Verdict::Protected,
        400 if begins(&["failed to create branch"]) => Verdict::Unknown,
        _ if says(TOO_LARGE) => Verdict::TooLarge,
        404 if says(NO_COMMIT) => Verdict::NoCommit,
        404 if says(NO_BRANCH) => Verdict::NoBranch,
        404 if says(NO_FILE) => Verdict::Unknown,
        404 | 410 => Verdict::NotFound,
        400..=499 if says(SINGLE_SIGN_ON) => Verdict::SingleSignOn,
        400..=499 if says(ARCHIVED) => Verdict::Archived,
        400..=499 if says(RULES) => Verdict::Protected,
        403 | 451 => Verdict::Forbidden,
        400 if says(&["when you are on a branch"]) => Verdict::NoBranch,
        _ => Verdict::Unknown,
    }
}

const TOO_LARGE: &[&str] = &[
    "too large",
    "larger than",
    "size limit",
    "exceeds max complexity",
];
const RACES: &[&str] = &[
    "the file has changed since you started editing it",
    "you are attempting to update a file that has changed",
    "could not update ",
    "a file with this name doesn't exist",
];
const EXISTS: &[&str] = &[
    "a file with this name already exists",
    "a directory with this name already exists",
    "a branch called ",
    "branch already exists",
];
const NAMED: &[&str] = &["file name ", "branch name "];
const RULES: &[&str] = &[
    "not allowed to push into this branch",
    "protected branch",
    "does not follow the pattern",
    "prohibited by the pattern",
    "prevented by server hooks",
    "pre-receive hook",
];
const ARCHIVED: &[&str] = &["archived"];
const SINGLE_SIGN_ON: &[&str] = &["valid sso session"];
const NO_COMMIT: &[&str] = &["commit not found", "tree not found"];
const NO_BRANCH: &[&str] = &["branch not found"];
const NO_FILE: &[&str] = &["file not found", "blob not found", NO_FOLDER];
const NO_FOLDER: &str = "invalid revision or path";

/// Whether only the folder is not there: of a commit that is not there GitLab says otherwise.
pub(super) fn is_no_folder(refusal: &Refusal) -> bool {
    refusal.status == StatusCode::NOT_FOUND && refusal.message.contains(NO_FOLDER)
}

/// The status that REST has for what GraphQL says in these words. Words that are not known are a
/// failure: nothing is known about what was done.
pub(super) fn status_of(message: &str) -> StatusCode {
    let text = message.to_lowercase();
    if TOO_LARGE.iter().any(|word| text.contains(word)) {
        StatusCode::PAYLOAD_TOO_LARGE
    } else if text.contains("does not exist or you don't have permission") {
        StatusCode::NOT_FOUND
    } else {
        StatusCode::BAD_GATEWAY
    }
}

/// The page of an organisation's single sign-on that a refusal names, if it is GitLab's own.
pub(super) fn sign_on(refusal: &Refusal, web: &Url) -> Option<String> {
    let mut words = refusal.message.split_whitespace();
    let address = words.find(|word| word.starts_with("http"))?;
    let address = Url::parse(address).ok()?;
    (address.origin() == web.origin()).then(|| address.into())
}

/// The words in a refusal's body: `message` or `error` or `errors`, each a text, or texts by the
/// names of what they are about.
pub(super) fn words(body: &[u8]) -> String {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        let text = String::from_utf8_lossy(body);
        return text.chars().take(TOLD).collect();
    };
    let members = ["message", "error", "error_description", "errors"];
    let said = members.iter().filter_map(|name| body.get(name));
    said.flat_map(texts).collect::<Vec<_>>().join(" ")
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(status: u16, headers: &[(&'static str, &str)], message: &str) -> Verdict {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let refusal = Refusal {
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers.collect(),
            message: message.to_owned(),
        };
        classify(&refusal, at(1000))
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[rustfmt::skip]
    const ROWS: &[(u16, &str, Verdict)] = &[
        (301, "This resource has been moved", Verdict::Elsewhere),
        (400, "The file has changed since you started editing it: m/m.json", Verdict::Raced),
        (400, "You are attempting to update a file that has changed since you started editing it.", Verdict::Raced),
        (400, "Could not update main. Please refresh and try again.", Verdict::Raced),
        (400, "Could not update refs/heads/main. Please refresh and try again.", Verdict::Raced),
        (400, "The file has changed since you started editing it: Archived orders/Archived orders.json", Verdict::Raced),
        (400, "The file has changed since you started editing it: size limits.json", Verdict::Raced),
        (400, "Could not update archived/2025. Please refresh and try again.", Verdict::Raced),
        (400, "Could not update refs/heads/protected branch. Please refresh and try again.", Verdict::Raced),
        (400, "9:Could not update refs/heads/archived/2025. Please refresh and try again.", Verdict::Raced),
        (400, "A branch called 'archived/2025' already exists. Switch to that branch in order to make changes", Verdict::Exists),
        (400, "File name archived.json was prohibited by the pattern \"json$\".", Verdict::Protected),
        (400, "File name size limit.json was prohibited by the pattern \"json$\".", Verdict::Protected),
        (400, "File \"archived.json\" is larger than the allowed size of 1 MiB", Verdict::TooLarge),
        (400, "Failed to create branch 'archived/..': invalid reference name", Verdict::Unknown),
        (400, "A file with this name doesn't exist", Verdict::Raced),
        (400, "A file with this name already exists", Verdict::Exists),
        (400, "A directory with this name already exists", Verdict::Exists),
        (400, "A branch called 'x' already exists. Switch to that branch in order to make changes", Verdict::Exists),
        (400, "Branch already exists", Verdict::Exists),
        (400, "You can only create or edit files when you are on a branch", Verdict::NoBranch),
        (400, "You are not allowed to push into this branch", Verdict::Protected),
        (400, "Commit message does not follow the pattern 'JIRA-[0-9]+'", Verdict::Protected),
        (400, "File name m/m.json was prohibited by the pattern \"json$\".", Verdict::Protected),
        (400, "Prevented by server hooks", Verdict::Protected),
        (400, "File \"m/m.json\" is larger than the allowed size of 1 MiB", Verdict::TooLarge),
        (400, "Failed to create branch 'a/b': invalid reference name", Verdict::Unknown),
        (400, "branch is missing", Verdict::Unknown),
        (401, "401 Unauthorized", Verdict::SignInExpired),
        (401, "invalid_token Token is expired. You can either do re-authorization or token refresh.", Verdict::SignInExpired),
        (403, "403 Forbidden", Verdict::Forbidden),
        (403, "403 Forbidden - Your account has been blocked.", Verdict::Forbidden),
        (403, "403 Forbidden - You (@ada) must accept the Terms of Service in order to perform this action.", Verdict::Forbidden),
        (403, "insufficient_scope The request requires higher privileges than provided by the access token.", Verdict::Forbidden),
        (403, "403 Forbidden - You are not allowed to push into this branch", Verdict::Protected),
        (403, "403 Forbidden - The project is archived", Verdict::Archived),
        (403, "Cannot find valid SSO session. Please login via your group's SSO at https://gitlab.com/x", Verdict::SingleSignOn),
        (404, "404 Project Not Found", Verdict::NotFound),
        (404, "404 Not Found", Verdict::NotFound),
        (404, "", Verdict::NotFound),
        (404, "404 Branch Not Found", Verdict::NoBranch),
        (404, "404 Commit Not Found", Verdict::NoCommit),
        (404, "404 Tree Not Found", Verdict::NoCommit),
        (404, "404 File Not Found", Verdict::Unknown),
        (404, "404 Blob Not Found", Verdict::Unknown),
        (404, "404 invalid revision or path Not Found", Verdict::Unknown),
        (405, "Non GET methods are not allowed for moved projects", Verdict::Elsewhere),
        (405, "", Verdict::Elsewhere),
        (405, "405 Method Not Allowed", Verdict::Unknown),
        (409, "409 Conflict", Verdict::Unknown),
        (413, "Query has complexity of 275, which exceeds max complexity of 250", Verdict::TooLarge),
        (413, "<html><title>413 Request Entity Too Large</title></html>", Verdict::TooLarge),
        (422, "Validation failed", Verdict::Unknown),
        (429, "Retry later", Verdict::Wait(Timestamp::constant(1060, 0))),
        (500, "500 Internal Server Error", Verdict::Failed),
        (502, "GitLab is not responding: the upstream header is too large", Verdict::Failed),
    ];

    #[test]
    fn every_row_has_its_examples() {
        for (status, message, wanted) in ROWS {
            assert_eq!(
                verdict(*status, &[], message),
                *wanted,
                "{status} {message}"
            );
        }
    }

    #[test]
    fn a_pause_is_as_long_as_gitlab_says() {
        let limit = |headers: &[(&'static str, &str)]| verdict(429, headers, "Retry later");
        let soon = ("retry-after", "7");
        assert_eq!(limit(&[soon]), Verdict::Wait(at(1007)));
        let reset = [("ratelimit-remaining", "0"), ("ratelimit-reset", "1030")];
        assert_eq!(limit(&reset), Verdict::Wait(at(1030)));
        let both = [reset[0], reset[1], soon];
        assert_eq!(limit(&both), Verdict::Wait(at(1007)));
    }

    #[test]
    fn single_sign_on_leads_to_a_page_of_the_same_server_or_nowhere() {
        let page = |address: &str| {
            let refusal = Refusal {
                status: StatusCode::FORBIDDEN,
                headers: http::HeaderMap::new(),
                message: format!("Cannot find valid SSO session. Please login via {address}"),
            };
            sign_on(
                &refusal,
                &Url::parse("https://git.example.com/lab/").unwrap(),
            )
        };
        let own = "https://git.example.com/lab/groups/g/-/saml/sso?token=t";
        assert_eq!(page(own).as_deref(), Some(own));
        assert_eq!(page("https://evil.example/groups/g/-/saml/sso"), None);
        assert_eq!(page("your group"), None);
    }

    #[test]
    fn words_are_found_in_whatever_form_they_come() {
        let told = |body: &str| words(body.as_bytes());
        assert_eq!(
            told(r#"{"message":"404 Project Not Found"}"#),
            "404 Project Not Found"
        );
        assert_eq!(told(r#"{"message":["Another","one"]}"#), "Another one");
        assert_eq!(
            told(r#"{"message":{"base":["is taken"],"n":1}}"#),
            "is taken"
        );
        assert_eq!(
            told(r#"{"error":"invalid_token","error_description":"Token was revoked."}"#),
            "invalid_token Token was revoked."
        );
        assert_eq!(
            told(r#"{"errors":[{"message":"Invalid token"}]}"#),
            "Invalid token"
        );
        assert_eq!(told("Retry later\n"), "Retry later\n");
        assert_eq!(told(&"x".repeat(1000)).len(), 200);
    }

    #[test]
    fn an_error_of_graphql_in_no_known_words_is_a_failure() {
        let words = [
            (
                "The resource that you are attempting to access does not exist or you don't have permission to perform this action",
                404,
            ),
            (
                "Query has complexity of 275, which exceeds max complexity of 250",
                413,
            ),
            ("Max blobs size limit exceeded (32 MB / 20 MB).", 413),
            ("Internal server error", 502),
            ("", 502),
        ];
        for (message, status) in words {
            assert_eq!(status_of(message).as_u16(), status, "{message}");
        }
    }
}
