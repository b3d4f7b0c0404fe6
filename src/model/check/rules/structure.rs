//! Whether the file holds together: ids, references, numbers, words of the format.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::check::cycles;
use crate::model::json::Value;
use crate::model::subject::told;
use crate::model::vocabulary::{CellShape, Methodology, Severity, Status};

use super::{Level, Place, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "WYV001",
        name: "duplicate-cell-id",
        level: Level::Error,
        reason: "Flows, merges and editors find a cell by its id, and with two of them each may \
                 take another one.",
        remedy: "Give one of the cells a new id, and point its flows to that.",
        find: |survey, found| {
            for diagram in &survey.diagrams {
                let ids = diagram
                    .cells
                    .iter()
                    .map(|cell| (cell.place, cell.id.clone()));
                shared(ids, |place, id| {
                    found.add(
                        place,
                        "/id",
                        format!("Another cell of this diagram has the id {id:?} too."),
                    );
                });
            }
        },
    },
    Rule {
        id: "WYV002",
        name: "duplicate-diagram-id",
        level: Level::Error,
        reason: "A diagram is found by its number.",
        remedy: "Give one of the diagrams the number in diagramTop, and raise that.",
        find: |survey, found| {
            let ids = survey
                .diagrams
                .iter()
                .filter_map(|diagram| Some((diagram.place, diagram.view.id()?.to_string().into())));
            shared(ids, |place, id| {
                found.add(
                    place,
                    "/id",
                    format!("Another diagram has the number {id} too."),
                );
            });
        },
    },
    Rule {
        id: "WYV003",
        name: "duplicate-threat-id",
        level: Level::Error,
        reason: "Merges and reports find a threat of an element by its id.",
        remedy: "Give one of the threats a new id.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                let ids = cell
                    .threats
                    .iter()
                    .map(|threat| (threat.place, threat.view.id()));
                shared(ids, |place, id| {
                    found.add(
                        place,
                        "/id",
                        format!("Another threat to this element has the id {id:?} too."),
                    );
                });
            }
        },
    },
    Rule {
        id: "WYV004",
        name: "missing-id",
        level: Level::Error,
        reason: "A cell without an id can neither be the end of a flow nor be followed through \
                 changes.",
        remedy: "Give the cell an id of its own.",
        find: |survey, found| {
            for (_, cell) in survey.cells().filter(|(_, cell)| cell.id.is_empty()) {
                found.add(cell.place, "/id", "This cell has no id.");
            }
        },
    },
    Rule {
        id: "WYV005",
        name: "flow-to-missing-cell",
        level: Level::Error,
        reason: "A flow that ends at a cell which is not there is drawn nowhere, or not at all.",
        remedy: "Connect the flow to an element, or delete it.",
        find: |survey, found| {
            for (diagram, flow) in survey.cells().filter(|(_, cell)| cell.is_flow()) {
                for (end, member) in ENDS {
                    if let Some(id) = flow.end(end).filter(|id| !diagram.by_id.contains_key(id)) {
                        found.add(
                            flow.place,
                            member,
                            format!(
                                "The {end} of this flow is {id:?}, which is not in the diagram."
                            ),
                        );
                    }
                }
            }
        },
    },
    Rule {
        id: "WYV006",
        name: "duplicate-threat-number",
        level: Level::Warning,
        reason: "People speak of a threat by its number.",
        remedy: "Give the later threat the number after threatTop, and raise that.",
        find: |survey, found| {
            let numbers = survey.threats().filter_map(|(_, _, threat)| {
                Some((threat.place, threat.view.number()?.to_string().into()))
            });
            shared(numbers, |place, number| {
                found.add(
                    place,
                    "/number",
                    format!("Another threat has the number {number} too."),
                );
            });
        },
    },
    Rule {
        id: "WYV007",
        name: "unnumbered-threat",
        level: Level::Note,
        reason: "A threat without a number cannot be referred to in talk and in tickets.",
        remedy: "Give the threat the number after threatTop, and raise that.",
        find: |survey, found| {
            for (_, _, threat) in survey
                .threats()
                .filter(|(_, _, threat)| threat.view.number().is_none())
            {
                found.add(threat.place, "/number", "This threat has no number.");
            }
        },
    },
    Rule {
        id: "WYV008",
        name: "threat-top-too-low",
        level: Level::Warning,
        reason: "The next threat gets the number after threatTop, which is another threat's when \
                 that is too low.",
        remedy: "Set threatTop to the highest threat number.",
        find: |survey, found| {
            let highest = survey
                .threats()
                .filter_map(|(_, _, threat)| threat.view.number())
                .max();
            let top = survey.at("/detail/threatTop").and_then(Value::as_u64);
            if let (Some(highest), Some(top)) = (highest, top)
                && top < highest
            {
                found.add(
                    Place::Model,
                    "/detail/threatTop",
                    format!("threatTop is {top}, and there is a threat {highest}."),
                );
            }
        },
    },
    Rule {
        id: "WYV009",
        name: "diagram-top-too-low",
        level: Level::Warning,
        reason: "The next diagram gets the number in diagramTop, which is another diagram's when \
                 that is too low.",
        remedy: "Set diagramTop to one more than the highest diagram number.",
        find: |survey, found| {
            let highest = survey
                .diagrams
                .iter()
                .filter_map(|diagram| diagram.view.id())
                .max();
            let top = survey.at("/detail/diagramTop").and_then(Value::as_u64);
            if let (Some(highest), Some(top)) = (highest, top)
                && top <= highest
            {
                found.add(
                    Place::Model,
                    "/detail/diagramTop",
                    format!("diagramTop is {top}, and there is a diagram {highest}."),
                );
            }
        },
    },
    Rule {
        id: "WYV010",
        name: "unknown-methodology",
        level: Level::Warning,
        reason: "Categories and suggestions follow a diagram's methodology.",
        remedy: "Choose STRIDE, LINDDUN, CIA, CIADIE, PLOT4ai, EOP or Generic.",
        find: |survey, found| {
            for diagram in &survey.diagrams {
                if let Methodology::Other(word) = diagram.view.methodology() {
                    found.add(
                        diagram.place,
                        "/diagramType",
                        format!("The methodology {:?} is not known.", told(&word)),
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV011",
        name: "unknown-status",
        level: Level::Warning,
        reason: "A threat with an unknown status counts as neither open nor mitigated.",
        remedy: "Choose Open, Mitigated, Accepted, Transferred, Avoided, Eliminated or \
                 NotApplicable.",
        find: |survey, found| {
            for (_, _, threat) in survey.threats() {
                if let Status::Other(word) = threat.view.status() {
                    found.add(
                        threat.place,
                        "/status",
                        format!("The status {:?} is not known.", told(&word)),
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV012",
        name: "unknown-severity",
        level: Level::Warning,
        reason: "Thresholds and charts go by severity.",
        remedy: "Choose Low, Medium, High, Critical or TBD.",
        find: |survey, found| {
            for (_, _, threat) in survey.threats() {
                if let Severity::Other(word) = threat.view.severity()
                    && !word.is_empty()
                {
                    found.add(
                        threat.place,
                        "/severity",
                        format!("The severity {:?} is not known.", told(&word)),
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV013",
        name: "unknown-shape",
        level: Level::Note,
        reason: "A cell of an unknown shape is kept, but not everybody can draw it.",
        remedy: "Replace it by an element, a flow, a boundary or a text.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                if let CellShape::Other(word) = &cell.shape {
                    found.add(
                        cell.place,
                        "/shape",
                        format!("The shape {:?} is not known.", told(word)),
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV014",
        name: "misspelled-shape",
        level: Level::Note,
        reason: "Early versions wrote trust-broundary-curve; not every program reads it.",
        remedy: "Write trust-boundary-curve.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                if cell
                    .view
                    .value()
                    .get("shape")
                    .is_some_and(|shape| shape.is_text("trust-broundary-curve"))
                {
                    found.add(
                        cell.place,
                        "/shape",
                        "The shape is spelled trust-broundary-curve.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV015",
        name: "containment-cycle",
        level: Level::Error,
        reason: "A boundary that contains itself, over others or directly, has no place in any \
                 hierarchy.",
        remedy: "Take one of the boundaries out of containedElements.",
        find: |survey, found| {
            for cell in survey.diagrams.iter().flat_map(cycles::closing) {
                found.add(
                    cell.place,
                    "/data/containedElements",
                    "This boundary lies inside of what it contains.",
                );
            }
        },
    },
    Rule {
        id: "WYV016",
        name: "wrong-open-mark",
        level: Level::Note,
        reason: "hasOpenThreats decides the colour in which programs draw the cell.",
        remedy: "Open the model and save the element, or set hasOpenThreats by hand.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                let open = cell.threats.iter().any(|threat| threat.view.is_open());
                if cell
                    .datum("hasOpenThreats")
                    .and_then(Value::as_bool)
                    .is_some_and(|said| said != open)
                {
                    let is = if open {
                        "has an open threat"
                    } else {
                        "has no open threat"
                    };
                    found.add(
                        cell.place,
                        "/data/hasOpenThreats",
                        format!("This cell {is}, but hasOpenThreats says otherwise."),
                    );
                }
            }
        },
    },
];

/// The ends of a flow, with the pointer to what each ends at.
pub(super) const ENDS: [(&str, &str); 2] = [("source", "/source/cell"), ("target", "/target/cell")];

/// Tells each thing whose name another one has too. All of them, so that what is found does not
/// depend on their order.
pub(super) fn shared<'a>(
    things: impl Iterator<Item = (Place, Cow<'a, str>)>,
    mut tell: impl FnMut(Place, String),
) {
    let things: Vec<_> = things.filter(|(_, name)| !name.is_empty()).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (_, name) in &things {
        *times.entry(name).or_default() += 1;
    }
    for (place, name) in &things {
        if times.get(name.as_ref()).is_some_and(|times| *times > 1) {
            tell(*place, told(name));
        }
    }
}
