//! What a field can come to, and which types are which.

use serde_json::Value;

use super::objects::Thing;

/// What a field is.
pub(super) enum Resolved {
    Leaf(Value),
    One(Thing),
    Many(Vec<Thing>),
}

impl Resolved {
    /// A thing, or `null`.
    pub(super) fn maybe(thing: Option<Thing>) -> Self {
        thing.map_or(Self::Leaf(Value::Null), Self::One)
    }
}

/// Why a field is not there.
pub(super) enum Failure {
    /// The type of this name has no such field.
    Undefined(&'static str),
    /// It is `null`, and `errors` says why.
    Refused { kind: &'static str, message: String },
}

impl Failure {
    pub(super) fn refused(kind: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Refused { kind, message }
    }

    pub(super) fn message(&self, field: &str) -> String {
        match self {
            Self::Undefined(kind) => format!("Field '{field}' doesn't exist on type '{kind}'"),
            Self::Refused { message, .. } => message.clone(),
        }
    }
}

/// Whether a thing of this type is meant by a fragment on `condition`.
pub(super) fn fits(kind: &str, condition: &str) -> bool {
    let interfaces: &[&str] = match kind {
        "Commit" | "Tree" | "Blob" => &["Node", "GitObject"],
        "User" => &["Node", "Actor", "RepositoryOwner"],
        "Repository" | "Ref" => &["Node"],
        _ => &[],
    };
    kind == condition || interfaces.contains(&condition)
}
