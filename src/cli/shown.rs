//! Text from models and file names, made fit for a terminal.

use std::fmt::{self, Display, Write as _};
use std::path::Path;

/// Shows text on one line: characters that would steer a terminal, break the line or turn the
/// direction of writing are escaped as `\u{…}`.
pub(super) fn shown(text: impl Display) -> String {
    let mut line = Escaping(String::new());
    write!(line, "{text}").expect("a string takes all text");
    line.0
}

/// Shows text that people have broken into lines, as they do with long names, on one line.
pub(super) fn unbroken(text: impl Display) -> String {
    let text = text.to_string();
    shown(
        text.split(['\r', '\n'])
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// Shows a path, without the `./` in front that naming the folder `.` gives.
pub(super) fn shown_path(path: &Path) -> String {
    let below = path.strip_prefix(".").ok();
    let below = below.filter(|below| !below.as_os_str().is_empty());
    shown(below.unwrap_or(path).display())
}

/// The text, cut after so many characters, with its length in full when it is longer.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => shown(text),
        Some((end, _)) => {
            let start = text.get(..end).unwrap_or_default();
            format!("{}… ({} bytes)", shown(start), text.len())
        }
    }
}

/// `1 error`, `2 errors`.
pub(super) fn counted(count: usize, one: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {one}{s}")
}

struct Escaping(String);

impl fmt::Write for Escaping {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            if steers(character) {
                self.0.extend(character.escape_unicode());
            } else {
                self.0.push(character);
            }
        }
        Ok(())
    }
}

/// Control characters, line and paragraph separators, and Unicode's formatting characters that
/// hide or re-order text.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        assert_eq!(
            shown("a\u{1b}[2Jb\nc\u{202e}é\u{7f}"),
            "a\\u{1b}[2Jb\\u{a}c\\u{202e}é\\u{7f}"
        );
        assert_eq!(shown_path(Path::new("./a/b\n.json")), "a/b\\u{a}.json");
        assert_eq!(shown_path(Path::new(".")), ".");
    }

    #[test]
    fn lines_become_one() {
        assert_eq!(unbroken("a\r\nb\n\u{7}"), "a b \\u{7}");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöü\n", 2), "äö… (7 bytes)");
    }
}
