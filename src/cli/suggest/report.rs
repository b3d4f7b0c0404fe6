//! What is suggested for models, ready to be written in any format.

use std::path::PathBuf;

use serde::Serialize;

use crate::cli::files::Refusal;
use crate::cli::packs::PackFault;
use crate::model::{DiagramView, Document, Subject};
use crate::suggest::{State, Suggestion, Suggestions};

/// What is suggested for many models.
pub(super) struct Report<'r> {
    /// The models, in the order of their paths.
    pub(super) models: Vec<Asked<'r>>,
    /// What looks like a model and cannot be read.
    pub(super) refused: Vec<Refusal>,
    /// What is wrong with packs.
    pub(super) faults: Vec<PackFault>,
    /// Whether what is new is added to the models.
    pub(super) is_adding: bool,
}

/// A model for which suggestions were asked.
pub(super) struct Asked<'r> {
    /// The file as it was named or found.
    pub(super) path: PathBuf,
    /// What is told, in the order of the document.
    pub(super) list: Vec<Offered<'r>>,
    /// How many there are beyond what is asked for at once.
    pub(super) left_out: usize,
    /// How many were added to the file; `None` when that was not asked for.
    pub(super) added: Option<usize>,
}

/// A suggestion, with its element as people name it.
pub(super) struct Offered<'r> {
    pub(super) subject: Subject,
    pub(super) suggestion: Suggestion<'r>,
}

/// How many suggestions there are of which state.
#[derive(Debug, Default, Serialize)]
pub(super) struct Counts {
    pub(super) models: usize,
    pub(super) new: usize,
    pub(super) present: usize,
    pub(super) dismissed: usize,
    pub(super) added: usize,
    /// Files that look like models and cannot be read.
    pub(super) unread: usize,
}

impl Report<'_> {
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts {
            models: self.models.len(),
            added: self.models.iter().filter_map(|model| model.added).sum(),
            unread: self.refused.len(),
            ..Counts::default()
        };
        for offered in self.models.iter().flat_map(|model| &model.list) {
            *match offered.suggestion.state {
                State::New => &mut counts.new,
                State::Present => &mut counts.present,
                State::Dismissed(_) => &mut counts.dismissed,
            } += 1;
        }
        counts
    }
}

/// Those that are to be told, each with its element.
pub(super) fn told<'r>(
    document: &Document,
    found: Suggestions<'r>,
    is_told: impl Fn(&Suggestion<'r>) -> bool,
) -> Vec<Offered<'r>> {
    // Suggestions are in the order of the elements, so that each is looked for once.
    let mut elements = document.diagrams().flat_map(elements_of).peekable();
    let mut told = Vec::new();
    for suggestion in found.list {
        let is_it = |(id, element): &(Option<u64>, String)| {
            *id == suggestion.diagram && *element == suggestion.element
        };
        while elements.next_if(|(place, _)| !is_it(place)).is_some() {}
        if let Some((_, subject)) = elements.peek()
            && is_told(&suggestion)
        {
            told.push(Offered {
                subject: subject.clone(),
                suggestion,
            });
        }
    }
    told
}

type Named = ((Option<u64>, String), Subject);

fn elements_of(diagram: DiagramView<'_>) -> impl Iterator<Item = Named> {
    let subject = Subject::diagram(diagram);
    diagram.cells().map(move |cell| {
        let place = (diagram.id(), cell.id().into_owned());
        (place, subject.with_cell(cell))
    })
}
