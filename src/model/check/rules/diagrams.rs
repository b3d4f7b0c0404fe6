//! Whether the diagrams are complete enough to be reviewed.

use super::structure::shared;
use super::{Level, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "WYV050",
        name: "empty-diagram",
        level: Level::Note,
        reason: "A diagram without elements shows nothing.",
        remedy: "Draw it, or delete it.",
        find: |survey, found| {
            for diagram in survey
                .diagrams
                .iter()
                .filter(|diagram| diagram.elements().next().is_none())
            {
                found.add(diagram.place, "/cells", "This diagram has no elements.");
            }
        },
    },
    Rule {
        id: "WYV051",
        name: "untitled-diagram",
        level: Level::Warning,
        reason: "A diagram is listed and linked by its title.",
        remedy: "Give the diagram a title.",
        find: |survey, found| {
            for diagram in survey
                .diagrams
                .iter()
                .filter(|diagram| diagram.view.title().trim().is_empty())
            {
                found.add(diagram.place, "/title", "This diagram has no title.");
            }
        },
    },
    Rule {
        id: "WYV052",
        name: "duplicate-diagram-title",
        level: Level::Warning,
        reason: "Links and reports name a diagram by its title.",
        remedy: "Give the diagrams different titles.",
        find: |survey, found| {
            let titles = survey.diagrams.iter();
            let titles = titles.map(|diagram| (diagram.place, diagram.view.title()));
            shared(titles, |place, title| {
                let message = format!("Another diagram has the title {title:?} too.");
                found.add(place, "/title", message);
            });
        },
    },
    Rule {
        id: "WYV053",
        name: "diagram-without-threats",
        level: Level::Warning,
        reason: "A diagram in which nobody has found a threat has most likely not been examined.",
        remedy: "Go through its elements and flows, and record their threats.",
        find: |survey, found| {
            for diagram in &survey.diagrams {
                let in_scope = diagram.elements().any(|cell| !cell.says("outOfScope"));
                if in_scope && diagram.cells.iter().all(|cell| cell.threats.is_empty()) {
                    found.add(
                        diagram.place,
                        "/cells",
                        "This diagram has elements and not one threat.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV054",
        name: "diagram-without-boundary",
        level: Level::Note,
        reason: "Threats are found where data crosses a trust boundary.",
        remedy: "Draw the boundaries between those who do not trust each other.",
        find: |survey, found| {
            for diagram in &survey.diagrams {
                if diagram.elements().nth(1).is_some() && diagram.boundaries().next().is_none() {
                    found.add(
                        diagram.place,
                        "/cells",
                        "This diagram has no trust boundary.",
                    );
                }
            }
        },
    },
];
