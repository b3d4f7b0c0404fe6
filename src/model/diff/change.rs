//! What a diff is made of: one change to one thing, in one respect.

use serde::Serialize;

use crate::model::anatomy::About;
use crate::model::json::Json;
use crate::model::subject::Subject;

/// A change to the model, or to one thing in it.
///
/// Changes of a thing's meaning, layout and derived members are changes of their own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What has changed, by its newer names. Contributors are members of the model.
    pub subject: Subject,
    /// What has happened to it.
    pub kind: ChangeKind,
    /// In what respect.
    pub aspect: Aspect,
    /// The JSON pointer (RFC 6901) to it in the old document; nothing where it is not there. In a
    /// document of version 1 it points to where the thing stands after the upgrade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The same for the new document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What it belonged to, when it now belongs to something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Subject>,
    /// What was added or removed with it; there for added and removed diagrams and cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contents: Option<Contents>,
    /// The members that are different; of a new order, the array without its values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
}

/// What has happened to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Members of it are different.
    Changed,
    /// Meaning: it belongs to something else. Layout: it stands elsewhere.
    Moved,
    /// It is of another type: a cell's shape, a diagram's methodology.
    Retyped,
    /// An array in it has the same things in another order.
    Reordered,
    /// The file says the same in another form, such as after an upgrade.
    Rewritten,
}

/// In what respect something has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// What is said about the system.
    Meaning,
    /// How it is drawn and ordered.
    Layout,
    /// What programs work out from the rest.
    Derived,
}

/// How many things an added or removed one contains, without those that moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Contents {
    /// Cells; zero in a cell.
    pub cells: usize,
    /// Threats.
    pub threats: usize,
}

/// A member with another value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// The path inside the subject, such as `title` or `data/protocol`; its parts are cut after 200
    /// characters, then escaped as in a JSON pointer.
    pub path: String,
    /// The old value; nothing where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Json>,
    /// The new value; nothing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Json>,
    /// The name of the cell that the old value refers to, when it is a flow's end; cut after 200
    /// characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named_before: Option<String>,
    /// The same for the new value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named_after: Option<String>,
    /// Whether this stands for more changes at this path and inside it than are told one by one;
    /// it has no values then.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

impl Change {
    /// A change of which nothing more is known yet.
    pub(super) fn of(subject: Subject, kind: ChangeKind, aspect: Aspect) -> Self {
        Self {
            subject,
            kind,
            aspect,
            before: None,
            after: None,
            from: None,
            contents: None,
            fields: Vec::new(),
        }
    }

    /// The members that a reader is told of: with another `shape`, `data/type` only follows.
    pub(super) fn told_fields(&self) -> impl Iterator<Item = &FieldChange> {
        let retyped = self.fields.iter().any(|field| field.path == "shape");
        let follows = move |field: &&FieldChange| retyped && field.path == "data/type";
        self.fields.iter().filter(move |field| !follows(field))
    }
}

impl FieldChange {
    /// One of which nothing more is known yet; of an array, that its order is another.
    pub(super) fn at(path: String) -> Self {
        Self {
            path,
            before: None,
            after: None,
            named_before: None,
            named_after: None,
            cut: false,
        }
    }
}

impl From<About> for Aspect {
    fn from(about: About) -> Self {
        match about {
            About::Meaning => Self::Meaning,
            About::Layout => Self::Layout,
            About::Derived => Self::Derived,
        }
    }
}
