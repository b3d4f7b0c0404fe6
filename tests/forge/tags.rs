//! The tags of answers, by which a client need not be told again what it knows.

use super::asked::{Answer, Asked};

/// The answer with its tag; without its body where the client knows what it would be.
pub(super) fn tagged(asked: &Asked, answer: Answer, tag: &str) -> Answer {
    let known = asked.header("if-none-match").unwrap_or_default();
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let same = known.split(',').any(|one| bare(one) == bare(tag));
    let answer = if same { Answer::empty(304) } else { answer };
    answer.with("etag", tag)
}
