//! What Bitbucket's refusals mean: one table.
//!
//! A status alone never decides: 400 is also a branch restriction, 404 is said of repositories,
//! commits, branches and paths alike.

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::provider::hosted::{Failure, Refusal, Verdict};
use crate::provider::outgoing::wait_of;

/// How long a pause is that is only told in words.
const PAUSE: SignedDuration = SignedDuration::from_secs(60);
/// Of a refusal that is no JSON, what is looked at.
const WORDS: usize = 500;

/// What a refusal means, at this moment.
pub(super) fn classify(refusal: &Refusal, now: Timestamp) -> Verdict {
    let text = refusal.message.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let status = refusal.status.as_u16();
    if let Some(until) = wait_of(refusal.status, &refusal.headers, now) {
        return Verdict::Wait(until);
    }
    match status {
        401 => Verdict::SignInExpired,
        // 555 is Bitbucket's own: it took too long.
        500..=599 => Verdict::Failed,
        413 => Verdict::TooLarge,
        400 | 403 if says(LIMITS) => Verdict::Wait(now + PAUSE),
        // Sentences that name a branch come first: it may be called after the words below.
        400 | 403 if says(RACES) => Verdict::Raced,
        400 if says(NO_COMMIT) => Verdict::Raced,
        400 if says(EXISTS) => Verdict::Exists,
        400 | 403 if says(RULES) => Verdict::Protected,
        400 | 403 if says(ARCHIVED) => Verdict::Archived,
        400 | 409 if says(UNCHANGED) => Verdict::Unknown,
        409 => Verdict::Raced,
        404 if says(NO_COMMIT) => Verdict::NoCommit,
        404 => Verdict::NotFound,
        403 if says(SINGLE_SIGN_ON) => Verdict::SingleSignOn,
        403 | 451 => Verdict::Forbidden,
        300..=399 => Verdict::Elsewhere,
        _ => Verdict::Unknown,
    }
}

const LIMITS: &[&str] = &["rate limit"];
/// As git says that somebody else has moved the branch, or is about to.
const RACES: &[&str] = &[
    "cannot lock ref",
    "unable to lock ref",
    "failed to update ref",
    "non-fast-forward",
    "not a fast-forward",
    "fetch first",
    "but expected",
];
/// That a push was rejected says nothing alone: races are told so, too.
const RULES: &[&str] = &[
    "permission denied to update branch",
    "branch restriction",
    "branch permission",
    "branch_permission_violated",
    "restricted",
    "protected branch",
    "hook declined",
    "through a pull request",
    "via pull request",
];
const ARCHIVED: &[&str] = &["archived", "read-only", "read only"];
const EXISTS: &[&str] = &["already exists", "branch_already_exists"];
/// A commit that would change nothing: sending it again would not help.
const UNCHANGED: &[&str] = &["no changes", "nothing to commit", "did not change"];
const NO_COMMIT: &[&str] = &[
    "commit not found",
    "commits not found",
    "changeset not found",
];
const SINGLE_SIGN_ON: &[&str] = &["single sign-on", "saml"];
const NO_FILE: &[&str] = &["no such file or directory"];

/// Whether Bitbucket says that the commit is there, and the path is not.
pub(super) fn is_absence(failure: &Failure) -> bool {
    let Failure::Refused(refusal) = failure else {
        return false;
    };
    let text = refusal.message.to_lowercase();
    refusal.status == StatusCode::NOT_FOUND && NO_FILE.iter().any(|word| text.contains(word))
}

/// The words of a refusal: `{"type":"error","error":{"message":…,"detail":…,"data":{"key":…}}}`, or
/// the beginning of whatever else it is.
pub(super) fn words(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Body {
        error: Error,
    }
    #[derive(Deserialize)]
    struct Error {
        message: String,
        detail: Option<String>,
        #[serde(default)]
        data: Data,
    }
    #[derive(Default, Deserialize)]
    struct Data {
        key: Option<String>,
    }
    match serde_json::from_slice::<Body>(body) {
        Ok(Body { error }) => {
            let said = [Some(error.message), error.detail, error.data.key];
            said.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Err(_) => String::from_utf8_lossy(body.get(..WORDS).unwrap_or(body)).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn refusal(status: u16, headers: HeaderMap, body: &str) -> Refusal {
        Refusal {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            message: words(body.as_bytes()),
        }
    }

    fn verdict(status: u16, message: &str) -> Verdict {
        let body = serde_json::json!({ "type": "error", "error": { "message": message } });
        let refusal = refusal(status, HeaderMap::new(), &body.to_string());
        classify(&refusal, at(1000))
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    const MINUTE: Verdict = Verdict::Wait(Timestamp::constant(1060, 0));
    const GONE: &str = "CHANGE-2770 - Functionality has been deprecated";
    const NO_REPOSITORY: &str = "You may not have access to this repository or it no longer exists \
                                 in this workspace.";

    const LOCKED: &str = "remote rejected: cannot lock ref 'refs/heads/archived/restricted': is at \
                          0123 but expected 4567";

    const ROWS: &[(u16, &str, Verdict)] = &[
        (400, "parents: Commit not found: 0123", Verdict::Raced),
        (400, "Branch \"x\" already exists.", Verdict::Exists),
        (
            400,
            "Push rejected by a branch restriction.",
            Verdict::Protected,
        ),
        (
            400,
            "Permission denied to update branch main.",
            Verdict::Protected,
        ),
        (
            400,
            "remote rejected: pre-receive hook declined",
            Verdict::Protected,
        ),
        (400, "Push rejected", Verdict::Unknown),
        (400, "! [remote rejected] main -> main", Verdict::Unknown),
        (400, LOCKED, Verdict::Raced),
        (
            400,
            "[remote rejected] main -> main (failed to update ref)",
            Verdict::Raced,
        ),
        (403, "Push rejected: non-fast-forward", Verdict::Raced),
        (400, "Updates were rejected, fetch first", Verdict::Raced),
        (
            400,
            "Branch \"archived/restricted\" already exists.",
            Verdict::Exists,
        ),
        (
            400,
            "Permission denied to update branch archived/2025.",
            Verdict::Protected,
        ),
        (400, "Bad request", Verdict::Unknown),
        (401, "Access token expired.", Verdict::SignInExpired),
        (
            403,
            "Your credentials lack one or more required privilege scopes.",
            Verdict::Forbidden,
        ),
        (
            403,
            "Branch restrictions apply to main.",
            Verdict::Protected,
        ),
        (
            403,
            "Not allowed. BRANCH_PERMISSION_VIOLATED",
            Verdict::Protected,
        ),
        (403, "Repository is archived.", Verdict::Archived),
        (403, "Single sign-on is required.", Verdict::SingleSignOn),
        (
            403,
            "Rate limit for this resource has been exceeded",
            MINUTE,
        ),
        (404, "Resource not found", Verdict::NotFound),
        (404, NO_REPOSITORY, Verdict::NotFound),
        (404, "Commit not found", Verdict::NoCommit),
        (404, "No such file or directory: x", Verdict::NotFound),
        (409, "parents: 0123 is not the tip of main", Verdict::Raced),
        (409, "", Verdict::Raced),
        (409, "There are no changes to commit.", Verdict::Unknown),
        (410, GONE, Verdict::Unknown),
        (413, "", Verdict::TooLarge),
        (
            429,
            "Rate limit for this resource has been exceeded",
            MINUTE,
        ),
        (451, "", Verdict::Forbidden),
        (302, "", Verdict::Elsewhere),
        (500, "Something went wrong", Verdict::Failed),
        (503, "", Verdict::Failed),
        (555, "Request timed out", Verdict::Failed),
    ];

    #[test]
    fn every_row_has_its_examples() {
        for (status, message, wanted) in ROWS {
            assert_eq!(verdict(*status, message), *wanted, "{status} {message}");
        }
    }

    #[test]
    fn a_429_waits_a_minute_unless_it_says_for_how_long() {
        let headers = [("retry-after", "7")].map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap()));
        let refusal = refusal(429, headers.into_iter().collect(), "<html>");
        assert_eq!(classify(&refusal, at(1000)), Verdict::Wait(at(1007)));
    }

    #[test]
    fn only_a_path_is_an_absence() {
        let is_absence = |status, message: &str| {
            let refusal = refusal(status, HeaderMap::new(), message);
            is_absence(&Failure::Refused(Box::new(refusal)))
        };
        assert!(is_absence(404, "No such file or directory: a/b.json"));
        assert!(!is_absence(404, "Commit not found"));
        assert!(!is_absence(400, "No such file or directory: a/b.json"));
        assert!(!super::is_absence(&Failure::Unreadable));
    }

    #[test]
    fn words_are_found_in_json_and_in_whatever_else_comes() {
        let body = br#"{"type":"error","error":{"message":"a","detail":"b","data":{"key":"C"}}}"#;
        assert_eq!(words(body), "a b C");
        let body = br#"{"type":"error","error":{"fields":{"parents":[]},"message":"a"}}"#;
        assert_eq!(words(body), "a");
        assert_eq!(words(b"Push rejected"), "Push rejected");
        assert_eq!(words(&[b'x'; 600]), "x".repeat(500));
    }
}
