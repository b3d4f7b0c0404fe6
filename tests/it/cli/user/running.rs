//! A running server takes new accounts and drops removed ones.

use std::time::{Duration, Instant};

use super::super::program::{Server, json};
use super::{PASSWORD, user};

/// What the server answers to this password, and the address and cookie to go on with.
fn sign_in(server: &Server, username: &str, password: &str) -> (u16, String) {
    let body = serde_json::json!({ "username": username, "password": password }).to_string();
    let json = "content-type: application/json\r\n";
    server.ask("POST", "/api/login/local", json, &body)
}

/// The header that proves a sign-in with this password.
fn token(server: &Server, username: &str, password: &str) -> String {
    let (status, text) = sign_in(server, username, password);
    assert_eq!(status, 200, "{text}");
    let cookie = text
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "));
    let (cookie, _) = cookie.unwrap().split_once(';').unwrap();
    server.exchange(&json(&text), &format!("cookie: {cookie}\r\n"))
}

/// Asks until the answer is this; the server looks at the file once a second.
fn becomes(expected: u16, mut ask: impl FnMut() -> u16) {
    let begun = Instant::now();
    while ask() != expected {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "never {expected}"
        );
        std::thread::yield_now();
    }
}

#[test]
fn a_running_server_takes_new_accounts_and_drops_removed_ones() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let server = Server::start(path, &[]);
    let owner = server.sign_in();
    let repositories = |token: &str| server.get("/api/threatmodel/repos", token).0;
    assert_eq!(repositories(&owner), 200);
    user(path, &["add", "ada"], PASSWORD);
    user(path, &["add", "grace"], PASSWORD);
    becomes(401, || repositories(&owner));
    let (ada, grace) = (
        token(&server, "ada", PASSWORD),
        token(&server, "grace", PASSWORD),
    );
    assert_eq!((repositories(&ada), repositories(&grace)), (200, 200));

    user(path, &["passwd", "grace"], "another password");
    user(path, &["remove", "ada"], "");
    becomes(401, || repositories(&ada));
    becomes(401, || repositories(&grace));
    assert_eq!(sign_in(&server, "grace", PASSWORD).0, 401);
    let grace = token(&server, "grace", "another password");
    assert_eq!(repositories(&grace), 200);

    user(path, &["remove", "grace"], "");
    becomes(401, || repositories(&grace));
    let (_, address) = server.get("/api/login/local", "");
    let page = address["data"].as_str().unwrap();
    assert!(
        page.ends_with("/#/sign-in/local"),
        "{page}: nobody gets in without a password"
    );
}
