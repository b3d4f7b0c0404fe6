//! Files that do not hold together.

use super::*;

pub(super) const CASES: &[Case] = &[
    (
        "WYV001",
        |m| {
            let copy = json!({"id": "back", "shape": "td-text-block"});
            push(m, CELLS, copy);
        },
        &[
            (
                "/detail/diagrams/0/cells/4/id",
                "Another cell of this diagram has the id \"back\" too.",
            ),
            (
                "/detail/diagrams/0/cells/5/id",
                "Another cell of this diagram has the id \"back\" too.",
            ),
        ],
    ),
    (
        "WYV002",
        |m| {
            let d = json!({"id": 0, "title": "More", "diagramType": "CIA", "cells": []});
            push(m, "/detail/diagrams", d);
        },
        &[
            (
                "/detail/diagrams/0/id",
                "Another diagram has the number 0 too.",
            ),
            (
                "/detail/diagrams/1/id",
                "Another diagram has the number 0 too.",
            ),
        ],
    ),
    (
        "WYV003",
        |m| {
            let mut copy = m.pointer(THREAT).unwrap().clone();
            copy["number"] = json!(4);
            set(m, "/detail/threatTop", json!(4));
            push(m, &format!("{API}/data/threats"), copy);
        },
        &[
            (
                "/detail/diagrams/0/cells/0/data/threats/0/id",
                "Another threat to this element has the id \"t1\" too.",
            ),
            (
                "/detail/diagrams/0/cells/0/data/threats/1/id",
                "Another threat to this element has the id \"t1\" too.",
            ),
        ],
    ),
    (
        "WYV004",
        |m| push(m, CELLS, json!({"shape": "td-text-block"})),
        &[("/detail/diagrams/0/cells/5", "This cell has no id.")],
    ),
    (
        "WYV005",
        |m| set(m, &format!("{FLOW}/target/cell"), json!("gone")),
        &[(
            "/detail/diagrams/0/cells/2/target/cell",
            "The target of this flow is \"gone\", which is not in the diagram.",
        )],
    ),
    (
        "WYV006",
        |m| set(m, &format!("{DB}/data/threats/0/number"), json!(1)),
        &[
            (
                "/detail/diagrams/0/cells/0/data/threats/0/number",
                "Another threat has the number 1 too.",
            ),
            (
                "/detail/diagrams/0/cells/1/data/threats/0/number",
                "Another threat has the number 1 too.",
            ),
        ],
    ),
    (
        "WYV007",
        |m| set(m, &format!("{THREAT}/number"), Value::Null),
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/number",
            "This threat has no number.",
        )],
    ),
    (
        "WYV008",
        |m| set(m, "/detail/threatTop", json!(2)),
        &[(
            "/detail/threatTop",
            "threatTop is 2, and there is a threat 3.",
        )],
    ),
    (
        "WYV009",
        |m| set(m, "/detail/diagramTop", json!(0)),
        &[(
            "/detail/diagramTop",
            "diagramTop is 0, and there is a diagram 0.",
        )],
    ),
    (
        "WYV010",
        |m| set(m, "/detail/diagrams/0/diagramType", json!("PASTA")),
        &[(
            "/detail/diagrams/0/diagramType",
            "The methodology \"PASTA\" is not known.",
        )],
    ),
    (
        "WYV011",
        |m| set(m, &format!("{THREAT}/status"), json!("Done")),
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/status",
            "The status \"Done\" is not known.",
        )],
    ),
    (
        "WYV012",
        |m| set(m, &format!("{THREAT}/severity"), json!("Huge")),
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/severity",
            "The severity \"Huge\" is not known.",
        )],
    ),
    (
        "WYV013",
        |m| push(m, CELLS, json!({"id": "p", "shape": "path"})),
        &[(
            "/detail/diagrams/0/cells/5/shape",
            "The shape \"path\" is not known.",
        )],
    ),
    (
        "WYV014",
        |m| {
            push(
                m,
                CELLS,
                json!({"id": "c", "shape": "trust-broundary-curve", "data": {"name": "Edge"}}),
            );
        },
        &[(
            "/detail/diagrams/0/cells/5/shape",
            "The shape is spelled trust-broundary-curve.",
        )],
    ),
    (
        "WYV015",
        |m| {
            set(
                m,
                &format!("{BOX}/data/containedElements"),
                json!(["api", "back"]),
            );
            set(
                m,
                "/detail/diagrams/0/cells/4/data/containedElements",
                json!(["in"]),
            );
        },
        &[(
            "/detail/diagrams/0/cells/4/data/containedElements",
            "This boundary lies inside of what it contains.",
        )],
    ),
    (
        "WYV016",
        |m| set(m, &format!("{API}/data/hasOpenThreats"), json!(true)),
        &[(
            "/detail/diagrams/0/cells/0/data/hasOpenThreats",
            "This cell has no open threat, but hasOpenThreats says otherwise.",
        )],
    ),
];
