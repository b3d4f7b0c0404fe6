//! Repositories, branches and people.

use std::time::Duration;

use futures_util::future::join_all;
use wyvern::provider::{PageNumber, Provider as _, ProviderError};

use super::Desk;
use super::desk::{HERS, answer};
use crate::forge::{Access, Fault, Wanted};
use crate::support::HeldUp;

#[tokio::test]
async fn only_what_can_be_read_is_listed_and_what_can_be_written_is_marked() {
    let desk = Desk::new().await;
    for (name, access) in [
        ("grace/hidden", Access::None),
        ("grace/read", Access::Read),
        ("Grace/write", Access::Write),
        ("grace/archived", Access::Admin),
    ] {
        desk.forge.repository(name);
        desk.forge.grant("ada", name, access);
    }
    desk.forge.archive("grace/archived");
    let page = desk
        .github
        .repositories(&desk.ada, None, PageNumber::FIRST)
        .await
        .unwrap();
    let listed: Vec<_> = page
        .items
        .iter()
        .map(|r| (r.name.as_str(), r.writable))
        .collect();
    assert_eq!(
        listed,
        [
            ("Grace/write", true),
            ("ada/models", true),
            ("grace/archived", false),
            ("grace/read", false),
        ]
    );
}

#[tokio::test]
async fn protected_branches_are_marked_and_a_long_list_is_whole() {
    let desk = Desk::new().await;
    for n in 0..120 {
        desk.git.git(&["branch", &format!("b{n:03}"), "main"]);
    }
    desk.forge.protect(HERS, "b101");
    let page = async |number| {
        let number = PageNumber::new(number).unwrap();
        let page = desk
            .github
            .branches(&desk.ada, &desk.repository, None, number)
            .await
            .unwrap();
        let name = |branch: &wyvern::provider::Branch| branch.name.to_string();
        let protected: Vec<_> = page
            .items
            .iter()
            .filter(|b| b.protected)
            .map(name)
            .collect();
        (page.items.len(), name(&page.items[0]), protected, page.next)
    };
    assert_eq!(page(1).await, (100, "main".to_owned(), vec![], true));
    assert_eq!(
        page(2).await,
        (21, "b099".to_owned(), vec!["b101".to_owned()], false)
    );
}

#[tokio::test]
async fn who_hides_their_name_and_address_still_has_both() {
    let desk = Desk::new().await;
    let hidden = serde_json::json!({ "id": 7, "login": "ada", "name": null, "email": null });
    desk.next("/user", answer(200, &hidden));
    let user = desk.github.user(&desk.ada).await.unwrap();
    assert_eq!(
        (
            user.username.as_str(),
            user.name.as_str(),
            user.email.as_str()
        ),
        ("ada", "ada", "7+ada@users.noreply.127.0.0.1")
    );
    let user = desk.github.user(&desk.ada).await.unwrap();
    assert_eq!(
        (
            user.username.as_str(),
            user.name.as_str(),
            user.email.as_str()
        ),
        ("ada", "Ada Lovelace", "ada@example.org")
    );
}

/// A page of the repositories that Ada finds with this: how many it has, and whether there are more.
async fn found(
    desk: &Desk,
    query: Option<&str>,
    page: u32,
) -> Result<(usize, bool), ProviderError> {
    let page = PageNumber::new(page).unwrap();
    let found = desk.github.repositories(&desk.ada, query, page).await?;
    Ok((found.items.len(), found.next))
}

/// The statuses of the calls for pages of repositories, since the last time this was asked.
fn page_calls(desk: &Desk) -> Vec<u16> {
    let calls = desk.forge.calls();
    desk.forge.forget_calls();
    let pages = calls
        .iter()
        .filter(|call| call.path.contains("/user/repos"));
    pages.map(|call| call.status).collect()
}

#[tokio::test]
async fn pages_and_searches_of_six_hundred_repositories_are_cut_from_one_list() {
    let desk = Desk::new().await;
    for n in 1..600 {
        desk.forge.repository(&format!("ada/r{n:03}"));
    }
    for page in 1..=6 {
        assert_eq!(found(&desk, None, page).await.unwrap(), (100, page < 6));
    }
    for (query, expected) in [
        ("R11", (10, false)),
        ("ada", (100, true)),
        ("no", (0, false)),
    ] {
        assert_eq!(found(&desk, Some(query), 1).await.unwrap(), expected);
    }
    assert_eq!(page_calls(&desk), [200; 6]);

    // It is hers alone, and for ten seconds.
    let bob = desk.guest("bob", Access::Read);
    let first = desk.github.repositories(&bob, None, PageNumber::FIRST);
    assert_eq!(first.await.unwrap().items.len(), 1);
    assert_eq!(page_calls(&desk), [200]);
    desk.clock.advance(Duration::from_millis(9_999));
    found(&desk, None, 2).await.unwrap();
    assert_eq!(page_calls(&desk), [0; 0]);
    desk.clock.advance(Duration::from_millis(1));
    found(&desk, None, 2).await.unwrap();
    assert_eq!(page_calls(&desk), [304; 6]);
}

#[tokio::test]
async fn who_asks_while_the_list_is_asked_for_waits_for_it() {
    let desk = Desk::new().await;
    for n in 0..120 {
        desk.forge.repository(&format!("ada/r{n:03}"));
    }
    let (fault, call) = HeldUp::new();
    let second = Wanted::Path("page=2".to_owned());
    desk.forge.faults().next(second, fault);
    let first = found(&desk, None, 1);
    tokio::pin!(first);
    while !call.has_arrived() {
        assert!(futures_util::poll!(&mut first).is_pending());
        tokio::task::yield_now().await;
    }
    let later = ["r00", "r01", "r02"].map(|query| found(&desk, Some(query), 1));
    let then = async {
        tokio::task::yield_now().await;
        call.let_go();
    };
    let (first, later, ()) = tokio::join!(first, join_all(later), then);
    assert_eq!(first.unwrap(), (100, true));
    for found in later {
        assert_eq!(found.unwrap(), (10, false));
    }
    assert_eq!(page_calls(&desk), [200; 2]);
}

#[tokio::test]
async fn a_failure_is_told_to_all_who_wait_and_is_not_kept() {
    let desk = Desk::new().await;
    let refused = answer(500, &serde_json::json!({ "message": "Server Error" }));
    desk.next("/user/repos", refused);
    let all = join_all((0..3).map(|_| found(&desk, None, 1))).await;
    for failed in all {
        assert!(
            matches!(failed, Err(ProviderError::Unavailable { .. })),
            "{failed:?}"
        );
    }
    assert_eq!(page_calls(&desk), [500]);
    assert_eq!(found(&desk, None, 1).await.unwrap(), (1, false));
}

#[tokio::test]
async fn a_list_without_end_is_not_cut_but_too_large() {
    let desk = Desk::new().await;
    let more = format!(
        "<{}api/v3/user/repos?page=2>; rel=\"next\"",
        desk.forge.url()
    );
    let page = Fault::Status {
        status: 200,
        headers: vec![("link".to_owned(), more)],
        body: "[]".to_owned(),
    };
    desk.every("/user/repos", page);
    let endless = found(&desk, None, 1).await;
    assert!(
        matches!(endless, Err(ProviderError::TooLarge)),
        "{endless:?}"
    );
    assert_eq!(page_calls(&desk).len(), 500);
}
