//! Who may see and do what.

use std::time::Duration;

use wyvern::provider::{
    Barrier, CommitError, Credential, Expect, PageNumber, Provider as _, ProviderError,
};

use super::{Desk, HERS, SHOP, answer, at, branch, put};
use crate::forge::{Access, Fault};

fn is_hidden(error: &ProviderError) -> bool {
    matches!(error, ProviderError::NotFound { what: "repository" })
}

#[tokio::test]
async fn what_is_kept_is_not_shown_to_who_has_lost_the_right_to_see_it() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Read);
    let commit = desk.resolve_as(&grace).await.unwrap();
    let folder = at("m");
    let list = async || {
        desk.gitlab
            .read_dir(&grace, &desk.repository, &commit, &folder)
            .await
    };
    list().await.unwrap();
    assert!(desk.read_as(&grace, &commit, SHOP).await.unwrap().is_some());
    desk.forge.grant("grace", HERS, Access::None);
    desk.clock.advance(Duration::from_secs(10));
    let error = desk.read_as(&grace, &commit, SHOP).await.unwrap_err();
    assert!(is_hidden(&error), "{error:?}");
    assert!(is_hidden(&list().await.unwrap_err()));
}

#[tokio::test]
async fn what_is_kept_for_one_person_is_not_shown_to_another() {
    let desk = Desk::new().await;
    let eve = desk.guest("eve", Access::None);
    let grace = desk.guest("grace", Access::Read);
    desk.open(SHOP).await.unwrap();
    let commit = desk.resolve().await.unwrap();
    desk.calls();
    let error = desk.read_as(&eve, &commit, SHOP).await.unwrap_err();
    assert!(is_hidden(&error), "{error:?}");
    assert_eq!(
        desk.calls(),
        [format!("GET /commits/{commit}?stats=false 404")]
    );
    // What is not kept is hidden, too.
    let error = desk.read_as(&eve, &commit, "README.md").await.unwrap_err();
    assert!(is_hidden(&error), "{error:?}");
    desk.calls();
    // Who may see it is asked for that alone.
    assert!(desk.read_as(&grace, &commit, SHOP).await.unwrap().is_some());
    assert_eq!(
        desk.calls(),
        [format!("GET /commits/{commit}?stats=false 200")]
    );
}

/// A project's page may be open to somebody from whom its repository is hidden.
#[tokio::test]
async fn who_sees_only_the_project_is_shown_nothing_that_is_kept() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Read);
    desk.open(SHOP).await.unwrap();
    let commit = desk.resolve().await.unwrap();
    let forbidden = serde_json::json!({ "message": "403 Forbidden" });
    desk.every("/repository/", answer(403, &forbidden));
    // That asks for the project, too.
    let listed = desk
        .gitlab
        .branches(&grace, &desk.repository, None, PageNumber::FIRST);
    listed.await.unwrap_err();
    let error = desk.read_as(&grace, &commit, SHOP).await.unwrap_err();
    assert!(matches!(error, ProviderError::Forbidden), "{error:?}");
}

#[tokio::test]
async fn a_revoked_token_ends_the_sign_in_and_shows_nothing_kept() {
    let desk = Desk::new().await;
    let token = desk.forge.token("ada");
    let ada = Credential::Token(token.clone().into());
    let commit = desk.resolve_as(&ada).await.unwrap();
    assert!(desk.read_as(&ada, &commit, SHOP).await.unwrap().is_some());
    desk.forge.revoke(&token);
    let expired = |error: &ProviderError| matches!(error, ProviderError::SignInExpired);
    assert!(expired(&desk.resolve_as(&ada).await.unwrap_err()));
    let read = desk.read_as(&ada, &commit, SHOP).await;
    assert!(expired(&read.unwrap_err()));
    let read = desk.read_as(&ada, &commit, "README.md").await;
    assert!(expired(&read.unwrap_err()), "by GraphQL");
    assert!(expired(&desk.gitlab.user(&ada).await.unwrap_err()));
    let change = put(SHOP, "two", Expect::Any);
    let refused = desk.commit_as(&ada, "Save", vec![change]).await;
    assert!(matches!(refused, Err(CommitError::Provider(error)) if expired(&error)));
}

/// GitLab says the same of a protected branch, of who may only read, and of what is archived.
#[tokio::test]
async fn what_keeps_somebody_from_writing_is_told_apart() {
    let words = serde_json::json!({
        "message": "403 Forbidden - You are not allowed to push into this branch",
    });
    let change = || vec![put(SHOP, "two", Expect::Any)];
    let desk = Desk::new().await;
    desk.every("Commit", answer(403, &words));
    desk.forge.protect(HERS, "main");
    let refused = desk.commit(change()).await;
    assert!(
        matches!(refused, Err(CommitError::Protected)),
        "{refused:?}"
    );
    let grace = desk.guest("grace", Access::Read);
    let refused = desk.commit_as(&grace, "Save", change()).await;
    let forbidden = Err(CommitError::Provider(ProviderError::Forbidden));
    assert_eq!(
        format!("{refused:?}"),
        format!("{:?}", forbidden as Result<(), _>)
    );
    desk.forge.archive(HERS);
    let refused = desk.commit(change()).await;
    let archived = ProviderError::Barred(Barrier::Archived);
    assert!(
        matches!(&refused, Err(CommitError::Provider(error)) if error.to_string() == archived.to_string()),
        "{refused:?}"
    );
    assert_eq!(desk.git.file(SHOP), "one");
}

/// A project says nothing of what somebody may do by a group that it is shared with.
#[tokio::test]
async fn who_may_write_by_a_group_is_not_taken_for_a_reader() {
    let desk = Desk::new().await;
    desk.forge.repository("grace/read");
    desk.forge.share("ada", "grace/read", Access::Read);
    desk.forge.share("ada", HERS, Access::Write);
    let page = desk.gitlab.repositories(&desk.ada, None, PageNumber::FIRST);
    let items = page.await.unwrap().items;
    let listed: Vec<_> = items
        .iter()
        .map(|r| (r.name.as_str(), r.writable))
        .collect();
    assert_eq!(listed, [("grace/read", false), (HERS, true)]);
    // Writers that meet may be told that they may not.
    let forbidden = serde_json::json!({ "message": "403 Forbidden" });
    desk.next("Commit", answer(403, &forbidden));
    desk.commit(vec![put(SHOP, "two", Expect::Any)])
        .await
        .unwrap();
    desk.forge.protect(HERS, "main");
    let refused = desk.commit(vec![put(SHOP, "three", Expect::Any)]).await;
    assert!(
        matches!(refused, Err(CommitError::Protected)),
        "{refused:?}"
    );
}

#[tokio::test]
async fn who_may_only_read_writes_nothing() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Read);
    let forbidden = |error| matches!(error, CommitError::Provider(ProviderError::Forbidden));
    let change = vec![put(SHOP, "two", Expect::Any)];
    let refused = desk.commit_as(&grace, "Save", change).await.unwrap_err();
    assert!(forbidden(refused));
    let (name, from) = (branch("new"), branch("main"));
    let refused = desk
        .gitlab
        .create_branch(&grace, &desk.repository, &name, &from);
    assert!(forbidden(refused.await.unwrap_err()));
    assert_eq!(desk.git.commits("main").len(), 1);
}

#[tokio::test]
async fn nothing_secret_is_in_what_is_printed() {
    let desk = Desk::new().await;
    let token = desk.forge.token("ada");
    let ada = Credential::Token(token.clone().into());
    desk.next("/branches/main", Fault::OkWithError("no".to_owned()));
    let error = desk.resolve_as(&ada).await.unwrap_err();
    let printed = format!("{:?} {error:?} {error}", desk.gitlab);
    assert!(!printed.contains(&token), "{printed}");
    let web = desk.forge.url();
    assert!(
        printed.starts_with(&format!("GitLab {{ web: \"{web}\", .. }}")),
        "{printed}"
    );
}
