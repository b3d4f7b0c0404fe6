//! Small diagrams in words, a line for each thing, for cases of rules:
//!
//! ```text
//! [!] KIND NAME [in BOUNDARY] [words…] [text='…'…]      KIND: actor process store boundary curve
//! [!] flow FROM > TO [words…] [text='…'…]               FROM, TO: names, or `.` for a loose end
//! ```
//!
//! `!` marks what a rule is to fire on. Words are those that rules have for what is said of a thing.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::model::Document;
use crate::suggest::expression::Fact;

/// A diagram of a methodology, and the ids of the marked things.
pub(super) fn diagram(methodology: &str, lines: &[String]) -> (Document, BTreeSet<String>) {
    let lines: Vec<Line> = lines.iter().map(|line| Line::read(line)).collect();
    let marked = lines.iter().filter(|line| line.is_marked);
    let marked = marked.map(|line| line.id.clone()).collect();
    let places = places(&lines);
    let cells: Vec<Value> = lines.iter().map(|line| line.cell(&places)).collect();
    let model = json!({
        "version": "2.6.0",
        "summary": { "title": "Case" },
        "detail": { "diagrams": [
            { "id": 0, "title": "Case", "diagramType": methodology, "cells": cells },
        ] },
    });
    let document = Document::parse(model.to_string().into()).expect("a case is a model");
    (document, marked)
}

#[derive(Debug)]
struct Line {
    is_marked: bool,
    shape: &'static str,
    /// Its name; a flow's is `FROM > TO`.
    id: String,
    within: Option<String>,
    ends: [Option<String>; 2],
    data: serde_json::Map<String, Value>,
}

impl Line {
    fn read(text: &str) -> Self {
        let (is_marked, rest) = match text.strip_prefix('!') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let mut words = split(rest).into_iter().peekable();
        let mut next = || words.next().unwrap_or_else(|| panic!("{text}: too short"));
        let kind = next();
        let first = next();
        let is_flow = kind == "flow";
        let (id, ends) = if is_flow {
            assert_eq!(next(), ">", "{text}");
            let to = next();
            let end = |name: &str| (name != ".").then(|| name.to_owned());
            (format!("{first} > {to}"), [end(&first), end(&to)])
        } else {
            (first.clone(), [None, None])
        };
        let mut line = Self {
            is_marked,
            shape: shape(&kind).unwrap_or_else(|| panic!("{text}: there is no kind {kind}")),
            within: None,
            ends,
            data: serde_json::Map::new(),
            id,
        };
        line.say("name", if is_flow { json!("") } else { json!(first) });
        while let Some(word) = words.next() {
            if word == "in" {
                line.within = words.next();
            } else {
                line.learn(&word, text);
            }
        }
        line
    }

    /// A word about it.
    fn learn(&mut self, word: &str, text: &str) {
        if let Some((key, value)) = word.split_once('=') {
            let key = if key == "privilege" {
                "privilegeLevel"
            } else {
                key
            };
            let known = ["name", "description", "protocol", "privilegeLevel"];
            assert!(known.contains(&key), "{text}: there is no text {key}");
            self.say(key, json!(value.trim_matches('\'')));
        } else if word == "out-of-scope" {
            self.say("outOfScope", json!(true));
        } else {
            let member = Fact::read(word).and_then(Fact::member);
            let member = member.unwrap_or_else(|| panic!("{text}: nothing is called {word}"));
            self.say(member, json!(true));
        }
    }

    fn say(&mut self, key: &str, value: Value) {
        self.data.insert(key.to_owned(), value);
    }

    fn is_element(&self) -> bool {
        matches!(self.shape, "actor" | "process" | "store")
    }

    fn cell(&self, places: &HashMap<String, [f64; 4]>) -> Value {
        let mut cell = json!({ "id": self.id, "shape": self.shape, "data": self.data });
        let end = |end: &Option<String>| match end {
            Some(name) => {
                assert!(places.contains_key(name), "{}: there is no {name}", self.id);
                json!({ "cell": name })
            }
            None => json!({ "x": 0, "y": 0 }),
        };
        if self.shape == "flow" {
            cell["source"] = end(&self.ends[0]);
            cell["target"] = end(&self.ends[1]);
        } else if self.shape == "trust-boundary-curve" {
            // Upright, between what stands before its line and what stands behind it.
            cell["source"] = json!({ "x": CURVE, "y": -1e6 });
            cell["target"] = json!({ "x": CURVE, "y": 1e6 });
        } else {
            let [x, y, width, height] = places[&self.id];
            cell["position"] = json!({ "x": x, "y": y });
            cell["size"] = json!({ "width": width, "height": height });
        }
        cell
    }
}

/// Where a curve is drawn.
const CURVE: f64 = 0.0;

/// Each node's place: side by side, what is in one box together; a box around what is in it.
fn places(lines: &[Line]) -> HashMap<String, [f64; 4]> {
    let mut places = HashMap::new();
    let is_curve = |line: &Line| line.shape == "trust-boundary-curve";
    let before = lines.iter().take_while(|line| !is_curve(line));
    let left = if lines.iter().any(is_curve) {
        before.filter(|line| line.is_element()).count()
    } else {
        0
    };
    let mut left = -1_000.0 * f64::from(u32::try_from(left).expect("a case is short"));
    place(None, lines, &mut left, &mut places);
    places
}

/// Places what is in a box, or in none, from `left` on, and then the box.
fn place(
    within: Option<&String>,
    lines: &[Line],
    left: &mut f64,
    places: &mut HashMap<String, [f64; 4]>,
) {
    for line in lines.iter().filter(|line| line.within.as_ref() == within) {
        if line.is_element() {
            places.insert(line.id.clone(), [*left + 450.0, 0.0, 100.0, 100.0]);
        } else if line.shape == "trust-boundary-box" {
            place(Some(&line.id), lines, left, places);
            let inner = lines
                .iter()
                .filter(|inner| inner.within.as_ref() == Some(&line.id));
            let inner: Vec<_> = inner
                .filter_map(|inner| places.get(&inner.id).copied())
                .collect();
            let empty = [*left + 450.0, 0.0, 100.0, 100.0];
            let frame = if inner.is_empty() {
                empty
            } else {
                around(&inner)
            };
            places.insert(line.id.clone(), frame);
        } else {
            continue;
        }
        *left += 1_000.0;
    }
}

/// A box around others, which stand side by side.
fn around(inner: &[[f64; 4]]) -> [f64; 4] {
    let least = |at: usize| inner.iter().map(|frame| frame[at]).fold(f64::MAX, f64::min);
    let most = |at: usize| {
        inner
            .iter()
            .map(|frame| frame[at] + frame[at + 2])
            .fold(f64::MIN, f64::max)
    };
    let (left, top) = (least(0) - 10.0, least(1) - 10.0);
    [left, top, most(0) + 10.0 - left, most(1) + 10.0 - top]
}

fn shape(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "actor" => "actor",
        "process" => "process",
        "store" => "store",
        "flow" => "flow",
        "boundary" => "trust-boundary-box",
        "curve" => "trust-boundary-curve",
        _ => return None,
    })
}

/// Words; what stands between `'` belongs together.
fn split(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for sign in text.chars() {
        is_quoted ^= sign == '\'';
        if sign == ' ' && !is_quoted {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            word.push(sign);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
