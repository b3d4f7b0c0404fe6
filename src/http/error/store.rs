//! What is told of models that could not be read or changed.

use axum::http::StatusCode;

use super::super::conflicts::Told;
use super::super::problem::Problem;
use super::ApiError;
use super::provider::provider;
use crate::provider::CommitError;
use crate::store::StoreError;

#[expect(clippy::too_many_lines, reason = "a table: one arm for each variant")]
pub(super) fn store(error: StoreError) -> Problem {
    use StatusCode as S;
    match error {
        StoreError::NotFound => Problem::new(
            S::NOT_FOUND,
            "no_such_model",
            "There is no model of this name on this branch.",
        ),
        StoreError::NoSuchTemplate => Problem::new(
            S::NOT_FOUND,
            "no_such_template",
            "There is no such template on this branch, or it cannot be read.",
        ),
        StoreError::Unreadable(invalid) => Problem::new(
            S::UNPROCESSABLE_ENTITY,
            "model_unreadable",
            format!("The file in the repository is not a threat model that can be read: {invalid}"),
        )
        .at(invalid.pointer()),
        StoreError::Conflict { now } => Problem::new(
            S::CONFLICT,
            "conflict",
            match now {
                Some(_) => {
                    "Somebody else has changed this model since you read it. Read it again \
                            and repeat your change on it."
                }
                None => "Somebody else has deleted or renamed this model since you read it.",
            },
        )
        .now(now.map(|version| version.to_string())),
        StoreError::Collision { now, conflicts } => {
            let told = Told::of(conflicts);
            Problem::new(S::CONFLICT, "conflict", told.sentence())
                .now(Some(now.to_string()))
                .colliding(told)
        }
        StoreError::UnknownBase { now } => Problem::new(
            S::CONFLICT,
            "conflict",
            "The version that this change was made from is not among the newest versions of this \
             model on this branch. Read the model again and repeat your change on it.",
        )
        .now(Some(now.to_string())),
        StoreError::UnreadableBase { now } => Problem::new(
            S::CONFLICT,
            "conflict",
            "The version that this change was made from is not a threat model that can be read. \
             Read the model again and repeat your change on it.",
        )
        .now(Some(now.to_string())),
        StoreError::UnclearBase { now } => Problem::new(
            S::CONFLICT,
            "conflict",
            "It is not known which of the versions that you have read this change was made from, \
             and it might take back what was changed between them. Read the model again and \
             repeat your change on it.",
        )
        .now(Some(now.to_string())),
        StoreError::NoSuchCommit => Problem::new(
            S::NOT_FOUND,
            "no_such_commit",
            "There is no such commit, or this branch does not have the model as it is there.",
        ),
        StoreError::NothingBefore => Problem::new(
            S::NOT_FOUND,
            "no_such_commit",
            "That commit created the model: there is nothing before it to compare with.",
        ),
        StoreError::AbsentThen => Problem::new(
            S::NOT_FOUND,
            "no_such_model",
            "There was no model of this name at that commit.",
        ),
        StoreError::AlreadyExists => Problem::new(
            S::UNPROCESSABLE_ENTITY,
            "already_exists",
            "There is already a model of this name on this branch. Choose another name, or open \
             that one.",
        ),
        StoreError::Unmovable { path } => Problem::new(
            S::CONFLICT,
            "unmovable",
            format!(
                "The model's folder holds something that cannot be moved or deleted here (a link, \
                 a submodule, more than 200 files or 64 MiB): {path}. Use git."
            ),
        ),
        StoreError::Name(refused) => ApiError::Name(refused).into(),
        StoreError::Commit(error) => commit(error),
        StoreError::Provider(error) => provider(error),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one arm for each variant")]
pub(super) fn commit(error: CommitError) -> Problem {
    use StatusCode as S;
    match error {
        CommitError::FileChanged { now, .. } => store(StoreError::Conflict { now }),
        CommitError::AlreadyExists { name } => Problem::new(
            S::UNPROCESSABLE_ENTITY,
            "already_exists",
            format!("{name} is taken."),
        ),
        CommitError::NoSuchFile { .. } => store(StoreError::NotFound),
        CommitError::Protected => Problem::new(
            S::FORBIDDEN,
            "branch_protected",
            "This branch takes no direct commits. Save to another branch and open a pull request.",
        ),
        CommitError::UncommittedChanges { .. } => Problem::new(
            S::CONFLICT,
            "uncommitted_changes",
            format!("{error}. Commit or undo them there, then save again."),
        ),
        CommitError::Locked { .. } => Problem::new(
            S::SERVICE_UNAVAILABLE,
            "locked",
            format!(
                "{error}. Wait for it to finish; if no git command is running in that \
                     repository, remove the lock file."
            ),
        )
        .after(5),
        CommitError::Unknown { source } => {
            tracing::error!(
                error = &*source as &dyn std::error::Error,
                "unknown outcome"
            );
            Problem::new(
                S::SERVICE_UNAVAILABLE,
                "unknown_outcome",
                "It is not known whether the change was saved. Read the model again before you \
                 repeat it.",
            )
            .after(1)
        }
        CommitError::Provider(error) => provider(error),
    }
}
