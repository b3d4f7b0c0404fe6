//! Lists, in parts.

use serde_json::{Value, json};

use super::super::super::git::Entry;
use super::super::super::graphql::Arguments;
use super::super::super::repositories::Repository;
use super::Resolved;
use super::objects::Thing;

/// The most items of a part, and how many it has unless fewer are asked for.
const PART_MAX: usize = 100;

/// A part of a list of what is in folders.
pub(super) struct Connection {
    /// The type's name.
    kind: &'static str,
    repository: Repository,
    shown: Vec<Entry>,
    end: usize,
    more: bool,
}

impl Connection {
    /// The part that the arguments ask for. A cursor is the place where a part ended.
    pub(super) fn of(
        kind: &'static str,
        repository: &Repository,
        all: Vec<Entry>,
        arguments: &Arguments,
    ) -> Self {
        let first = arguments.get("first").and_then(Value::as_u64);
        let count = first.and_then(|first| usize::try_from(first).ok());
        let count = count.unwrap_or(PART_MAX).min(PART_MAX);
        let after = arguments.get("after").and_then(Value::as_str);
        let start = after.and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
        let end = all.len().min(start + count);
        Self {
            kind,
            repository: repository.clone(),
            more: end < all.len(),
            shown: all.into_iter().take(end).skip(start).collect(),
            end,
        }
    }

    pub(super) fn type_name(&self) -> &'static str {
        self.kind
    }

    pub(super) fn field(&self, field: &str) -> Option<Resolved> {
        match field {
            "nodes" => {
                let thing = |entry: &Entry| {
                    let entry = entry.clone();
                    match self.kind {
                        "RepositoryBlobConnection" => Thing::Blob(self.repository.clone(), entry),
                        _ => Thing::Entry(entry),
                    }
                };
                Some(Resolved::Many(self.shown.iter().map(thing).collect()))
            }
            "pageInfo" => Some(Resolved::One(Thing::PageInfo(json!({
                "hasNextPage": self.more, "endCursor": self.end.to_string(),
            })))),
            _ => None,
        }
    }
}
