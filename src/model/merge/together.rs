//! Changes that are right on each side and wrong together: what a check finds in the merged model
//! and in neither version becomes a conflict, and the settled side's version of it stands.

use std::collections::HashMap;

use crate::model::check::{Finding, errors};
use crate::model::document::Document;
use crate::model::json::{Draft, Value};
use crate::model::subject::{CellName, Subject, ThreatName};

use super::Versions;
use super::conflict::{Conflict, Note, Trouble};

/// How often what was put back is looked at again. One time settles all that is known; what is
/// still wrong after the last is a conflict over the whole model.
const ROUNDS: usize = 3;

/// How many things are put back. Where more go wrong, the versions have little in common.
const TAKEN_MAX: usize = 100;

/// What a look at the merged document gave.
#[derive(Debug)]
pub(super) struct Reconciled {
    /// Nothing when the two cannot be brought together.
    pub(super) document: Option<Document>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) notes: Vec<Note>,
}

/// Looks for errors that neither version has, and takes back what causes them.
pub(super) fn reconcile(merged: Document, versions: Versions<'_>) -> Reconciled {
    // Most merged models have no errors at all: then nobody else's need be known.
    let clean = errors(&merged).is_empty();
    let mut reconciled = Reconciled {
        document: Some(merged),
        conflicts: Vec::new(),
        notes: Vec::new(),
    };
    if clean {
        return reconciled;
    }
    let known = Known::of([versions.ours, versions.theirs]);
    for round in 0..=ROUNDS {
        let new = reconciled
            .document
            .as_ref()
            .map(|document| known.new_in(document));
        match (&reconciled.document, new) {
            (Some(document), Some(new))
                if (1..=TAKEN_MAX).contains(&new.len()) && round < ROUNDS =>
            {
                let taken = take_back(document, versions, new);
                reconciled.document = taken.document;
                reconciled.conflicts.extend(taken.conflicts);
                reconciled.notes.extend(taken.notes);
            }
            (_, Some(new)) if !new.is_empty() => reconciled.document = None,
            _ => break,
        }
    }
    reconciled
}

/// How many errors of each kin the versions have together.
struct Known(HashMap<Kin, usize>);

/// The rule, and the cell and the threat that it is about. Not the diagram: that may have got
/// another number.
type Kin = (&'static str, Option<CellName>, Option<ThreatName>);

impl Known {
    fn of(documents: [&Document; 2]) -> Self {
        let mut counts = HashMap::new();
        for error in documents.into_iter().flat_map(errors) {
            *counts.entry(kin(&error)).or_default() += 1;
        }
        Self(counts)
    }

    /// The errors of a document beyond the known ones.
    fn new_in(&self, document: &Document) -> Vec<Finding> {
        let mut left = self.0.clone();
        let mut new = errors(document);
        new.retain(|error| match left.get_mut(&kin(error)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        new
    }
}

fn kin(finding: &Finding) -> Kin {
    let Subject { cell, threat, .. } = finding.subject.clone();
    let cell = cell.map(|cell| CellName {
        name: String::new(),
        kind: String::new(),
        ..cell
    });
    let threat = threat.map(|threat| ThreatName {
        number: None,
        title: String::new(),
        ..threat
    });
    (finding.rule.id, cell, threat)
}

/// Puts the settled side's version in the place of everything that something was found in.
fn take_back(merged: &Document, versions: Versions<'_>, findings: Vec<Finding>) -> Reconciled {
    let mut draft = Draft::Kept(merged.root());
    let mut taken = Reconciled {
        document: None,
        conflicts: Vec::new(),
        notes: Vec::new(),
    };
    let mut done: Vec<Subject> = Vec::new();
    let mut removed = Vec::new();
    for finding in findings {
        if done.contains(&finding.subject) {
            continue;
        }
        let (settled, _) = versions.by_rank();
        let (at, way) = way(merged, &finding.pointer, &finding.subject);
        match same(settled, &way) {
            // The model as a whole.
            _ if way.is_empty() => return taken,
            Some(value) => {
                if let Some(place) = draft.pointer_mut(&at) {
                    *place = Draft::Kept(value);
                }
            }
            None => removed.push(at),
        }
        done.push(finding.subject.clone());
        taken.tell(finding, &way, versions);
    }
    // The last first, so that the places of the others stay what they are.
    removed.iter().rev().for_each(|at| draft.remove(at));
    taken.document = Document::of_draft(&draft).ok();
    taken
}

impl Reconciled {
    fn tell(&mut self, finding: Finding, way: &[Value<'_>], versions: Versions<'_>) {
        let subject = finding.subject;
        let find = |document| Some(same(document, way)?.to_json());
        self.conflicts.push(Conflict {
            field: String::new(),
            trouble: Trouble::Incompatible,
            pointer: finding.pointer,
            layout: false,
            base: versions.base.and_then(find),
            ours: find(versions.ours),
            theirs: find(versions.theirs),
            subject: subject.clone(),
        });
        self.notes.push(Note {
            subject,
            text: finding.message,
        });
    }
}

/// The thing that a pointer leads to or into, with its pointer: the way from the diagram down to
/// it. Empty for the model as a whole.
fn way<'a>(merged: &'a Document, pointer: &str, subject: &Subject) -> (String, Vec<Value<'a>>) {
    // `/detail/diagrams/0`, `/cells/1` and `/data/threats/2`, as far as the subject goes.
    let parts = [
        (3, subject.diagram.is_some()),
        (5, subject.cell.is_some()),
        (8, subject.threat.is_some()),
    ];
    let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
    let mut at = String::new();
    let mut way = Vec::new();
    for (length, _) in parts.into_iter().filter(|(_, named)| *named) {
        at = tokens
            .iter()
            .take(length)
            .fold(String::new(), |at, token| at + "/" + token);
        way.extend(merged.root().pointer(&at));
    }
    (at, way)
}

/// The same thing in another document: by ids, or by titles where there are none.
fn same<'a>(document: &'a Document, way: &[Value<'_>]) -> Option<Value<'a>> {
    let arrays = ["/detail/diagrams", "/cells", "/data/threats"];
    let mut thing = document.root();
    for (array, wanted) in arrays.into_iter().zip(way) {
        let mut things = thing.pointer(array)?.elements();
        thing = things.find(|thing| match wanted.get("id") {
            Some(id) => thing.get("id") == Some(id),
            None => thing.get("id").is_none() && thing.get("title") == wanted.get("title"),
        })?;
    }
    (!way.is_empty()).then_some(thing)
}
