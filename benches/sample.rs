//! Threat models of a wanted size, in Threat Dragon's format.

use serde_json::{Value, json};

/// A model of exactly this many bytes (at least 2,500), laid out as Threat Dragon does. Models of
/// different seeds differ in every cell.
pub(crate) fn model(bytes: usize, seed: usize) -> anyhow::Result<String> {
    let empty = written(0, seed, "")?.len();
    let each = written(2, seed, "")?.len() - written(1, seed, "")?.len();
    // The last digits of ids may be longer than those measured, so that one cell less always fits.
    let cells = (bytes.saturating_sub(empty) / (each + 8)).saturating_sub(1);
    let short = bytes.saturating_sub(written(cells, seed, "")?.len());
    let words = "People who read this see what it is about. ".repeat(short / 40 + 1);
    written(cells, seed, words.get(..short).unwrap_or_default())
}

fn written(cells: usize, seed: usize, description: &str) -> anyhow::Result<String> {
    let cells: Vec<Value> = (0..cells).map(|number| cell(number, seed)).collect();
    Ok(serde_json::to_string_pretty(&json!({
        "version": "2.2.0",
        "summary": { "title": format!("Sample {seed}"), "owner": "Nobody", "description": description, "id": 0 },
        "detail": {
            "contributors": [{ "name": "Ada" }, { "name": "Zoë" }],
            "diagrams": [{
                "id": 0, "title": "Main request data flow", "diagramType": "STRIDE",
                "placeholder": "New STRIDE diagram description",
                "thumbnail": "./public/content/images/thumbnail.stride.jpg",
                "version": "2.2.0", "cells": cells
            }],
            "diagramTop": 1, "reviewer": "Grace", "threatTop": cells.len()
        }
    }))?)
}

fn cell(number: usize, seed: usize) -> Value {
    json!({
        "position": { "x": 30.5, "y": 60 * number }, "size": { "width": 112.5, "height": 60 },
        "attrs": { "text": { "text": format!("Service {number}") }, "body": { "stroke": "#333333", "strokeWidth": 1.5 } },
        "visible": true, "shape": "process", "zIndex": number,
        "id": format!("{seed:08x}-0000-4000-8000-{number:012x}"),
        "data": {
            "type": "tm.Process", "name": format!("Service {number}"), "description": "",
            "outOfScope": false, "isTrustBoundary": false, "hasOpenThreats": true,
            "threats": [{
                "id": format!("{seed:08x}-1111-4000-8000-{number:012x}"),
                "title": "Messages may be altered on their way", "status": "Open", "severity": "High",
                "type": "Tampering", "description": "Who can reach the queue can write to it.\nNothing signs a message.",
                "mitigation": "Sign every message, and refuse those without a signature.",
                "modelType": "STRIDE", "new": false, "number": number, "score": ""
            }]
        }
    })
}
