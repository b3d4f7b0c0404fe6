//! The register: every threat of a model in one list, and the counts of them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::scene;
use crate::model::{CellView, DiagramView, Document, Severity, Status, Subject, ThreatView};

/// A threat, with what it is a threat to. Texts are whole, and as the file has them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Registered {
    /// The diagram's number, where it has one.
    pub diagram: Option<u64>,
    /// The diagram's title.
    pub diagram_title: String,
    /// The element's id.
    pub element: String,
    /// The element's name, or what is drawn in its place.
    pub element_name: String,
    /// What the element is: `actor`, `process`, `data store`, `data flow`, …
    pub element_kind: String,
    /// Whether the element is out of scope.
    pub out_of_scope: bool,
    /// The threat's id; empty in old files.
    pub id: String,
    /// The threat's number, where it has one.
    pub number: Option<u64>,
    /// Its title.
    pub title: String,
    /// Its category, in the words of the author's language.
    #[serde(rename = "type")]
    pub category: String,
    /// The methodology that the category belongs to.
    pub methodology: String,
    /// What has been decided: `Open`, `Mitigated`, …
    pub status: String,
    /// How bad it is: `Low`, `Medium`, `High`, `Critical`, or `TBD`.
    pub severity: String,
    /// Its score, as the file has it.
    pub score: String,
    /// What may happen.
    pub description: String,
    /// What helps.
    pub mitigation: String,
}

/// Which threats are wanted. What is empty asks for nothing in particular.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Words of statuses; `unmitigated` and `mitigated` stand for several.
    pub statuses: Vec<String>,
    /// Words of severities.
    pub severities: Vec<String>,
    /// Categories, as the file has them.
    pub categories: Vec<String>,
    /// Ids of elements.
    pub elements: Vec<String>,
}

/// How many threats a model has, of which kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Statistics {
    /// How many diagrams there are.
    pub diagrams: usize,
    /// How many actors, processes, data stores and data flows.
    pub elements: usize,
    /// How many of those are out of scope.
    pub out_of_scope: usize,
    /// How many of those in scope have no threat at all.
    pub without_threats: usize,
    /// How many threats there are.
    pub threats: usize,
    /// Those for which something has still to be done; see [`is_unmitigated`].
    pub unmitigated: usize,
    /// Those against which something was done; see [`is_mitigated`].
    pub mitigated: usize,
    /// All of them by status.
    pub by_status: BTreeMap<String, usize>,
    /// The unmitigated ones by severity.
    pub unmitigated_by_severity: BTreeMap<String, usize>,
    /// The unmitigated ones by category.
    pub unmitigated_by_type: BTreeMap<String, usize>,
}

/// Whether nothing has been decided about a threat: it is `Open`, or has a status that the format does
/// not know.
#[must_use]
pub fn is_unmitigated(status: &Status) -> bool {
    matches!(status, Status::Open | Status::Other(_))
}

/// Whether something was done against a threat: it is `Mitigated`, `Transferred`, `Avoided` or
/// `Eliminated`. Of one that is `Accepted` or `NotApplicable` neither is true.
#[must_use]
pub fn is_mitigated(status: &Status) -> bool {
    use Status as S;
    matches!(
        status,
        S::Mitigated | S::Transferred | S::Avoided | S::Eliminated
    )
}

/// The threats of a model that are wanted, in the order of the file.
#[must_use]
pub fn register(document: &Document, wanted: &Wanted) -> Vec<Registered> {
    let listed = placed(document).filter(|(_, cell, threat)| wanted.takes(*cell, *threat));
    let listed = listed.map(|(diagram, cell, threat)| Registered::of(diagram, cell, threat));
    listed.collect()
}

/// The counts of a model.
#[must_use]
pub fn statistics(document: &Document) -> Statistics {
    let mut counts = Statistics {
        diagrams: document.diagrams().count(),
        ..Statistics::default()
    };
    let cells = document.diagrams().flat_map(DiagramView::cells);
    for cell in cells.filter(|cell| scene::Kind::of_cell(*cell).has_threats()) {
        let is_out = cell.says("outOfScope");
        counts.elements += 1;
        counts.out_of_scope += usize::from(is_out);
        counts.without_threats += usize::from(!is_out && cell.threats().next().is_none());
    }
    for (_, _, threat) in placed(document) {
        let status = threat.status();
        counts.threats += 1;
        counts.mitigated += usize::from(is_mitigated(&status));
        *counts
            .by_status
            .entry(status.as_str().to_owned())
            .or_default() += 1;
        if is_unmitigated(&status) {
            let severity = threat.severity().as_str().to_owned();
            let category = threat.category().into_owned();
            counts.unmitigated += 1;
            *counts.unmitigated_by_severity.entry(severity).or_default() += 1;
            *counts.unmitigated_by_type.entry(category).or_default() += 1;
        }
    }
    counts
}

fn placed(
    document: &Document,
) -> impl Iterator<Item = (DiagramView<'_>, CellView<'_>, ThreatView<'_>)> {
    document.diagrams().flat_map(|diagram| {
        diagram
            .cells()
            .flat_map(move |cell| cell.threats().map(move |threat| (diagram, cell, threat)))
    })
}

impl Wanted {
    fn takes(&self, cell: CellView<'_>, threat: ThreatView<'_>) -> bool {
        let is_any = |words: &[String], is_it: &dyn Fn(&str) -> bool| {
            words.is_empty() || words.iter().any(|word| is_it(word))
        };
        let (status, severity) = (threat.status(), threat.severity());
        is_any(&self.statuses, &|word| is_status(&status, word))
            && is_any(&self.severities, &|word| Severity::read(word) == severity)
            && is_any(&self.categories, &|word| {
                word.eq_ignore_ascii_case(&threat.category())
            })
            && is_any(&self.elements, &|id| id == cell.id())
    }
}

fn is_status(status: &Status, word: &str) -> bool {
    if word.eq_ignore_ascii_case("unmitigated") {
        is_unmitigated(status)
    } else {
        Status::read(word) == *status
            || word.eq_ignore_ascii_case("mitigated") && is_mitigated(status)
    }
}

impl Registered {
    fn of(diagram: DiagramView<'_>, cell: CellView<'_>, threat: ThreatView<'_>) -> Self {
        let text = |key| scene::text(Some(threat.value()), key).into_owned();
        let subject = Subject::diagram(diagram).with_cell(cell);
        let element_kind = subject.cell.map(|cell| cell.kind).unwrap_or_default();
        let drawn = scene::Cell::of(cell);
        let methodology = Some(text("modelType")).filter(|word| !word.is_empty());
        Self {
            diagram: diagram.id(),
            diagram_title: diagram.title().into_owned(),
            element: cell.id().into_owned(),
            element_name: drawn.name.into_owned(),
            element_kind,
            out_of_scope: drawn.out_of_scope,
            id: threat.id().into_owned(),
            number: threat.number(),
            title: threat.title().into_owned(),
            category: threat.category().into_owned(),
            methodology: methodology.unwrap_or_else(|| diagram.methodology().as_str().to_owned()),
            status: threat.status().as_str().to_owned(),
            severity: threat.severity().as_str().to_owned(),
            score: text("score"),
            description: text("description"),
            mitigation: text("mitigation"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn model() -> Document {
        let threat = |number: u64, status: &str, severity: &str, category: &str| {
            json!({ "id": format!("t{number}"), "number": number, "title": "T", "status": status, "severity": severity,
                "type": category, "description": "D", "mitigation": "M", "score": "7" })
        };
        let model = json!({ "version": "2.0", "summary": { "title": "M" }, "detail": { "diagrams": [
            { "id": 0, "title": "Main", "diagramType": "STRIDE", "cells": [
                { "id": "p", "shape": "process", "data": { "name": "Web", "threats": [
                    threat(1, "open", "High", "Spoofing"), threat(2, "Mitigated", "Low", "Tampering"),
                    threat(3, "N/A", "TBA", "Spoofing"), threat(4, "Thinking", "Huge", "Tampering") ] } },
                { "id": "f", "shape": "flow", "labels": ["pays"], "data": { "outOfScope": true, "threats": [
                    threat(5, "Avoided", "Critical", "Tampering"), threat(6, "Accepted", "Medium", "Tampering") ] } },
                { "id": "s", "shape": "store", "data": { "name": "Orders" } },
                { "id": "b", "shape": "trust-boundary-box", "data": { "name": "Zone" } } ] },
            { "id": 1, "title": "", "cells": [] } ] } });
        Document::parse(model.to_string().into()).unwrap()
    }

    fn numbers(wanted: &Wanted) -> Vec<u64> {
        let listed = register(&model(), wanted).into_iter();
        listed.filter_map(|threat| threat.number).collect()
    }

    fn statuses(words: &[&str]) -> Vec<u64> {
        let statuses = words.iter().map(|word| (*word).to_owned()).collect();
        numbers(&Wanted {
            statuses,
            ..Wanted::default()
        })
    }

    #[test]
    fn every_threat_is_listed_with_what_it_is_a_threat_to() {
        let all = register(&model(), &Wanted::default());
        assert_eq!(all.len(), 6);
        let told = serde_json::to_value(&all[4]).unwrap();
        assert_eq!(
            told,
            json!({ "diagram": 0, "diagram_title": "Main", "element": "f", "element_name": "pays",
            "element_kind": "data flow", "out_of_scope": true, "id": "t5", "number": 5, "title": "T", "type": "Tampering",
            "methodology": "STRIDE", "status": "Avoided", "severity": "Critical", "score": "7", "description": "D",
            "mitigation": "M" })
        );
    }

    #[test]
    fn those_that_are_wanted_are_listed() {
        assert_eq!(statuses(&["unmitigated"]), [1, 4]);
        assert_eq!(statuses(&["Mitigated"]), [2, 5]);
        assert_eq!(statuses(&["open"]), [1]);
        assert_eq!(statuses(&["NotApplicable", "accepted"]), [3, 6]);
        assert_eq!(statuses(&["thinking"]), [] as [u64; 0]);
        assert_eq!(statuses(&["Thinking"]), [4]);
        let severities = vec!["high".to_owned(), "TBD".to_owned()];
        assert_eq!(
            numbers(&Wanted {
                severities,
                ..Wanted::default()
            }),
            [1, 3]
        );
        let categories = vec!["tampering".to_owned()];
        let elements = vec!["p".to_owned()];
        assert_eq!(
            numbers(&Wanted {
                categories,
                elements,
                ..Wanted::default()
            }),
            [2, 4]
        );
    }

    #[test]
    fn what_there_is_is_counted() {
        let told = serde_json::to_value(statistics(&model())).unwrap();
        assert_eq!(
            told,
            json!({ "diagrams": 2, "elements": 3, "out_of_scope": 1, "without_threats": 1, "threats": 6,
            "unmitigated": 2, "mitigated": 2,
            "by_status": { "Accepted": 1, "Avoided": 1, "Mitigated": 1, "NotApplicable": 1, "Open": 1, "Thinking": 1 },
            "unmitigated_by_severity": { "High": 1, "Huge": 1 },
            "unmitigated_by_type": { "Spoofing": 1, "Tampering": 1 } })
        );
    }
}
