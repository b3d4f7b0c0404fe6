//! The upgrade: what version 2 says afterwards, and that nothing is lost.

use bytes::Bytes;

use super::upgrade;
use crate::model::json::{Json, Kind, Value};
use crate::model::{CellShape, Document, Generation, Severity, Status, ThreatCount};

const VERSION_1: &str = include_str!("../../../tests/fixtures/models/version-1.json");
const LENDING: &str = include_str!("../../../tests/fixtures/models/two-spaces.json");
const DIALECTS: &str = include_str!("../../../tests/fixtures/models/dialects.json");
const EVERY_MEMBER: &str = include_str!("../../../tests/fixtures/models/every-member.json");

fn document(text: &str) -> Document {
    Document::parse(Bytes::copy_from_slice(text.as_bytes())).expect("a model")
}

fn upgraded() -> Document {
    upgrade(&document(VERSION_1)).expect("it can be upgraded")
}

#[track_caller]
fn assert_at(document: &Document, pointer: &str, expected: &str) {
    let expected = Json::parse(expected.to_owned()).expect(expected);
    assert_eq!(
        document.root().pointer(pointer),
        Some(expected.root()),
        "{pointer}"
    );
}

#[test]
fn the_result_is_version_2_and_says_so() {
    let new = upgraded();
    assert_eq!(new.generation(), Generation::V2);
    for (pointer, expected) in [
        ("/version", r#""2.0.0""#),
        ("/detail/diagramTop", "5"),
        ("/detail/threatTop", "5"),
        ("/detail/diagrams/0/version", r#""2.0.0""#),
        ("/detail/diagrams/0/id", "3"),
        ("/detail/diagrams/1/id", "4"),
        ("/detail/diagrams/1/diagramType", r#""STRIDE""#),
        ("/detail/diagrams/1/cells", "[]"),
    ] {
        assert_at(&new, pointer, expected);
    }
    assert_eq!(new.threat_count(), ThreatCount { total: 2, open: 1 });
}

/// What stands where in the cells of the upgraded diagram.
const CELLS: &[(&str, &str)] = &[
    ("/0/position", r#"{"x":129.99999999999997,"y":20}"#),
    ("/0/attrs", r#"{"text":{"text":"Desk"}}"#),
    ("/0/zIndex", "1"),
    ("/0/data/type", r#""tm.Process""#),
    ("/0/data/name", r#""Desk""#),
    ("/0/data/privilegeLevel", r#""clerk""#),
    ("/0/data/handlesCardPayment", "true"),
    ("/0/data/handlesGoodsOrServices", "true"),
    ("/0/data/isWebApplication", "true"),
    ("/0/data/hasOpenThreats", "true"),
    ("/1/data/storesInventory", "true"),
    ("/1/data/isALog", "true"),
    ("/1/data/isEncrypted", "true"),
    ("/1/data/isSigned", "false"),
    ("/1/data/outOfScope", "true"),
    ("/1/data/reasonOutOfScope", r#""Kept by the city""#),
    ("/2/data/protocol", r#""SQL""#),
    ("/2/data/isPublicNetwork", "true"),
    ("/2/data/name", r#""notes the loan""#),
    ("/2/source", r#"{"cell":"desk"}"#),
    ("/2/target", r#"{"cell":"loans"}"#),
    ("/2/vertices", r#"[{"x":300,"y":10}]"#),
    ("/2/connector", r#""smooth""#),
    (
        "/2/labels",
        r#"[{"attrs":{"label":{"text":"notes the loan"}},"position":0.3}]"#,
    ),
    ("/3/source", r#"{"x":10,"y":10}"#),
    ("/3/data/isTrustBoundary", "true"),
];

#[test]
fn elements_keep_their_place_name_and_security_properties() {
    let new = upgraded();
    for &(pointer, expected) in CELLS {
        assert_at(
            &new,
            &format!("/detail/diagrams/0/cells{pointer}"),
            expected,
        );
    }
    let diagram = new.diagram(3).expect("the diagram");
    let shapes: Vec<_> = diagram
        .cells()
        .map(super::super::view::CellView::shape)
        .collect();
    let expected = [
        CellShape::Process,
        CellShape::Store,
        CellShape::Flow,
        CellShape::BoundaryCurve,
    ];
    assert_eq!(shapes, expected);
}

#[test]
fn threats_are_completed_and_named_the_same_every_time() {
    let new = upgraded();
    let threats: Vec<_> = new.threats().collect();
    assert_eq!(threats[0].number(), Some(5));
    assert_eq!(
        threats[0]
            .value()
            .get("ruleId")
            .and_then(Value::as_text)
            .as_deref(),
        Some("b2a6d40d")
    );
    assert_eq!(threats[1].status(), Status::NotApplicable);
    assert_eq!(
        threats[1].value().get("status").map(Value::raw),
        Some(r#""NotApplicable""#)
    );
    assert_eq!(threats[1].severity(), Severity::Undecided);
    for threat in &threats {
        let id = uuid::Uuid::parse_str(&threat.id()).expect("a UUID");
        assert_eq!(id.get_version_num(), 5);
        assert_eq!(
            threat.value().get("modelType").map(Value::raw),
            Some(r#""STRIDE""#)
        );
    }
    assert_ne!(threats[0].id(), threats[1].id());
    assert_eq!(upgraded().bytes(), new.bytes());
}

#[test]
fn what_version_2_has_no_place_for_is_kept_beside() {
    let new = upgraded();
    for (pointer, expected) in [
        ("/compatibility/tdV1", r#"{"version":"1.6.0"}"#),
        ("/summary/funding", r#""city""#),
        (
            "/detail/contributors/0",
            r#"{"name":"Ada","$$hashKey":"object:1"}"#,
        ),
        (
            "/detail/diagrams/0/compatibility/tdV1",
            r#"{"$$hashKey":"object:2","size":{"height":590,"width":790},"diagramJson":{"zoom":0.5}}"#,
        ),
        (
            "/detail/diagrams/0/cells/2/compatibility/tdV1/source",
            r#"{"id":"desk","selector":".main"}"#,
        ),
        (
            "/detail/diagrams/0/cells/0/compatibility/tdV1/attrs/.element-shape/class",
            r#""element-shape hasNoOpenThreats isInScope""#,
        ),
    ] {
        assert_at(&new, pointer, expected);
    }
}

/// Every string and number in a value.
fn leaves<'a>(value: Value<'a>, all: &mut Vec<&'a str>) {
    match value.kind() {
        Kind::Text | Kind::Number => all.push(value.raw()),
        _ => {}
    }
    value.elements().for_each(|element| leaves(element, all));
    value.members().for_each(|(_, member)| leaves(member, all));
}

#[test]
fn every_text_and_number_of_the_old_file_is_in_the_new_one() {
    let old = document(VERSION_1);
    let new = upgraded();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    leaves(old.root(), &mut before);
    leaves(new.root(), &mut after);
    // Replaced: by the new words for the same thing.
    let replaced = [r#""N/A""#];
    for leaf in before {
        assert!(
            after.contains(&leaf) || replaced.contains(&leaf),
            "{leaf} is lost"
        );
    }
}

#[test]
fn version_2_comes_back_as_it_is() {
    for text in [LENDING, DIALECTS, EVERY_MEMBER] {
        assert_eq!(
            upgrade(&document(text)).expect("nothing to do").bytes(),
            text
        );
    }
}

/// The misspelled shape and the four ages of labels are in the fixtures, and stay when a file is
/// laid out anew, upgraded and changed elsewhere.
#[test]
fn old_spellings_within_version_2_are_kept() {
    let laid_out = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).expect(text);
        upgrade(&document(&value.to_string()).formatted()).expect("nothing to do")
    };
    let kept = laid_out(EVERY_MEMBER);
    let cells = "/detail/diagrams/0/cells";
    for (pointer, expected) in [
        ("/6/shape", r#""trust-broundary-curve""#),
        ("/3/labels/0", r#""as a text""#),
        (
            "/3/labels/1",
            r#"{"position":0.5,"attrs":{"text":{"text":"first"}}}"#,
        ),
        (
            "/3/labels/2",
            r#"{"position":{"distance":0.5},"attrs":{"label":{"text":"second"}}}"#,
        ),
        ("/3/labels/3/attrs/labelText", r#"{"text":"third"}"#),
        ("/3/labels/3/position/args", r#"{"keepGradient":true}"#),
    ] {
        assert_at(&kept, &format!("{cells}{pointer}"), expected);
    }
    let changed = document(&EVERY_MEMBER.replace("Library team", "Somebody"));
    assert_eq!(kept.revised_by(&changed), changed);
    let dialects = laid_out(DIALECTS);
    assert_at(
        &dialects,
        "/detail/diagrams/0/cells/0/shape",
        r#""trust-broundary-curve""#,
    );
}

#[test]
fn labels_of_all_ages_are_read_in_version_1() {
    let labels = r#"[{"position":0.5,"attrs":{"text":{"text":"a"}}},
        {"attrs":{"label":{"text":"b"}},"position":{"distance":0.2}},
        {"attrs":{"labelText":{"text":"c"},"labelBody":{}}}, "d", 7]"#;
    let flow = format!(r#"{{"type":"tm.Flow","id":"f","labels":{labels}}}"#);
    let named = r#"{"type":"tm.Flow","id":"g","labels":["e"]}"#;
    let new = upgrade(&document(&format!(
        r#"{{"summary":{{"title":"x"}},"detail":{{"diagrams":[
            {{"diagramJson":{{"cells":[{flow},{named}]}}}}]}}}}"#
    )))
    .expect("it can be upgraded");
    let cells = "/detail/diagrams/0/cells";
    let expected = r#"[{"attrs":{"label":{"text":"a"}},"position":0.5},
        {"attrs":{"label":{"text":"b"}},"position":{"distance":0.2}},
        {"attrs":{"label":{"text":"c"}}},
        {"attrs":{"label":{"text":"d"}}},
        {"attrs":{"label":{"text":""}}}]"#;
    assert_at(&new, &format!("{cells}/0/labels"), expected);
    assert_at(
        &new,
        &format!("{cells}/0/compatibility/tdV1/labels"),
        labels,
    );
    assert_at(&new, &format!("{cells}/0/data/name"), r#""a""#);
    assert_at(&new, &format!("{cells}/1/data/name"), r#""e""#);
}

#[test]
fn the_highest_numbers_ever_given_are_kept() {
    let tops = |detail: &str| {
        let threats =
            r#""diagrams":[{"id":3,"diagramJson":{"cells":[{"threats":[{"number":5}]}]}}]"#;
        let text = format!(r#"{{"summary":{{"title":"x"}},"detail":{{{detail}{threats}}}}}"#);
        let new = upgrade(&document(&text)).expect("it can be upgraded");
        let at = |pointer| new.root().pointer(pointer);
        let replaced = at("/detail/compatibility/tdV1").map(|old| old.raw().to_owned());
        let top = |pointer| at(pointer).and_then(Value::as_u64);
        let tops = [top("/detail/diagramTop"), top("/detail/threatTop")];
        (tops, replaced)
    };
    assert_eq!(tops(""), ([Some(4), Some(5)], None));
    let said = r#""diagramTop":9,"threatTop":1000,"#;
    assert_eq!(tops(said), ([Some(9), Some(1000)], None));
    let said = r#""diagramTop":1,"threatTop":"x","#;
    let replaced = r#"{"diagramTop":1,"threatTop":"x"}"#.to_owned();
    assert_eq!(tops(said), ([Some(4), Some(5)], Some(replaced)));
}

#[test]
fn odd_files_are_upgraded_too() {
    let new = |text: &str| upgrade(&document(text)).expect("it can be upgraded");
    let odd = new(r#"{"summary":{"title":"x"},"detail":{"diagrams":[
            {"id":-1,"title":7,"diagramJson":{"cells":[
                {"type":"tm.New","compatibility":5,"z":"top"},
                {"source":7,"threats":[{"type":"Linkability"}]}]}}]}}"#);
    for (pointer, expected) in [
        ("/detail/diagrams/0/id", "0"),
        ("/detail/diagrams/0/diagramType", r#""LINDDUN""#),
        (
            "/detail/diagrams/0/compatibility/tdV1",
            r#"{"id":-1,"title":7}"#,
        ),
        ("/detail/diagrams/0/cells/0/shape", r#""td-text-block""#),
        (
            "/detail/diagrams/0/cells/0/compatibility/tdV1",
            r#"{"type":"tm.New","z":"top","compatibility":5}"#,
        ),
        ("/detail/diagrams/0/cells/1/shape", r#""flow""#),
        (
            "/detail/diagrams/0/cells/1/compatibility/tdV1",
            r#"{"source":7}"#,
        ),
        (
            "/detail/diagrams/0/cells/1/data/threats/0/status",
            r#""Open""#,
        ),
        ("/detail/contributors", "[]"),
        ("/detail/reviewer", r#""""#),
    ] {
        assert_at(&odd, pointer, expected);
    }
}

#[test]
fn a_file_that_would_get_too_deep_is_refused() {
    let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
    let text = format!(
        r#"{{"summary":{{"title":"x"}},"detail":{{"diagrams":[{{"x":{deep},"diagramJson":{{"cells":[]}}}}]}}}}"#
    );
    let refusal = upgrade(&document(&text)).expect_err("two levels more");
    assert!(
        refusal.to_string().contains("nested more than 64 deep"),
        "{refusal}"
    );
}
