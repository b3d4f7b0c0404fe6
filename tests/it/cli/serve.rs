//! `wyvern serve`: what it says, what it serves, and why it does not start.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use super::program::{Ended, Server, run, wyvern};

#[test]
fn it_says_where_it_listens_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let port = server.address.strip_prefix("127.0.0.1:").unwrap();
    assert_ne!(port.parse::<u16>().unwrap(), 0);
    let (status, ready) = server.get("/readyz", "");
    assert_eq!((status, ready["status"].as_str()), (200, Some("ok")));
    let address = server.address.clone();
    server.signal("TERM");
    let expected = Ended {
        code: Some(0),
        data: String::new(),
        words: format!(
            "listening on http://{address}\n\
             stopping: requests in flight may finish; a second signal stops at once\n"
        ),
    };
    assert_eq!(server.end(), expected);
}

#[test]
fn a_taken_port_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ended = run(&mut wyvern(folder.path(), &["serve", "--listen", &address]));
    assert_eq!((ended.code, ended.data.as_str()), (Some(4), ""));
    let words = format!("wyvern cannot serve: cannot listen on {address}: Address already in use");
    assert!(ended.words.starts_with(&words), "{}", ended.words);
    assert!(
        !folder.path().join("wyvern-data").exists(),
        "nothing is made in vain"
    );
}

#[test]
fn other_addresses_need_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(&mut wyvern(
        folder.path(),
        &["serve", "--listen", "0.0.0.0:0"],
    ));
    assert_eq!((ended.code, ended.data.as_str()), (Some(2), ""));
    assert!(
        ended
            .words
            .contains("local.accounts: 0.0.0.0 is not a loopback address"),
        "{}",
        ended.words
    );
}

#[test]
fn a_redis_that_does_not_answer_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let mut serve = wyvern(folder.path(), &serve);
    // Nothing listens there: the port is the system's own.
    let url = "redis://:canary-password@127.0.0.1:1/0";
    let ended = run(serve.env("WYVERN__SESSIONS__REDIS_URL", url));
    assert_eq!((ended.code, ended.data.as_str()), (Some(4), ""));
    let words = "wyvern cannot serve: Redis (sessions.redis_url) does not answer";
    assert!(ended.words.contains(words), "{}", ended.words);
    assert!(!ended.words.contains("canary"), "{}", ended.words);
}

#[test]
fn who_signs_in_is_logged_at_every_level() {
    for level in ["audit", "silent", "error", "warn", "off", "info"] {
        let folder = tempfile::tempdir().unwrap();
        let serve = ["serve", "--listen", "127.0.0.1:0", "--data", "data"];
        let mut serve = wyvern(folder.path(), &serve);
        let server = Server::spawn(serve.env("LOG_LEVEL", level));
        server.sign_in();
        server.signal("TERM");
        let words = server.end().words;
        let line = words.lines().find(|line| line.contains("audit: signed in"));
        let line = line.expect(&words);
        assert!(line.contains(" INFO request{id="), "{level}: {line}");
        assert!(line.contains(" client=127.0.0.1}"), "{level}: {line}");
    }
}

#[test]
fn the_audit_is_left_out_where_the_filter_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", "data"];
    let mut serve = wyvern(folder.path(), &serve);
    let server = Server::spawn(serve.env("LOG_LEVEL", "info,audit=off"));
    server.sign_in();
    server.signal("TERM");
    let words = server.end().words;
    assert!(!words.contains("signed in"), "{words}");
}

#[test]
fn a_data_folder_that_is_none_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for data in ["file", "file/below"] {
        let serve = ["serve", "--listen", "127.0.0.1:0", "--data", data];
        let ended = run(&mut wyvern(folder.path(), &serve));
        assert_eq!((ended.code, ended.data.as_str()), (Some(4), ""));
        let words = format!("wyvern cannot serve: cannot create the data folder {data}: ");
        assert!(ended.words.starts_with(&words), "{}", ended.words);
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

#[test]
fn repositories_named_on_the_command_line_are_served_bare_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
    git(path, &["init", "--quiet", "--initial-branch=trunk", "shop"]);
    let model = path.join("shop/ThreatDragonModels/Orders");
    fs::create_dir_all(&model).unwrap();
    let text = r#"{"version":"2.0","summary":{"title":"Orders"},"detail":{"diagrams":[]}}"#;
    fs::write(model.join("Orders.json"), text).unwrap();
    git(&path.join("shop"), &["add", "."]);
    git(
        &path.join("shop"),
        &[&who[..], &["commit", "--quiet", "-m", "orders"]].concat(),
    );
    git(path, &["clone", "--quiet", "--bare", "shop", "bank.git"]);

    let server = Server::start(path, &["shop", "bank.git"]);
    let token = server.sign_in();
    let (status, listed) = server.get("/api/threatmodel/repos", &token);
    assert_eq!(status, 200);
    let repos = serde_json::json!(["demo/threat-models", "local/bank", "local/shop"]);
    assert_eq!(listed["data"]["repos"], repos);
    for repository in ["bank", "shop"] {
        let target = format!("/api/threatmodel/local/{repository}/trunk/models");
        let (_, models) = server.get(&target, &token);
        assert_eq!(
            models["data"],
            serde_json::json!(["Orders"]),
            "{repository}"
        );
    }
}

#[test]
fn what_is_no_repository_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("plain")).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for path in ["plain", "file", "absent"] {
        let serve = ["serve", "--listen", "127.0.0.1:0", path];
        let ended = run(&mut wyvern(folder.path(), &serve));
        assert_eq!((ended.code, ended.data.as_str()), (Some(4), ""), "{path}");
        assert!(
            ended.words.starts_with("wyvern cannot serve: "),
            "{}",
            ended.words
        );
        assert!(ended.words.contains(path), "{}", ended.words);
        assert_eq!(ended.words.lines().count(), 1, "{}", ended.words);
    }
}

#[test]
fn two_servers_share_a_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = Server::start(folder.path(), &[]);
    let second = Server::start(folder.path(), &[]);
    assert_ne!(first.address, second.address);
    // The generated key is in the folder, so that each accepts the other's sign-ins.
    let token = first.sign_in();
    let create = "/api/threatmodel/demo/threat-models/main/Orders/create";
    let model = r#"{"version":"2.0","summary":{"title":"Orders"},"detail":{"diagrams":[]}}"#;
    let head = format!("{token}content-type: application/json\r\n");
    let (status, text) = second.ask("POST", create, &head, model);
    assert_eq!(status, 201, "{text}");
    let (status, read) = first.get(
        "/api/threatmodel/demo/threat-models/main/Orders/data",
        &token,
    );
    assert_eq!(
        (status, read["data"]["summary"]["title"].as_str()),
        (200, Some("Orders"))
    );
}
