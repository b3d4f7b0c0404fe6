//! Diagrams that were added on both sides under the same number.

use std::collections::HashSet;

use crate::model::document::Document;
use crate::model::json::Value;
use crate::model::view::DiagramView;

use super::Side;
use super::conflict::Note;
use super::place::Place;
use super::three::Three;

/// The numbers that diagrams have on the settled side, and the next ones.
#[derive(Debug)]
pub(super) struct DiagramIds {
    taken: HashSet<u64>,
    next: u64,
    /// Whether a diagram got another number.
    pub(super) renumbered: bool,
}

impl DiagramIds {
    pub(super) fn of(settled: &Document, other: &Document) -> Self {
        let ids = |document: &Document| {
            document
                .diagrams()
                .filter_map(DiagramView::id)
                .collect::<HashSet<_>>()
        };
        let top = |document: &Document| {
            document
                .root()
                .pointer("/detail/diagramTop")
                .and_then(Value::as_u64)
        };
        let taken = ids(settled);
        let highest = taken
            .union(&ids(other))
            .max()
            .map_or(0, |id| id.saturating_add(1));
        let tops = [top(settled), top(other)]
            .into_iter()
            .flatten()
            .max()
            .unwrap_or(0);
        Self {
            taken,
            next: highest.max(tops),
            renumbered: false,
        }
    }

    /// What `diagramTop` must be at least.
    pub(super) fn top(&self) -> u64 {
        self.next
    }

    /// The new number of a diagram that only the other side has added, under one that is taken.
    pub(super) fn renumbered(
        &mut self,
        diagram: Three<'_>,
        settled: Side,
        place: &Place<'_>,
    ) -> Option<(u64, Note)> {
        if diagram.base.is_some() || diagram.of(settled).is_some() {
            return None;
        }
        let old = diagram.any(settled)?.get("id")?.as_u64()?;
        if !self.taken.contains(&old) {
            return None;
        }
        let new = self.next;
        self.next = new.saturating_add(1);
        self.renumbered = true;
        let text = format!("diagram {old} was added on both sides; this one is diagram {new} now");
        let subject = place.subject();
        Some((new, Note { subject, text }))
    }
}
