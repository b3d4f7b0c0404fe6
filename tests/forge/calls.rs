//! What was asked.

use std::collections::BTreeSet;
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
    /// The text of the operation.
    pub(crate) document: Option<String>,
    pub(crate) writes: bool,
}

/// All calls, in the order in which they were done with.
#[derive(Default)]
pub(crate) struct Calls {
    all: Mutex<Vec<Call>>,
    documents: Mutex<BTreeSet<String>>,
}

impl Calls {
    pub(crate) fn all(&self) -> Vec<Call> {
        self.all.lock().unwrap().clone()
    }

    pub(crate) fn forget(&self) {
        self.all.lock().unwrap().clear();
        self.documents.lock().unwrap().clear();
    }

    /// The texts of all operations, each once.
    pub(crate) fn documents(&self) -> Vec<String> {
        let documents = self.documents.lock().unwrap();
        documents.iter().cloned().collect()
    }

    pub(super) fn note(&self, asked: &Asked, sort: &Sort, status: u16) {
        let mut documents = self.documents.lock().unwrap();
        documents.extend(sort.document.clone());
        drop(documents);
        self.all.lock().unwrap().push(Call {
            method: asked.method.to_string(),
            path: asked.target(),
            status,
            login: sort.login.clone(),
            graphql: sort.operation.clone(),
            if_none_match: asked.headers.contains_key("if-none-match"),
        });
    }
}
