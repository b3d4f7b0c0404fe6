//! What a rule is.

use std::fmt;

use serde::Serialize;

use super::finding::Found;
use super::survey::Survey;

/// How much a finding matters. The words are those of SARIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something that may be left as it is.
    Note,
    /// A gap in the model, or a risk that it shows.
    Warning,
    /// The model contradicts itself, or programs will read it in different ways.
    Error,
}

impl Level {
    /// The word for it: `note`, `warning` or `error`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A rule of the catalogue. Its id and its name never change and are never given out again.
#[derive(Debug)]
pub struct Rule {
    /// `WYV` and three digits.
    pub id: &'static str,
    /// A few words for policies and for talk, in lower case with hyphens.
    pub name: &'static str,
    /// How much its findings matter where no policy says otherwise.
    pub level: Level,
    /// Why it exists, in one sentence.
    pub reason: &'static str,
    /// How a finding is mended, in one sentence.
    pub remedy: &'static str,
    pub(super) find: fn(&Survey<'_>, &mut Found),
}

/// A rule is known by its id.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}
