//! The only place that draws randomness.

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `N` random bytes from the operating system's generator.
pub(super) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).expect("the operating system has randomness once it has booted");
    bytes
}

/// `N` random bytes as text of letters, digits, `-` and `_`.
pub(super) fn text<const N: usize>() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<N>())
}

/// A random number.
pub(super) fn number() -> u64 {
    u64::from_le_bytes(bytes())
}
