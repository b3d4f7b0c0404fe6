//! What findings say about themselves: order, lines, fingerprints, facts.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::model::check::Level;

/// A model with a finding in every part.
fn unsound() -> Value {
    let mut model = sound();
    set(&mut model, "/summary/owner", json!(""));
    set(&mut model, &format!("{THREAT}/mitigation"), json!(""));
    set(&mut model, &format!("{FLOW}/data/name"), json!(""));
    set(&mut model, &format!("{FLOW}/source/cell"), json!("gone"));
    set(
        &mut model,
        &format!("{FLOW}/target/cell"),
        json!("gone too"),
    );
    model
}

fn fingerprints(findings: &[Finding]) -> BTreeSet<(&'static str, String)> {
    findings
        .iter()
        .map(|finding| (finding.rule.id, finding.fingerprint.clone()))
        .collect()
}

#[test]
fn they_come_in_the_order_of_the_document() {
    let told: Vec<_> = found(&unsound())
        .iter()
        .map(|finding| (finding.rule.id, finding.level, finding.subject.to_string()))
        .collect();
    let [api, db, flow] = [
        "Main / API (process)",
        "Main / Orders (data store)",
        "Main / unnamed data flow f",
    ];
    let told: Vec<_> = told
        .iter()
        .map(|(id, level, subject)| (*id, *level, subject.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("WYV061", Level::Note, "the model"),
            ("WYV033", Level::Note, api),
            (
                "WYV020",
                Level::Error,
                "Main / API (process) / threat 1 \"Forged orders\""
            ),
            ("WYV033", Level::Note, db),
            ("WYV005", Level::Error, flow),
            ("WYV005", Level::Error, flow),
            ("WYV044", Level::Note, flow),
        ]
    );
}

#[test]
fn the_line_is_that_of_the_value() {
    let document = document(&unsound());
    for finding in check(&document, &Facts::default(), &Policy::default()) {
        let value = document.root().pointer(&finding.pointer).unwrap();
        let before = &document.text()[..value.offset()];
        assert_eq!(
            finding.line,
            before.matches('\n').count() + 1,
            "{finding:?}"
        );
    }
}

#[test]
fn fingerprints_outlive_order_layout_and_place() {
    let model = unsound();
    let findings = found(&model);
    let told = fingerprints(&findings);
    assert_eq!(told.len(), findings.len(), "each is unique");
    let mut model = model;
    for id in ["db", "db"] {
        push(
            &mut model,
            CELLS,
            json!({"id": id, "shape": "td-text-block"}),
        );
    }
    let findings = found(&model);
    let told = fingerprints(&findings);
    let mut moved = model.clone();
    moved
        .pointer_mut(CELLS)
        .unwrap()
        .as_array_mut()
        .unwrap()
        .reverse();
    assert_eq!(fingerprints(&found(&moved)), told);
    let compact = Document::parse(model.to_string().into()).unwrap();
    assert_eq!(
        fingerprints(&check(&compact, &Facts::default(), &Policy::default())),
        told
    );
}

/// However long the names in a model are.
#[test]
fn findings_stay_short() {
    let mut model = sound();
    let long = "é".repeat(100_000);
    set(&mut model, &format!("{API}/id"), json!(long));
    set(&mut model, &format!("{API}/data/name"), json!(long));
    set(&mut model, "/detail/diagrams/0/title", json!(long));
    set(&mut model, &format!("{THREAT}/status"), json!(long));
    let findings = found(&model);
    assert!(findings.len() >= 3, "{}", findings.len());
    for finding in findings {
        let told = format!("{}{}", finding.subject, finding.message);
        assert!(told.chars().count() < 1_000, "{told}");
    }
}

#[test]
fn fingerprints_of_many_alike_are_unique() {
    let mut model = sound();
    let cells = (0..10_000).map(|_| json!({"shape": "td-text-block"}));
    set(&mut model, CELLS, cells.collect());
    let findings = found(&model);
    let missing: BTreeSet<_> = findings
        .iter()
        .filter(|finding| finding.rule.id == "WYV004")
        .map(|finding| &finding.fingerprint)
        .collect();
    assert_eq!(missing.len(), 10_000);
}

#[test]
fn a_stale_model_is_told_when_the_times_are_known() {
    let policy = Policy::parse("[check]\nstale_after = \"30d\"\n").unwrap();
    let now: Timestamp = "2026-11-25T00:00:00Z".parse().unwrap();
    let told = |days: i64, policy: &Policy| {
        let changed = now - SignedDuration::from_hours(24 * days);
        let facts = Facts {
            now: Some(now),
            changed: Some(changed),
        };
        let findings = check(&document(&sound()), &facts, policy);
        findings
            .into_iter()
            .map(|finding| (finding.rule.id, finding.message))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        told(31, &policy),
        [(
            "WYV065",
            "The model was last changed 31 days ago.".to_owned()
        )]
    );
    assert_eq!(told(30, &policy), []);
    assert_eq!(
        told(31, &Policy::default()),
        [],
        "nobody has said how long is too long"
    );
    let unknown = Facts {
        now: Some(now),
        changed: None,
    };
    assert_eq!(check(&document(&sound()), &unknown, &policy), []);
}

#[test]
fn a_policy_switches_off_and_grades_anew() {
    let policy = "[rules]\nisolated-element = \"off\"\nWYV005 = \"note\"\nWYV044 = \"error\"\n";
    let policy = Policy::parse(policy).unwrap();
    let findings = check(&document(&unsound()), &Facts::default(), &policy);
    let told: Vec<_> = findings
        .iter()
        .map(|finding| (finding.rule.id, finding.level))
        .collect();
    assert_eq!(
        told,
        [
            ("WYV061", Level::Note),
            ("WYV020", Level::Error),
            ("WYV005", Level::Note),
            ("WYV005", Level::Note),
            ("WYV044", Level::Error),
        ]
    );
}

#[test]
fn an_exemption_holds_until_it_expires_and_is_then_told() {
    let policy = "[[exempt]]\nrule = \"WYV020\"\nthreat = \"t1\"\nreason = \"Signed by the gateway.\"\nexpires = 2026-12-31\n";
    let policy = Policy::parse(policy).unwrap();
    let told = |now: &str| {
        let facts = Facts {
            now: Some(now.parse().unwrap()),
            changed: None,
        };
        check(&document(&unsound()), &facts, &policy)
    };
    let exempted = |findings: &[Finding]| -> Vec<_> {
        findings
            .iter()
            .filter(|finding| finding.exempted.is_some())
            .map(|finding| finding.rule.id)
            .collect()
    };
    let before = told("2026-12-31T23:59:59Z");
    assert_eq!(exempted(&before), ["WYV020"]);
    let reason = before
        .iter()
        .find_map(|finding| finding.exempted.as_ref())
        .map(|exempted| exempted.reason.as_str());
    assert_eq!(reason, Some("Signed by the gateway."));
    let after = told("2027-01-01T00:00:00Z");
    assert_eq!(exempted(&after), Vec::<&str>::new());
    let last = after.last().unwrap();
    assert_eq!(
        (last.rule.id, last.message.as_str()),
        (
            "WYV090",
            "The exemption from WYV020 on line 1 of the policy expired on 2026-12-31."
        )
    );
}

#[test]
fn an_old_model_is_told_by_its_own_pointers() {
    let text = include_str!("../../../../tests/fixtures/models/version-1.json");
    let document = Document::parse(text.into()).unwrap();
    let findings = check(&document, &Facts::default(), &Policy::default());
    assert!(
        findings
            .iter()
            .any(|finding| finding.pointer.contains("/diagramJson/cells/")),
        "{findings:?}"
    );
    for finding in findings {
        let value = document.root().pointer(&finding.pointer).unwrap();
        let name = finding.subject.cell.as_ref().map(|cell| cell.id.clone());
        if let Some((cell, _)) = finding.pointer.split_once("/threats") {
            let cell = document.root().pointer(cell).unwrap();
            assert_eq!(cell.get("id").unwrap().as_text().unwrap(), name.unwrap());
        }
        assert!(finding.line <= text.lines().count() && value.offset() < text.len());
    }
}
