//! Workspaces, repositories, branches and people.

use wyvern::provider::{PageNumber, Provider as _, ProviderError};

use super::Desk;
use super::desk::{HERS, answer, refusal};
use crate::forge::Access;

/// What is listed, and whether it can be written.
async fn listed(desk: &Desk) -> Vec<(String, bool)> {
    let page = desk.repositories(1).await.unwrap();
    let told = page.items.into_iter();
    told.map(|it| (it.name.to_string(), it.writable)).collect()
}

fn all<const N: usize>(names: [(&str, bool); N]) -> Vec<(String, bool)> {
    names
        .map(|(name, writable)| (name.to_owned(), writable))
        .into()
}

#[tokio::test]
async fn only_what_can_be_read_is_listed_and_what_can_be_written_is_marked() {
    let desk = Desk::new().await;
    for (name, access) in [
        ("grace/hidden", Access::None),
        ("grace/read", Access::Read),
        ("team/write", Access::Write),
        ("team/admin", Access::Admin),
    ] {
        desk.forge.repository(name);
        desk.forge.grant("ada", name, access);
    }
    let wanted = [
        (HERS, true),
        ("grace/read", false),
        ("team/admin", true),
        ("team/write", true),
    ];
    assert_eq!(listed(&desk).await, all(wanted));
}

#[tokio::test]
async fn six_hundred_repositories_of_three_workspaces_are_listed_wholly() {
    let desk = Desk::empty().await;
    let mut names: Vec<_> = ["one", "three", "two"]
        .iter()
        .flat_map(|workspace| (0..200).map(move |n| format!("{workspace}/r{n:03}")))
        .collect();
    for name in &names {
        desk.forge.repository(name);
        desk.forge.grant("ada", name, Access::Read);
    }
    names.push(HERS.to_owned());
    names.sort();
    desk.calls();
    let mut found = Vec::new();
    for number in 1..=7 {
        let page = desk.repositories(number).await.unwrap();
        assert_eq!((page.previous, page.next), (number > 1, number < 7));
        found.extend(page.items.into_iter().map(|it| it.name.to_string()));
    }
    assert_eq!(found, names);
    let calls = desk.calls().len();
    assert_eq!(calls, 1 + 3 * 2 + 1, "the workspaces, and each one's pages");
}

#[tokio::test]
async fn a_workspace_that_refuses_does_not_hide_the_others() {
    for status in [403, 404] {
        let desk = Desk::new().await;
        for name in ["closed/a", "open/b"] {
            desk.forge.repository(name);
            desk.forge.grant("ada", name, Access::Read);
        }
        let refused = refusal(status, "Resource not found");
        desk.every("/workspaces/closed/", refused);
        assert_eq!(listed(&desk).await, all([(HERS, true), ("open/b", false)]));
    }
    let desk = Desk::new().await;
    desk.every("/workspaces/ada/", refusal(500, "Something went wrong"));
    let failed = desk.repositories(1).await.unwrap_err();
    assert!(
        matches!(failed, ProviderError::Unavailable { .. }),
        "{failed:?}"
    );
}

#[tokio::test]
async fn a_page_that_leads_elsewhere_is_no_answer() {
    let desk = Desk::new().await;
    for next in [
        "https://evil.example/2.0/user/workspaces?page=2".to_owned(),
        format!("{}elsewhere", desk.forge.url()),
    ] {
        let page = serde_json::json!({ "values": [], "next": next });
        desk.next("/user/workspaces", answer(200, &page));
        let refused = desk.repositories(1).await.unwrap_err();
        let words = "Bitbucket gave an answer that cannot be read.";
        assert_eq!(
            refused.to_string(),
            format!("the provider is unavailable: {words}")
        );
    }
}

#[tokio::test]
async fn a_long_list_of_branches_is_whole_and_begins_with_the_main_one() {
    let desk = Desk::new().await;
    for n in 0..120 {
        desk.git.git(&["branch", &format!("b{n:03}"), "main"]);
    }
    let page = async |number| {
        let number = PageNumber::new(number).unwrap();
        let page = desk
            .bitbucket
            .branches(&desk.ada, &desk.repository, None, number)
            .await
            .unwrap();
        (page.items.len(), page.items[0].name.to_string(), page.next)
    };
    assert_eq!(page(1).await, (100, "main".to_owned(), true));
    assert_eq!(page(2).await, (21, "b099".to_owned(), false));
}

#[tokio::test]
async fn a_person_has_a_lasting_name_and_an_address() {
    let desk = Desk::new().await;
    let user = async || {
        let user = desk.bitbucket.user(&desk.ada).await.unwrap();
        [user.username, user.name, user.email]
    };
    assert_eq!(user().await, ["ada", "Ada Lovelace", "ada@example.org"]);

    desk.next(
        "/user/emails",
        refusal(
            403,
            "Your credentials lack one or more required privilege scopes.",
        ),
    );
    let hidden = serde_json::json!({ "uuid": "{0a-1b}", "nickname": "Ada", "display_name": "" });
    desk.next("/2.0/user", answer(200, &hidden));
    let nowhere = "0a-1b@users.noreply.127.0.0.1";
    assert_eq!(user().await, ["0a-1b", "0a-1b", nowhere]);
}

#[tokio::test]
async fn only_a_confirmed_primary_address_is_taken() {
    let desk = Desk::new().await;
    let address = |email, is_primary, is_confirmed| {
        serde_json::json!({
            "email": email, "is_primary": is_primary, "is_confirmed": is_confirmed,
        })
    };
    let addresses = serde_json::json!({ "values": [
        address("old@example.org", false, true),
        address("ada@example.com", true, true),
    ] });
    desk.next("/user/emails", answer(200, &addresses));
    let user = desk.bitbucket.user(&desk.ada).await.unwrap();
    assert_eq!(user.email, "ada@example.com");
    let unconfirmed = serde_json::json!({ "values": [address("x@example.org", true, false)] });
    desk.next("/user/emails", answer(200, &unconfirmed));
    let user = desk.bitbucket.user(&desk.ada).await.unwrap();
    assert!(
        user.email.ends_with("@users.noreply.127.0.0.1"),
        "{}",
        user.email
    );
}
