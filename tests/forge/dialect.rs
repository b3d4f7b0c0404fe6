//! The dialects that a forge can speak.

use jiff::Timestamp;

use super::asked::{Answer, Asked};
use super::calls::Sort;
use super::{World, bitbucket, github, gitlab};

/// The speech of the dialect that a module is.
macro_rules! speech {
    ($dialect:ident) => {
        Speech {
            answer: $dialect::answer,
            sort: $dialect::sort,
            failure: $dialect::failure,
            used_up: $dialect::used_up,
            too_often: $dialect::too_often,
            successful_error: $dialect::successful_error,
            login_page: $dialect::login_page,
        }
    };
}

/// Whose wire format a forge speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    GitHub,
    GitLab,
    Bitbucket,
}

impl Dialect {
    pub(crate) const ALL: [Self; 3] = [Self::GitHub, Self::GitLab, Self::Bitbucket];

    /// Its name in lower case.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Bitbucket => "bitbucket",
        }
    }

    /// The path below which everything is answered: a GitLab is kept below a folder of its host.
    pub(super) fn root(self) -> &'static str {
        match self {
            Self::GitHub | Self::Bitbucket => "/",
            Self::GitLab => "/gitlab/",
        }
    }

    /// Where Wyvern awaits people who come from a host of this dialect.
    pub(super) fn callback(self) -> String {
        let base = "http://127.0.0.1/api/oauth/return";
        match self {
            Self::GitHub => base.to_owned(),
            Self::GitLab | Self::Bitbucket => format!("{base}/{}", self.name()),
        }
    }

    /// What the client has to be allowed for its work.
    pub(super) fn scope(self) -> &'static str {
        match self {
            Self::GitHub => "repo",
            Self::GitLab => "api",
            Self::Bitbucket => "repository:write",
        }
    }

    /// Whether a refresh token is good once, and takes its access token with it.
    pub(super) fn rotates(self) -> bool {
        self != Self::Bitbucket
    }

    pub(super) fn speech(self) -> &'static Speech {
        match self {
            Self::GitHub => &speech!(github),
            Self::GitLab => &speech!(gitlab),
            Self::Bitbucket => &speech!(bitbucket),
        }
    }
}

/// What each dialect has its own words for.
pub(super) struct Speech {
    /// The answer when nothing goes wrong on purpose.
    pub(super) answer: fn(&World, &Asked) -> Answer,
    /// What sort of call it is.
    pub(super) sort: fn(&World, &Asked) -> Sort,
    /// What a host that fails with a status answers.
    pub(super) failure: fn(u16) -> Answer,
    /// What somebody who may call no more until then is told.
    pub(super) used_up: fn(Timestamp) -> Answer,
    /// What somebody who calls too often at once is told: the status, and the seconds to wait.
    pub(super) too_often: fn(u16, u32) -> Answer,
    /// An error under status 200.
    pub(super) successful_error: fn(&Asked, &str) -> Answer,
    /// The page that a browser without a sign-in is shown.
    pub(super) login_page: fn() -> Answer,
}
