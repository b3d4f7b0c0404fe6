//! A text that is being written, and given up when it gets too long.

use super::TEXT_MAX;

/// How often a text may hold the longest that it was made from. Threat Dragon's layout makes a real
/// model two to three times as long as it is without white space; what grows more is all
/// indentation, made to fill a disk.
const GROWTH_MAX: usize = 4;
/// How much longer it may be besides, so that no small document, however deep, comes near.
const GROWTH_FREE: usize = 1 << 20;

/// A text up to a bound.
#[derive(Debug)]
pub(super) struct Output {
    /// Nothing once it has been given up.
    text: Option<String>,
    /// In bytes.
    max: usize,
}

impl Output {
    /// An empty text, to be made from others of which the longest has this many bytes.
    pub(super) fn from_longest(longest: usize) -> Self {
        let max = longest
            .saturating_mul(GROWTH_MAX)
            .saturating_add(GROWTH_FREE);
        Self {
            text: Some(String::with_capacity(longest)),
            max: max.min(TEXT_MAX),
        }
    }

    pub(super) fn push_str(&mut self, piece: &str) {
        match &mut self.text {
            Some(text) if piece.len() <= self.max.saturating_sub(text.len()) => {
                text.push_str(piece);
            }
            text => *text = None,
        }
    }

    /// Whether there is nothing to write any more.
    pub(super) fn is_given_up(&self) -> bool {
        self.text.is_none()
    }

    /// The whole text; nothing when it would have been too long.
    pub(super) fn finish(self) -> Option<String> {
        self.text
    }
}
