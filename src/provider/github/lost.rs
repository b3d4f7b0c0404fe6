//! Looking for a commit whose answer was lost, before anything is sent again.

use super::visit::{Visit, commit_id};
use super::wire::Commit;
use crate::provider::{CommitId, ProviderError};

/// Commits on one page, and pages that are searched.
const AT_ONCE: usize = 30;
const PAGES: usize = 4;
/// The trailer that no two requests share.
const TRAILER: &str = "Request-Id: ";

/// What the search has found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// The commit was made.
    Made(CommitId),
    /// It is not on the branch.
    Absent,
    /// Too much has been committed since.
    Unclear,
}

impl Visit<'_> {
    /// Looks through what has come onto the branch since it stood at `since`, or ever.
    pub(super) async fn search(
        &self,
        message: &str,
        head: &CommitId,
        since: Option<&CommitId>,
    ) -> Result<Search, ProviderError> {
        for page in 1..=PAGES {
            let path = self.path(&format!(
                "/commits?sha={head}&per_page={AT_ONCE}&page={page}"
            ));
            let (commits, next) = self.told(self.caller.page::<Commit>(&path).await)?;
            for commit in commits {
                let id = self.told(commit_id(&commit.sha))?;
                if Some(&id) == since {
                    return Ok(Search::Absent);
                }
                if is_ours(message, &commit, since) {
                    return Ok(Search::Made(id));
                }
            }
            if next.is_none() {
                return Ok(Search::Absent);
            }
        }
        Ok(Search::Unclear)
    }
}

/// By its request; where the message names none, by the whole message and where it stands.
fn is_ours(message: &str, commit: &Commit, since: Option<&CommitId>) -> bool {
    let theirs = &commit.text.message;
    let trailer = message.lines().rfind(|line| line.starts_with(TRAILER));
    if let Some(trailer) = trailer {
        return theirs.lines().any(|line| line.trim_end() == trailer);
    }
    let parent = commit.parents.first().map(|parent| parent.sha.as_str());
    theirs.trim_end() == message.trim_end() && parent == since.map(CommitId::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::github::wire::{CommitText, Tip};

    #[test]
    fn a_commit_is_ours_by_its_request_or_by_its_words_and_place() {
        let since = CommitId::parse(&"1".repeat(40)).unwrap();
        let other = CommitId::parse(&"2".repeat(40)).unwrap();
        let commit = |message: &str| Commit {
            sha: "3".repeat(40),
            text: CommitText {
                message: message.to_owned(),
                author: None,
            },
            parents: vec![Tip {
                sha: since.to_string(),
            }],
        };
        let with = "Title\n\nRequest-Id: 0011\nTool: Wyvern\n";
        assert!(is_ours(
            with,
            &commit("Title\n\nRequest-Id: 0011\r\nTool: Wyvern"),
            None
        ));
        assert!(!is_ours(
            with,
            &commit("Title\n\nRequest-Id: 0012\nTool: Wyvern\n"),
            Some(&since)
        ));
        assert!(is_ours("Title\n", &commit("Title"), Some(&since)));
        assert!(!is_ours("Title\n", &commit("Title"), Some(&other)));
        assert!(!is_ours("Title\n", &commit("Title 2"), Some(&since)));
    }
}
