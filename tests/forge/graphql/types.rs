//! What is selected from, and what a field can come to.

use serde_json::{Map, Value};

/// The arguments of a field.
pub(crate) type Arguments = Map<String, Value>;

/// Something with fields, for calls of the kind `C`.
pub(crate) trait Thing<C>: Sized {
    fn type_name(&self) -> &'static str;

    /// What a field is, for these arguments.
    fn resolve(
        &self,
        context: &C,
        field: &str,
        arguments: &Arguments,
    ) -> Result<Resolved<Self>, Failure>;

    /// Whether it is meant by a fragment on this type.
    fn is_a(&self, condition: &str) -> bool {
        self.type_name() == condition
    }
}

/// What a field is.
pub(crate) enum Resolved<T> {
    Leaf(Value),
    One(T),
    Many(Vec<T>),
}

impl<T> Resolved<T> {
    /// A thing, or `null`.
    pub(crate) fn maybe(thing: Option<T>) -> Self {
        thing.map_or(Self::Leaf(Value::Null), Self::One)
    }
}

/// Why a field is not there.
pub(crate) enum Failure {
    /// The type of this name has no such field.
    Undefined(&'static str),
    /// It is `null`, and `errors` says why.
    Refused { kind: &'static str, message: String },
}

impl Failure {
    pub(crate) fn refused(kind: &'static str, message: impl Into<String>) -> Self {
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
