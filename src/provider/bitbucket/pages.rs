//! Lists that come in pages.

use serde::de::DeserializeOwned;

use super::wire::Page;
use crate::provider::hosted::{Caller, Client, Failure};
use crate::provider::outgoing::CallError;

/// Pages of one list that are read at most: ten thousand items.
pub(super) const PAGES: usize = 100;

/// All items of a list. It is whole, or an error.
pub(super) async fn all<T: DeserializeOwned>(
    client: &Client,
    caller: &Caller<'_>,
    path: &str,
) -> Result<Vec<T>, Failure> {
    let (items, next) = some(client, caller, path, PAGES).await?;
    match next {
        None => Ok(items),
        Some(_) => Err(Failure::Call(CallError::TooLarge)),
    }
}

/// The items of so many pages at most, and the path of the next one. It is followed as Bitbucket
/// gives it, unless it leads out of the interface: that is no answer.
pub(super) async fn some<T: DeserializeOwned>(
    client: &Client,
    caller: &Caller<'_>,
    path: &str,
    pages: usize,
) -> Result<(Vec<T>, Option<String>), Failure> {
    let mut next = Some(path.to_owned());
    let mut items = Vec::new();
    for _ in 0..pages {
        let Some(path) = next.take() else { break };
        let page: Page<T> = caller.get(&path).await?;
        items.extend(page.values);
        let inside = |link: String| client.inside(&link).ok_or(Failure::Unreadable);
        next = page.next.map(inside).transpose()?;
    }
    Ok((items, next))
}
