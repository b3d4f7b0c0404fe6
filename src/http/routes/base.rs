//! From a precondition to what a change was made from, and back to a refusal.

use super::super::error::ApiError;
use super::super::extract::Models;
use super::super::precondition::Precondition;
use crate::app::Seen;
use crate::store::{Base, Known, ModelRef, Origin, StoreError};

/// The version that must be there for a rename or a deletion: as the client says, or else what it
/// has seen last; `None` when that is nothing.
pub(super) async fn base(
    models: &Models,
    at: &ModelRef,
    precondition: &Precondition,
) -> Result<Option<Base>, ApiError> {
    match precondition {
        Precondition::None => match models.seen(at) {
            Seen::Nothing => Ok(None),
            Seen::These {
                last: Known::Stored(version),
                ..
            } => Ok(Some(Base::Version(version))),
            _ => Err(unclear(models, at).await?),
        },
        Precondition::Exists => Ok(Some(Base::Any)),
        Precondition::Base(version) => Ok(Some(Base::Version(version.clone()))),
        Precondition::Never => Err(ApiError::PreconditionFailed { now: None }),
        Precondition::Match(versions) => match versions.as_slice() {
            [version] => Ok(Some(Base::Version(version.clone()))),
            versions => {
                // A change has one base: the one of these that is current, which the change itself
                // checks again.
                let now = models.store.version(at).await?;
                if versions.contains(&now) {
                    Ok(Some(Base::Version(now)))
                } else {
                    Err(ApiError::PreconditionFailed { now: Some(now) })
                }
            }
        },
    }
}

/// What a save was made from: as the client says, or else what it has seen; `None` when that is
/// nothing.
pub(super) async fn origin(
    models: &Models,
    at: &ModelRef,
    precondition: &Precondition,
) -> Result<Option<Origin>, ApiError> {
    match precondition {
        Precondition::Base(version) => Ok(Some(Origin::Known(Known::Stored(version.clone())))),
        Precondition::None => match models.seen(at) {
            Seen::Nothing => Ok(None),
            Seen::These { last, earlier } => Ok(Some(Origin::OneOf { last, earlier })),
            Seen::TooMany => Err(unclear(models, at).await?),
        },
        stated => Ok(base(models, at, stated).await?.map(Origin::Exactly)),
    }
}

/// What has been seen does not say which version the change was made from.
async fn unclear(models: &Models, at: &ModelRef) -> Result<ApiError, ApiError> {
    let now = models.store.version(at).await?;
    let unclear = StoreError::UnclearBase { now };
    Ok(refused(models, at, unclear, &Precondition::None))
}

/// A conflict is a failed precondition for a client that stated one (RFC 9110). One that stated
/// nothing has to read the model again.
pub(super) fn refused(
    models: &Models,
    at: &ModelRef,
    error: StoreError,
    precondition: &Precondition,
) -> ApiError {
    if *precondition == Precondition::None && error.is_conflict() {
        models.told(at);
    }
    match (error, precondition) {
        (StoreError::Conflict { now }, Precondition::Match(_)) => {
            ApiError::PreconditionFailed { now }
        }
        (error, _) => ApiError::Store(error),
    }
}
