//! The shared vectors of `tests/vectors/geometry`: what the browser app finds, too.

use std::fs;

use serde_json::{Value, json};

use super::orthogonal::{RouteEnd, corners};
use super::outline::Outline;
use super::spline::{smooth, straight};
use super::{Area, FONT_SIZE, FlowPath, Path, Point, flows, label_point, wrap};
use crate::model::Document;
use crate::report::scene::{Offset, Scene};

const TOLERANCE: f64 = 1e-6;

/// The cases of a file, at least one.
fn vectors(name: &str) -> Vec<Value> {
    let file = format!(
        "{}/tests/vectors/geometry/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert!(!cases.is_empty());
    cases
}

#[track_caller]
fn close(found: &Value, expected: &Value, name: &Value) {
    let pairs: Vec<_> = match (found, expected) {
        (Value::Number(a), Value::Number(b)) => {
            let apart = (a.as_f64().unwrap() - b.as_f64().unwrap()).abs();
            assert!(apart <= TOLERANCE, "{name}: {a} is not {b}");
            return;
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{name}: {found} is not {expected}");
            a.iter().zip(b).collect()
        }
        (Value::Object(a), Value::Object(b)) => {
            assert_eq!(a.len(), b.len(), "{name}: {found} is not {expected}");
            b.iter().map(|(key, value)| (&a[key], value)).collect()
        }
        _ => return assert_eq!(found, expected, "{name}"),
    };
    for (a, b) in pairs {
        close(a, b, name);
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn point(value: &Value) -> Point {
    Point::at(number(&value["x"]), number(&value["y"]))
}

fn points(value: &Value) -> Vec<Point> {
    value.as_array().unwrap().iter().map(point).collect()
}

fn area(value: &Value) -> Option<Area> {
    value.is_object().then(|| Area {
        x: number(&value["x"]),
        y: number(&value["y"]),
        width: number(&value["width"]),
        height: number(&value["height"]),
    })
}

fn told(Point { x, y }: Point) -> Value {
    json!({ "x": x, "y": y })
}

fn segments(path: &Path) -> Value {
    let segments = path.segments.iter().map(|segment| {
        let mut told_of = json!({ "from": told(segment.from), "to": told(segment.to) });
        if let Some(controls) = segment.controls {
            told_of["controls"] = json!(controls.map(told));
        }
        told_of
    });
    segments.collect()
}

fn path(case: &Value) -> Path {
    let points = points(&case["points"]);
    if case["route"] == "smooth" {
        smooth(&points)
    } else {
        straight(&points)
    }
}

fn flow(case: &Value) -> FlowPath {
    let model = json!({ "version": "2.0", "summary": { "title": "x" },
        "detail": { "diagrams": [{ "id": 0, "cells": case["cells"] }] } });
    let document = Document::parse(model.to_string().into()).unwrap();
    let scene = Scene::of(document.diagram(0).unwrap());
    let place = scene.place(case["flow"].as_str().unwrap()).unwrap();
    flows(&scene).swap_remove(place).unwrap()
}

#[test]
fn flows_run_as_in_the_browser() {
    for case in vectors("flows") {
        let flow = flow(&case);
        let found = json!({ "start": told(flow.start), "end": told(flow.end), "segments": segments(&flow.path),
            "loose": { "start": flow.loose[0], "end": flow.loose[1] } });
        for (key, value) in found.as_object().unwrap() {
            close(value, &case[key], &case["name"]);
        }
    }
}

#[test]
fn paths_are_bent_and_measured_as_in_the_browser() {
    for case in vectors("paths") {
        let path = path(&case);
        close(&segments(&path), &case["segments"], &case["name"]);
        close(&json!(path.length()), &case["length"], &case["name"]);
        for at in case["at"].as_array().unwrap() {
            close(
                &told(path.at(number(&at["distance"]))),
                &at["point"],
                &case["name"],
            );
        }
    }
}

#[test]
fn labels_stand_where_they_do_in_the_browser() {
    for case in vectors("labels") {
        let offset = match &case["offset"] {
            Value::Number(aside) => Offset::Aside(aside.as_f64().unwrap()),
            by => Offset::By(point(by)),
        };
        let found = label_point(&path(&case), number(&case["distance"]), offset);
        close(&told(found), &case["point"], &case["name"]);
    }
}

#[test]
fn flows_meet_outlines_where_they_do_in_the_browser() {
    for case in vectors("outlines") {
        let outline = match case["outline"].as_str().unwrap() {
            "ellipse" => Outline::Ellipse,
            "rounded" => Outline::Rounded,
            _ => Outline::Rectangle,
        };
        let found = outline.meets(
            &area(&case["box"]).unwrap(),
            number(&case["angle"]),
            point(&case["from"]),
        );
        close(&told(found), &case["meets"], &case["name"]);
    }
}

#[test]
fn right_angles_turn_where_they_do_in_the_browser() {
    for case in vectors("orthogonal") {
        let end = |which: &str| RouteEnd {
            point: point(&case[which]["point"]),
            area: area(&case[which]["box"]),
        };
        let found = corners(end("start"), &points(&case["vertices"]), end("end"));
        let found: Value = found.into_iter().map(told).collect();
        close(&found, &case["corners"], &case["name"]);
    }
}

#[test]
fn texts_are_broken_as_in_the_browser() {
    for case in vectors("texts") {
        let size = case["size"].as_f64().unwrap_or(FONT_SIZE);
        let block = wrap(case["text"].as_str().unwrap(), number(&case["room"]), size);
        let found = json!({ "lines": block.lines, "width": block.width, "height": block.height });
        for (key, value) in found.as_object().unwrap() {
            close(value, &case[key], &case["name"]);
        }
    }
}
