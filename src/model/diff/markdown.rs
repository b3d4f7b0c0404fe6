//! The changes for a review.

use super::change::{Aspect, Change};
use super::outline::{Line, Mark, Piece, outline};
use super::plain::escaped;
use super::tally::counted;

/// What has changed in numbers, then each group as a list under its heading.
pub(super) fn markdown(changes: &[Change]) -> String {
    let lines = outline(changes);
    if lines.is_empty() {
        return String::new();
    }
    let mut text = format!("### Threat model: {}\n", counts(changes));
    let mut in_list = false;
    for line in lines {
        let is_item = line.depth > 0;
        if !(in_list && is_item) {
            text.push('\n');
        }
        in_list = is_item;
        text.push_str(&written(&line));
    }
    text
}

fn counts(changes: &[Change]) -> String {
    let of = |aspect| changes.iter().filter(move |change| change.aspect == aspect);
    let meaning = counted(&of(Aspect::Meaning).collect::<Vec<_>>());
    if !meaning.is_empty() {
        meaning.join(", ")
    } else if of(Aspect::Layout).next().is_some() {
        "only the layout changed".to_owned()
    } else {
        "only derived values changed".to_owned()
    }
}

fn written(line: &Line) -> String {
    let words: String = line.pieces.iter().map(piece).collect();
    let mark = match line.mark {
        Mark::Added => "added: ",
        Mark::Removed => "removed: ",
        Mark::Changed | Mark::None => "",
    };
    match line.depth.checked_sub(1) {
        None => format!("#### {mark}{words}\n"),
        Some(depth) => format!("{}- {mark}{words}\n", "  ".repeat(depth)),
    }
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Ours(words) => words.clone(),
        Piece::Name(text) | Piece::Value(text) => code(&escaped(text)),
    }
}

/// A text without line breaks as a code span, in which nothing is markup: fenced with more
/// backticks than the text has in a row.
fn code(text: &str) -> String {
    if text.is_empty() {
        return "*empty*".to_owned();
    }
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    // A reader takes one space off either side again, unless there is nothing else.
    let edge = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if edge && !text.trim_matches(' ').is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}
