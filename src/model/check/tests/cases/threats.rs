//! Threats that do not say what they should.

use super::*;

pub(super) const CASES: &[Case] = &[
    (
        "WYV020",
        |m| {
            set(
                m,
                &format!("{THREAT}/mitigation"),
                json!("Provide remediation for this threat or a reason if status is N/A"),
            );
        },
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/mitigation",
            "This threat is marked Mitigated and has no mitigation.",
        )],
    ),
    (
        "WYV021",
        |m| {
            set(m, &format!("{THREAT}/mitigation"), json!(" "));
            set(m, &format!("{THREAT}/status"), json!("Accepted"));
        },
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/mitigation",
            "This threat is marked Accepted and gives no reason.",
        )],
    ),
    (
        "WYV022",
        |m| {
            set(m, &format!("{API}/data/outOfScope"), json!(true));
            set(m, &format!("{API}/data/reasonOutOfScope"), json!("Bought."));
            set(m, &format!("{API}/data/hasOpenThreats"), json!(true));
            set(m, &format!("{THREAT}/status"), json!("Open"));
        },
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/status",
            "This threat is open, and its element is out of scope.",
        )],
    ),
    (
        "WYV023",
        |m| {
            set(m, &format!("{API}/data/hasOpenThreats"), json!(true));
            set(m, &format!("{THREAT}/status"), json!("Open"));
        },
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/status",
            "This threat of severity High is open.",
        )],
    ),
    (
        "WYV024",
        |m| set(m, &format!("{THREAT}/severity"), json!("TBD")),
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/severity",
            "The severity of this threat is not decided.",
        )],
    ),
    (
        "WYV025",
        |m| set(m, &format!("{THREAT}/title"), json!("")),
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/title",
            "This threat has no title.",
        )],
    ),
    (
        "WYV026",
        |m| {
            set(
                m,
                &format!("{THREAT}/description"),
                json!("Provide a description for this threat"),
            );
        },
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/description",
            "This threat has no description.",
        )],
    ),
    (
        "WYV027",
        |m| set(m, &format!("{THREAT}/type"), json!("Linkability")),
        &[(
            "/detail/diagrams/0/cells/0/data/threats/0/type",
            "\"Linkability\" is no category of STRIDE.",
        )],
    ),
    (
        "WYV028",
        |m| {
            let threat = m.pointer_mut(THREAT).unwrap().take();
            set(
                m,
                &format!("{API}/data/threats"),
                json!([m.pointer(DB).unwrap()["data"]["threats"][0].clone()]),
            );
            set(m, &format!("{API}/data/threats/0/number"), json!(4));
            set(m, "/detail/threatTop", json!(4));
            set(m, &format!("{BOX}/data/threats"), json!([threat]));
        },
        &[(
            "/detail/diagrams/0/cells/3/data/threats/0",
            "This threat is to a boundary or a text, which show none.",
        )],
    ),
];
