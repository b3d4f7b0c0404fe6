//! Sending a commit to GitHub, and what the answer says.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::caller::Failure;
use super::classify::Verdict;
use super::graphql::COMMIT;
use super::visit::commit_id;
use super::wire::Mutation;
use super::write::{Lost, Refused, Tried, Write};
use crate::provider::outgoing::{CallError, Repeat};
use crate::provider::{Action, Change, CommitError, CommitId, ProviderError};

impl Write<'_> {
    /// Makes these changes one commit, if the branch stands at `head`.
    pub(super) async fn send(&mut self, head: CommitId, needed: &[&Change]) -> Tried {
        let input = json!({ "input": self.input(&head, needed) });
        let caller = &self.visit.caller;
        let answer = caller.graphql::<Mutation>(COMMIT, &input, Repeat::Never);
        let made = answer.await.and_then(|answer| {
            let payload = answer.create_commit_on_branch;
            let commit = payload.and_then(|payload| payload.commit);
            commit_id(&commit.ok_or(Failure::Unreadable)?.oid)
        });
        match made {
            Ok(commit) => {
                let visit = self.visit;
                let (now, moved) = (visit.github.clock.now(), (head, &commit));
                visit
                    .github
                    .heads
                    .wrote(visit.caller.id, &self.key, moved, now);
                Ok(Some(self.committed(commit)))
            }
            Err(failure) => self.failed(Some(head), failure),
        }
    }

    fn input(&self, head: &CommitId, needed: &[&Change]) -> Value {
        let (mut additions, mut deletions) = (Vec::new(), Vec::new());
        for change in needed {
            let path = change.path.as_str();
            match &change.action {
                Action::Put(bytes) => {
                    additions.push(json!({ "path": path, "contents": STANDARD.encode(bytes) }));
                }
                Action::Delete => deletions.push(json!({ "path": path })),
            }
        }
        // GitHub joins the two by an empty line: so the message stays what it is.
        let message = &self.request.message;
        let (headline, body) = message.split_once("\n\n").unwrap_or((message, ""));
        json!({
            "branch": {
                "repositoryNameWithOwner": self.visit.repository.as_str(),
                "branchName": self.request.branch.as_str(),
            },
            "expectedHeadOid": head.as_str(),
            "message": { "headline": headline, "body": body },
            "fileChanges": { "additions": additions, "deletions": deletions },
        })
    }

    /// Whether to try again: after a race, and when the answer was lost. `base` is where the
    /// branch stood.
    pub(super) fn failed(&mut self, base: Option<CommitId>, failure: Failure) -> Tried {
        let verdict = self.visit.caller.verdict(&failure);
        let unanswered = matches!(
            failure,
            Failure::Unreadable | Failure::Call(CallError::Lost { .. } | CallError::TooLarge)
        );
        if unanswered || verdict == Some(Verdict::Failed) {
            self.lose(base, failure);
            return Ok(None);
        }
        if let (Some(Verdict::Raced), Some(lost)) = (verdict, &mut self.lost) {
            // The branch has moved, perhaps by what had no answer.
            lost.ended = false;
        }
        // Writers that meet are told that they may not, and so are those who really may not.
        let error = match verdict {
            Some(Verdict::Protected) => return Err(CommitError::Protected),
            Some(Verdict::Raced | Verdict::Exists) => None,
            Some(Verdict::Forbidden | Verdict::NotFound | Verdict::NoBranch) => {
                Some(ProviderError::Forbidden)
            }
            _ => {
                let told = self.visit.told::<()>(Err(failure));
                return self.unless_lost(told).map(|()| None);
            }
        };
        match (base, error) {
            (Some(head), error) => self.refused = Some(Refused { head, error }),
            (None, Some(error)) => return Err(error.into()),
            (None, None) => {}
        }
        Ok(None)
    }

    fn lose(&mut self, base: Option<CommitId>, failure: Failure) {
        let ended = failure.is_an_end();
        let (before, all_ended) = match &self.lost {
            Some(lost) => (lost.sendings, lost.ended),
            None => (0, true),
        };
        self.lost = Some(Lost {
            base,
            cause: self.visit.caller.told(failure),
            ended: ended && all_ended,
            sendings: before + 1,
        });
    }
}
