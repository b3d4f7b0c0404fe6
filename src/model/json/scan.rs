//! The scanner: reads a text once, checks it, and notes where each value begins and ends.

use super::error::{Fault, JsonError, Stop};
use super::value::Kind;

/// The longest text, in bytes. Callers set tighter ones.
pub const TEXT_MAX: usize = 512 * 1024 * 1024;
/// The deepest nesting of arrays and objects. Threat Dragon's files go 13 deep.
pub const DEPTH_MAX: usize = 64;
/// The most values (keys not counted), which bounds the index whatever the text.
pub const VALUES_MAX: usize = 1_000_000;

/// One entry of the index: a value or an object's key. A container's parts follow it, up to the
/// entry `after`; a key is followed by its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Byte offset of the first character.
    pub(super) start: u32,
    /// Byte offset behind the last character.
    pub(super) end: u32,
    /// The entry that follows behind all parts of this one (for a key: behind its value).
    pub(super) after: u32,
    pub(super) kind: Kind,
    /// Whether a string has a backslash in it.
    pub(super) escaped: bool,
}

/// Reads the whole text.
pub(super) fn scan(text: &str) -> Result<Vec<Node>, JsonError> {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        nodes: Vec::new(),
        values: 0,
    };
    match scanner.document() {
        Ok(()) => Ok(scanner.nodes),
        Err(stop) => Err(stop.explain(scanner.bytes)),
    }
}

pub(super) type Scanned = Result<(), Stop>;

pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    pub(super) nodes: Vec<Node>,
    values: usize,
}

impl Scanner<'_> {
    fn document(&mut self) -> Scanned {
        if self.bytes.len() > TEXT_MAX {
            return self.stop(Fault::TooLong);
        }
        if self.text.starts_with('\u{feff}') {
            return self.stop(Fault::ByteOrderMark);
        }
        self.space();
        if self.peek().is_none() {
            return self.stop(Fault::Empty);
        }
        self.value(0)?;
        self.space();
        match self.peek() {
            None => Ok(()),
            Some(_) => self.stop(Fault::Trailing),
        }
    }

    fn value(&mut self, depth: usize) -> Scanned {
        self.values += 1;
        if self.values > VALUES_MAX {
            return self.stop(Fault::TooMany);
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(_) => self.token(),
            None => self.stop(Fault::Unfinished),
        }
    }

    fn array(&mut self, depth: usize) -> Scanned {
        self.container(Kind::Array, b']', depth, |scanner, index| {
            let element = scanner.value(depth + 1);
            element.map_err(|stop| stop.inside(index.to_string()))
        })
    }

    fn object(&mut self, depth: usize) -> Scanned {
        let me = self.nodes.len();
        self.container(Kind::Object, b'}', depth, |scanner, _| {
            scanner.member(depth)
        })?;
        self.distinct_keys(me)
    }

    /// Reads parts, divided by commas, up to `close`. The caller's recursion ends at
    /// [`DEPTH_MAX`].
    fn container(
        &mut self,
        kind: Kind,
        close: u8,
        depth: usize,
        part: impl Fn(&mut Self, usize) -> Scanned,
    ) -> Scanned {
        if depth == DEPTH_MAX {
            return self.stop(Fault::TooDeep);
        }
        let me = self.nodes.len();
        self.push(kind, self.at, false);
        self.at += 1;
        self.space();
        if self.peek() != Some(close) {
            let mut index = 0;
            loop {
                part(self, index)?;
                index += 1;
                self.space();
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(byte) if byte == close => break,
                    Some(_) if kind == Kind::Array => return self.stop(Fault::ArrayGoesOn),
                    Some(_) => return self.stop(Fault::ObjectGoesOn),
                    None => return self.stop(Fault::Unfinished),
                }
                self.space();
            }
        }
        self.at += 1;
        self.close(me);
        Ok(())
    }

    fn member(&mut self, depth: usize) -> Scanned {
        let key = self.nodes.len();
        match self.peek() {
            Some(b'"') => self.token()?,
            Some(_) => return self.stop(Fault::KeyExpected),
            None => return self.stop(Fault::Unfinished),
        }
        self.space();
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(_) => return self.stop(Fault::ColonExpected),
            None => return self.stop(Fault::Unfinished),
        }
        self.space();
        let value = self.value(depth + 1);
        value.map_err(|stop| stop.inside(self.key_text(key).into_owned()))?;
        let after = offset(self.nodes.len());
        if let Some(node) = self.nodes.get_mut(key) {
            node.after = after;
        }
        Ok(())
    }

    /// Notes a value from `start` to here, without parts so far.
    pub(super) fn push(&mut self, kind: Kind, start: usize, escaped: bool) {
        self.nodes.push(Node {
            start: offset(start),
            end: offset(self.at),
            after: offset(self.nodes.len() + 1),
            kind,
            escaped,
        });
    }

    /// Notes that the container ends here, and all entries since are its parts.
    fn close(&mut self, container: usize) {
        let (end, after) = (offset(self.at), offset(self.nodes.len()));
        if let Some(node) = self.nodes.get_mut(container) {
            node.end = end;
            node.after = after;
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    pub(super) fn stop(&self, fault: Fault) -> Scanned {
        Err(Stop::at(self.at, fault))
    }
}

/// An offset as the index keeps it.
fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("no text is longer than TEXT_MAX")
}
