//! The history of a commit, or of a path in it, in parts.

use git2::Oid;
use serde_json::Value;

use super::super::super::git::Git;
use super::super::super::graphql::{Arguments, Failure};
use super::super::super::repositories::Repository;
use super::Resolved;
use super::objects::Thing;

/// The most commits of a part.
const PART_MAX: usize = 100;

/// A part of a history.
#[derive(Clone)]
pub(super) struct Part {
    repository: Repository,
    all: Vec<Oid>,
    from: usize,
    count: usize,
}

/// The part that the arguments ask for.
pub(super) fn of(
    repository: &Repository,
    id: Oid,
    arguments: &Arguments,
) -> Result<Resolved, Failure> {
    let text = |name: &str| arguments.get(name).and_then(Value::as_str);
    let count = arguments.get("first").and_then(Value::as_u64);
    let count = count.and_then(|count| usize::try_from(count).ok()).ok_or_else(|| {
        let message = "You must provide a `first` or `last` value to properly paginate the `history` connection.";
        Failure::refused("MISSING_PAGINATION_BOUNDARIES", message)
    })?;
    if count > PART_MAX {
        let message = format!(
            "Requesting {count} records on the `history` connection exceeds the `first` limit of {PART_MAX} records."
        );
        return Err(Failure::refused("EXCESSIVE_PAGINATION", message));
    }
    // A cursor is the commit where it was given out and the place of the last one shown.
    let after = text("after").and_then(|cursor| cursor.split_once(' ')?.1.parse::<usize>().ok());
    let all =
        Git::open(&repository.folder).history(id, text("path").unwrap_or_default(), usize::MAX);
    Ok(Resolved::One(Thing::History(Part {
        repository: repository.clone(),
        all,
        from: after.map_or(0, |last| last + 1),
        count,
    })))
}

impl Part {
    pub(super) fn field(&self, field: &str) -> Option<Resolved> {
        match field {
            "nodes" => {
                let shown = self.all.iter().skip(self.from).take(self.count);
                let commit = |id: &Oid| Thing::Commit(self.repository.clone(), *id);
                Some(Resolved::Many(shown.map(commit).collect()))
            }
            "totalCount" => Some(Resolved::Leaf(self.all.len().into())),
            "pageInfo" => Some(Resolved::One(Thing::PageInfo(self.clone()))),
            _ => None,
        }
    }

    pub(super) fn page_info(&self, field: &str) -> Option<Resolved> {
        let end = self.all.len().min(self.from + self.count);
        let shown = self.from..end;
        let cursor = |place: usize| Some(format!("{} {place}", self.all.first()?));
        let value = match field {
            "hasNextPage" => (end < self.all.len()).into(),
            "hasPreviousPage" => (self.from > 0).into(),
            "startCursor" => shown.clone().next().and_then(cursor).into(),
            "endCursor" => shown.clone().next_back().and_then(cursor).into(),
            _ => return None,
        };
        Some(Resolved::Leaf(value))
    }
}
