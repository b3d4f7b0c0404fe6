//! The scanner's part for what has no parts: strings, numbers, `true`, `false`, `null`.

use super::error::{Fault, Stop};
use super::scan::{Scanned, Scanner};
use super::value::Kind;

impl Scanner<'_> {
    /// Reads a value that is not a container.
    pub(super) fn token(&mut self) -> Scanned {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Kind::Bool),
            Some(b'f') => self.word("false", Kind::Bool),
            Some(b'n') => self.word("null", Kind::Null),
            _ if self.at_not_finite() => self.stop(Fault::NotFinite),
            _ => self.stop(Fault::ValueExpected),
        }
    }

    fn word(&mut self, word: &str, kind: Kind) -> Scanned {
        let start = self.at;
        if !self.rest().starts_with(word.as_bytes()) {
            return self.stop(Fault::ValueExpected);
        }
        self.at += word.len();
        self.push(kind, start, false);
        Ok(())
    }

    fn at_not_finite(&self) -> bool {
        let rest = self.rest();
        let rest = rest.strip_prefix(b"-").unwrap_or(rest);
        rest.starts_with(b"NaN") || rest.starts_with(b"Infinity")
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    fn number(&mut self) -> Scanned {
        if self.at_not_finite() {
            return self.stop(Fault::NotFinite);
        }
        let start = self.at;
        self.skip(b"-");
        let well_formed = (self.skip(b"0") || self.digits())
            && (!self.skip(b".") || self.digits())
            && (!self.skip(b"eE") || {
                self.skip(b"+-");
                self.digits()
            });
        let goes_on = matches!(
            self.peek(),
            Some(b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'+' | b'-' | b'_')
        );
        if !well_formed || goes_on {
            return Err(Stop::at(start, Fault::Number));
        }
        self.push(Kind::Number, start, false);
        Ok(())
    }

    /// Skips one byte if it is one of these.
    fn skip(&mut self, bytes: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| bytes.contains(&byte));
        self.at += usize::from(found);
        found
    }

    /// Skips digits; whether there was one.
    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > start
    }

    fn string(&mut self) -> Scanned {
        let start = self.at;
        let mut escaped = false;
        self.at += 1;
        loop {
            let ordinary = |&byte: &u8| byte != b'"' && byte != b'\\' && byte >= b' ';
            self.at += self.rest().iter().take_while(|b| ordinary(b)).count();
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return self.stop(Fault::Control),
                None => return self.stop(Fault::Unfinished),
            }
        }
        self.at += 1;
        self.push(Kind::Text, start, escaped);
        Ok(())
    }

    /// Reads `\n` and its like, or one or two `\uXXXX` that make one character.
    fn escape(&mut self) -> Scanned {
        match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 2;
                Ok(())
            }
            Some(b'u') => match (self.unit(self.at), self.unit(self.at + 6)) {
                (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => {
                    self.at += 12;
                    Ok(())
                }
                (Some(0xD800..=0xDFFF), _) => self.stop(Fault::LoneSurrogate),
                (Some(_), _) => {
                    self.at += 6;
                    Ok(())
                }
                (None, _) => self.stop(Fault::Escape),
            },
            Some(_) => self.stop(Fault::Escape),
            None => self.stop(Fault::Unfinished),
        }
    }

    /// The UTF-16 unit of the `\uXXXX` that stands at `at`.
    fn unit(&self, at: usize) -> Option<u16> {
        let digits = self.bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        let plain = digits.iter().all(u8::is_ascii_hexdigit);
        let digits = plain.then(|| str::from_utf8(digits).ok()).flatten()?;
        u16::from_str_radix(digits, 16).ok()
    }
}
