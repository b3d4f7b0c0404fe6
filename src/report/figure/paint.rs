//! Colours of a drawing by what they mean.

use std::borrow::Cow;

/// The colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// On white.
    #[default]
    Light,
    /// On nearly black.
    Dark,
}

/// A colour that the theme gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Token {
    Ink,
    InkSoft,
    Surface,
    Alarm,
    Critical,
    High,
    Medium,
    Low,
    Neutral,
}

/// What a part is painted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Paint {
    None,
    Theme(Token),
    /// One that the file says, which is the same in all themes.
    Own(String),
}

impl Token {
    /// As in `static/src/styles/tokens.css`.
    pub(super) fn colour(self, theme: Theme) -> &'static str {
        let (light, dark) = match self {
            Self::Ink => ("#1d2321", "#e8ece9"),
            Self::InkSoft => ("#565c57", "#a8b2ac"),
            Self::Surface => ("#ffffff", "#1a211e"),
            Self::Alarm => ("#c4161c", "#ff8f85"),
            Self::Critical => ("#8f1d14", "#ffaea4"),
            Self::High => ("#8a3a00", "#ffb98a"),
            Self::Medium => ("#6b5200", "#f0d272"),
            Self::Low => ("#33566b", "#a9d2ea"),
            Self::Neutral => ("#4d534f", "#c0c7c2"),
        };
        match theme {
            Theme::Light => light,
            Theme::Dark => dark,
        }
    }
}

impl Paint {
    /// The colour in a theme, or `none`.
    pub(in super::super) fn colour(&self, theme: Theme) -> Cow<'_, str> {
        match self {
            Self::None => "none".into(),
            Self::Theme(token) => token.colour(theme).into(),
            Self::Own(colour) => colour.into(),
        }
    }

    /// The paint of a stroke that the file stores. Black is the ink of the theme; so is red, which the
    /// format stores for open threats: whether there are any is seen from the threats themselves.
    pub(super) fn stored(stroke: Option<&str>) -> Self {
        match stroke {
            Some(stroke) if is_plain(stroke) && !is_ink(stroke) => Self::Own(stroke.to_owned()),
            _ => Self::Theme(Token::Ink),
        }
    }
}

/// Black, red, and what could not be seen.
fn is_ink(stroke: &str) -> bool {
    const INKS: [&str; 14] = [
        "#333",
        "#333333",
        "#000",
        "#000000",
        "black",
        "red",
        "#f00",
        "#ff0000",
        "none",
        "transparent",
        "inherit",
        "initial",
        "unset",
        "currentcolor",
    ];
    INKS.iter().any(|ink| ink.eq_ignore_ascii_case(stroke))
}

/// A plain colour: a number or a name, nothing that could fetch or hide.
fn is_plain(stroke: &str) -> bool {
    match stroke.strip_prefix('#') {
        Some(digits) => {
            (3..=8).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        }
        None => {
            (3..=24).contains(&stroke.len())
                && stroke.bytes().all(|letter| letter.is_ascii_alphabetic())
        }
    }
}
