//! Numbers by mathematical value, without ever turning them into binary ones.

/// A number as sign, digits without zeros at either end, and the power of ten of the last digit.
/// Two texts denote the same number exactly when these are equal.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    /// Reads a valid JSON number; nothing when its exponent is beyond 18 digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent = exponent_of(exponent)?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let zeros_behind = digits.iter().rev().take_while(|&&d| d == b'0').count();
        digits.truncate(digits.len() - zeros_behind);
        let zeros_before = digits.iter().take_while(|&&d| d == b'0').count();
        digits.drain(..zeros_before);
        if digits.is_empty() {
            return Some(Self {
                negative: false,
                digits,
                exponent: 0,
            });
        }
        let shift = i64::try_from(zeros_behind).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(Self {
            negative,
            digits,
            exponent: exponent + shift,
        })
    }
}

/// An exponent's value, if it has at most 18 digits, so that adding a text's length to it cannot
/// overflow.
fn exponent_of(text: &str) -> Option<i64> {
    let digits = text.trim_start_matches(['+', '-']).trim_start_matches('0');
    if digits.len() > 18 {
        return None;
    }
    let magnitude = digits.parse().unwrap_or(0_i64);
    Some(if text.starts_with('-') {
        -magnitude
    } else {
        magnitude
    })
}

/// Whether two valid JSON numbers are the same number: `1`, `1.0`, `10e-1` are; `-0` is `0`.
/// Numbers with exponents of more than 18 digits are compared by their text.
pub(super) fn equal(a: &str, b: &str) -> bool {
    a == b || matches!((Decimal::parse(a), Decimal::parse(b)), (Some(a), Some(b)) if a == b)
}
