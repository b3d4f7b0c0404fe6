//! Merging by meaning: two versions of a model that were made from the same one become one.
//!
//! Things are matched by identity and merged member by member, as the anatomy has it. What both
//! have changed, each in another way, is a conflict; what programs work out from the rest never is.

mod change;
mod conflict;
mod derived;
mod diagram_ids;
mod ends;
mod frequency;
mod members;
mod moved;
mod order;
mod place;
mod threat_numbers;
mod three;
mod together;
mod triples;
mod unnamed;
mod walk;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::align::id;
use super::anatomy::MODEL;
use super::document::{Document, Generation};
use super::invalid::Invalid;
use super::json::{Draft, Value};
use super::open_threats;
use super::subject::Subject;
use super::upgrade::upgrade;
use super::view::DiagramView;

use self::diagram_ids::DiagramIds;
use self::place::Place;
use self::three::Three;
use self::together::reconcile;
use self::walk::Walk;

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
    if let Some(document) = at_most_one_changed(base, ours, theirs, settled) {
        return Merged::without_question(document.clone());
    }
    let versions = Versions {
        base,
        ours,
        theirs,
        settled,
    };
    let merged = match in_one_generation([base, Some(ours), Some(theirs)]) {
        Ok(([base, Some(ours), Some(theirs)], made_ids)) => {
            let versions = Versions {
                base: base.as_ref(),
                ours: &ours,
                theirs: &theirs,
                settled,
            };
            combine(versions, made_ids)
        }
        _ => None,
    };
    merged.unwrap_or_else(|| Merged::refused(versions))
}

/// The result where there is nothing to put together.
fn at_most_one_changed<'a>(
    base: Option<&'a Document>,
    ours: &'a Document,
    theirs: &'a Document,
    settled: Side,
) -> Option<&'a Document> {
    if ours == theirs {
        Some(settled.pick(ours, theirs))
    } else if base == Some(ours) {
        Some(theirs)
    } else if base == Some(theirs) {
        Some(ours)
    } else {
        None
    }
}

/// The documents as they are when they are of one generation, or else all upgraded, and the ids of
/// threats that were made for that.
fn in_one_generation(
    documents: [Option<&Document>; 3],
) -> Result<([Option<Document>; 3], HashSet<String>), Invalid> {
    let mut generations = documents
        .iter()
        .flatten()
        .map(|document| document.generation());
    let first = generations.next();
    if generations.all(|generation| Some(generation) == first) {
        let as_they_are = documents.map(Option::<&Document>::cloned);
        return Ok((as_they_are, HashSet::new()));
    }
    let mut made = HashSet::new();
    let mut upgraded = [None, None, None];
    for (document, upgraded) in documents.into_iter().zip(&mut upgraded) {
        let Some(document) = document else { continue };
        let new = upgrade(document)?;
        if document.generation() == Generation::V1 {
            let own = threat_ids_of_version_1(document);
            let ids = new.threats().map(|threat| threat.id().into_owned());
            made.extend(ids.filter(|id| !own.contains(id)));
        }
        *upgraded = Some(new);
    }
    Ok((upgraded, made))
}

fn threat_ids_of_version_1(document: &Document) -> HashSet<String> {
    let diagrams = document.diagrams().map(DiagramView::value);
    let cells = diagrams.filter_map(|diagram| diagram.pointer("/diagramJson/cells"));
    let cells = cells.flat_map(Value::elements);
    let threats = cells.filter_map(|cell| cell.get("threats"));
    let ids = threats.flat_map(Value::elements).filter_map(id);
    ids.map(Cow::into_owned).collect()
}

/// How often the conflicts may tell as much as the versions say.
const TOLD_MAX: usize = 4;
/// How many bytes they may tell besides, so that no small model comes near.
const TOLD_FREE: usize = 1 << 20;

/// Puts the versions together; nothing when what comes out, or what there is to tell, is larger
/// than anybody works with, or cannot be brought in order.
fn combine(versions: Versions<'_>, made_ids: HashSet<String>) -> Option<Merged> {
    let (first, second) = versions.by_rank();
    let mut walk = Walk {
        settled: versions.settled,
        conflicts: Vec::new(),
        notes: Vec::new(),
        mixed_cells: HashMap::new(),
        diagram_ids: DiagramIds::of(first, second),
        made_ids,
        room: Some(
            versions
                .size()
                .saturating_mul(TOLD_MAX)
                .saturating_add(TOLD_FREE),
        ),
    };
    let merged = walk.part(MODEL, &Place::TOP, versions.roots())?;
    walk.room?;
    let merged = Document::of_draft(&merged).ok()?;
    let merged = settle(&merged, &mut walk, [versions.base, Some(first)], second)?;
    walk.notes
        .extend(moved::doubled(&merged, [versions.ours, versions.theirs]));
    let reconciled = reconcile(merged, versions);
    walk.conflicts.extend(reconciled.conflicts);
    walk.notes.extend(reconciled.notes);
    Some(Merged {
        document: first.revised_by(&reconciled.document?),
        conflicts: walk.conflicts,
        notes: walk.notes,
    })
}

/// Works out what follows from the rest: numbers that were given out twice, which cells have open
/// threats and of which categories.
fn settle(
    merged: &Document,
    walk: &mut Walk<'_>,
    known: [Option<&Document>; 2],
    other: &Document,
) -> Option<Document> {
    let mut draft = Draft::Kept(merged.root());
    let notes = threat_numbers::renumber(merged, known, other, &mut draft);
    let mut changed = !notes.is_empty() || walk.diagram_ids.renumbered;
    walk.notes.extend(notes);
    if walk.diagram_ids.renumbered
        && let Some(detail) = draft.get_mut("detail")
    {
        detail.set("diagramTop", Draft::number(walk.diagram_ids.top()));
    }
    for (d, diagram) in merged.diagrams().enumerate() {
        for (c, cell) in diagram.cells().enumerate() {
            let at = format!("/detail/diagrams/{d}/cells/{c}");
            if let Some(versions) = walk.mixed_cells.get(&at) {
                changed |= open_threats::refresh(cell, &at, &mut draft);
                changed |= frequency::refresh(cell, &at, *versions, &mut draft);
            }
        }
    }
    if changed {
        Document::of_draft(&draft).ok()
    } else {
        Some(merged.clone())
    }
}

impl Merged {
    fn without_question(document: Document) -> Self {
        Self {
            document,
            conflicts: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The settled side as it is, and one conflict about everything.
    fn refused(versions: Versions<'_>) -> Self {
        let whole = |document: &Document| document.root().to_json();
        let conflict = Conflict {
            subject: Subject::model(),
            field: String::new(),
            trouble: match versions.base {
                Some(_) => Trouble::BothChanged,
                None => Trouble::BothAdded,
            },
            pointer: String::new(),
            layout: false,
            base: versions.base.map(whole),
            ours: Some(whole(versions.ours)),
            theirs: Some(whole(versions.theirs)),
        };
        Self {
            conflicts: vec![conflict],
            ..Self::without_question(versions.by_rank().0.clone())
        }
    }
}

/// What is merged.
#[derive(Clone, Copy)]
struct Versions<'a> {
    base: Option<&'a Document>,
    ours: &'a Document,
    theirs: &'a Document,
    settled: Side,
}

impl<'a> Versions<'a> {
    /// The settled version and the other one.
    fn by_rank(self) -> (&'a Document, &'a Document) {
        match self.settled {
            Side::Ours => (self.ours, self.theirs),
            Side::Theirs => (self.theirs, self.ours),
        }
    }

    /// How many bytes they have.
    fn size(self) -> usize {
        let all = [self.base, Some(self.ours), Some(self.theirs)];
        all.into_iter()
            .flatten()
            .map(|document| document.text().len())
            .sum()
    }

    fn roots(self) -> Three<'a> {
        Three {
            base: self.base.map(Document::root),
            ours: Some(self.ours.root()),
            theirs: Some(self.theirs.root()),
        }
    }
}

impl Side {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ours => Self::Theirs,
            Self::Theirs => Self::Ours,
        }
    }

    /// What is on this side.
    fn pick<T>(self, ours: T, theirs: T) -> T {
        match self {
            Self::Ours => ours,
            Self::Theirs => theirs,
        }
    }
}
