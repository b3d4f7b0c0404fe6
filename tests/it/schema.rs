//! The published schema: it is one, it takes every real file, and it refuses what is not a model.

use jsonschema::Validator;
use serde_json::{Value, json};
use wyvern::model::{Document, Generation, SCHEMA};

use crate::model::samples;
use crate::support::TestApp;

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).unwrap()
}

/// A model that has every known member.
fn every_member() -> Value {
    let text = include_str!("../fixtures/models/every-member.json");
    serde_json::from_str(text).unwrap()
}

#[test]
fn it_is_a_schema_that_its_users_can_rely_on() {
    let schema = schema();
    let draft = "https://json-schema.org/draft/2020-12/schema";
    assert_eq!(schema["$schema"], draft);
    assert_eq!(schema["$id"], "urn:wyvern:schema:threat-model:2");
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let wrong = json!({ "properties": { "title": { "type": "text" } } });
    assert!(jsonschema::draft202012::meta::validate(&wrong).is_err());
}

#[test]
fn every_real_model_of_version_2_holds_to_it_and_none_of_version_1_does() {
    let validator = validator();
    let mut seen = [0, 0];
    for sample in samples::models() {
        let value: Value = serde_json::from_str(&sample.text).unwrap();
        let new = sample.document().generation() == Generation::V2;
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        let path = sample.path.display();
        assert_eq!(faults.is_empty(), new, "{path}:\n{}", faults.join("\n"));
        seen[usize::from(new)] += 1;
    }
    assert!(seen[0] > 0 && seen[1] > 10, "{seen:?}");
}

#[test]
fn a_model_of_version_1_holds_to_it_once_it_is_upgraded() {
    let validator = validator();
    let mut seen = 0;
    for sample in samples::models() {
        let old = sample.document();
        if old.generation() == Generation::V1 {
            let new = wyvern::model::upgrade(&old).unwrap();
            let value: Value = serde_json::from_slice(&new.bytes()).unwrap();
            if let Err(fault) = validator.validate(&value) {
                panic!(
                    "{}: {}: {fault}",
                    sample.path.display(),
                    fault.instance_path()
                );
            }
            seen += 1;
        }
    }
    assert!(seen > 0);
}

/// Every member that the schema names, but for those that only version 1 has.
fn named<'a>(schema: &'a Value, names: &mut Vec<&'a str>) {
    for (key, value) in schema.as_object().into_iter().flatten() {
        if key == "properties" {
            let members = value.as_object().unwrap().iter();
            let current = members.filter(|(_, member)| {
                member.get("deprecated").is_none() && member.get("not").is_none()
            });
            names.extend(current.map(|(name, _)| name.as_str()));
        }
        named(value, names);
    }
}

#[test]
fn the_model_with_every_member_has_every_member() {
    let schema = schema();
    let mut names = Vec::new();
    named(&schema, &mut names);
    let mut places = Vec::new();
    visit(&every_member(), "", &mut |pointer, _| {
        places.push(pointer.to_owned());
    });
    let absent = |name: &&&str| {
        !places
            .iter()
            .any(|place| place.ends_with(&format!("/{name}")))
    };
    let absent: Vec<_> = names.iter().filter(absent).collect();
    assert!(names.len() > 80 && absent.is_empty(), "{absent:?}");
}

fn visit(value: &Value, pointer: &str, found: &mut impl FnMut(&str, &Value)) {
    found(pointer, value);
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                visit(value, &format!("{pointer}/{key}"), found);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                visit(value, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// One value of each kind that JSON Schema tells apart.
fn kinds() -> [(&'static str, Value); 8] {
    [
        ("null", Value::Null),
        ("boolean", json!(true)),
        ("integer", json!(7)),
        ("negative", json!(-7)),
        ("fraction", json!(1.5)),
        ("string", json!("text")),
        ("array", json!([])),
        ("object", json!({})),
    ]
}

/// Below these, programs leave what they like.
const FREE: &[&str] = &[
    "args",
    "compatibility",
    "labelBody",
    "markup",
    "tmBom",
    "tools",
];

/// The kinds that may stand where `value` does; `None` where any may.
fn right_kinds(pointer: &str, value: &Value) -> Option<&'static [&'static str]> {
    let path: Vec<&str> = pointer.split('/').collect();
    let (last, above) = path.split_last().unwrap();
    let group = above.iter().position(|step| *step == "groups");
    let in_group = group.is_some_and(|at| at + 1 < above.len());
    if *last == "tools" || in_group || above.iter().any(|step| FREE.contains(step)) {
        return None;
    }
    let parent = above.last().copied().unwrap_or_default();
    Some(match (parent, *last) {
        ("summary", "id") => &["integer", "string"],
        (_, "number") => &["integer", "negative", "null"],
        (_, "zIndex") | ("threatFrequency", _) => &["integer", "negative"],
        (_, "diagramTop" | "threatTop") => &["integer"],
        (_, "id") if value.is_number() => &["integer"],
        (_, "score") => &["integer", "negative", "fraction", "string"],
        (_, "strokeDasharray") => &["string", "null"],
        (_, "markup") => &["array", "object", "string"],
        ("labels", _) | (_, "sourceMarker" | "targetMarker" | "connector" | "router") => {
            &["string", "object"]
        }
        (_, "position") if above.contains(&"labels") => {
            &["integer", "negative", "fraction", "object"]
        }
        _ => match value {
            Value::Null => &["null"],
            Value::Bool(_) => &["boolean"],
            Value::Number(_) => &["integer", "negative", "fraction"],
            Value::String(_) => &["string"],
            Value::Array(_) => &["array"],
            Value::Object(_) => &["object"],
        },
    })
}

/// The places of the model with every member.
fn places() -> Vec<(String, Value)> {
    let mut places = Vec::new();
    visit(&every_member(), "", &mut |pointer, value| {
        places.push((pointer.to_owned(), value.clone()));
    });
    places
}

fn with(pointer: &str, value: Value) -> Value {
    let mut model = every_member();
    *model.pointer_mut(pointer).unwrap() = value;
    model
}

fn without(pointer: &str) -> Value {
    let mut model = every_member();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match model.pointer_mut(parent).unwrap() {
        Value::Object(members) => members.remove(key).unwrap(),
        Value::Array(elements) => elements.remove(key.parse().unwrap()),
        _ => panic!("{pointer} is in nothing"),
    };
    model
}

#[test]
fn a_value_of_a_wrong_kind_is_refused_wherever_it_stands() {
    let validator = validator();
    let (mut refused, mut accepted) = (0, Vec::new());
    for (pointer, value) in places() {
        let Some(right) = right_kinds(&pointer, &value) else {
            continue;
        };
        for (kind, wrong) in kinds() {
            if right.contains(&kind) {
                continue;
            }
            if validator.is_valid(&with(&pointer, wrong)) {
                accepted.push(format!("{pointer}: {kind}"));
            } else {
                refused += 1;
            }
        }
    }
    assert!(accepted.is_empty(), "accepted:\n{}", accepted.join("\n"));
    assert!(refused > 1000, "{refused}");
}

/// Every program may count on these.
const REQUIRED: &[&str] = &[
    "/version",
    "/summary",
    "/summary/title",
    "/detail",
    "/detail/contributors/0/name",
    "/detail/diagrams",
    "/detail/diagrams/0/id",
    "/detail/diagrams/0/title",
    "/detail/diagrams/0/diagramType",
    "/detail/diagrams/0/cells/0/id",
    "/detail/diagrams/0/cells/0/position/x",
    "/detail/diagrams/0/cells/0/position/y",
    "/detail/diagrams/0/cells/0/size/width",
    "/detail/diagrams/0/cells/0/size/height",
    "/detail/diagrams/0/cells/0/ports/items/0/id",
    "/detail/diagrams/0/cells/0/data/threats/0/title",
    "/detail/diagrams/0/cells/0/data/threats/0/status",
    "/detail/diagrams/0/cells/0/data/threats/0/severity",
    "/detail/diagrams/0/cells/3/router/name",
    "/detail/diagrams/0/cells/3/source/cell",
    "/detail/diagrams/0/cells/3/target/x",
    "/detail/diagrams/0/cells/3/target/y",
    "/detail/diagrams/0/cells/3/vertices/0/x",
];

#[test]
fn what_every_program_counts_on_may_not_be_missing() {
    let validator = validator();
    let accepted = REQUIRED
        .iter()
        .filter(|pointer| validator.is_valid(&without(pointer)));
    let accepted: Vec<_> = accepted.collect();
    assert!(accepted.is_empty(), "accepted without {accepted:?}");
}

#[test]
fn what_is_of_another_version_is_refused() {
    let validator = validator();
    for version in ["2", "2.0", "2.0.0-RC1", "2.10.3"] {
        assert!(
            validator.is_valid(&with("/version", json!(version))),
            "{version}"
        );
    }
    for version in ["", "1.6.1", "3.0", "20", "v2.0", " 2.0"] {
        assert!(
            !validator.is_valid(&with("/version", json!(version))),
            "{version}"
        );
    }
    let mut old = every_member();
    old["detail"]["diagrams"][0]["diagramJson"] = json!({ "cells": [] });
    assert!(!validator.is_valid(&old));
}

#[test]
fn what_it_does_not_name_is_allowed_everywhere() {
    let validator = validator();
    let mut tried = 0;
    for (pointer, value) in places() {
        let Value::Object(mut members) = value else {
            continue;
        };
        // The values there are counts, and the members of a group's name are groups.
        if pointer.ends_with("/threatFrequency") || pointer.ends_with("/groups") {
            continue;
        }
        members.insert("ext".to_owned(), json!([null, { "owner": 1e3 }]));
        let model = with(&pointer, Value::Object(members));
        assert!(validator.is_valid(&model), "{pointer}");
        tried += 1;
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn whatever_holds_to_it_is_read_as_version_2() {
    let validator = validator();
    let mut changed = Vec::new();
    for (pointer, _) in places() {
        let other = kinds().map(|(_, other)| with(&pointer, other));
        changed.extend(other.map(|model| (pointer.clone(), model)));
        if !pointer.is_empty() {
            changed.push((pointer.clone(), without(&pointer)));
        }
    }
    let (mut read, mut faults) = (0, Vec::new());
    for (pointer, model) in changed
        .iter()
        .filter(|(_, model)| validator.is_valid(model))
    {
        let text = serde_json::to_string(model).unwrap();
        match Document::parse(text.into()).map(|document| document.generation()) {
            Ok(Generation::V2) => read += 1,
            other => faults.push(format!("{pointer}: {other:?}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(read > 300, "{read}");
}

#[tokio::test]
async fn it_is_served_to_everybody_and_only_when_it_is_new() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let path = "/api/schema/threat-model.json";
    let answer = nobody.get(path).await.is(200);
    assert_eq!(answer.text(), SCHEMA);
    let kind = Some("application/schema+json");
    assert_eq!(answer.header("content-type"), kind);
    let caching = Some("public, max-age=86400");
    assert_eq!(answer.header("cache-control"), caching);
    let tag = answer.header("etag").unwrap();
    assert!(tag.starts_with('"') && tag.len() == 34, "{tag}");
    for known in [tag, &format!("\"x\", W/{tag}"), "*"] {
        let same = nobody
            .get(path)
            .header("if-none-match", known)
            .await
            .is(304);
        assert_eq!((same.text(), same.header("etag")), ("", Some(tag)));
    }
    let other = nobody.get(path).header("if-none-match", "\"x\"");
    other.await.is(200);
    let small = nobody.get(path).header("accept-encoding", "gzip").await;
    assert_eq!(small.is(200).header("content-encoding"), Some("gzip"));
    nobody
        .ask("POST", path)
        .await
        .problem(405, "method_not_allowed");
    nobody
        .get("/api/schema/")
        .await
        .problem(404, "unknown_path");
}
