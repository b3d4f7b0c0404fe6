//! Who may see and do what, and where tokens go.

use std::time::Duration;

use wyvern::provider::{
    Barrier, CommitError, Credential, Expect, PageNumber, Provider as _, ProviderError,
};

use super::desk::{HERS, SHOP};
use super::{Desk, at, branch, put};
use crate::forge::{Access, Fault, Forge};

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
        desk.github
            .read_dir(&grace, &desk.repository, &commit, &folder)
            .await
    };
    list().await.unwrap();
    assert!(desk.read_as(&grace, &commit, SHOP).await.unwrap().is_some());
    desk.forge.grant("grace", HERS, Access::None);
    desk.clock.advance(Duration::from_secs(10));
    assert!(is_hidden(
        &desk.read_as(&grace, &commit, SHOP).await.unwrap_err()
    ));
    assert!(is_hidden(&list().await.unwrap_err()));
}

#[tokio::test]
async fn once_refused_nothing_kept_is_shown_any_more() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Read);
    let commit = desk.resolve_as(&grace).await.unwrap();
    assert!(desk.read_as(&grace, &commit, SHOP).await.unwrap().is_some());
    desk.forge.grant("grace", HERS, Access::None);
    assert!(is_hidden(&desk.resolve_as(&grace).await.unwrap_err()));
    assert!(is_hidden(
        &desk.read_as(&grace, &commit, SHOP).await.unwrap_err()
    ));
}

#[tokio::test]
async fn what_is_kept_for_one_person_is_not_shown_to_another() {
    let desk = Desk::new().await;
    let eve = desk.guest("eve", Access::None);
    let grace = desk.guest("grace", Access::Read);
    let commit = desk.resolve().await.unwrap();
    assert!(
        desk.read_as(&desk.ada, &commit, SHOP)
            .await
            .unwrap()
            .is_some()
    );
    desk.calls();
    assert!(is_hidden(
        &desk.read_as(&eve, &commit, SHOP).await.unwrap_err()
    ));
    assert_eq!(desk.calls(), ["GET  404"]);
    // Who may see it is asked for that alone.
    assert!(desk.read_as(&grace, &commit, SHOP).await.unwrap().is_some());
    assert_eq!(desk.calls(), ["GET  200"]);
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
    assert!(expired(
        &desk.read_as(&ada, &commit, SHOP).await.unwrap_err()
    ));
    assert!(expired(&desk.github.user(&ada).await.unwrap_err()));
    let change = put(SHOP, "two", Expect::Any);
    let refused = desk
        .commit_as(&ada, "Save", vec![change])
        .await
        .unwrap_err();
    assert!(matches!(refused, CommitError::Provider(error) if expired(&error)));
}

#[tokio::test]
async fn who_may_only_read_writes_nothing() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Read);
    let forbidden = |error| matches!(error, CommitError::Provider(ProviderError::Forbidden));
    let change = || vec![put(SHOP, "two", Expect::Any)];
    let refused = desk.commit_as(&grace, "Save", change()).await.unwrap_err();
    assert!(forbidden(refused));
    let (name, from) = (branch("new"), branch("main"));
    let refused = desk
        .github
        .create_branch(&grace, &desk.repository, &name, &from);
    assert!(forbidden(refused.await.unwrap_err()));
    desk.forge.archive(HERS);
    let archived = desk.commit(change()).await.unwrap_err();
    let CommitError::Provider(ProviderError::Barred(Barrier::Archived)) = archived else {
        panic!("{archived:?}");
    };
    assert_eq!(desk.git.commits("main").len(), 1);
}

#[tokio::test]
async fn what_keeps_a_person_out_is_told_as_what_it_is() {
    let desk = Desk::new().await;
    let own = desk.forge.url().join("orgs/octo/sso?request=A1").unwrap();
    let sign_on = |address: Option<&str>| Barrier::SingleSignOn {
        address: address.map(ToOwned::to_owned),
    };
    let approve = "Although you appear to have the correct authorization credentials, the `octo` \
                   organization has enabled OAuth App access restrictions.";
    let saml = "Resource protected by organization SAML enforcement.";
    let rows = [
        (Some(own.as_str()), saml, sign_on(Some(own.as_str()))),
        (Some("https://evil.example/sso"), saml, sign_on(None)),
        (None, saml, sign_on(None)),
        (None, approve, Barrier::Application),
    ];
    for (page, message, wanted) in rows {
        let header = page.map(|page| ("x-github-sso".to_owned(), format!("required; url={page}")));
        let refusal = Fault::Status {
            status: 403,
            headers: header.into_iter().collect(),
            body: serde_json::json!({ "message": message }).to_string(),
        };
        desk.next("/branches/main", refusal);
        let refused = desk.resolve().await.unwrap_err();
        let ProviderError::Barred(barrier) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(barrier, wanted);
    }
}

#[tokio::test]
async fn a_protected_branch_is_told_as_such() {
    let desk = Desk::new().await;
    desk.forge.protect(HERS, "main");
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(matches!(refused, CommitError::Protected), "{refused:?}");
    assert_eq!(desk.git.commits("main").len(), 1);
}

#[tokio::test]
async fn a_redirect_to_another_server_gets_no_token() {
    let desk = Desk::new().await;
    let elsewhere = Forge::start().await;
    let there = |path: &str| {
        let address = elsewhere.url().join(path).unwrap();
        Fault::RedirectTo(address.to_string())
    };
    let main = "api/v3/repos/ada/models/branches/main";
    desk.next("/branches/main", there(main));
    let error = desk.resolve().await.unwrap_err();
    let reason = "the provider is unavailable: GitHub answered from somewhere else.";
    assert_eq!(error.to_string(), reason);
    desk.next("/user", there("api/v3/user"));
    let error = desk.github.user(&desk.ada).await.unwrap_err();
    assert_eq!(error.to_string(), reason);
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", there("api/graphql"));
    let error = desk.save("one", "two").await.unwrap_err();
    assert_eq!(error.to_string(), reason);
    assert_eq!(elsewhere.calls(), []);
}

#[tokio::test]
async fn a_next_page_on_another_server_gets_no_token() {
    let desk = Desk::new().await;
    let elsewhere = Forge::start().await;
    let next = elsewhere.url().join("api/v3/user/repos?page=2").unwrap();
    let fault = Fault::Status {
        status: 200,
        headers: vec![("link".to_owned(), format!("<{next}>; rel=\"next\""))],
        body: "[]".to_owned(),
    };
    desk.next("/user/repos", fault);
    let page = desk.github.repositories(&desk.ada, None, PageNumber::FIRST);
    assert_eq!(
        page.await.unwrap_err().to_string(),
        "the provider is unavailable: GitHub gave an answer that cannot be read."
    );
    assert_eq!(elsewhere.calls(), []);
}

#[tokio::test]
async fn nothing_secret_is_in_what_is_printed() {
    let desk = Desk::new().await;
    let token = desk.forge.token("ada");
    let ada = Credential::Token(token.clone().into());
    desk.open_as(&ada, SHOP).await.unwrap();
    desk.next("/branches/main", Fault::OkWithError("no".to_owned()));
    let error = desk.resolve_as(&ada).await.unwrap_err();
    let printed = format!("{:?} {error:?} {error}", desk.github);
    assert!(!printed.contains(&token), "{printed}");
    let web = desk.forge.url();
    assert!(
        printed.starts_with(&format!("GitHub {{ web: \"{web}\", .. }}")),
        "{printed}"
    );
}
