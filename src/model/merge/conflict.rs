//! What a merge has to say beside its result.

use std::fmt;

use serde::Serialize;

use crate::model::json::Json;
use crate::model::subject::Subject;

/// Something that both sides have changed in different ways.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// What it is about.
    pub subject: Subject,
    /// The member's path inside the subject, such as `title`, `position` or `data/protocol`; empty
    /// when it is the subject as a whole.
    pub field: String,
    /// What went wrong.
    pub trouble: Trouble,
    /// The JSON pointer (RFC 6901) in the merged document.
    pub pointer: String,
    /// Whether only the drawing is concerned.
    pub layout: bool,
    /// What both started from; nothing where it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Json>,
    /// What our side has; nothing where it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ours: Option<Json>,
    /// What their side has; nothing where it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Json>,
}

/// How two changes collide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Both gave it another value.
    BothChanged,
    /// Both added it, with different values.
    BothAdded,
    /// We deleted what they have changed.
    DeletedByUs,
    /// They deleted what we have changed.
    DeletedByThem,
    /// We deleted an element to which they have drawn a flow.
    NeededByThem,
    /// They deleted an element to which we have drawn a flow.
    NeededByUs,
    /// What both changed is right alone and wrong together; a note says how.
    Incompatible,
}

/// Something that was settled without asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it is about.
    pub subject: Subject,
    /// What was done, in one sentence.
    pub text: String,
}

/// `Main / API gateway (process): title was changed on both sides`.
impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.field.is_empty() {
            "it"
        } else {
            &self.field
        };
        let how = match self.trouble {
            Trouble::BothChanged => "was changed on both sides",
            Trouble::BothAdded => "was added on both sides",
            Trouble::DeletedByUs => "was deleted by us and changed by them",
            Trouble::DeletedByThem => "was changed by us and deleted by them",
            Trouble::NeededByThem => "was deleted by us and is needed by a flow of theirs",
            Trouble::NeededByUs => "was deleted by them and is needed by a flow of ours",
            Trouble::Incompatible => "is wrong with the changes of both sides together",
        };
        write!(f, "{}: {what} {how}", self.subject)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.text)
    }
}
