//! Whole files, each as it must be for its version.

use std::collections::{BTreeSet, HashMap};

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::memory::Standing;
use super::refusal::Failure;
use crate::provider::expectation::There;
use crate::provider::{File, FilePath, ProviderError, Version};

/// Blobs that are read at once for one caller.
const AT_ONCE: usize = 8;

/// What is at each path; and the bytes that came along.
pub(in crate::provider) type Looked = HashMap<FilePath, (There, Option<Bytes>)>;

/// The files at these paths, in this order. Bytes that neither came along nor are kept are asked
/// for by `blob`.
pub(in crate::provider) async fn files<A>(
    standing: &Standing<'_>,
    mut seen: Looked,
    paths: &[FilePath],
    blob: impl Fn(Version) -> A + Send + Sync,
) -> Result<Vec<Option<File>>, ProviderError>
where
    A: Future<Output = Result<Bytes, Failure>> + Send,
{
    let kept = &standing.memory.kept.files;
    let mut whole = HashMap::new();
    let mut absent = BTreeSet::new();
    for (there, bytes) in seen.values_mut() {
        if let There::File(version) = there {
            match bytes.take().or_else(|| kept.get(version)) {
                Some(bytes) => drop(whole.insert(version.clone(), bytes)),
                None => drop(absent.insert(version.clone())),
            }
        }
    }
    let asked = stream::iter(absent).map(async |version| {
        let answer = standing.told(blob(version.clone()).await)?;
        verified(standing, version, answer).await
    });
    let asked: Vec<_> = asked.buffer_unordered(AT_ONCE).try_collect().await?;
    whole.extend(asked);
    let file = |path| match seen.get(path) {
        Some((There::File(version), _)) => whole.get(version).map(|bytes| File {
            version: version.clone(),
            bytes: bytes.clone(),
        }),
        _ => None,
    };
    Ok(paths.iter().map(file).collect())
}

/// The bytes, kept, if they are those of the version.
async fn verified(
    standing: &Standing<'_>,
    version: Version,
    bytes: Bytes,
) -> Result<(Version, Bytes), ProviderError> {
    let wanted = version.clone();
    let hashed =
        tokio::task::spawn_blocking(move || (Version::of(&bytes) == wanted).then_some(bytes));
    let whole = hashed.await.ok().flatten().ok_or(Failure::Unreadable);
    let whole = standing.told(whole)?;
    let files = &standing.memory.kept.files;
    files.insert(version.clone(), whole.clone());
    // What is kept takes room from what is read: it must go when it has to.
    files.run_pending_tasks();
    Ok((version, whole))
}
