//! Whether the elements are described, connected, inside a boundary, and looked at for threats.

use std::collections::HashSet;

use crate::model::check::survey::Diagram;
use crate::model::vocabulary::CellShape;

use super::{Level, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "WYV030",
        name: "out-of-scope-without-reason",
        level: Level::Warning,
        reason: "What is left out of scope must be defended later by somebody who was not there.",
        remedy: "Write the reason.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                if cell.says("outOfScope") && cell.text("reasonOutOfScope").is_empty() {
                    found.add(
                        cell.place,
                        "/data/reasonOutOfScope",
                        "This is out of scope and gives no reason.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV031",
        name: "unnamed-element",
        level: Level::Warning,
        reason: "A threat to an element without a name cannot be told to anybody.",
        remedy: "Name the element.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                if cell.is_element() && cell.is_unnamed() {
                    found.add(cell.place, "/data/name", "This element has no name.");
                }
            }
        },
    },
    Rule {
        id: "WYV032",
        name: "unexamined-element",
        level: Level::Note,
        reason: "An element in scope without a threat has perhaps not been looked at.",
        remedy: "Record its threats, or mark it as out of scope and say why.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                if cell.is_element() && cell.threats.is_empty() && !cell.says("outOfScope") {
                    found.add(
                        cell.place,
                        "/data/threats",
                        "This element is in scope and has no threats.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV033",
        name: "isolated-element",
        level: Level::Note,
        reason: "An element that no data flows to or from does nothing in the system.",
        remedy: "Draw its flows, or delete it.",
        find: |survey, found| {
            for diagram in &survey.diagrams {
                let connected = connected(diagram);
                for (at, cell) in diagram.cells.iter().enumerate() {
                    if cell.is_element() && !connected.contains(&at) {
                        found.add(cell.place, "", "No flow begins or ends at this element.");
                    }
                }
            }
        },
    },
    Rule {
        id: "WYV034",
        name: "outside-boundaries",
        level: Level::Note,
        reason: "Where some elements lie in trust boundaries, one outside of all has no stated \
                 trust.",
        remedy: "Draw the boundary that it belongs to, or move it into one.",
        find: |survey, found| {
            for diagram in &survey.diagrams {
                for (at, cell) in diagram.cells.iter().enumerate() {
                    if cell.is_element() && diagram.sides.is_outside(at) == Some(true) {
                        found.add(
                            cell.place,
                            "/position",
                            "This element lies in none of the trust boundaries.",
                        );
                    }
                }
            }
        },
    },
    Rule {
        id: "WYV035",
        name: "plain-credentials",
        level: Level::Warning,
        reason: "Whoever gets a copy of a store with plain credentials has the credentials.",
        remedy: "Encrypt the store, and say so in its properties.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                let store = cell.shape == CellShape::Store && !cell.says("outOfScope");
                if store && cell.says("storesCredentials") && !cell.says("isEncrypted") {
                    found.add(
                        cell.place,
                        "/data/isEncrypted",
                        "This store holds credentials and is not encrypted.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV036",
        name: "unsigned-log",
        level: Level::Warning,
        reason: "A log that can be changed unseen proves nothing.",
        remedy: "Sign the log, and say so in its properties.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                let store = cell.shape == CellShape::Store && !cell.says("outOfScope");
                if store && cell.says("isALog") && !cell.says("isSigned") {
                    found.add(
                        cell.place,
                        "/data/isSigned",
                        "This store is a log and is not signed.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV037",
        name: "unnamed-boundary",
        level: Level::Note,
        reason: "A boundary without a name does not say who trusts whom.",
        remedy: "Name the boundary.",
        find: |survey, found| {
            for (_, cell) in survey.cells() {
                if cell.is_boundary() && cell.is_unnamed() {
                    found.add(cell.place, "/data/name", "This trust boundary has no name.");
                }
            }
        },
    },
];

/// The cells at which a flow ends, by place.
fn connected(diagram: &Diagram<'_>) -> HashSet<usize> {
    let flows = diagram.cells.iter().filter(|cell| cell.is_flow());
    let ends = flows.flat_map(|flow| ["source", "target"].map(|end| diagram.end(flow, end)));
    ends.flatten().collect()
}
