//! Pictures: the shared vectors of `tests/vectors/pictures`, and what strangers write.

use std::fs;
use std::path::{Path, PathBuf};

use quick_xml::events::Event;
use serde_json::{Value, json};

use super::{SvgOptions, Theme, svg};
use crate::model::Document;

fn model(cells: &Value) -> Document {
    let model = json!({ "version": "2.0", "summary": { "title": "Shop" },
        "detail": { "diagrams": [{ "id": 0, "title": "Main", "cells": cells }] } });
    Document::parse(model.to_string().into()).unwrap()
}

fn drawn(document: &Document, options: &SvgOptions) -> String {
    svg(document, document.diagram(0).unwrap(), options)
}

/// The models: those beside the pictures, and the examples that come with the app.
fn models(folder: &Path) -> Vec<(String, Document)> {
    let examples = folder.join("../../../static/src/features/browse/examples");
    let files = [folder, &examples].map(|folder| fs::read_dir(folder).unwrap());
    let paths = files
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path());
    let models = paths.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (
            name,
            Document::parse(fs::read(&path).unwrap().into()).unwrap(),
        )
    };
    models.map(read).collect()
}

#[track_caller]
fn same(found: &str, file: &Path) {
    let expected = fs::read_to_string(file).unwrap_or_default();
    for (number, (line, other)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(line, other, "{}:{}", file.display(), number + 1);
    }
    assert_eq!(found, expected, "{}", file.display());
}

#[test]
fn a_picture_is_the_one_that_the_browser_app_exports() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/pictures");
    let models = models(&folder);
    assert!(models.len() > 3);
    for (name, document) in models {
        for diagram in document.diagrams() {
            for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
                let options = SvgOptions {
                    theme,
                    badges: true,
                    ..SvgOptions::default()
                };
                let found = svg(&document, diagram, &options);
                let id = diagram.id().unwrap();
                same(&found, &folder.join(format!("{name}-{id}-{word}.svg")));
            }
        }
    }
}

/// The texts that an XML reader finds in a picture without a fault, and nothing that it may not have.
fn read(picture: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(picture);
    let mut texts = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return texts,
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                assert!(TAGS.contains(&name.as_str()), "{name}");
                for attribute in tag.attributes() {
                    let key = attribute.unwrap().key.as_ref().to_owned();
                    assert!(!key.starts_with("on") && !key.ends_with("href"), "{key}");
                }
            }
            Event::Text(text) => texts.push((*text).to_owned()),
            Event::GeneralRef(name) => texts.push(format!("&{};", &*name)),
            _ => {}
        }
    }
}

const TAGS: [&str; 11] = [
    "svg", "title", "desc", "rect", "g", "ellipse", "line", "path", "circle", "text", "tspan",
];

#[test]
fn what_strangers_write_is_text() {
    let evil = "</title><script>alert(1)</script>\u{0}\u{8}\u{ffff}]]>&#x0;\"' onload=\"x";
    let named = |shape: &str| {
        json!({ "id": evil, "shape": shape, "data": { "name": evil, "threats": [{ "status": "Open", "severity": evil }] },
            "attrs": { "body": { "stroke": evil, "strokeDasharray": evil, "strokeWidth": evil },
                "line": { "stroke": "url(https://example.com)", "targetMarker": evil } }, "source": {}, "labels": [evil] })
    };
    let shapes = [
        "actor",
        "process",
        "store",
        "td-text-block",
        "trust-boundary-box",
        "trust-boundary-curve",
        "flow",
        evil,
    ];
    let cells: Vec<_> = shapes.map(named).into();
    let picture = drawn(
        &model(&json!(cells)),
        &SvgOptions {
            badges: true,
            ..SvgOptions::default()
        },
    );
    assert!(!picture.contains("<script") && !picture.contains("url("));
    assert!(read(&picture).concat().contains("&lt;script&gt;"));
}

#[test]
fn what_cannot_be_drawn_is_left_out() {
    let cells = json!([
        { "id": "far", "shape": "actor", "position": { "x": 1e8, "y": 0 } },
        { "id": "flat", "shape": "process", "position": { "x": 0, "y": 0 }, "size": { "width": -1, "height": 0 } },
        { "id": "odd", "shape": 7, "position": [], "size": "wide", "source": 1, "labels": {}, "vertices": 3, "attrs": [] },
        { "shape": "flow", "source": { "cell": "far" }, "target": { "cell": "far" }, "vertices": [{}] },
    ]);
    let picture = drawn(&model(&cells), &SvgOptions::default());
    assert!(
        !picture.contains("NaN") && !picture.contains("inf"),
        "{picture}"
    );
    let view = picture.split("viewBox=\"").nth(1).unwrap();
    assert!(view.starts_with("-26 -26 196 146\""), "{view}");
}

#[test]
fn a_picture_is_as_large_as_is_asked() {
    let options = SvgOptions {
        scale: 2.5,
        ..SvgOptions::default()
    };
    let picture = drawn(&model(&json!([])), &options);
    assert!(
        picture.contains("viewBox=\"-20 -20 440 340\" width=\"1100\" height=\"850\""),
        "{picture}"
    );
}

#[test]
fn a_name_of_any_length_is_broken_in_a_time_that_grows_with_it() {
    for sign in ["x", "\u{200b}", "\u{301}", "x ", "\u{200b} "] {
        let cells = json!([{ "id": "a", "shape": "actor", "position": { "x": 0, "y": 0 }, "data": { "name": sign.repeat(1 << 16) } }]);
        let picture = drawn(&model(&cells), &SvgOptions::default());
        assert!(picture.len() > sign.len() << 16, "{sign:?}");
    }
}
