//! Projects, branches and people.

use wyvern::provider::{PageNumber, Provider as _};

use super::{Desk, HERS, answer};
use crate::forge::Access;

#[tokio::test]
async fn only_what_can_be_read_is_listed_and_what_can_be_written_is_marked() {
    let desk = Desk::new().await;
    for (name, access) in [
        ("grace/hidden", Access::None),
        ("grace/tools/read", Access::Read),
        ("Grace/write", Access::Write),
        ("grace/archived", Access::Admin),
    ] {
        desk.forge.repository(name);
        desk.forge.grant("ada", name, access);
    }
    desk.forge.archive("grace/archived");
    let page = desk
        .gitlab
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
            ("grace/archived", false),
            ("grace/tools/read", false),
            (HERS, true),
        ]
    );
}

#[tokio::test]
async fn six_hundred_projects_are_listed_in_pages_and_found_by_their_groups() {
    let desk = Desk::new().await;
    for n in 0..600 {
        desk.forge.repository(&format!("ada/deep/r{n:03}"));
    }
    for n in 0..600 {
        desk.forge
            .grant("ada", &format!("ada/deep/r{n:03}"), Access::Read);
    }
    let listed = async |query, number| {
        let number = PageNumber::new(number).unwrap();
        let page = desk.gitlab.repositories(&desk.ada, query, number).await;
        let page = page.unwrap();
        (page.items.len(), page.next)
    };
    assert_eq!(listed(None, 1).await, (100, true));
    assert_eq!(listed(None, 7).await, (1, false));
    assert_eq!(listed(Some("DEEP/r59"), 1).await, (10, false));
    assert_eq!(listed(Some("sub.group"), 1).await, (1, false));
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
            .gitlab
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
    let told = async || {
        let user = desk.gitlab.user(&desk.ada).await.unwrap();
        [user.username, user.name, user.email]
    };
    let hidden = serde_json::json!({ "id": 7, "username": "ada", "name": "", "email": null });
    desk.next("/user", answer(200, &hidden));
    assert_eq!(
        told().await,
        ["ada", "ada", "7-ada@users.noreply.127.0.0.1"]
    );
    let chosen = serde_json::json!({
        "id": 7, "username": "ada", "name": "A", "email": "a@example.org",
        "commit_email": "work@example.org",
    });
    desk.next("/user", answer(200, &chosen));
    assert_eq!(told().await, ["ada", "A", "work@example.org"]);
    assert_eq!(told().await, ["ada", "Ada Lovelace", "ada@example.org"]);
}
