//! What a client sees of a fault, and what must hold of it whatever the page says.

use super::ground::Ground;
use super::operation::Operation;
use crate::support::Answer;

/// What came of an operation that met a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) status: u16,
    /// The problem's code; `None` for a success, and on the pages that people end a sign-in on.
    pub(super) code: Option<String>,
    /// Whether the repository has the change.
    made: bool,
}

/// A change as the repository has it.
pub(super) struct Trace {
    /// Commits that the branch has more than before.
    pub(super) commits: usize,
    /// Commits that name the request.
    pub(super) named: usize,
}

impl Seen {
    pub(super) fn of(operation: Operation, ground: &Ground, answer: &Answer) -> Self {
        let problem = answer.status() >= 400 && !answer.text().starts_with("<!doctype html>");
        let code = problem.then(|| answer.json()["code"].as_str().unwrap().to_owned());
        Self {
            status: answer.status(),
            code,
            made: operation.is_made(ground),
        }
    }

    fn is_unknown(&self) -> bool {
        self.code.as_deref() == Some("unknown_outcome")
    }

    /// What no answer may be, whatever has gone wrong.
    #[track_caller]
    pub(super) fn is_honest(
        &self,
        operation: Operation,
        fault: &str,
        ground: &Ground,
        answer: &Answer,
    ) {
        let told = format!("{operation:?}, {fault}: {self:?}");
        assert!(self.status != 500, "{told}");
        assert!(self.status != 401 || fault == "401", "{told}");
        let wait = answer.header("retry-after");
        let wait: Option<u64> = wait.map(|seconds| seconds.parse().unwrap());
        let waits = matches!(self.status, 429 | 503);
        assert_eq!(wait.is_some(), waits, "{told}");
        if self.status == 429 {
            assert_eq!(wait, Some(ground.wait()), "{told}");
        }
        if operation.changes_something() && !self.is_unknown() {
            assert_eq!(self.made, self.status < 300, "{told}");
        }
    }

    /// A change that is there was made once.
    #[track_caller]
    pub(super) fn is_made_once(&self, operation: Operation, fault: &str, trace: &Trace) {
        let told = format!("{operation:?}, {fault}: {self:?}");
        let commits = usize::from(self.made && operation.commits());
        assert_eq!((trace.commits, trace.named), (commits, commits), "{told}");
    }

    /// As it stands in the table.
    pub(super) fn cell(&self) -> String {
        match (self.is_unknown(), self.made) {
            (true, true) => "unknown, made".to_owned(),
            (true, false) => "unknown".to_owned(),
            _ => self.status.to_string(),
        }
    }
}
