//! The occasion of a change, and the commit message that tells it.
//!
//! A message is one line about the change and git trailers (`git help interpret-trailers`) that
//! find the request again: `Request-Id` is the id that the answer and the log have, so that a
//! client whose answer was lost can look whether its change was made.

use std::fmt;

use thiserror::Error;

use super::harmless::harmless;

/// The longest title, in bytes of UTF-8.
const TITLE_MAX: usize = 1000;
/// How many characters of a title that is made from a model's content are kept.
const MADE_MAX: usize = 160;
/// How lines begin at which git takes a message to end: before a patch, and at the scissors.
const ENDS_A_MESSAGE: [&str; 2] = ["---", "# --"];

/// By what a change was brought about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occasion {
    /// What its author says about it; without it the commit says what was changed.
    pub title: Option<Title>,
    /// The request that asked for it.
    pub request: Option<RequestId>,
}

/// The id of a request: 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(pub u64);

/// The first line of a commit message, and the only one before the trailers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title(String);

/// Why a title is refused. Its text is one sentence, fit for showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("The commit message is refused: {0}.")]
pub struct TitleError(&'static str);

impl Title {
    /// Reads a title. White space around it is taken off.
    ///
    /// # Errors
    /// When it is empty, too long, of more than one line, or such that git would take the message
    /// to end before the trailers.
    pub fn parse(text: &str) -> Result<Self, TitleError> {
        let text = text.trim();
        if text.is_empty() {
            Err(TitleError("it is empty"))
        } else if text.len() > TITLE_MAX {
            Err(TitleError("it is longer than 1000 bytes"))
        } else if text.contains(breaks_a_line) {
            Err(TitleError("it must be one line without control characters"))
        } else if ENDS_A_MESSAGE.iter().any(|end| text.starts_with(end)) {
            Err(TitleError(
                "git takes a line that begins like this for the end of a message",
            ))
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The title that a line made from a model's content gives; its names may hold anything.
    pub(super) fn made(line: &str) -> Option<Self> {
        let mut title: String = line.chars().take(MADE_MAX).collect();
        if title.len() < line.len() {
            title.push('…');
        }
        Self::parse(&title.replace(breaks_a_line, " ")).ok()
    }
}

fn breaks_a_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

impl Occasion {
    /// The whole commit message: what the author says, or else this, which has names from the
    /// model and is made [`harmless`]; and the trailers.
    #[must_use]
    pub fn message(&self, otherwise: &str) -> String {
        let said = self.title.as_ref().map(ToString::to_string);
        let title = said.unwrap_or_else(|| harmless(otherwise));
        let request = self.request.map(|id| format!("Request-Id: {id}\n"));
        let request = request.unwrap_or_default();
        let version = env!("CARGO_PKG_VERSION");
        format!("{title}\n\n{request}Tool: Wyvern {version}\n")
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_the_title_and_the_trailers() {
        let version = env!("CARGO_PKG_VERSION");
        let mut occasion = Occasion {
            title: None,
            request: Some(RequestId(0x00ab_cdef)),
        };
        assert_eq!(
            occasion.message("Create threat model M"),
            format!(
                "Create threat model M\n\nRequest-Id: 0000000000abcdef\nTool: Wyvern {version}\n"
            )
        );
        occasion.title = Title::parse("  Reviewed with Grace ").ok();
        occasion.request = None;
        assert_eq!(
            occasion.message("Create threat model M"),
            format!("Reviewed with Grace\n\nTool: Wyvern {version}\n")
        );
    }

    #[test]
    fn only_what_an_author_says_is_obeyed_by_hosts() {
        let first_line = |occasion: &Occasion| {
            let message = occasion.message("[skip ci] fixes #1 @all: 1 added");
            message.lines().next().unwrap().to_owned()
        };
        let mut occasion = Occasion::default();
        let made = "(skip ci) fixes no. 1 (at)all: 1 added";
        assert_eq!(first_line(&occasion), made);
        occasion.title = Title::parse("[skip ci] Fixes #2").ok();
        assert_eq!(first_line(&occasion), "[skip ci] Fixes #2");
    }

    #[test]
    fn a_title_that_would_hide_the_trailers_is_refused() {
        let refused = |text: &str| Title::parse(text).map_err(|error| error.0);
        let lines = Err("it must be one line without control characters");
        for text in [
            "a\nb",
            "a\r\nb",
            "a\0b",
            "a\u{1b}[31m",
            "a\u{2028}b",
            "a\tb",
        ] {
            assert_eq!(refused(text), lines, "{text:?}");
        }
        let ends = Err("git takes a line that begins like this for the end of a message");
        for text in ["---", " --- a", "----", "# ---- >8 ----"] {
            assert_eq!(refused(text), ends, "{text:?}");
        }
        assert_eq!(refused(" \t"), Err("it is empty"));
        let longest = "é".repeat(500);
        assert_eq!(refused(&longest).unwrap().to_string(), longest);
        let longer = format!("{longest}x");
        assert_eq!(refused(&longer), Err("it is longer than 1000 bytes"));
        for text in ["#12 is mended", "- a", "Request-Id: 1", "ü 火"] {
            assert_eq!(refused(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_title_made_from_names_is_one_short_line_or_none() {
        let made = |line: &str| Title::made(line).map(|title| title.to_string());
        assert_eq!(made("A\nB: 1 added").as_deref(), Some("A B: 1 added"));
        assert_eq!(made("--- a: 1 added"), None);
        assert_eq!(made("\n"), None);
        let long = "火".repeat(MADE_MAX + 1);
        let kept = "火".repeat(MADE_MAX) + "…";
        assert_eq!(made(&long), Some(kept));
    }
}
