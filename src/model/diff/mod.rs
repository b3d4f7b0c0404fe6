//! What has changed between two versions of a model, in terms of the model: elements, flows,
//! threats and their members, told apart from how they are drawn.

mod budget;
mod change;
mod compare;
mod drawing;
mod fields;
mod markdown;
mod naming;
mod outline;
mod pairs;
mod plain;
mod summary;
mod tally;
mod text;
mod tree;
mod values;
mod wording;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use serde::Serialize;

use self::budget::Budget;
use self::tree::Tree;
use super::document::{Document, Generation};
use super::json::Json;
use super::subject::Subject;
use super::upgrade::upgrade;

pub(super) use self::plain::one_line;

pub use self::change::{Aspect, Change, ChangeKind, Contents, FieldChange};

/// The changes from one version of a model to another. As JSON it is an object with `changes`;
/// `docs/diff.md` describes it.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Diff {
    /// In the order of the new model; what is gone stands where it was.
    pub changes: Vec<Change>,
}

/// Compares two versions of a model. The diff is empty exactly when they are equal. Documents of
/// version 1 are compared as their upgrades.
///
/// It takes at most 16 MiB or four times the longer document: beyond 1,000 fields of one thing, or
/// beyond these bytes, what is left is told without values and marked as `cut`.
#[must_use]
pub fn diff(old: &Document, new: &Document) -> Diff {
    if old == new {
        return Diff::default();
    }
    let compared =
        |old: &Tree<'_>, new: &Tree<'_>| compare::changes(old, new, Budget::of(old, new));
    let mut changes = match (upgrade(old), upgrade(new)) {
        (Ok(upgraded_old), Ok(upgraded_new)) => {
            let written = |document: &Document| document.generation() == Generation::V1;
            let [old, new] = [(&upgraded_old, old), (&upgraded_new, new)]
                .map(|(upgraded, own)| Tree::of(upgraded.root(), written(own).then(|| own.root())));
            compared(&old, &new)
        }
        // One is nested too deeply to be upgraded.
        _ => compared(&Tree::of(old.root(), None), &Tree::of(new.root(), None)),
    };
    if changes.is_empty() || old.generation() != new.generation() {
        changes.insert(0, rewritten(old, new));
    }
    Diff { changes }
}

/// The file says the same in another form: that of the other version of the format, or other words
/// of version 1 that mean the same.
fn rewritten(old: &Document, new: &Document) -> Change {
    let format = |document: &Document| match document.generation() {
        Generation::V1 => "1",
        Generation::V2 => "2",
    };
    let json = |document: &Document| Json::parse(format(document)).ok();
    let (was, is) = (json(old), json(new));
    let fields = if was == is {
        Vec::new()
    } else {
        vec![FieldChange {
            before: was,
            after: is,
            ..FieldChange::at("format".to_owned())
        }]
    };
    Change {
        before: Some(String::new()),
        after: Some(String::new()),
        fields,
        ..Change::of(Subject::model(), ChangeKind::Rewritten, Aspect::Derived)
    }
}

impl Diff {
    /// Whether nothing has changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether something has changed that is said about the system.
    #[must_use]
    pub fn has_meaning(&self) -> bool {
        (self.changes.iter()).any(|change| change.aspect == Aspect::Meaning)
    }

    /// Only what is said about the system: without how it is drawn, and without what programs work
    /// out from either.
    #[must_use]
    pub fn without_layout(mut self) -> Self {
        (self.changes).retain(|change| change.aspect == Aspect::Meaning);
        self
    }

    /// One line for a commit message, such as `API gateway: 2 threats added, 1 mitigated`; nothing
    /// when nothing has changed. Whatever the model is called, it is one line without control
    /// characters, and seldom longer than 72 characters.
    #[must_use]
    pub fn summary(&self) -> Option<String> {
        summary::summary(&self.changes)
    }

    /// The changes for a terminal, by diagram and element; empty when there are none. With ANSI
    /// colours when asked; no control character comes from the model.
    #[must_use]
    pub fn text(&self, colour: bool) -> String {
        text::text(&self.changes, colour)
    }

    /// The changes for a review, in Markdown; empty when there are none. Everything from the model
    /// stands in code spans, where it is neither markup nor HTML, mention nor link.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::markdown(&self.changes)
    }
}
