//! What a host's refusal means, and how callers of a provider are told.

use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use url::Url;

use crate::provider::outgoing::{CallError, rest_of};
use crate::provider::{Barrier, ProviderError};

/// A host's own ways.
#[derive(Debug)]
pub(in crate::provider) struct Ways {
    /// As people call it.
    pub(in crate::provider) name: &'static str,
    /// Its web address.
    pub(in crate::provider) web: Url,
    /// Whether it makes no commit on a branch that has moved. Where it does, writers must wait for
    /// each other.
    pub(in crate::provider) locks_branch: bool,
    /// What a refusal means at this moment: the one table of the adapter.
    pub(in crate::provider) classify: fn(&Refusal, Timestamp) -> Verdict,
    /// The page of single sign-on that a refusal names, if it is one of this web address.
    pub(in crate::provider) sign_on: fn(&Refusal, &Url) -> Option<String>,
}

/// A refusal as it came. GraphQL's errors come with status 200; they are given the status that REST
/// would have.
#[derive(Debug, Clone)]
pub(in crate::provider) struct Refusal {
    pub(in crate::provider) status: StatusCode,
    pub(in crate::provider) headers: HeaderMap,
    /// The message, and those of single errors after it.
    pub(in crate::provider) message: String,
}

/// What a refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::provider) enum Verdict {
    /// The token is not accepted any more.
    SignInExpired,
    /// The host asks for a pause until then.
    Wait(Timestamp),
    /// The person may not do this.
    Forbidden,
    /// The organisation asks for single sign-on.
    SingleSignOn,
    /// The organisation has not approved the application.
    Unapproved,
    /// The repository is archived.
    Archived,
    /// The branch is protected, or a rule of the repository forbids the commit.
    Protected,
    /// It is not there, or hidden.
    NotFound,
    /// The branch is not there, but the repository is.
    NoBranch,
    /// The commit is not there.
    NoCommit,
    /// It is there already.
    Exists,
    /// The branch or the file was moved by somebody else.
    Raced,
    /// The repository has no commit yet.
    Empty,
    /// More than the host handles.
    TooLarge,
    /// The answer is elsewhere.
    Elsewhere,
    /// The host failed: what was asked for may have been done.
    Failed,
    /// The host refused for a reason that is not known here.
    Unknown,
}

/// Why there is no answer that can be used.
#[derive(Debug, Clone)]
pub(in crate::provider) enum Failure {
    /// The host refused.
    Refused(Box<Refusal>),
    /// The repository has no such commit.
    NoCommit,
    /// There is no answer.
    Call(CallError),
    /// The answer is none of the host's.
    Unreadable,
}

impl Verdict {
    /// Whether it says that the person sees nothing of the repository any more.
    pub(super) fn ends_access(self) -> bool {
        matches!(
            self,
            Self::SignInExpired
                | Self::Forbidden
                | Self::SingleSignOn
                | Self::Unapproved
                | Self::NotFound
        )
    }
}

impl Failure {
    /// Whether the host itself says that it failed: it does not go on then. A proxy's words say
    /// nothing about what the host does behind it.
    pub(in crate::provider) fn is_an_end(&self) -> bool {
        matches!(self, Self::Refused(refusal) if matches!(refusal.status.as_u16(), 500 | 503))
    }
}

impl Ways {
    /// What a failure means; `None` when nothing was answered.
    pub(in crate::provider) fn verdict(
        &self,
        failure: &Failure,
        now: Timestamp,
    ) -> Option<Verdict> {
        match failure {
            Failure::Refused(refusal) => Some((self.classify)(refusal, now)),
            Failure::NoCommit => Some(Verdict::NoCommit),
            Failure::Call(_) | Failure::Unreadable => None,
        }
    }

    /// Whether what was asked for may have been done although it failed.
    pub(in crate::provider) fn is_lost(&self, failure: &Failure, now: Timestamp) -> bool {
        let unanswered = matches!(
            failure,
            Failure::Unreadable | Failure::Call(CallError::Lost { .. } | CallError::TooLarge)
        );
        unanswered || self.verdict(failure, now) == Some(Verdict::Failed)
    }

    /// The failure as callers of a provider know it.
    pub(in crate::provider) fn told(&self, failure: Failure, now: Timestamp) -> ProviderError {
        let verdict = self.verdict(&failure, now);
        match failure {
            Failure::Call(error) => unanswered(error),
            Failure::NoCommit => ProviderError::NotFound { what: "commit" },
            Failure::Unreadable => ProviderError::Unavailable {
                reason: format!("{} gave an answer that cannot be read.", self.name),
                source: None,
            },
            Failure::Refused(refusal) => {
                let known = verdict.and_then(|verdict| self.known(verdict, &refusal));
                known.unwrap_or_else(|| self.refused(*refusal, now))
            }
        }
    }

    /// `None` where the verdict says nothing that callers know.
    fn known(&self, verdict: Verdict, refusal: &Refusal) -> Option<ProviderError> {
        let barred = |barrier| Some(ProviderError::Barred(barrier));
        let missing = |what| Some(ProviderError::NotFound { what });
        match verdict {
            Verdict::Wait(until) => Some(ProviderError::RateLimited { until }),
            Verdict::TooLarge => Some(ProviderError::TooLarge),
            Verdict::SignInExpired => Some(ProviderError::SignInExpired),
            Verdict::Forbidden | Verdict::Protected => Some(ProviderError::Forbidden),
            Verdict::Archived => barred(Barrier::Archived),
            Verdict::Unapproved => barred(Barrier::Application),
            Verdict::SingleSignOn => {
                let address = (self.sign_on)(refusal, &self.web);
                barred(Barrier::SingleSignOn { address })
            }
            Verdict::NotFound => missing("repository"),
            Verdict::NoBranch | Verdict::Empty => missing("branch"),
            Verdict::NoCommit => missing("commit"),
            Verdict::Exists
            | Verdict::Raced
            | Verdict::Elsewhere
            | Verdict::Failed
            | Verdict::Unknown => None,
        }
    }

    fn refused(&self, refusal: Refusal, now: Timestamp) -> ProviderError {
        if let Some(until) = rest_of(refusal.status, &refusal.headers, now) {
            return ProviderError::Resting { until };
        }
        let (name, status) = (self.name, refusal.status);
        let reason = if status.is_redirection() {
            format!("{name} answered from somewhere else.")
        } else if status.is_server_error() {
            format!("{name} failed with status {}.", status.as_u16())
        } else {
            format!("{name} refused this with status {}.", status.as_u16())
        };
        ProviderError::Unavailable {
            reason,
            source: Some(refusal.message.into()),
        }
    }
}

fn unanswered(error: CallError) -> ProviderError {
    match error {
        CallError::Waiting { until } => ProviderError::RateLimited { until },
        CallError::Resting { until } => ProviderError::Resting { until },
        CallError::TooLarge => ProviderError::TooLarge,
        CallError::NotSent { .. } | CallError::Lost { .. } => ProviderError::Unavailable {
            reason: error.to_string(),
            source: Some(error.into()),
        },
    }
}
