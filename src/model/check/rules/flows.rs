//! Whether the flows are connected, named and protected.

use crate::model::check::survey::{Cell, Diagram};
use crate::model::json::Value;
use crate::model::vocabulary::CellShape;

use super::structure::ENDS;
use super::{Level, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "WYV040",
        name: "dangling-flow",
        level: Level::Warning,
        reason: "A flow that ends in the air does not say where the data goes.",
        remedy: "Connect the flow to an element at both ends.",
        find: |survey, found| {
            for (_, flow) in survey.cells().filter(|(_, cell)| cell.is_flow()) {
                for (end, member) in ENDS {
                    if flow.end(end).is_none() {
                        found.add(
                            flow.place,
                            member,
                            format!("The {end} of this flow is connected to nothing."),
                        );
                    }
                }
            }
        },
    },
    Rule {
        id: "WYV041",
        name: "flow-at-boundary",
        level: Level::Warning,
        reason: "Data flows between elements; a boundary or a text takes and gives none.",
        remedy: "Connect the flow to the element behind.",
        find: |survey, found| {
            for (diagram, flow) in survey.cells().filter(|(_, cell)| cell.is_flow()) {
                for (end, member) in ENDS {
                    let cell = diagram.end(flow, end).and_then(|at| diagram.cells.get(at));
                    if cell.is_some_and(|cell| {
                        cell.is_boundary() || cell.shape == CellShape::TextBlock
                    }) {
                        found.add(
                            flow.place,
                            member,
                            format!("The {end} of this flow is a boundary or a text."),
                        );
                    }
                }
            }
        },
    },
    Rule {
        id: "WYV042",
        name: "plain-boundary-crossing",
        level: Level::Warning,
        reason: "Data that leaves a trust boundary unencrypted can be read and changed by those \
                 whom the boundary keeps out.",
        remedy: "Encrypt the flow, and say so in its properties.",
        find: |survey, found| {
            for (diagram, flow) in survey.cells().filter(|(_, cell)| is_plain(cell)) {
                if crosses(diagram, flow) {
                    found.add(
                        flow.place,
                        "/data/isEncrypted",
                        "This flow crosses a trust boundary and is not encrypted.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV043",
        name: "plain-public-flow",
        level: Level::Warning,
        reason: "Everybody on the way can read and change what flows over a public network \
                 unencrypted.",
        remedy: "Encrypt the flow, and say so in its properties.",
        find: |survey, found| {
            for (_, flow) in survey.cells().filter(|(_, cell)| is_plain(cell)) {
                if flow.says("isPublicNetwork") {
                    found.add(
                        flow.place,
                        "/data/isEncrypted",
                        "This flow goes over a public network and is not encrypted.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV044",
        name: "unnamed-flow",
        level: Level::Note,
        reason: "A flow without a name does not say what flows.",
        remedy: "Name the flow after the data in it.",
        find: |survey, found| {
            for (_, flow) in survey.cells().filter(|(_, cell)| cell.is_flow()) {
                if flow.is_unnamed() {
                    found.add(flow.place, "/data/name", "This flow has no name.");
                }
            }
        },
    },
];

/// Whether it is a flow in scope that is not encrypted.
fn is_plain(cell: &Cell<'_>) -> bool {
    cell.is_flow() && !cell.says("outOfScope") && !cell.says("isEncrypted")
}

/// Whether exactly one end of the flow lies in some boundary box. Where that cannot be told from
/// where the ends stand, an editor may have noted a boundary that the flow crosses.
fn crosses(diagram: &Diagram<'_>, flow: &Cell<'_>) -> bool {
    let ends = (diagram.end(flow, "source"), diagram.end(flow, "target"));
    let seen = match ends {
        (Some(source), Some(target)) => diagram.sides.differ(source, target),
        _ => None,
    };
    let noted = || {
        let ids = flow
            .datum("trustBoundaryIds")
            .into_iter()
            .flat_map(Value::elements);
        let mut ids = ids.filter_map(Value::as_text);
        ids.any(|id| diagram.by_id.contains_key(&id))
    };
    // A curve has no inside.
    let is_curve = |cell: &&Cell<'_>| cell.shape == CellShape::BoundaryCurve;
    match seen {
        Some(crosses) if crosses || !diagram.boundaries().any(|cell| is_curve(&cell)) => crosses,
        _ => noted(),
    }
}
