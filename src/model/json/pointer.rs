//! JSON pointers (RFC 6901).

use std::borrow::Cow;

/// The longest pointer that an error names, in bytes: beyond it, the nearest enclosing value that
/// has a shorter one is named, so that a refusal never echoes a large text.
const NAMED_MAX: usize = 500;

/// A key as a pointer has it.
pub(crate) fn token(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

/// Joins reference tokens, outermost first, into a pointer.
pub(super) fn join<'a>(tokens: impl Iterator<Item = &'a String>) -> String {
    let mut pointer = String::new();
    for name in tokens {
        let escaped = token(name);
        if pointer.len() + 1 + escaped.len() > NAMED_MAX {
            break;
        }
        pointer.push('/');
        pointer.push_str(&escaped);
    }
    pointer
}

/// The reference tokens of a pointer, outermost first; nothing when it is not a pointer.
pub(super) fn split(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let rest = pointer.strip_prefix('/');
    if rest.is_none() && !pointer.is_empty() {
        return None;
    }
    Some(
        rest.into_iter()
            .flat_map(|rest| rest.split('/'))
            .map(unescape),
    )
}

fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// An array index as RFC 6901 writes it: no leading zeros, no sign.
pub(super) fn index(token: &str) -> Option<usize> {
    let plain = token.bytes().all(|byte| byte.is_ascii_digit());
    (plain && (token == "0" || !token.starts_with('0')))
        .then(|| token.parse().ok())
        .flatten()
}
