//! How the values of a member are shown, before and after.

use similar::{ChangeTag, TextDiff};

use super::change::FieldChange;
use super::outline::{Mark, Piece};
use super::plain::cut;
use crate::model::json::{Json, Kind, Value};
use crate::model::subject;
use crate::model::vocabulary::CellShape;

/// The longest value that is shown on its member's line, in characters.
const SHORT: usize = 60;
/// The longest line of an excerpt, and how much of it stands around what is different.
const LINE: usize = 100;
const AROUND: usize = 24;
/// How many lines an excerpt has.
const LINES: usize = 12;
/// How many lines are compared with each other; longer texts are compared as a whole.
const COMPARED: usize = 500;

/// A member's values.
pub(super) enum Shown {
    /// On one line: before, after.
    Short(Piece, Piece),
    /// Lines that are gone and lines that are new.
    Lines(Vec<(Mark, Piece)>),
}

/// How the values of this member are shown.
pub(super) fn shown(field: &FieldChange) -> Shown {
    let [before, after] = [&field.before, &field.after];
    if let (Some(before), Some(after)) = (
        before.as_ref().and_then(long),
        after.as_ref().and_then(long),
    ) && (before.is_long() || after.is_long())
    {
        return Shown::Lines(excerpt(&before, &after));
    }
    Shown::Short(
        short(field, before.as_ref(), field.named_before.as_deref()),
        short(field, after.as_ref(), field.named_after.as_deref()),
    )
}

/// A value that may be too long for its member's line.
enum Long {
    /// What a string says.
    Text(String),
    /// An array or an object as it is written, without white space.
    Json(String),
}

fn long(json: &Json) -> Option<Long> {
    let value = json.root();
    match value.kind() {
        Kind::Text => value.as_text().map(|text| Long::Text(text.into_owned())),
        Kind::Array | Kind::Object => Some(Long::Json(compact(value.raw()))),
        Kind::Null | Kind::Bool | Kind::Number => None,
    }
}

impl Long {
    fn text(&self) -> &str {
        let (Self::Text(text) | Self::Json(text)) = self;
        text
    }

    fn is_long(&self) -> bool {
        self.text().contains('\n') || self.text().chars().nth(SHORT).is_some()
    }

    /// A part of it.
    fn piece(&self, part: String) -> Piece {
        match self {
            Self::Text(_) => Piece::Value(part),
            Self::Json(_) => Piece::Name(part),
        }
    }
}

fn short(field: &FieldChange, json: Option<&Json>, name: Option<&str>) -> Piece {
    let Some(value) = json.map(Json::root) else {
        return Piece::ours("nothing");
    };
    if let Some(name) = name {
        return Piece::Value(cut(name, SHORT));
    }
    match value.as_text() {
        Some(word) if field.path == "shape" => Piece::kind(subject::kind(&CellShape::read(&word))),
        Some(text) => Piece::Value(cut(&text, SHORT)),
        None if matches!(field.path.as_str(), "source" | "target") => end(value),
        None => Piece::Name(cut(&compact(value.raw()), SHORT)),
    }
}

/// A flow's end that has no name.
fn end(value: Value<'_>) -> Piece {
    let cell = value.get("cell").and_then(Value::as_text);
    match cell.filter(|cell| !cell.is_empty()) {
        Some(cell) => Piece::Value(cut(&cell, SHORT)),
        None => Piece::ours("no element"),
    }
}

/// The lines of two values that are different, each cut to what is different in it.
fn excerpt(before: &Long, after: &Long) -> Vec<(Mark, Piece)> {
    let mut lines: Vec<(Mark, Piece)> = compared(before.text(), after.text())
        .into_iter()
        .map(|(mark, line)| {
            let of = if mark == Mark::Removed { before } else { after };
            (mark, of.piece(line))
        })
        .collect();
    let rest = lines.len().saturating_sub(LINES);
    if rest > 1 {
        lines.truncate(LINES);
        lines.push((Mark::None, Piece::Ours(format!("… {rest} more lines"))));
    }
    lines
}

fn compared(before: &str, after: &str) -> Vec<(Mark, String)> {
    let mut lines = Vec::new();
    if [before, after]
        .iter()
        .any(|text| text.lines().nth(COMPARED).is_some())
    {
        replaced(&[before], &[after], &mut lines);
        return lines;
    }
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    let diff = TextDiff::from_lines(before, after);
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Delete => gone.push(change.value()),
            ChangeTag::Insert => new.push(change.value()),
            ChangeTag::Equal => {
                replaced(&gone, &new, &mut lines);
                (gone, new) = (Vec::new(), Vec::new());
            }
        }
    }
    replaced(&gone, &new, &mut lines);
    lines
}

/// Tells the lines that are gone, then those that stand in their place.
fn replaced(gone: &[&str], new: &[&str], lines: &mut Vec<(Mark, String)>) {
    for (mark, own, others) in [(Mark::Removed, gone, new), (Mark::Added, new, gone)] {
        for (index, line) in own.iter().enumerate() {
            let other = others.get(index).copied().unwrap_or_default();
            lines.push((mark, window(line, other)));
        }
    }
}

/// The part of `line` that is different from `other`, with some of what is around it.
fn window(line: &str, other: &str) -> String {
    let [shown, compared] = [line, other].map(|line| line.trim_end_matches('\n'));
    // A line break is shown only where there is no other difference.
    let (line, other) = if shown == compared {
        (line, other)
    } else {
        (shown, compared)
    };
    if line.chars().nth(LINE).is_none() {
        return line.to_owned();
    }
    let same = |(a, b): &(char, char)| a == b;
    let width = |(a, _): (char, char)| a.len_utf8();
    let front = line
        .chars()
        .zip(other.chars())
        .take_while(same)
        .map(width)
        .sum();
    let (before, rest) = line.split_at(front);
    let (_, other) = other.split_at(front);
    let back = rest.chars().rev().zip(other.chars().rev());
    let back: usize = back.take_while(same).map(width).sum();
    let (middle, after) = rest.split_at(rest.len() - back);
    format!(
        "{}{}{}",
        last_words(before),
        cut(middle, 2 * LINE),
        cut(after, AROUND)
    )
}

/// The end of a text, from a word on; what was cut shows as `…`.
fn last_words(text: &str) -> String {
    let Some((start, _)) = text.char_indices().rev().nth(AROUND) else {
        return text.to_owned();
    };
    let (_, end) = text.split_at(start);
    let words = end.split_once(' ').map_or(end, |(_, words)| words);
    format!("…{words}")
}

/// A JSON text without the white space between its tokens.
fn compact(raw: &str) -> String {
    let mut text = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for c in raw.chars() {
        if quoted || !c.is_ascii_whitespace() {
            text.push(c);
        }
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\' && !escaped;
    }
    text
}
