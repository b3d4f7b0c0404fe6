//! How much a diff tells: hostile models would make it many times as long as they are.

use super::change::Change;
use super::tree::Tree;
use crate::model::json::Value;
use crate::model::subject::Subject;

/// What any diff may take, in bytes.
const LEAST: usize = 16 * 1024 * 1024;
/// How many times as long as the longer model a diff may be.
const TIMES: usize = 4;
/// About what a change or a field takes besides its texts, in bytes.
const EACH: usize = 256;

/// The bytes that may still be told.
#[derive(Debug)]
pub(super) struct Budget(pub(super) usize);

impl Budget {
    /// What the diff of these models may take.
    pub(super) fn of(old: &Tree<'_>, new: &Tree<'_>) -> Self {
        let [old, new] = [old, new].map(|tree| tree.root.raw().len());
        Self(LEAST.max(old.max(new).saturating_mul(TIMES)))
    }

    /// Whether nothing more may be told.
    pub(super) fn is_spent(&self) -> bool {
        self.0 == 0
    }

    /// Takes what a field of such a path and such values needs; when that is not there, what is
    /// left remains for smaller ones.
    pub(super) fn has_field(&mut self, path: usize, values: [Option<Value<'_>>; 2]) -> bool {
        let values = values.into_iter().flatten().map(|value| value.raw().len());
        let rest = self.0.checked_sub(EACH + path + values.sum::<usize>());
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes what a change needs besides the fields that this was asked for.
    pub(super) fn spend(&mut self, change: &Change) {
        let subjects = [Some(&change.subject), change.from.as_ref()];
        let subjects = subjects.into_iter().flatten().map(length);
        let pointers = [&change.before, &change.after].map(|at| at.as_ref().map_or(0, String::len));
        let cut = change.fields.iter().filter(|field| field.cut);
        let cut = cut.map(|field| field.path.len());
        let length = subjects.chain(pointers).chain(cut).sum::<usize>();
        self.0 = self.0.saturating_sub(EACH + length);
    }
}

/// How long the texts of a subject are.
fn length(subject: &Subject) -> usize {
    let diagram = subject.diagram.as_ref().map(|it| it.title.len());
    let cell = (subject.cell.as_ref()).map(|it| it.id.len() + it.name.len() + it.kind.len());
    let threat = (subject.threat.as_ref()).map(|it| it.id.len() + it.title.len());
    [diagram, cell, threat].into_iter().flatten().sum()
}
