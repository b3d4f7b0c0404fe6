//! What GitHub's refusals mean: one table, for REST and GraphQL alike.
//!
//! A status alone never decides: 403 is also a rate limit, 409 also a rule, 422 also a race.

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::provider::hosted::{Refusal, Verdict};
use crate::provider::outgoing::wait_of;

/// How long a pause is that GitHub asks for without saying how long.
const PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// What a refusal means, at this moment.
pub(super) fn verdict(refusal: &Refusal, now: Timestamp) -> Verdict {
    let text = refusal.message.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let status = refusal.status.as_u16();
    if matches!(status, 403 | 429)
        && let Some(until) = pause(refusal, &text, now)
    {
        return Verdict::Wait(until);
    }
    match status {
        401 => Verdict::SignInExpired,
        500..=599 => Verdict::Failed,
        _ if says(TOO_LARGE) => Verdict::TooLarge,
        413 => Verdict::TooLarge,
        400..=499 if says(RACES) => Verdict::Raced,
        400..=499 if says(RULES) => Verdict::Protected,
        404 | 422 if says(NO_COMMIT) => Verdict::NoCommit,
        404 if says(NO_BRANCH) => Verdict::NoBranch,
        404 | 410 => Verdict::NotFound,
        403 if refusal.headers.contains_key(SSO) || says(SINGLE_SIGN_ON) => Verdict::SingleSignOn,
        403 if says(UNAPPROVED) => Verdict::Unapproved,
        403 if says(ARCHIVED) => Verdict::Archived,
        403 | 451 => Verdict::Forbidden,
        409 if says(&["is empty"]) => Verdict::Empty,
        422 if says(&["already exists"]) => Verdict::Exists,
        300..=399 => Verdict::Elsewhere,
        _ => Verdict::Unknown,
    }
}

/// The page of single sign-on that GitHub names (`X-GitHub-SSO: required; url=…`), if it is its
/// own.
pub(super) fn single_sign_on(refusal: &Refusal, web: &Url) -> Option<String> {
    let named = refusal.headers.get(SSO)?.to_str().ok()?;
    let (_, address) = named.split_once("url=")?;
    let address = Url::parse(address.trim()).ok()?;
    (address.origin() == web.origin()).then(|| address.into())
}

/// Until when GitHub asks to wait. Not every limit has its headers: some are only told.
fn pause(refusal: &Refusal, text: &str, now: Timestamp) -> Option<Timestamp> {
    let told = text.contains("rate limit") || text.contains("abuse detection");
    let said = wait_of(refusal.status, &refusal.headers, now);
    said.or_else(|| told.then_some(now + PAUSE))
}

const TOO_LARGE: &[&str] = &["too_large", "too large", "larger than"];
const RACES: &[&str] = &[
    "but expected",
    "expected branch to point to",
    "does not match",
    "\"sha\" wasn't supplied",
    "not a fast forward",
    "requested for deletion",
];
const RULES: &[&str] = &[
    "protected branch",
    "protected ref",
    "rule violation",
    "through a pull request",
    "not authorized to push",
    "status check",
    "push declined",
];
/// Where GitHub names the page of an organisation's single sign-on.
const SSO: &str = "x-github-sso";
const SINGLE_SIGN_ON: &[&str] = &["saml enforcement", "single sign-on"];
const UNAPPROVED: &[&str] = &["oauth app access restrictions"];
const ARCHIVED: &[&str] = &["was archived"];
const NO_COMMIT: &[&str] = &["no commit found", "object does not exist"];
const NO_BRANCH: &[&str] = &["branch not found", "no such branch"];

/// The status that REST has for what GraphQL calls by this type. A type that is not in the table,
/// and an error without any, is a failure: nothing is known about what was done.
pub(super) fn status_of(kind: Option<&str>) -> StatusCode {
    match kind {
        Some("NOT_FOUND") => StatusCode::NOT_FOUND,
        Some("FORBIDDEN" | "INSUFFICIENT_SCOPES" | "SAML_SSO") => StatusCode::FORBIDDEN,
        Some("RATE_LIMITED" | "RATE_LIMIT") => StatusCode::TOO_MANY_REQUESTS,
        Some("STALE_DATA") => StatusCode::CONFLICT,
        Some("UNPROCESSABLE" | "VALIDATION" | "UNPROCESSABLE_ENTITY") => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => StatusCode::BAD_GATEWAY,
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
        super::verdict(&refusal, at(1000))
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    const MOVED: &str = "is at 0123456789abcdef0123456789abcdef01234567 but expected 89abcdef";
    const STALE: &str = "Expected branch to point to \"0123\" but it did not. Pull and try again.";
    const NO_SHA: &str = "Invalid request.\n\n\"sha\" wasn't supplied.";
    const VIOLATION: &str = "Repository rule violations found\n\nChanges must be made here";
    const MINUTE: Verdict = Verdict::Wait(Timestamp::constant(1060, 0));

    const ROWS: &[(u16, &str, Verdict)] = &[
        (401, "Bad credentials", Verdict::SignInExpired),
        (
            403,
            "Must have admin rights to Repository.",
            Verdict::Forbidden,
        ),
        (
            403,
            "Resource protected by organization SAML enforcement.",
            Verdict::SingleSignOn,
        ),
        (
            403,
            "Repository was archived so is read-only.",
            Verdict::Archived,
        ),
        (
            403,
            "The `octo` organization has enabled OAuth App access restrictions.",
            Verdict::Unapproved,
        ),
        (
            403,
            "Resource not accessible by integration",
            Verdict::Forbidden,
        ),
        (
            403,
            "You're not authorized to push to this branch.",
            Verdict::Protected,
        ),
        (
            403,
            "This blob is too large to fetch. too_large",
            Verdict::TooLarge,
        ),
        (403, "You have exceeded a secondary rate limit.", MINUTE),
        (403, MOVED, Verdict::Raced),
        (404, "Not Found", Verdict::NotFound),
        (404, "Branch not found", Verdict::NoBranch),
        (409, MOVED, Verdict::Raced),
        (409, "m/m.json does not match 0123", Verdict::Raced),
        (409, STALE, Verdict::Raced),
        (409, "Git Repository is empty.", Verdict::Empty),
        (409, VIOLATION, Verdict::Protected),
        (409, "Merge conflict", Verdict::Unknown),
        (413, "", Verdict::TooLarge),
        (422, NO_SHA, Verdict::Raced),
        (422, "Update is not a fast forward", Verdict::Raced),
        (422, "Reference already exists", Verdict::Exists),
        (422, "Object does not exist", Verdict::NoCommit),
        (422, "No commit found for SHA: 0123", Verdict::NoCommit),
        (
            422,
            "Changes must be made through a pull request.",
            Verdict::Protected,
        ),
        (422, "Validation Failed", Verdict::Unknown),
        (429, "", MINUTE),
        (451, "Repository access blocked", Verdict::Forbidden),
        (301, "Moved Permanently", Verdict::Elsewhere),
        (500, "", Verdict::Failed),
        (502, "Server Error", Verdict::Failed),
        (502, "The header is too large", Verdict::Failed),
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
    fn a_pause_is_as_long_as_github_says() {
        let limit = |headers: &[(&'static str, &str)]| verdict(403, headers, "");
        assert_eq!(limit(&[("retry-after", "7")]), Verdict::Wait(at(1007)));
        let reset = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1500"),
        ];
        assert_eq!(limit(&reset), Verdict::Wait(at(1500)));
        let past = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "900")];
        assert_eq!(limit(&past), Verdict::Wait(at(1060)));
        let left = [
            ("x-ratelimit-remaining", "12"),
            ("x-ratelimit-reset", "1500"),
        ];
        assert_eq!(limit(&left), Verdict::Forbidden);
    }

    #[test]
    fn single_sign_on_leads_to_a_page_of_the_same_server_or_nowhere() {
        let web = Url::parse("https://github.com/").unwrap();
        let page = |header: &str| {
            let refusal = Refusal {
                status: StatusCode::FORBIDDEN,
                headers: [(SSO.parse().unwrap(), header.parse().unwrap())]
                    .into_iter()
                    .collect(),
                message: String::new(),
            };
            assert_eq!(super::verdict(&refusal, at(1000)), Verdict::SingleSignOn);
            single_sign_on(&refusal, &web)
        };
        let own = "https://github.com/orgs/octo/sso?authorization_request=A1";
        assert_eq!(page(&format!("required; url={own}")).as_deref(), Some(own));
        assert_eq!(
            page("required; url=https://evil.example/orgs/octo/sso"),
            None
        );
        assert_eq!(page("required; url=http://github.com/orgs/octo/sso"), None);
        assert_eq!(page("partial-results; organizations=1,2"), None);
    }

    #[test]
    fn an_error_of_graphql_of_no_known_type_is_a_failure() {
        let kinds = [
            (Some("NOT_FOUND"), 404),
            (Some("FORBIDDEN"), 403),
            (Some("RATE_LIMITED"), 429),
            (Some("STALE_DATA"), 409),
            (Some("UNPROCESSABLE"), 422),
            (Some("SOMETHING_NEW"), 502),
            (None, 502),
        ];
        for (kind, status) in kinds {
            assert_eq!(status_of(kind).as_u16(), status, "{kind:?}");
        }
    }
}
