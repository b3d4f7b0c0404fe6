//! Elements, flows, diagrams and models that are not complete.

use super::*;

pub(super) const CASES: &[Case] = &[
    (
        "WYV030",
        |m| set(m, &format!("{API}/data/outOfScope"), json!(true)),
        &[(
            "/detail/diagrams/0/cells/0/data",
            "This is out of scope and gives no reason.",
        )],
    ),
    (
        "WYV031",
        |m| set(m, &format!("{API}/data/name"), json!("")),
        &[(
            "/detail/diagrams/0/cells/0/data/name",
            "This element has no name.",
        )],
    ),
    (
        "WYV032",
        |m| set(m, &format!("{API}/data/threats"), json!([])),
        &[(
            "/detail/diagrams/0/cells/0/data/threats",
            "This element is in scope and has no threats.",
        )],
    ),
    (
        "WYV033",
        |m| {
            let mut copy = m.pointer(API).unwrap().clone();
            copy["id"] = json!("lone");
            copy["data"]["threats"][0]["number"] = json!(4);
            set(m, "/detail/threatTop", json!(4));
            push(m, CELLS, copy);
        },
        &[(
            "/detail/diagrams/0/cells/5",
            "No flow begins or ends at this element.",
        )],
    ),
    (
        "WYV034",
        |m| set(m, &format!("{API}/position"), json!({"x": 30, "y": 10})),
        &[(
            "/detail/diagrams/0/cells/0/position",
            "This element lies in none of the trust boundaries.",
        )],
    ),
    (
        "WYV035",
        |m| set(m, &format!("{DB}/data/storesCredentials"), json!(true)),
        &[(
            "/detail/diagrams/0/cells/1/data/isEncrypted",
            "This store holds credentials and is not encrypted.",
        )],
    ),
    (
        "WYV036",
        |m| set(m, &format!("{DB}/data/isALog"), json!(true)),
        &[(
            "/detail/diagrams/0/cells/1/data",
            "This store is a log and is not signed.",
        )],
    ),
    (
        "WYV037",
        |m| set(m, &format!("{BOX}/data/name"), json!(" ")),
        &[(
            "/detail/diagrams/0/cells/3/data/name",
            "This trust boundary has no name.",
        )],
    ),
    (
        "WYV040",
        |m| {
            push(
                m,
                CELLS,
                json!({"id": "g", "shape": "flow", "source": {"cell": "api"}, "target": {"x": 1, "y": 2}, "data": {"name": "Log", "isEncrypted": true}}),
            );
        },
        &[(
            "/detail/diagrams/0/cells/5/target",
            "The target of this flow is connected to nothing.",
        )],
    ),
    (
        "WYV041",
        |m| {
            push(
                m,
                CELLS,
                json!({"id": "g", "shape": "flow", "source": {"cell": "api"}, "target": {"cell": "back"}, "data": {"name": "Log", "isEncrypted": true}}),
            );
        },
        &[(
            "/detail/diagrams/0/cells/5/target/cell",
            "The target of this flow is a boundary or a text.",
        )],
    ),
    (
        "WYV042",
        |m| set(m, &format!("{FLOW}/data/isEncrypted"), json!(false)),
        &[(
            "/detail/diagrams/0/cells/2/data/isEncrypted",
            "This flow crosses a trust boundary and is not encrypted.",
        )],
    ),
    (
        "WYV043",
        |m| {
            push(
                m,
                CELLS,
                json!({"id": "g", "shape": "flow", "source": {"cell": "api"}, "target": {"cell": "api"}, "data": {"name": "Log", "isPublicNetwork": true}}),
            );
        },
        &[(
            "/detail/diagrams/0/cells/5/data",
            "This flow goes over a public network and is not encrypted.",
        )],
    ),
    (
        "WYV044",
        |m| set(m, &format!("{FLOW}/data/name"), json!("")),
        &[(
            "/detail/diagrams/0/cells/2/data/name",
            "This flow has no name.",
        )],
    ),
    (
        "WYV050",
        |m| {
            push(
                m,
                "/detail/diagrams",
                json!({"id": 1, "title": "More", "diagramType": "CIA", "cells": []}),
            );
            set(m, "/detail/diagramTop", json!(2));
        },
        &[("/detail/diagrams/1/cells", "This diagram has no elements.")],
    ),
    (
        "WYV051",
        |m| set(m, "/detail/diagrams/0/title", json!("")),
        &[("/detail/diagrams/0/title", "This diagram has no title.")],
    ),
    (
        "WYV052",
        |m| {
            push(
                m,
                "/detail/diagrams",
                json!({"id": 1, "title": "Main", "diagramType": "CIA", "cells": []}),
            );
            set(m, "/detail/diagramTop", json!(2));
        },
        &[
            (
                "/detail/diagrams/0/title",
                "Another diagram has the title \"Main\" too.",
            ),
            (
                "/detail/diagrams/1/title",
                "Another diagram has the title \"Main\" too.",
            ),
        ],
    ),
    (
        "WYV053",
        |m| {
            for cell in [API, DB, FLOW] {
                set(m, &format!("{cell}/data/threats"), json!([]));
            }
        },
        &[(
            "/detail/diagrams/0/cells",
            "This diagram has elements and not one threat.",
        )],
    ),
    (
        "WYV054",
        |m| {
            let cells = m.pointer_mut(CELLS).unwrap().as_array_mut().unwrap();
            cells.truncate(3);
        },
        &[(
            "/detail/diagrams/0/cells",
            "This diagram has no trust boundary.",
        )],
    ),
    (
        "WYV060",
        |m| set(m, "/summary/title", json!("")),
        &[("/summary/title", "The model has no title.")],
    ),
    (
        "WYV061",
        |m| set(m, "/summary/owner", json!("")),
        &[("/summary/owner", "The model has no owner.")],
    ),
    (
        "WYV062",
        |m| set(m, "/detail/reviewer", json!("")),
        &[("/detail/reviewer", "The model has no reviewer.")],
    ),
    (
        "WYV063",
        |m| set(m, "/summary/description", json!("")),
        &[("/summary/description", "The model has no description.")],
    ),
    (
        "WYV064",
        |m| set(m, "/detail/diagrams", json!([])),
        &[("/detail/diagrams", "The model has no diagrams.")],
    ),
];
