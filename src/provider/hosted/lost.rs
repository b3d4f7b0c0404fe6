//! Looking for a commit whose answer was lost, before anything is sent again.

use super::desk::{Desk, Logged, Made};
use crate::provider::{CommitId, ProviderError};

/// Pages of the log that are searched.
const PAGES: usize = 4;
/// The trailer that no two requests share.
const TRAILER: &str = "Request-Id: ";

/// What the search has found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// The commit was made.
    Made(Made),
    /// It is not on the branch.
    Absent,
    /// Too much has been committed since.
    Unclear,
}

/// Looks through what has come onto the branch since it stood at `since`, or ever.
pub(super) async fn search(
    desk: &impl Desk,
    message: &str,
    head: &CommitId,
    since: Option<&CommitId>,
) -> Result<Search, ProviderError> {
    for page in 1..=PAGES {
        let (commits, more) = desk.log(head, page).await?;
        for Logged {
            made,
            message: theirs,
        } in commits
        {
            if Some(&made.commit) == since {
                return Ok(Search::Absent);
            }
            if is_ours(message, &theirs, made.parent.as_ref(), since) {
                return Ok(Search::Made(made));
            }
        }
        if !more {
            return Ok(Search::Absent);
        }
    }
    Ok(Search::Unclear)
}

/// By its request; where the message names none, by the whole message and where it stands.
fn is_ours(
    message: &str,
    theirs: &str,
    parent: Option<&CommitId>,
    since: Option<&CommitId>,
) -> bool {
    let trailer = message.lines().rfind(|line| line.starts_with(TRAILER));
    if let Some(trailer) = trailer {
        return theirs.lines().any(|line| line.trim_end() == trailer);
    }
    theirs.trim_end() == message.trim_end() && parent == since
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_ours_by_its_request_or_by_its_words_and_place() {
        let since = CommitId::parse(&"1".repeat(40)).unwrap();
        let other = CommitId::parse(&"2".repeat(40)).unwrap();
        let is_ours = |message, theirs, since| is_ours(message, theirs, Some(&other), since);
        let with = "Title\n\nRequest-Id: 0011\nTool: Wyvern\n";
        let lines = "Title\n\nRequest-Id: 0011\r\nTool: Wyvern";
        assert!(is_ours(with, lines, None));
        let another = "Title\n\nRequest-Id: 0012\nTool: Wyvern\n";
        assert!(!is_ours(with, another, Some(&other)));
        assert!(is_ours("Title\n", "Title", Some(&other)));
        assert!(!is_ours("Title\n", "Title", Some(&since)));
        assert!(!is_ours("Title\n", "Title 2", Some(&other)));
    }
}
