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
    let text = |json: &Option<Json>| {
        json.as_ref()
            .and_then(|json| Some(json.root().as_text()?.into_owned()))
    };
    let is_long = |text: &String| text.contains('\n') || text.chars().nth(SHORT).is_some();
    match (text(&field.before), text(&field.after)) {
        (Some(before), Some(after)) if is_long(&before) || is_long(&after) => {
            Shown::Lines(excerpt(&before, &after))
        }
        _ => Shown::Short(
            short(field, field.before.as_ref(), field.named_before.as_deref()),
            short(field, field.after.as_ref(), field.named_after.as_deref()),
        ),
    }
}

fn short(field: &FieldChange, json: Option<&Json>, name: Option<&str>) -> Piece {
    let Some(value) = json.map(Json::root) else {
        return Piece::ours("nothing");
    };
    if let Some(name) = name {
        return Piece::Value(cut(name, SHORT));
    }
    match value.kind() {
        Kind::Text => {
            let text = value.as_text().unwrap_or_default();
            if field.path == "shape" {
                return Piece::kind(subject::kind(&CellShape::read(&text)));
            }
            Piece::Value(cut(&text, SHORT))
        }
        _ if matches!(field.path.as_str(), "source" | "target") => end(value),
        Kind::Null | Kind::Bool | Kind::Number => Piece::Ours(cut(value.raw(), SHORT)),
        Kind::Array | Kind::Object => Piece::Name(compact(value.raw())),
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

/// The lines of two texts that are different, each cut to what is different in it.
fn excerpt(before: &str, after: &str) -> Vec<(Mark, Piece)> {
    let mut lines = Vec::new();
    if [before, after]
        .iter()
        .any(|text| text.lines().nth(COMPARED).is_some())
    {
        replaced(&[before], &[after], &mut lines);
    } else {
        let diff = TextDiff::from_lines(before, after);
        let (mut gone, mut new) = (Vec::new(), Vec::new());
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
    }
    let rest = lines.len().saturating_sub(LINES);
    if rest > 0 {
        lines.truncate(LINES);
        lines.push((Mark::None, Piece::Ours(format!("… {rest} more lines"))));
    }
    lines
}

/// Tells the lines that are gone, then those that stand in their place.
fn replaced(gone: &[&str], new: &[&str], lines: &mut Vec<(Mark, Piece)>) {
    let across = |line: &str, other: Option<&&str>| match other {
        Some(other) => window(line, other),
        None => cut(line.trim_end_matches('\n'), LINE),
    };
    for (index, line) in gone.iter().enumerate() {
        lines.push((Mark::Removed, Piece::Value(across(line, new.get(index)))));
    }
    for (index, line) in new.iter().enumerate() {
        lines.push((Mark::Added, Piece::Value(across(line, gone.get(index)))));
    }
}

/// The part of `line` that is different from `other`, with some of what is around it.
fn window(line: &str, other: &str) -> String {
    let [line, other] = [line, other].map(|line| line.trim_end_matches('\n'));
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

/// The beginning of a JSON text without the white space between its tokens.
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
        if text.len() > 4 * SHORT {
            break;
        }
    }
    cut(&text, SHORT)
}
