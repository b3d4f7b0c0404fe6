//! What of a list is asked for, and in which order.

use super::super::asked::Answer;
use super::{Api, errors};

/// What `q` says of one field: no more of Bitbucket's query language is understood.
pub(super) enum Filter {
    All,
    /// `field ~ "part"`, in whatever case.
    Contains(String),
    /// `field = "whole"`
    Is(String),
}

impl Filter {
    pub(super) fn of(api: &Api<'_>, field: &str) -> Result<Self, Answer> {
        let Some(asked) = api.asked.query("q") else {
            return Ok(Self::All);
        };
        let read = || {
            let comparison = asked.trim().strip_prefix(field)?.trim_start();
            let (operator, value) = comparison.split_at_checked(1)?;
            let value: String = serde_json::from_str(value.trim()).ok()?;
            match operator {
                "~" => Some(Self::Contains(value.to_lowercase())),
                "=" => Some(Self::Is(value)),
                _ => None,
            }
        };
        read().ok_or_else(|| errors::error(400, &format!("Invalid query: {asked}")))
    }

    pub(super) fn admits(&self, value: &str) -> bool {
        match self {
            Self::All => true,
            Self::Contains(part) => value.to_lowercase().contains(part),
            Self::Is(whole) => value == whole,
        }
    }
}

/// The key that items are sorted by.
pub(super) type Key<T> = fn(&T) -> String;

/// Puts a list in the order that `sort` names; a minus before the field turns it round.
pub(super) fn sort<T>(api: &Api<'_>, all: &mut [T], keys: &[(&str, Key<T>)]) -> Result<(), Answer> {
    let Some(asked) = api.asked.query("sort") else {
        return Ok(());
    };
    let field = asked.trim_start_matches('-');
    let key = keys.iter().find(|(name, _)| *name == field);
    let (_, key) =
        key.ok_or_else(|| errors::error(400, &format!("Invalid field name: {field}")))?;
    all.sort_by_cached_key(key);
    if asked.starts_with('-') {
        all.reverse();
    }
    Ok(())
}
