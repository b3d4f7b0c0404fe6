//! The only place that draws randomness; it takes no argument, for nothing can be said about it.

use std::hash::{BuildHasher as _, RandomState};

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `N` random bytes from the operating system's generator.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).expect("the operating system has randomness once it has booted");
    bytes
}

/// `N` random bytes as text of letters, digits, `-` and `_`.
pub(crate) fn text<const N: usize>() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<N>())
}

/// A random number, from the seed of the standard library's hash maps: no secret, and there at
/// once, while the first of [`bytes()`] takes tens of milliseconds.
pub(crate) fn number() -> u64 {
    RandomState::new().hash_one(())
}
