//! Names as parts of addresses: they may hold anything.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but what RFC 3986 lets stand anywhere.
const WHOLE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The same, and the slashes of paths and branch names stay.
const PARTS: &AsciiSet = &WHOLE.remove(b'/');

/// A name as several parts of a path, or as the value of a query.
pub(in crate::provider) fn encoded(name: &str) -> Cow<'_, str> {
    utf8_percent_encode(name, PARTS).into()
}

/// A name as one part of a path, whatever slashes it has.
pub(in crate::provider) fn encoded_whole(name: &str) -> Cow<'_, str> {
    utf8_percent_encode(name, WHOLE).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_whatever_they_hold() {
        assert_eq!(
            encoded("feature/a#b?c=d&e+f %2e/Zoë"),
            "feature/a%23b%3Fc%3Dd%26e%2Bf%20%252e/Zo%C3%AB"
        );
        assert_eq!(encoded_whole("group/sub/a b"), "group%2Fsub%2Fa%20b");
    }
}
