//! The vectors that the server and the browser app both run: what every operation makes of a model,
//! to the byte.

mod read;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use wyvern::model::json::{Json, Value};
use wyvern::model::{Document, OperationError};

use self::read::{operation, text};

/// The operations' names in the vectors.
const TYPES: [&str; 25] = [
    "addCell",
    "addDiagram",
    "addThreat",
    "lockCell",
    "moveCell",
    "moveDiagram",
    "nameCell",
    "orderCell",
    "placeLabel",
    "removeCell",
    "removeDiagram",
    "removeThreat",
    "resizeCell",
    "reverseFlow",
    "setCellField",
    "setDetailField",
    "setDiagramField",
    "setEnd",
    "setModelField",
    "setRoute",
    "setShape",
    "setSummaryField",
    "setThreatField",
    "setVertices",
    "turnCell",
];

const CODES: [&str; 15] = [
    "idTaken",
    "incomplete",
    "invalid",
    "noCell",
    "noDiagram",
    "noLabel",
    "noPosition",
    "noSize",
    "noThreat",
    "notAnEdge",
    "notChangeable",
    "notFinite",
    "notPositive",
    "oldGeneration",
    "reservedField",
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(name)
}

/// The files of operations, each with its name.
fn files() -> Vec<(String, Json)> {
    let paths = fs::read_dir(folder("operations")).expect("there are vectors");
    let mut files: Vec<_> = paths
        .map(|entry| entry.expect("the folder can be read").path())
        .map(|path| (path.display().to_string(), read_json(&path)))
        .collect();
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    files
}

fn read_json(path: &Path) -> Json {
    let text = fs::read(path).expect("it can be read");
    Json::parse(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a case expects: the model's text, or the code of a refusal.
fn expected(case: Value<'_>, model: &str) -> Result<String, String> {
    if let Some(code) = case.get("error") {
        assert!(case.get("hunks").is_none(), "either hunks or an error");
        return Err(code.as_text().expect("a code").into_owned());
    }
    let hunks = case.get("hunks").expect("hunks or an error").elements();
    let replaced = hunks.fold(model.to_owned(), |text, hunk| {
        let [from, to] = ["from", "to"].map(|key| read::text(hunk, key));
        assert_eq!(
            model.matches(&from).count(),
            1,
            "{from:?} stands there once"
        );
        assert_eq!(text.matches(&from).count(), 1, "hunks stand apart");
        text.replace(&from, &to)
    });
    Ok(replaced)
}

fn code(error: &OperationError) -> &'static str {
    match error {
        OperationError::OldGeneration => "oldGeneration",
        OperationError::NoDiagram(_) => "noDiagram",
        OperationError::NoCell(_) => "noCell",
        OperationError::NoThreat(_) => "noThreat",
        OperationError::NoPosition(_) => "noPosition",
        OperationError::NoSize(_) => "noSize",
        OperationError::NotAnEdge(_) => "notAnEdge",
        OperationError::NoLabel(_) => "noLabel",
        OperationError::NotChangeable(_) => "notChangeable",
        OperationError::ReservedField(_) => "reservedField",
        OperationError::NotFinite => "notFinite",
        OperationError::NotPositive => "notPositive",
        OperationError::Incomplete(..) => "incomplete",
        OperationError::IdTaken(..) => "idTaken",
        OperationError::Invalid(_) => "invalid",
    }
}

/// Why a case is not as it is expected, if it is not.
fn fault(case: Value<'_>) -> Option<String> {
    let path = folder("models").join(text(case, "model"));
    let model = fs::read_to_string(path).expect("the case's model is there");
    let document = Document::parse(model.clone().into()).expect("a model");
    let operation = operation(case.get("operation").expect("an operation"));
    let after = document.apply(&operation);
    let after = after
        .map(|after| after.text().to_owned())
        .map_err(|error| code(&error).to_owned());
    let expected = expected(case, &model);
    (after != expected).then(|| {
        let told = |result: Result<String, String>| result.unwrap_or_else(|code| code);
        let (expected, after) = (told(expected), told(after));
        let diff = similar::TextDiff::from_lines(&expected, &after);
        let diff = diff.unified_diff().context_radius(2).to_string();
        format!("{}\n{diff}", text(case, "name"))
    })
}

#[test]
fn every_operation_makes_of_a_model_what_the_vectors_say() {
    let mut faults = Vec::new();
    let files = files();
    for (file, cases) in &files {
        let mut names = BTreeSet::new();
        for case in cases.root().elements() {
            assert!(names.insert(text(case, "name")), "one name for each case");
            faults.extend(fault(case).map(|fault| format!("{file}: {fault}")));
        }
        assert!(!names.is_empty(), "{file} has no cases");
    }
    assert!(!files.is_empty(), "no vectors");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_operation_and_every_refusal_has_a_vector() {
    let files = files();
    let cases: Vec<_> = files
        .iter()
        .flat_map(|(_, cases)| cases.root().elements())
        .collect();
    let of = |what: &dyn Fn(Value<'_>) -> Option<String>| -> BTreeSet<String> {
        cases.iter().filter_map(|case| what(*case)).collect()
    };
    let kind = |case: Value<'_>| text(case.get("operation").expect("an operation"), "type");
    let done = of(&|case| case.get("hunks").map(|_| kind(case)));
    assert_eq!(done, TYPES.map(str::to_owned).into());
    let refused = of(&|case| case.get("error").map(|_| kind(case)));
    assert_eq!(refused, TYPES.map(str::to_owned).into());
    let codes = of(&|case| Some(case.get("error")?.as_text()?.into_owned()));
    assert_eq!(codes, CODES.map(str::to_owned).into());
}
