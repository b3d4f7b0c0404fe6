//! Suggestions: 200 rules asked about diagrams of many sizes, and rules that are as costly as they can be.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use anyhow::ensure;
use serde_json::{Value, json};
use wyvern::model::Document;
use wyvern::suggest::{Pack, Wanted, suggest};

use crate::measure::{Table, exponent, median, shown, time};

/// What 200 rules may take on a diagram of 1,000 elements.
const LIMIT: Duration = Duration::from_millis(20);
const RULES: usize = 200;
/// Elements; there are one and a half times as many flows, and a boundary around each fifty.
const SIZES: [usize; 6] = [100, 300, 1_000, 3_000, 5_000, 10_000];
const GOAL_SIZE: usize = 1_000;
const ROUNDS: usize = 5;

pub(crate) fn run() -> anyhow::Result<()> {
    let pack = pack(&WHENS)?;
    let mut table = Table::new(&[
        "elements",
        "things",
        "suggestions",
        "time",
        "limit",
        "ratio",
    ]);
    let mut times = Vec::new();
    for size in SIZES {
        let document = diagram(size, size * 3 / 2, size / 50)?;
        let (seconds, suggestions) = measured(&document, &pack);
        times.push(seconds);
        let (limit, ratio) = if size == GOAL_SIZE {
            let ratio = seconds / LIMIT.as_secs_f64();
            (shown(LIMIT), format!("{ratio:.2}"))
        } else {
            (String::new(), String::new())
        };
        let things = size + size * 3 / 2 + size / 50;
        table.row([
            size.to_string(),
            things.to_string(),
            suggestions.to_string(),
            shown(Duration::from_secs_f64(seconds)),
            limit,
            ratio,
        ]);
    }
    table.print(&format!(
        "Suggestions by {RULES} rules (medians of {ROUNDS}; reading the model and the rules is not in it; growth has the exponent {:.2})",
        exponent(&SIZES, &times)
    ));
    worst()
}

/// The longest expressions over the densest relations that a diagram can have.
fn worst() -> anyhow::Result<()> {
    let mut table = Table::new(&["worst case", "things", "one rule", "200 rules"]);
    let steps = |step: &str| {
        let deep = 15 / step.matches('(').count();
        let whole = step.repeat(deep) + "flow" + &")".repeat(step.matches('(').count() * deep);
        let times = 1_000 / (whole.len() + " or ".len());
        vec![whole; times].join(" or ")
    };
    // All flows lead to and from all of few elements; all boundaries are around all elements.
    let dense = diagram(200, 9_800, 0)?;
    let nested = diagram(9_900, 0, 100)?;
    for (what, document, when) in [
        ("upstream of upstream of …", &dense, steps("some upstream(")),
        ("sender of sender of …", &dense, steps("some sender(")),
        (
            "in what contains what is in …",
            &nested,
            steps("some boundary(some content(").replace("flow", "element"),
        ),
        ("a hundred words", &nested, words()),
    ] {
        let [one, all] = [1, RULES].map(|count| {
            let pack = pack(&vec![when.as_str(); count]);
            pack.map(|pack| measured(document, &pack).0)
        });
        table.row([
            what.to_owned(),
            10_000.to_string(),
            shown(Duration::from_secs_f64(one?)),
            shown(Duration::from_secs_f64(all?)),
        ]);
    }
    table.print("The costliest rules that can be written (medians; a pack has at most 1,000)");
    Ok(())
}

/// Names that nothing has, as many as an expression has room for.
fn words() -> String {
    let words: Vec<_> = (0..100).map(|number| format!("\"w{number}\"")).collect();
    format!("text is {}", words.join(","))
}

/// What the rules ask: each is made several times, with other words.
const WHENS: [&str; 20] = [
    "flow and public and not encrypted and not protocol mentions \"https\", \"tls\", \"ssh\", \"{}\"",
    "flow and crossing and not encrypted and not name mentions \"https\", \"{}\"",
    "flow and (public or crossing) and target(store) and not name mentions \"{}\"",
    "flow and protocol is \"http\", \"ftp\", \"telnet\", \"{}\"",
    "flow and source(actor) and target(process and web) and not name mentions \"{}\"",
    "store and credentials and some upstream(process and some incoming(public)) and not name is \"{}\"",
    "store and not encrypted and text mentions \"customer\", \"patient\", \"{}\"",
    "store and log and not signed and not name mentions \"{}\"",
    "store and some sender(some boundary(boundary)) and some sender(not inside) and not text mentions \"{}\"",
    "store and no incoming(flow) and zoned and not name is \"{}\"",
    "process and web and some incoming(public and source(actor and not authenticates)) and not name is \"{}\"",
    "process and privilege mentions \"root\", \"admin\", \"{}\"",
    "process and some downstream(store and credentials) and not text mentions \"{}\"",
    "process and some receiver(some boundary(name mentions \"inner\", \"{}\"))",
    "process and takes-cards and some incoming(public) and not name mentions \"{}\"",
    "process and text mentions \"llm\", \"model\", \"language model\", \"{}\"",
    "process and no downstream(store and log) and some upstream(actor) and not name is \"{}\"",
    "actor and some outgoing(public and not encrypted) and not name mentions \"{}\"",
    "actor and not authenticates and some downstream(store and text mentions \"personal\", \"{}\")",
    "actor and zoned and not inside and some receiver(store) and not name mentions \"{}\"",
];

/// A pack of rules that ask these: as many as there are, or [`RULES`].
fn pack(whens: &[&str]) -> anyhow::Result<Pack> {
    let count = if whens.len() == WHENS.len() {
        RULES
    } else {
        whens.len()
    };
    let mut text = "pack = \"bench\"\n".to_owned();
    for number in 0..count {
        let when = whens.get(number % whens.len()).copied().unwrap_or_default();
        let when = when.replace("{}", &format!("word{number}"));
        write!(
            text,
            "[[rule]]\nid = \"rule-{number}\"\nwhen = '{when}'\ntitle = \"Threat {number}\"\nbecause = \"B\"\n\
             description = \"D\"\nmitigation = \"M\"\nseverity = \"High\"\ncategory.STRIDE = \"Tampering\"\n"
        )?;
    }
    let pack = Pack::read("bench.toml", &text);
    ensure!(pack.faults.is_empty(), "{:?}", pack.faults.first());
    Ok(pack)
}

/// Seconds for all suggestions, and how many there are.
fn measured(document: &Document, pack: &Pack) -> (f64, usize) {
    let mut suggestions = 0;
    let rounds = (0..ROUNDS).map(|_| {
        let (taken, found) = time(|| black_box(suggest(document, &[pack], &Wanted::default())));
        suggestions = found.list.len() + found.left_out;
        taken.as_secs_f64()
    });
    let mut rounds: Vec<_> = rounds.collect();
    (median(&mut rounds), suggestions)
}

/// A diagram of elements in a grid, with flows between near ones, and boundaries around rows of it; where
/// there are no flows, all boundaries are around everything.
fn diagram(elements: usize, flows: usize, boundaries: usize) -> anyhow::Result<Document> {
    let mut cells: Vec<Value> = (0..elements).map(element).collect();
    cells.extend((0..flows).map(|number| flow(number, elements)));
    let nested = flows == 0;
    cells.extend((0..boundaries).map(|number| boundary(number, nested)));
    let model = json!({
        "version": "2.6.0",
        "summary": { "title": "Sample" },
        "detail": { "diagrams": [{ "id": 0, "title": "All", "diagramType": "STRIDE", "cells": cells }] },
    });
    Ok(Document::parse(serde_json::to_string(&model)?.into())?)
}

const NAMES: [&str; 8] = [
    "Customer",
    "Web shop",
    "orderWorker",
    "Orders DB",
    "Admin console",
    "Language model",
    "Audit log",
    "Payments",
];

fn name(number: usize) -> String {
    let name = NAMES.get(number % NAMES.len()).copied().unwrap_or_default();
    format!("{name} {number}")
}

fn element(number: usize) -> Value {
    let shape = ["process", "store", "process", "actor", "process"];
    let fact = [
        "isWebApplication",
        "storesCredentials",
        "isALog",
        "providesAuthentication",
        "isEncrypted",
    ];
    let fact = fact.get(number / 5 % 5).copied().unwrap_or_default();
    json!({
        "id": format!("e{number}"),
        "shape": shape.get(number % 5),
        "position": { "x": 200 * (number % 50), "y": 200 * (number / 50) },
        "size": { "width": 100, "height": 60 },
        "data": {
            "name": name(number), "description": "Keeps what customers order, and sends it on.",
            "outOfScope": false, fact: true, "threats": []
        },
    })
}

fn flow(number: usize, elements: usize) -> Value {
    let (from, step) = (number % elements, 1 + number / elements * 7 % elements);
    json!({
        "id": format!("f{number}"),
        "shape": "flow",
        "source": { "cell": format!("e{from}") },
        "target": { "cell": format!("e{}", (from + step) % elements) },
        "data": {
            "name": name(number), "protocol": if number.is_multiple_of(3) { "HTTP" } else { "TLS" },
            "isPublicNetwork": number.is_multiple_of(4), "isEncrypted": number % 3 == 1,
            "isBidirectional": number.is_multiple_of(5), "threats": []
        },
    })
}

fn boundary(number: usize, nested: bool) -> Value {
    let (y, height) = if nested { (-100, 1_000_000) } else { (0, 190) };
    let y = if nested {
        y
    } else {
        200 * i64::try_from(number).unwrap_or(0) - 10
    };
    json!({
        "id": format!("b{number}"),
        "shape": "trust-boundary-box",
        "position": { "x": -10, "y": y },
        "size": { "width": 12_000, "height": height },
        "data": { "name": format!("Inner {number}") },
    })
}
