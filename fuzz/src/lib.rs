//! Bytes as threat models: any bytes give one, and similar bytes give similar ones, so that the
//! fuzzer reaches what lies behind the parser.

use wyvern::model::Document;

/// Three documents from one input: a model, and two versions of it. A text that is itself a model
/// is taken as it is; the others are grown from the bytes.
pub fn versions(input: &[u8]) -> [Document; 3] {
    let mut parts = input.splitn(3, |byte| *byte == 0xFF);
    let base = parts.next().unwrap_or_default();
    let [ours, theirs] = [0, 1].map(|_| parts.next().unwrap_or_default());
    [base.to_vec(), patched(base, ours), patched(base, theirs)].map(|bytes| document(&bytes))
}

/// The bytes with some replaced: each pair is a place and what stands there now. Whole texts of
/// models stand for themselves.
fn patched(base: &[u8], patch: &[u8]) -> Vec<u8> {
    if patch.first() == Some(&b'{') {
        return patch.to_vec();
    }
    let mut bytes = base.to_vec();
    for pair in patch.chunks_exact(2) {
        let place = usize::from(pair[0]);
        if let Some(byte) = bytes.get_mut(place) {
            *byte = pair[1];
        }
    }
    bytes
}

/// The model that the bytes are, or else the one that grows from them.
pub fn document(bytes: &[u8]) -> Document {
    Document::parse(bytes.to_vec().into()).unwrap_or_else(|_| {
        let text = Growth(bytes).model();
        Document::parse(text.into()).expect("what grows is a model")
    })
}

struct Growth<'a>(&'a [u8]);

const WORDS: &[&str] = &[
    "",
    "a",
    "b",
    "Open",
    "Mitigated",
    "N/A",
    "STRIDE",
    "2.3.0",
    "2.0",
    "actor",
    "process",
    "store",
    "flow",
    "trust-boundary-box",
    "trust-broundary-curve",
    "\\u0000",
    "\\ud83d\\ude00",
    "x\\ny",
    "<b>|`@a`",
    "tm.Flow",
];
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "-1",
    "1.0",
    "1e400",
    "-0",
    "129.99999999999997",
    "18446744073709551615",
];

impl Growth<'_> {
    fn next(&mut self) -> usize {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        usize::from(*first)
    }

    fn word(&mut self) -> String {
        format!("\"{}\"", WORDS[self.next() % WORDS.len()])
    }

    fn number(&mut self) -> String {
        NUMBERS[self.next() % NUMBERS.len()].to_owned()
    }

    fn value(&mut self, depth: usize) -> String {
        match self.next() % 9 {
            0 => "null".to_owned(),
            1 => "true".to_owned(),
            2 | 3 => self.number(),
            4 if depth > 0 => self.array(|growth| growth.value(depth - 1)),
            5 if depth > 0 => {
                let (a, b) = (self.value(depth - 1), self.value(depth - 1));
                format!("{{\"x\":{a},\"y\":{b}}}")
            }
            _ => self.word(),
        }
    }

    fn array(&mut self, mut element: impl FnMut(&mut Self) -> String) -> String {
        let elements: Vec<_> = (0..self.next() % 5).map(|_| element(self)).collect();
        format!("[{}]", elements.join(","))
    }

    /// An object of those of these members that the bytes choose, and sometimes another one.
    fn object(&mut self, members: &[(&str, Member)]) -> String {
        let mut text = Vec::new();
        for (key, member) in members {
            match (self.next() % 8, member) {
                (0, _) => {}
                (_, Member::Always(value)) => text.push(format!("\"{key}\":{value}")),
                (_, Member::Free) => text.push(format!("\"{key}\":{}", self.value(2))),
                (_, Member::Word) => text.push(format!("\"{key}\":{}", self.word())),
                (_, Member::Number) => text.push(format!("\"{key}\":{}", self.number())),
                (_, Member::Grown(grow)) => text.push(format!("\"{key}\":{}", grow(self))),
            }
        }
        format!("{{{}}}", text.join(","))
    }

    fn model(&mut self) -> String {
        let (version, title, owner) = (self.word(), self.word(), self.value(1));
        let diagrams = self.array(|growth| growth.object(DIAGRAM));
        let rest = self.object(&[
            ("threatTop", Member::Number),
            ("diagramTop", Member::Number),
            ("contributors", Member::Free),
            ("reviewer", Member::Word),
        ]);
        let rest = rest.trim_start_matches('{');
        let comma = if rest == "}" { "" } else { "," };
        format!(
            "{{\"version\":{version},\"summary\":{{\"title\":{title},\"owner\":{owner}}},\
                 \"detail\":{{\"diagrams\":{diagrams}{comma}{rest}}}"
        )
    }
}

/// How a member grows.
enum Member {
    Always(&'static str),
    Free,
    Word,
    Number,
    Grown(fn(&mut Growth<'_>) -> String),
}

const DIAGRAM: &[(&str, Member)] = &[
    ("id", Member::Number),
    ("title", Member::Word),
    ("diagramType", Member::Word),
    (
        "cells",
        Member::Grown(|growth| growth.array(|growth| growth.object(CELL))),
    ),
];
const CELL: &[(&str, Member)] = &[
    ("id", Member::Word),
    ("shape", Member::Word),
    ("position", Member::Free),
    ("size", Member::Free),
    ("source", Member::Grown(|growth| growth.object(END))),
    ("target", Member::Grown(|growth| growth.object(END))),
    ("labels", Member::Free),
    ("attrs", Member::Free),
    ("zIndex", Member::Number),
    ("data", Member::Grown(|growth| growth.object(DATA))),
];
const END: &[(&str, Member)] = &[("cell", Member::Word), ("port", Member::Word)];
const DATA: &[(&str, Member)] = &[
    ("name", Member::Word),
    ("type", Member::Word),
    ("hasOpenThreats", Member::Always("true")),
    ("outOfScope", Member::Free),
    ("threatFrequency", Member::Free),
    (
        "threats",
        Member::Grown(|growth| growth.array(|growth| growth.object(THREAT))),
    ),
];
const THREAT: &[(&str, Member)] = &[
    ("id", Member::Word),
    ("number", Member::Number),
    ("title", Member::Word),
    ("status", Member::Word),
    ("severity", Member::Word),
    ("mitigation", Member::Free),
];
