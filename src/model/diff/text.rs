//! The changes for a terminal.

use super::change::Change;
use super::outline::{Line, Mark, Piece, outline};
use super::plain::escaped;

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const YELLOW: &str = "\u{1b}[33m";
const RESET: &str = "\u{1b}[0m";

/// Each group under its heading, with a line between groups.
pub(super) fn text(changes: &[Change], colour: bool) -> String {
    let mut text = String::new();
    for line in outline(changes) {
        if line.depth == 0 && !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&written(&line, colour));
        text.push('\n');
    }
    text
}

fn written(line: &Line, colour: bool) -> String {
    let mark = match line.mark {
        Mark::Added => "+ ",
        Mark::Removed => "- ",
        Mark::Changed if line.depth > 0 => "~ ",
        Mark::Changed | Mark::None => "",
    };
    let words: String = line.pieces.iter().map(piece).collect();
    let indent = "  ".repeat(line.depth);
    let code = match (line.mark, line.depth) {
        (Mark::Added, _) => GREEN,
        (Mark::Removed, _) => RED,
        (_, 0) => BOLD,
        (Mark::Changed, _) => YELLOW,
        (Mark::None, _) => "",
    };
    if !colour || code.is_empty() {
        format!("{indent}{mark}{words}")
    } else if line.mark == Mark::Changed && line.depth > 0 {
        format!("{indent}{code}{mark}{RESET}{words}")
    } else {
        format!("{indent}{code}{mark}{words}{RESET}")
    }
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Ours(words) => words.clone(),
        Piece::Name(name) => escaped(name),
        Piece::Value(value) => format!(
            "\"{}\"",
            escaped(&value.replace('\\', "\\\\").replace('"', "\\\""))
        ),
    }
}
