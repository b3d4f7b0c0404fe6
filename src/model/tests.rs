//! Documents: what is a model and what is not, and what the views see in it.

use bytes::Bytes;

use super::*;

const LENDING: &str = include_str!("../../tests/fixtures/models/two-spaces.json");
const DIALECTS: &str = include_str!("../../tests/fixtures/models/dialects.json");

fn document(text: &'static str) -> Document {
    Document::parse(Bytes::from_static(text.as_bytes())).expect("a model")
}

/// What is no model: the text, where it is wrong, and the whole refusal.
const NO_MODELS: &[(&str, &str, &str)] = &[
    ("", "", "Line 1, column 1: the text is empty."),
    ("[]", "", "A threat model has an object at the top."),
    ("null", "", "A threat model has an object at the top."),
    (
        r#"{"not":"a model"}"#,
        "/summary",
        "A threat model has an object at /summary.",
    ),
    (
        r#"{"summary":{"title":"x"}}"#,
        "/detail",
        "A threat model has an object at /detail.",
    ),
    (
        r#"{"summary":{},"detail":{"diagrams":[]}}"#,
        "/summary/title",
        "A threat model has a string at /summary/title.",
    ),
    (
        r#"{"summary":{"title":7},"detail":{"diagrams":[]}}"#,
        "/summary/title",
        "A threat model has a string at /summary/title.",
    ),
    (
        r#"{"summary":{"title":"x"},"detail":{}}"#,
        "/detail/diagrams",
        "A threat model has an array at /detail/diagrams.",
    ),
    (
        r#"{"version":2,"summary":{"title":"x"},"detail":{"diagrams":[]}}"#,
        "/version",
        "A threat model has a string at /version.",
    ),
    (
        r#"{"summary":{"title":"x"},"detail":{"diagrams":[{}, 5]}}"#,
        "/detail/diagrams/1",
        "A threat model has an object at /detail/diagrams/1.",
    ),
    (
        r#"{"summary":{"title":"x"},"detail":{"diagrams":[{"cells":{}}]}}"#,
        "/detail/diagrams/0/cells",
        "A threat model has an array at /detail/diagrams/0/cells.",
    ),
    (
        r#"{"summary":{"title":"x"},"detail":{"diagrams":[{"cells":[null]}]}}"#,
        "/detail/diagrams/0/cells/0",
        "A threat model has an object at /detail/diagrams/0/cells/0.",
    ),
    (
        r#"{"summary":{"title":"x"},"detail":{"diagrams":[{"cells":[{"data":[]}]}]}}"#,
        "/detail/diagrams/0/cells/0/data",
        "A threat model has an object at /detail/diagrams/0/cells/0/data.",
    ),
    (
        r#"{"summary":{"title":"x"},"detail":{"diagrams":[{"cells":[{"data":{"threats":{}}}]}]}}"#,
        "/detail/diagrams/0/cells/0/data/threats",
        "A threat model has an array at /detail/diagrams/0/cells/0/data/threats.",
    ),
    (
        r#"{"summary":{"title":"x"},"detail":{"diagrams":[{"diagramJson":{"cells":[{"threats":[1]}]}}]}}"#,
        "/detail/diagrams/0/diagramJson/cells/0/threats/0",
        "A threat model has an object at /detail/diagrams/0/diagramJson/cells/0/threats/0.",
    ),
    (
        r#"{"otmVersion":"0.2.0","project":{"name":"x","id":"x"}}"#,
        "/summary",
        "A threat model has an object at /summary.",
    ),
];

#[test]
fn what_is_no_model_is_refused_with_the_place() {
    for &(text, pointer, sentence) in NO_MODELS {
        let refusal = Document::parse(Bytes::from_static(text.as_bytes())).expect_err(text);
        assert_eq!(refusal.pointer(), pointer, "{text}");
        assert_eq!(refusal.to_string(), sentence);
    }
}

#[test]
fn generations_are_told_by_their_structure() {
    for (version, diagrams, generation) in [
        ("", "", Generation::V1),
        (r#""version":"2.6.2","#, "", Generation::V2),
        (r#""version":"3.0","#, "{}", Generation::V2),
        (r#""version":"1","#, "", Generation::V1),
        (r#""version":"1.4.0","#, "{}", Generation::V1),
        ("", r#"{"cells":[]}"#, Generation::V2),
        (r#""version":"1.0","#, r#"{"cells":[]}"#, Generation::V2),
        (
            r#""version":"2.0","#,
            r#"{"diagramJson":{}}"#,
            Generation::V1,
        ),
    ] {
        let text = format!(
            r#"{{{version}"summary":{{"title":"x"}},"detail":{{"diagrams":[{diagrams}]}}}}"#
        );
        let document = Document::parse(text.clone().into()).expect("a model");
        assert_eq!(document.generation(), generation, "{text}");
    }
}

#[test]
fn a_document_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    let document = document(LENDING);
    shared(&document);
    let bytes = document.bytes();
    assert_eq!(document.clone().bytes().as_ptr(), bytes.as_ptr());
}

#[test]
fn only_one_line_texts_are_laid_out() {
    let text = r#"{"summary":{"title":"x"},"detail":{"diagrams":[]}}"#;
    let laid_out = "{\n  \"summary\": {\n    \"title\": \"x\"\n  },\n  \"detail\": {\n    \"diagrams\": []\n  }\n}";
    for one_line in [
        text.to_owned(),
        format!("{text}\n"),
        text.replace(':', " : "),
    ] {
        let document = Document::parse(one_line.into()).expect("a model");
        assert_eq!(document.formatted().bytes(), laid_out);
    }
    for kept in [text.replace(',', ",\n"), text.replace(',', "\r,")] {
        let document = Document::parse(kept.clone().into()).expect("a model");
        assert_eq!(document.formatted().bytes(), kept);
    }
}

#[test]
fn views_read_what_is_there() {
    let document = document(LENDING);
    assert_eq!(document.title(), "Lending desk");
    let diagram = document.diagram(0).expect("the diagram");
    assert_eq!(
        (diagram.title().as_ref(), diagram.methodology()),
        ("Borrowing", Methodology::Stride)
    );
    let shapes: Vec<_> = diagram.cells().map(CellView::shape).collect();
    assert_eq!(
        shapes,
        [
            CellShape::Actor,
            CellShape::Process,
            CellShape::Store,
            CellShape::Flow,
            CellShape::Flow
        ]
    );
    let reader = diagram.cells().next().expect("a cell");
    assert_eq!(
        (reader.id().as_ref(), reader.name().as_ref()),
        ("reader", "Reader")
    );
    let threat = reader.threats().next().expect("a threat");
    assert_eq!(threat.title(), "Somebody borrows in another name");
    assert_eq!(
        (threat.status(), threat.severity()),
        (Status::Open, Severity::High)
    );
    assert_eq!(
        (threat.category().as_ref(), threat.number()),
        ("Spoofing", Some(1))
    );
    assert_eq!(document.threat_count(), ThreatCount { total: 3, open: 1 });
    assert_eq!(document.diagram(9).map(DiagramView::id), None);
}

#[test]
fn views_of_dialects_keep_unknown_words_and_miss_nothing() {
    let document = document(DIALECTS);
    let diagram = document.diagram(7).expect("the diagram");
    assert_eq!(
        diagram.methodology(),
        Methodology::Other("Allgemein".to_owned())
    );
    let shapes: Vec<_> = diagram.cells().map(CellView::shape).collect();
    let other = |word: &str| CellShape::Other(word.to_owned());
    assert_eq!(
        shapes,
        [
            CellShape::BoundaryCurve,
            other("path"),
            other(""),
            CellShape::Flow,
            CellShape::Store
        ]
    );
    let threat = document.threats().next().expect("a threat");
    assert_eq!(threat.status(), Status::Other("Undecided".to_owned()));
    assert_eq!(threat.severity(), Severity::Undecided);
    assert_eq!((threat.id().as_ref(), threat.number()), ("", None));
}

#[test]
fn words_are_read_whatever_their_case_and_age() {
    assert_eq!(Status::read("open"), Status::Open);
    assert_eq!(Status::read("N/A").as_str(), "NotApplicable");
    assert_eq!(Severity::read("TBA").as_str(), "TBD");
    assert_eq!(Methodology::read("DIE").as_str(), "CIADIE");
    assert_eq!(
        CellShape::read("trust-broundary-curve"),
        CellShape::BoundaryCurve
    );
    assert_eq!(Severity::read("Schlimm").as_str(), "Schlimm");
}
