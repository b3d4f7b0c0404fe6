//! The changes for a review.

use super::change::Change;
use super::outline::{Line, Mark, Piece, outline};
use super::plain::escaped;

/// Each group as a list under its heading.
pub(super) fn markdown(changes: &[Change]) -> String {
    let mut text = String::new();
    for line in outline(changes) {
        if line.depth == 0 && !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&written(&line));
    }
    text
}

fn written(line: &Line) -> String {
    let words: String = line.pieces.iter().map(piece).collect();
    let mark = match line.mark {
        Mark::Added => "added: ",
        Mark::Removed => "removed: ",
        Mark::Changed | Mark::None => "",
    };
    match line.depth.checked_sub(1) {
        None => format!("#### {mark}{words}\n\n"),
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
    // A reader takes one space off either side again.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}
