//! Pictures of diagrams of many sizes, as SVG.

use std::hint::black_box;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::{Value, json};
use wyvern::model::Document;
use wyvern::report::{SvgOptions, svg};

use crate::measure::{Table, exponent, median, shown, time};

/// What the picture of a diagram with 1,000 cells may take.
const LIMIT: Duration = Duration::from_millis(10);
const GOAL_SIZE: usize = 1_000;
/// Cells; three of five are flows.
const SIZES: [usize; 4] = [100, 1_000, 3_000, 10_000];
const ROUNDS: usize = 9;

pub(crate) fn run() -> anyhow::Result<()> {
    let mut table = Table::new(&["cells", "SVG", "time", "limit", "ratio"]);
    let mut times = Vec::new();
    for size in SIZES {
        let document = diagram(size)?;
        let view = document.diagram(0).context("there is one")?;
        let options = SvgOptions {
            badges: true,
            ..SvgOptions::default()
        };
        let mut bytes = 0;
        let mut rounds = [0; ROUNDS].map(|_| {
            let (took, picture) = time(|| svg(black_box(&document), view, &options));
            bytes = picture.len();
            took.as_secs_f64()
        });
        let seconds = median(&mut rounds);
        times.push(seconds);
        let (limit, ratio) = if size == GOAL_SIZE {
            (
                shown(LIMIT),
                format!("{:.2}", seconds / LIMIT.as_secs_f64()),
            )
        } else {
            (String::new(), String::new())
        };
        let took = shown(Duration::from_secs_f64(seconds));
        table.row([
            size.to_string(),
            format!("{} KiB", bytes / 1024),
            took,
            limit,
            ratio,
        ]);
    }
    table.print(&format!(
        "Pictures with badges (medians of {ROUNDS}; reading the model is not in it; growth has the exponent {:.2})",
        exponent(&SIZES, &times)
    ));
    Ok(())
}

/// Elements in rows of twenty, each with a threat, and flows from each to others near it.
fn diagram(cells: usize) -> anyhow::Result<Document> {
    let elements = cells * 2 / 5;
    let shapes = ["actor", "process", "store"];
    let element = |number: usize| {
        json!({ "id": format!("e{number}"), "shape": shapes.get(number % 3), "zIndex": 1,
            "position": { "x": number % 20 * 220, "y": number / 20 * 180 }, "size": { "width": 120, "height": 80 },
            "data": { "name": format!("Element number {number}"),
                "threats": [{ "id": "t", "title": "T", "status": "Open", "severity": "High" }] } })
    };
    let flow = |number: usize| {
        let from = number % elements;
        let to = (from + 1 + number / elements * 7) % elements;
        json!({ "id": format!("f{number}"), "shape": "flow", "zIndex": 10, "connector": "smooth",
            "source": { "cell": format!("e{from}") }, "target": { "cell": format!("e{to}") },
            "labels": [format!("Flow {number}")], "vertices": vertices(number), "data": {} })
    };
    let drawn: Vec<_> = (0..elements)
        .map(element)
        .chain((elements..cells).map(flow))
        .collect();
    let model = json!({ "version": "2.0", "summary": { "title": "Bench" },
        "detail": { "diagrams": [{ "id": 0, "title": "Main", "diagramType": "STRIDE", "cells": drawn }] } });
    Ok(Document::parse(model.to_string().into())?)
}

/// Every other flow is bent by hand.
fn vertices(number: usize) -> Value {
    let bends = (0..number % 2 * 2)
        .map(|bend| json!({ "x": number * 7 % 4_000 + bend * 90, "y": number * 3 % 2_000 }));
    bends.collect()
}
