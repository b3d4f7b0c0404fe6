//! What was asked.

use std::sync::Mutex;

use super::asked::Asked;

/// A call that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) method: String,
    /// With the query.
    pub(crate) path: String,
    /// 0 when there was no answer.
    pub(crate) status: u16,
    /// Whose token was sent, when it was good.
    pub(crate) login: Option<String>,
    /// The name of the operation.
    pub(crate) graphql: Option<String>,
    /// Whether it asked for what has changed only.
    pub(crate) if_none_match: bool,
}

/// What sort of call it is, in the words of no dialect.
#[derive(Debug, Default)]
pub(crate) struct Sort {
    pub(crate) login: Option<String>,
    pub(crate) operation: Option<String>,
    pub(crate) writes: bool,
}

/// All calls, in the order in which they were done with.
#[derive(Default)]
pub(crate) struct Calls(Mutex<Vec<Call>>);

impl Calls {
    pub(crate) fn all(&self) -> Vec<Call> {
        self.0.lock().unwrap().clone()
    }

    pub(crate) fn forget(&self) {
        self.0.lock().unwrap().clear();
    }

    pub(super) fn note(&self, asked: &Asked, sort: &Sort, status: u16) {
        self.0.lock().unwrap().push(Call {
            method: asked.method.to_string(),
            path: asked.target(),
            status,
            login: sort.login.clone(),
            graphql: sort.operation.clone(),
            if_none_match: asked.headers.contains_key("if-none-match"),
        });
    }
}
