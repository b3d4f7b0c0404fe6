//! What a list shows of a model: its names, its counts and a small picture.

use serde::Serialize;

use super::document::Document;
use super::drawing::Drawing;
use super::json::Value;
use super::subject::told;
use super::upgrade::upgrade;
use super::view::{CellView, DiagramView};
use super::vocabulary::{CellShape, Severity};

/// What a list shows of a model.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Card {
    /// The title; cut after 200 characters.
    pub title: String,
    /// Whose it is; cut after 200 characters.
    pub owner: String,
    /// How many diagrams there are.
    pub diagrams: usize,
    /// How many elements and flows there are: what threats can be recorded for.
    pub elements: usize,
    /// How many threats there are.
    pub threats: usize,
    /// Those that nothing has been decided about.
    pub open: usize,
    /// The open ones by how bad they are.
    pub severities: Severities,
    /// The first diagram that has something to be drawn.
    pub drawing: Option<Drawing>,
}

/// A number of threats for each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Severities {
    /// Critical.
    pub critical: usize,
    /// High.
    pub high: usize,
    /// Medium.
    pub medium: usize,
    /// Low.
    pub low: usize,
    /// Undecided, or a word that the format does not name.
    pub tbd: usize,
}

impl Severities {
    fn count(&mut self, severity: &Severity) {
        *match severity {
            Severity::Critical => &mut self.critical,
            Severity::High => &mut self.high,
            Severity::Medium => &mut self.medium,
            Severity::Low => &mut self.low,
            Severity::Undecided | Severity::Other(_) => &mut self.tbd,
        } += 1;
    }
}

impl Card {
    /// The card of a model. One of version 1 is shown as its upgrade.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        // One that is nested too deeply to be upgraded is shown as it is.
        let upgraded = upgrade(document);
        let document = upgraded.as_ref().unwrap_or(document);
        let owner = document.root().pointer("/summary/owner");
        let owner = owner.and_then(Value::as_text).unwrap_or_default();
        let mut card = Self {
            title: told(&document.title()),
            owner: told(&owner),
            diagrams: document.diagrams().count(),
            drawing: document.diagrams().find_map(Drawing::of),
            ..Self::default()
        };
        let cells = document.diagrams().flat_map(DiagramView::cells);
        cells.for_each(|cell| card.count(cell));
        card
    }

    fn count(&mut self, cell: CellView<'_>) {
        use CellShape as S;
        let counts = matches!(cell.shape(), S::Actor | S::Process | S::Store | S::Flow);
        self.elements += usize::from(counts);
        for threat in cell.threats() {
            self.threats += 1;
            if threat.is_open() {
                self.open += 1;
                self.severities.count(&threat.severity());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn card(model: &Json) -> Card {
        Card::of(&Document::parse(model.to_string().into()).unwrap())
    }

    fn model(cells: &Json) -> Json {
        json!({ "version": "2.0", "summary": { "title": "Shop", "owner": "Ada" },
            "detail": { "diagrams": [{ "cells": [] }, { "cells": cells }] } })
    }

    #[test]
    fn things_are_counted() {
        let threat = |status, severity| json!({ "status": status, "severity": severity });
        let threats = json!([
            threat("Open", "High"),
            threat("open", "TBA"),
            threat("Open", "Catastrophic"),
            threat("Mitigated", "Critical"),
            {},
        ]);
        let shown = card(&model(&json!([
            { "shape": "process", "data": { "threats": threats } },
            { "shape": "store" },
            { "shape": "flow", "data": { "threats": [threat("Open", "Low")] } },
            { "shape": "td-text-block" },
            { "shape": "trust-boundary-box" },
            { "shape": "trust-broundary-curve" },
            { "shape": "path" },
        ])));
        let severities = Severities {
            high: 1,
            low: 1,
            tbd: 2,
            ..Severities::default()
        };
        let expected = Card {
            title: "Shop".into(),
            owner: "Ada".into(),
            diagrams: 2,
            elements: 3,
            threats: 6,
            open: 4,
            severities,
            drawing: None,
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_missing_is_empty_and_what_is_long_is_cut() {
        let long = "x".repeat(1000);
        let bare =
            json!({ "summary": { "title": long, "owner": 7 }, "detail": { "diagrams": [] } });
        let shown = card(&bare);
        assert_eq!(shown.title.chars().count(), 201);
        let expected = Card {
            title: shown.title.clone(),
            ..Card::default()
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_old_model_is_shown_as_its_upgrade() {
        let cells = json!([
            { "type": "tm.Actor", "id": "a", "position": { "x": 10, "y": 20 }, "size": { "width": 100, "height": 60 },
                "threats": [{ "status": "Open", "severity": "Medium" }] },
        ]);
        let old = json!({ "summary": { "title": "Ledger" },
            "detail": { "diagrams": [{ "id": 0, "diagramJson": { "cells": cells } }] } });
        let shown = card(&old);
        assert_eq!(
            (shown.elements, shown.open, shown.severities.medium),
            (1, 1, 1)
        );
        let drawing = shown.drawing.unwrap();
        assert_eq!((drawing.left, drawing.top), (10, 20));
        assert_eq!((drawing.width, drawing.height), (100, 60));
    }
}
