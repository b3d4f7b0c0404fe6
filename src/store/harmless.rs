//! Text from models that means nothing to the hosts of repositories when it is in a commit message.

use std::iter::Peekable;
use std::str::Chars;

/// The line in characters that no host obeys. Whoever may name an element must not thereby skip the
/// continuous integration of whoever saves the model, close an issue, call for people, or give a
/// quick action. What an author says in their own words is theirs, and is not changed.
///
/// | In the text | Written | Otherwise |
/// | --- | --- | --- |
/// | `[skip ci]` | `(skip ci)` | no pipeline runs (GitHub, GitLab, Bitbucket) |
/// | `fixes #1`, `PAY-1 #close` | `fixes no. 1`, `PAY-1 no. close` | an issue is closed |
/// | `fixes GH-1` | `fixes GH 1` | the same (GitHub) |
/// | `fixes https://…/issues/1` | `fixes https: //…/issues/1` | the same |
/// | `@all` | `(at)all` | people are mentioned |
/// | `/tag v1` at the beginning | `At /tag v1` | a tag is made (GitLab) |
pub(super) fn harmless(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    if line.starts_with('/') {
        out.push_str("At ");
    }
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '[' => out.push('('),
            ']' => out.push(')'),
            '#' if is_word(&mut rest) => out.push_str(number_sign(&out)),
            '@' if is_word(&mut rest) => out.push_str("(at)"),
            ':' if rest.peek() == Some(&'/') => out.push_str(": "),
            '-' if ends_in_gh(&out) && rest.peek().is_some_and(char::is_ascii_digit) => {
                out.push(' ');
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether a word goes on from here.
fn is_word(rest: &mut Peekable<Chars<'_>>) -> bool {
    rest.peek()
        .is_some_and(|c| c.is_alphanumeric() || *c == '_')
}

/// `#` in words, after what is written already.
fn number_sign(written: &str) -> &'static str {
    if written.is_empty() || written.ends_with(|c: char| c.is_whitespace() || c == '(') {
        "no. "
    } else {
        " no. "
    }
}

fn ends_in_gh(written: &str) -> bool {
    let mut last = written.chars().rev().map(|c| c.to_ascii_uppercase());
    let word = [last.next(), last.next()] == [Some('H'), Some('G')];
    word && last.next().is_none_or(|before| !before.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::harmless;

    #[test]
    fn what_hosts_obey_is_written_in_other_words() {
        for (line, written) in [
            (
                "[skip ci] fixes #1 @all: 1 added",
                "(skip ci) fixes no. 1 (at)all: 1 added",
            ),
            ("closes shop/web#12", "closes shop/web no. 12"),
            ("(#7) ##8", "(no. 7) # no. 8"),
            ("PAY-1 #close", "PAY-1 no. close"),
            ("Fixes GH-26, gh-27", "Fixes GH 26, gh 27"),
            (
                "closes https://git.example/a/b/issues/1",
                "closes https: //git.example/a/b/issues/1",
            ),
            ("cc @ada/security a@b.c", "cc (at)ada/security a(at)b.c"),
            ("/tag v1: 1 added", "At /tag v1: 1 added"),
        ] {
            assert_eq!(harmless(line), written);
        }
    }

    #[test]
    fn what_nobody_obeys_stays() {
        for line in [
            "Order service: 1 threat mitigated",
            "C# service @ edge: title changed",
            "HIGH-1 load / store: 火 # @",
        ] {
            assert_eq!(harmless(line), line);
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_obeyed_is_left(line in r"([\[\]#@/:_-]|[a-c1 é]|fixes #1|@a){0,20}") {
            let written = harmless(&line);
            prop_assert!(!written.contains(['[', ']']), "{written}");
            prop_assert!(!written.contains("://") && !written.starts_with('/'), "{written}");
            for (at, sign) in written.match_indices(['#', '@']) {
                let next = written[at + sign.len()..].chars().next();
                let word = next.is_some_and(|c| c.is_alphanumeric() || c == '_');
                prop_assert!(!word, "{written}");
            }
            prop_assert_eq!(harmless(&written), written);
        }
    }
}
