//! The kinds of values that settings have, each read from the text or number it was given as.

use std::time::Duration;

use config::Value;
use jiff::{Span, SpanRelativeTo};

use super::reader::Section;

/// Text that is not empty.
pub(super) fn required(s: &mut Section<'_>, key: &'static str) -> String {
    s.take(key, "write some text", |value| match value.into_string() {
        Ok(text) if !text.trim().is_empty() => Ok(text),
        _ => Err("empty".to_owned()),
    })
}

/// A web address without a path and without a slash at its end; empty is `None`.
pub(super) fn public_url(s: &mut Section<'_>) -> Option<String> {
    s.take(
        "public_url",
        "write it like https://wyvern.example.com",
        |value| {
            let text = value.into_string().map_err(|_| "not text".to_owned())?;
            let origin = text.strip_suffix('/').unwrap_or(&text);
            let host = origin
                .strip_prefix("https://")
                .or_else(|| origin.strip_prefix("http://"));
            match host {
                _ if text.is_empty() => Ok(None),
                Some(host) if !host.is_empty() && !host.contains(['/', '@', '?', '#', ' ']) => {
                    Ok(Some(origin.to_owned()))
                }
                _ => Err(format!("{text:?} is not a web address without a path")),
            }
        },
    )
}

/// A time that is not zero, with its unit.
pub(super) fn duration(s: &mut Section<'_>, key: &'static str) -> Duration {
    s.take(
        key,
        "write a time such as \"10 s\", \"15 min\" or \"7 days\"",
        |value| time(&value, |time| !time.is_zero()),
    )
}

/// A time that may be zero, with its unit.
pub(super) fn delay(s: &mut Section<'_>, key: &'static str) -> Duration {
    s.take(
        key,
        "write a time such as \"10 s\"; \"0 s\" is none",
        |value| time(&value, |_| true),
    )
}

fn time(value: &Value, is_fit: fn(&Duration) -> bool) -> Result<Duration, String> {
    let text = value.to_string();
    text.parse::<Span>()
        .and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()))
        .ok()
        .and_then(|duration| Duration::try_from(duration).ok())
        .filter(is_fit)
        .ok_or_else(|| format!("{text:?} is not a time"))
}

/// A number of bytes, not zero, with its unit.
pub(super) fn size(value: Value) -> Result<usize, String> {
    let text = value.into_string().map_err(|_| "not a size".to_owned())?;
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match text.get(digits.len()..).map(str::trim) {
        Some("" | "B") => Some(1),
        Some("KiB") => Some(1 << 10),
        Some("MiB") => Some(1 << 20),
        Some("GiB") => Some(1 << 30),
        _ => None,
    };
    unit.zip(digits.parse::<usize>().ok())
        .and_then(|(unit, number)| number.checked_mul(unit))
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| format!("{text:?} is not a size"))
}

/// A number from 1.
pub(super) fn positive(value: Value) -> Result<usize, String> {
    let text = value.into_string().map_err(|_| "not a number".to_owned())?;
    text.parse()
        .ok()
        .filter(|n| *n > 0)
        .ok_or_else(|| format!("{text:?} is not a number from 1"))
}

/// A two-letter language with or without a two-letter region, as the browser app names its own.
pub(super) fn is_language(tag: &str) -> bool {
    let two = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    match tag.split_once('-') {
        Some((language, region)) => two(language) && two(region),
        None => two(tag),
    }
}

/// A language tag as it is commonly written: `en`, `pt-BR`.
pub(super) fn canonical(tag: &str) -> String {
    match tag.split_once('-') {
        Some((language, region)) => {
            format!(
                "{}-{}",
                language.to_ascii_lowercase(),
                region.to_ascii_uppercase()
            )
        }
        None => tag.to_ascii_lowercase(),
    }
}
