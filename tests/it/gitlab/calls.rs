//! How many calls things cost.

use std::time::Duration;

use wyvern::provider::{Action, Change, Expect, PageNumber, Provider as _, Version};

use super::{Desk, SHOP, at, branch, put};

const RESOLVED: &str = "GET /branches/main 200";
const UNCHANGED: &str = "GET /branches/main 304";
const COMMITTED: &str = "POST /commits 201";

/// A file's lock is asked for at a commit, whose id is left out.
fn without_ids(calls: Vec<String>) -> Vec<String> {
    let is_id = |word: &str| word.len() == 40 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let told = |call: String| {
        let words = call.split_inclusive(['=', '&', ' ']);
        let word = |word: &str| {
            let bare = word.trim_end_matches(['&', ' ']);
            if is_id(bare) {
                word.replace(bare, "*")
            } else {
                word.to_owned()
            }
        };
        words.map(word).collect()
    };
    calls.into_iter().map(told).collect()
}

#[tokio::test]
async fn a_model_is_read_by_two_calls_and_then_by_one() {
    let desk = Desk::new().await;
    for calls in [vec![RESOLVED, "Look 200"], vec![UNCHANGED], vec![UNCHANGED]] {
        assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "one");
        assert_eq!(desk.calls(), calls);
    }
}

#[tokio::test]
async fn what_is_not_there_is_known_by_two_calls_and_then_by_one() {
    let desk = Desk::new().await;
    for calls in [vec![RESOLVED, "Look 200"], vec![UNCHANGED]] {
        assert_eq!(desk.open("m/new/new.json").await.unwrap(), None);
        assert_eq!(desk.calls(), calls);
    }
    desk.commit(vec![put("m/new/new.json", "{}", Expect::Absent)])
        .await
        .unwrap();
    assert_eq!(desk.calls(), [COMMITTED], "nothing new need be known");
}

#[tokio::test]
async fn a_folder_is_listed_by_two_calls_and_then_by_one() {
    let desk = Desk::new().await;
    let listed = "GET /tree?ref=*&path=m&per_page=100&page=1 200";
    for calls in [vec![RESOLVED, listed], vec![UNCHANGED]] {
        assert_eq!(desk.list("m").await.unwrap().len(), 1);
        assert_eq!(without_ids(desk.calls()), calls);
    }
}

#[tokio::test]
async fn a_save_is_three_calls_and_the_next_is_two() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.calls();
    let locked = "HEAD /files/m%2Fshop%2Fshop%2Ejson?ref=* 200";
    let saves = [
        ("one", "two", vec![UNCHANGED, locked, COMMITTED]),
        ("two", "three", vec![RESOLVED, COMMITTED]),
    ];
    for (from, to, calls) in saves {
        assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, from);
        desk.save(from, to).await.unwrap();
        assert_eq!(without_ids(desk.calls()), calls);
        assert_eq!(desk.git.file(SHOP), to);
    }
}

#[tokio::test]
async fn a_rename_is_one_write() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.calls();
    let gone = Change {
        path: at(SHOP),
        action: Action::Delete,
        expect: Expect::Version(Version::of(b"one")),
    };
    let renamed = put("m/store/store.json", "one", Expect::Absent);
    desk.commit(vec![renamed, gone]).await.unwrap();
    let locked = "HEAD /files/m%2Fshop%2Fshop%2Ejson?ref=* 200";
    let calls = without_ids(desk.calls());
    assert_eq!(calls, ["Look 200", locked, COMMITTED]);
    assert_eq!(desk.git.files(), ["README.md", "m/store/store.json"]);
}

#[tokio::test]
async fn many_files_are_read_by_a_call_for_each_hundred() {
    let desk = Desk::new().await;
    let names: Vec<_> = (0..150).map(|n| format!("m/{n}.json")).collect();
    let files: Vec<_> = names
        .iter()
        .map(|name| ("100644", name.as_str(), name.as_str()))
        .collect();
    desk.git.seed("main", &files);
    let commit = desk.resolve().await.unwrap();
    desk.calls();
    let paths: Vec<_> = names.iter().map(|name| at(name)).collect();
    let read = desk
        .gitlab
        .read_files(&desk.ada, &desk.repository, &commit, &paths);
    let read = read.await.unwrap();
    assert!(
        read.iter()
            .map(|file| file.as_ref().unwrap().bytes.clone())
            .eq(names)
    );
    assert_eq!(desk.calls(), ["Look 200", "Look 200"]);
}

#[tokio::test]
async fn what_is_not_needed_is_not_written() {
    let desk = Desk::new().await;
    let tip = desk.resolve().await.unwrap();
    let done = desk.save("one", "one").await.unwrap();
    assert_eq!(done.commit, tip);
    assert_eq!(done.versions, [Some(Version::of(b"one"))]);
    assert!(desk.calls().iter().all(|call| !call.starts_with("POST")));
}

#[tokio::test]
async fn a_page_of_history_is_two_sorts_of_calls_and_then_one() {
    let desk = Desk::new().await;
    for n in 1..25 {
        desk.git.seed("main", &[("100644", SHOP, &n.to_string())]);
    }
    let tip = desk.resolve().await.unwrap();
    desk.calls();
    let history = async || {
        let (ada, repository, path) = (&desk.ada, &desk.repository, at(SHOP));
        let page = desk
            .gitlab
            .history(ada, repository, &tip, &path, PageNumber::FIRST);
        page.await.unwrap()
    };
    let first = history().await;
    assert_eq!(first.items.len(), 25);
    assert_eq!(first.items[3].version, Some(Version::of(b"21")));
    let path = format!("GET /commits?ref_name={tip}&path={SHOP}&per_page=30&page=1");
    let calls = desk.calls();
    assert_eq!(calls[0], format!("{path} 200"));
    assert_eq!(calls[1..], ["Versions 200"; 3]);
    assert_eq!(history().await, first);
    assert_eq!(desk.calls(), [format!("{path} 304")]);
}

#[tokio::test]
async fn a_long_list_of_repositories_is_asked_for_by_hundreds_and_again_for_nothing() {
    let desk = Desk::new().await;
    for n in 0..119 {
        let name = format!("ada/r{n:03}");
        desk.forge.repository(&name);
    }
    for status in [200, 304] {
        desk.forge.forget_calls();
        let page = desk
            .gitlab
            .repositories(&desk.ada, Some("R11"), PageNumber::FIRST);
        assert_eq!(page.await.unwrap().items.len(), 9);
        let calls = desk.forge.calls();
        let statuses: Vec<_> = calls.iter().map(|call| call.status).collect();
        assert_eq!(statuses, [status; 2]);
        desk.clock.advance(Duration::from_secs(10));
    }
}

#[tokio::test]
async fn a_branch_is_created_by_two_calls() {
    let desk = Desk::new().await;
    let (name, from) = (branch("feature/x"), branch("main"));
    let made = desk
        .gitlab
        .create_branch(&desk.ada, &desk.repository, &name, &from);
    made.await.unwrap();
    assert_eq!(desk.calls(), [RESOLVED, "POST /branches 201"]);
}
