//! Templates in their three forms, and what is none.

use crate::library::{Template, TemplateKind, built_in_templates};

const MODEL: &str = r#"{ "version": "2.3.0", "summary": { "title": "Shop", "description": "A shop." },
  "detail": { "diagrams": [{ "id": 0, "title": "D", "diagramType": "STRIDE", "cells": [
    { "id": "s", "shape": "store", "data": { "threats": [{ "status": "Open", "severity": "High" }] } }] }] } }"#;
const DIAGRAM: &str = r#"{ "id": 0, "title": "Sign in", "cells": [{ "id": "s", "shape": "store" }, { "id": "p", "shape": "process" }] }"#;
const METADATA: &str = r#"{ "id": "x", "name": "A shop", "description": "To begin with.", "tags": ["web", "shop"], "modelRef": "y" }"#;

fn read(text: &str) -> Result<(Template, String), String> {
    let read = Template::read(text.to_owned().into());
    let read = read.map_err(|fault| format!("{}:{} {}", fault.line, fault.column, fault.sentence));
    read.map(|(template, content)| {
        let content = String::from_utf8(content.to_vec()).expect("it is JSON");
        (template, content)
    })
}

fn wrapped(metadata: &str, rest: &str) -> String {
    format!("{{\n\"templateMetadata\": {metadata},\n{rest}\n}}")
}

#[track_caller]
fn refused(text: &str, fault: &str) {
    match read(text) {
        Ok((template, _)) => panic!("{template:?} is read"),
        Err(told) => assert_eq!(told, fault),
    }
}

#[test]
fn a_plain_model_is_one() {
    let (template, content) = read(MODEL).expect("a template");
    assert_eq!(template.kind, TemplateKind::Model);
    assert_eq!(template.name, "Shop");
    assert_eq!(template.description, "A shop.");
    assert_eq!(template.tags, [""; 0]);
    assert_eq!((template.card.elements, template.card.open), (1, 1));
    assert_eq!(content, MODEL);
}

#[test]
fn a_model_in_a_wrapper_is_one_with_what_the_wrapper_says() {
    let text = wrapped(METADATA, &format!("\"model\": {MODEL}"));
    let (template, content) = read(&text).expect("a template");
    assert_eq!(template.kind, TemplateKind::Model);
    assert_eq!(template.name, "A shop");
    assert_eq!(template.description, "To begin with.");
    assert_eq!(template.tags, ["web", "shop"]);
    assert_eq!(template.card.title, "Shop");
    assert_eq!(content, MODEL);
    let bare = wrapped("{ \"name\": \"Bare\" }", &format!("\"model\": {MODEL}"));
    let (bare, _) = read(&bare).expect("a template");
    assert_eq!((bare.description.as_str(), bare.tags.len()), ("", 0));
}

#[test]
fn a_diagram_in_a_wrapper_is_one() {
    let text = wrapped(METADATA, &format!("\"diagram\": {DIAGRAM}"));
    let (template, content) = read(&text).expect("a template");
    assert_eq!(template.kind, TemplateKind::Diagram);
    assert_eq!(template.card.title, "Sign in");
    assert_eq!((template.card.diagrams, template.card.elements), (1, 2));
    assert_eq!(content, DIAGRAM);
}

#[test]
fn what_is_no_json_is_told_where() {
    refused("", "1:1 the text is empty");
    refused("{\n  \"a\" 1 }", "2:7 a colon is expected here");
    refused(
        &format!("\u{feff}{MODEL}"),
        "1:1 the text begins with a byte-order mark; save it as UTF-8 without one",
    );
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    refused(
        &deep,
        "1:65 arrays and objects are nested more than 64 deep",
    );
    let deep_within = |levels| {
        let inner = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let diagram = DIAGRAM.replace("\"id\": 0", &format!("\"id\": {inner}"));
        wrapped(METADATA, &format!("\"diagram\": {diagram}"))
    };
    assert!(read(&deep_within(60)).is_ok());
    refused(
        &deep_within(61),
        "3:80 arrays and objects are nested more than 64 deep",
    );
    let latin = Template::read(vec![b'{', 0xE9].into()).expect_err("no UTF-8");
    assert_eq!((latin.line, latin.column), (1, 2));
}

#[test]
fn json_that_is_no_model_is_told_with_what_it_lacks() {
    refused("[]", "1:1 a threat model has an object at the top");
    refused("{}", "1:1 a threat model has an object at /summary");
    let model = MODEL.replace("\"cells\": [", "\"cells\": [7,");
    refused(
        &model,
        "2:88 a threat model has an object at /detail/diagrams/0/cells/0",
    );
    refused(
        &wrapped(METADATA, "\"model\": {\n\"summary\": {} }"),
        "4:12 a threat model has a string at /model/summary/title",
    );
    refused(
        &wrapped(METADATA, "\"model\": 7"),
        "3:10 a threat model has an object at /model",
    );
    refused(
        &wrapped(METADATA, "\"diagram\": {\n\"cells\": [\n7] }"),
        "5:1 a threat model has an object at /diagram/cells/0",
    );
}

#[test]
fn a_wrapper_has_one_of_the_two() {
    let neither = "beside its templateMetadata a template has a model or a diagram";
    refused(&wrapped(METADATA, "\"x\": 1"), &format!("2:21 {neither}"));
    let both = format!("\"model\": {MODEL},\n\"diagram\": {DIAGRAM}");
    refused(
        &wrapped(METADATA, &both),
        "6:12 a template has a model or a diagram, not both",
    );
}

#[test]
fn what_a_template_says_about_itself_is_looked_at() {
    let cases = [
        ("7", "2:21 templateMetadata is an object"),
        ("{}", "2:21 templateMetadata lacks its name"),
        ("{ \"name\": 7 }", "2:31 name is a string"),
        ("{ \"name\": \" \" }", "2:31 name is empty"),
        (
            "{ \"name\": \"a\", \"description\": [] }",
            "2:51 description is a string",
        ),
        (
            "{ \"name\": \"a\", \"tags\": \"a\" }",
            "2:44 tags is an array of strings",
        ),
        (
            "{ \"name\": \"a\", \"tags\": [\"a\", 1] }",
            "2:50 a tag is a string",
        ),
    ];
    for (metadata, fault) in cases {
        refused(&wrapped(metadata, &format!("\"model\": {MODEL}")), fault);
    }
    let long = format!("{{ \"name\": \"{}\" }}", "x".repeat(4_001));
    refused(
        &wrapped(&long, &format!("\"model\": {MODEL}")),
        "2:31 a text has at most 4000 characters",
    );
    let tags = "\"a\",".repeat(51);
    let many = format!(
        "{{ \"name\": \"a\", \"tags\": [{}] }}",
        tags.trim_end_matches(',')
    );
    refused(
        &wrapped(&many, &format!("\"model\": {MODEL}")),
        "2:44 a template has at most 50 tags",
    );
}

#[test]
fn version_1_is_no_template() {
    let old = r#"{ "summary": { "title": "Old" }, "detail": { "diagrams": [{ "diagramJson": { "cells": [] } }] } }"#;
    let fault = "a template is of version 2 of Threat Dragon's format, not of version 1";
    refused(old, &format!("1:1 {fault}"));
    refused(
        &wrapped(METADATA, &format!("\"model\": {old}")),
        &format!("3:10 {fault}"),
    );
    refused(
        &wrapped(
            METADATA,
            "\"diagram\": { \"diagramJson\": { \"cells\": [] } }",
        ),
        "3:12 a diagram of version 2 has its cells",
    );
}

#[test]
fn a_title_without_end_is_cut() {
    let model = MODEL.replace("A shop.", &"é".repeat(5_000));
    let (template, _) = read(&model).expect("a template");
    assert_eq!(template.description.chars().count(), 1_001);
}

#[test]
fn the_browser_apps_examples_come_with_wyvern() {
    let told = built_in_templates().iter();
    let told: Vec<_> = told
        .map(|each| (each.id, each.template.name.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("built-in/shop", "Web shop"),
            ("built-in/bank", "Mobile banking"),
            ("built-in/pipeline", "Build and release pipeline"),
        ]
    );
    for each in built_in_templates() {
        assert_eq!(each.template.kind, TemplateKind::Model);
        assert_ne!(each.template.description, "");
        assert!(each.template.card.elements > 0);
        assert!(each.content.starts_with('{'));
    }
}
