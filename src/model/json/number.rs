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

impl Decimal {
    /// The number when it is whole, not negative, and not too large.
    fn whole(&self) -> Option<u64> {
        let zeros = u32::try_from(self.exponent).ok()?;
        let digit = |number: u64, digit: &u8| {
            let digit = u64::from(digit.checked_sub(b'0')?);
            number.checked_mul(10)?.checked_add(digit)
        };
        let digits = self.digits.iter().try_fold(0, digit)?;
        let scale = 10_u64.checked_pow(zeros);
        let whole = if digits == 0 {
            0
        } else {
            digits.checked_mul(scale?)?
        };
        (!self.negative).then_some(whole)
    }
}

/// A valid JSON number as a whole one, however it is written: `7`, `7.0` and `70e-1` are 7, and
/// `-0` is 0.
pub(super) fn whole(text: &str) -> Option<u64> {
    text.parse().ok().or_else(|| Decimal::parse(text)?.whole())
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

/// A finite number as JavaScript writes it: the shortest digits that read back as the same number.
pub(super) fn written(number: f64) -> String {
    if number == 0.0 {
        // And so does minus zero.
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&number.abs()) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => text,
    }
}
