//! Branches: listed with the default one first, and created where another stands.

use super::desk::Desk;
use super::refusal::{Failure, Verdict};
use crate::provider::search::finds;
use crate::provider::{Branch, BranchName, CommitError, CommitId, Page, PageNumber, ProviderError};

/// Branches on one page of a listing.
const LISTED: usize = 100;
/// How often the creation of a branch is sent when answers are lost and it is not there.
const SENDINGS: u32 = 3;

/// See [`Provider::branches`](crate::provider::Provider::branches).
pub(in crate::provider) async fn branches(
    desk: &impl Desk,
    query: Option<&str>,
    page: PageNumber,
) -> Result<Page<Branch>, ProviderError> {
    let default = desk.default_branch().await?;
    let mut all = desk.all_branches().await?;
    let finds = finds(query);
    all.retain(|branch| finds(branch.name.as_str()));
    let key = |branch: &Branch| {
        let is_default = default.as_deref() == Some(branch.name.as_str());
        (!is_default, branch.name.clone())
    };
    all.sort_by_cached_key(key);
    all.dedup_by(|a, b| a.name == b.name);
    Ok(Page::cut(all, page, LISTED))
}

/// See [`Provider::create_branch`](crate::provider::Provider::create_branch).
pub(in crate::provider) async fn create_branch(
    desk: &impl Desk,
    name: &BranchName,
    from: &BranchName,
) -> Result<CommitId, CommitError> {
    let start = desk.resolve(from).await?;
    let memory = desk.standing().memory;
    let (mut sendings, mut ended) = (1, true);
    loop {
        let failure = match desk.create(name, &start).await {
            Ok(commit) => return Ok(commit),
            Err(failure) => failure,
        };
        let now = memory.clock.now();
        if sendings == 1 && !memory.ways.is_lost(&failure, now) {
            return not_created(desk, name, failure).await;
        }
        ended &= failure.is_an_end();
        // What was lost may have been done by now, or is refused because it was.
        match desk.resolve(name).await {
            Ok(found) if found == start => return Ok(start),
            Err(ProviderError::NotFound { what: "branch" }) if sendings < SENDINGS => {
                sendings += 1;
            }
            Err(ProviderError::NotFound { what: "branch" }) if ended => {
                return Err(memory.ways.told(failure, now).into());
            }
            _ => {
                return Err(CommitError::Unknown {
                    source: memory.ways.told(failure, now).into(),
                });
            }
        }
    }
}

async fn not_created(
    desk: &impl Desk,
    name: &BranchName,
    failure: Failure,
) -> Result<CommitId, CommitError> {
    let memory = desk.standing().memory;
    let now = memory.clock.now();
    match memory.ways.verdict(&failure, now) {
        // Of a name that is taken hosts say that it already exists; of a name beside which this
        // one cannot be kept they say several things.
        Some(Verdict::Exists | Verdict::Unknown) => match rival(desk, name).await? {
            Some(name) => Err(CommitError::AlreadyExists { name }),
            None => Err(memory.ways.told(failure, now).into()),
        },
        Some(Verdict::Protected) => Err(CommitError::Protected),
        // The repository was there a moment ago.
        Some(Verdict::NotFound) => Err(ProviderError::Forbidden.into()),
        _ => Err(memory.ways.told(failure, now).into()),
    }
}

/// The branch that cannot be kept together with one of this name.
async fn rival(desk: &impl Desk, name: &BranchName) -> Result<Option<String>, ProviderError> {
    let beside = |a: &str, b: &str| {
        let rest = a.strip_prefix(b);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let all = desk.all_branches().await?.into_iter();
    let rival = all
        .map(|branch| branch.name.to_string())
        .find(|other| beside(name.as_str(), other) || beside(other, name.as_str()));
    Ok(rival)
}
