//! `wyvern healthcheck` and `wyvern hash-password`.

use std::fs;
use std::path::Path;

use super::program::{Ended, Server, json, run, run_with_input, wyvern};

#[test]
fn a_health_check_tells_a_running_server_from_a_stopped_one() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let address = server.address.clone();
    let (_, port) = address.split_once(':').unwrap();
    let check = || run(wyvern(folder.path(), &["healthcheck"]).env("PORT", port));
    let well = Ended {
        code: Some(0),
        data: String::new(),
        words: String::new(),
    };
    assert_eq!(check(), well);
    fs::rename(folder.path().join("data"), folder.path().join("away")).unwrap();
    let unready = check();
    assert_eq!(unready.code, Some(4));
    let words = format!("{address} is not ready: HTTP/1.1 503 Service Unavailable\n");
    assert_eq!(unready.words, words);
    server.signal("TERM");
    assert_eq!(server.end().code, Some(0));
    let stopped = check();
    assert_eq!((stopped.code, stopped.data.as_str()), (Some(4), ""));
    let words = format!("{address} does not answer: ");
    assert!(stopped.words.starts_with(&words), "{}", stopped.words);
}

/// Writes wyvern.toml with an account whose password is hashed by the program.
fn hash_for_account(folder: &Path, password: &str) {
    let hashing = &mut wyvern(folder, &["hash-password"]);
    let hashed = run_with_input(hashing, format!("{password}\n").as_bytes());
    assert_eq!((hashed.code, hashed.words.as_str()), (Some(0), ""));
    let hash = hashed.data.trim_end();
    assert!(
        hash.starts_with("$argon2id$") && !hash.contains('\n'),
        "{hash}"
    );
    let file = format!(
        "[[local.accounts]]\nusername = 'ada'\nname = 'Ada'\nemail = 'ada@example.com'\n\
         password_hash = '{hash}'\n"
    );
    fs::write(folder.join("wyvern.toml"), file).unwrap();
}

#[test]
fn a_hashed_password_signs_its_account_in() {
    let folder = tempfile::tempdir().unwrap();
    hash_for_account(folder.path(), "correct horse ä");
    let server = Server::start(folder.path(), &["--config", "wyvern.toml"]);
    let sign_in = |password: &str| {
        let body = format!(r#"{{"username":"ada","password":"{password}"}}"#);
        let json = "content-type: application/json\r\n";
        server.ask("POST", "/api/login/local", json, &body)
    };
    let (status, text) = sign_in("correct horse a");
    assert_eq!(status, 401, "{text}");
    let (status, text) = sign_in("correct horse ä");
    assert_eq!(status, 200, "{text}");
    let cookie = text
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "));
    let (cookie, _) = cookie.unwrap().split_once(';').unwrap();
    let token = server.exchange(&json(&text), &format!("cookie: {cookie}\r\n"));
    let (status, _) = server.get("/api/threatmodel/repos", &token);
    assert_eq!(status, 200);
}

#[test]
fn with_an_account_any_address_may_be_listened_on() {
    let folder = tempfile::tempdir().unwrap();
    hash_for_account(folder.path(), "correct horse");
    let check = ["config", "check", "--config", "wyvern.toml"];
    let ended = run(wyvern(folder.path(), &check).env("WYVERN__SERVER__ADDRESS", "0.0.0.0"));
    assert_eq!(ended.code, Some(0), "{}", ended.words);
}

#[test]
fn a_check_says_that_the_local_provider_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(wyvern(folder.path(), &["config", "check"])
        .env("GITHUB_CLIENT_ID", "id")
        .env("GITHUB_CLIENT_SECRET", "secret")
        .env("WYVERN__SERVER__PUBLIC_URL", "https://wyvern.example.com"));
    let words = "the local provider is not served: server.public_url is an address on a network and \
                 there are no accounts, so that anybody could sign in\nthe configuration is good\n";
    assert_eq!((ended.code, ended.words.as_str()), (Some(0), words));
}

#[test]
fn a_password_that_nobody_could_mean_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let long = vec![b'x'; 1025];
    let cases: [(&[u8], i32, &str); 4] = [
        (b"", 2, "the password is empty\n"),
        (b"\r\n", 2, "the password is empty\n"),
        (&long, 2, "a password has at most 1024 bytes\n"),
        (b"\xff", 2, "the password is not UTF-8\n"),
    ];
    for (input, code, words) in cases {
        let ended = run_with_input(&mut wyvern(folder.path(), &["hash-password"]), input);
        let expected = Ended {
            code: Some(code),
            data: String::new(),
            words: words.to_owned(),
        };
        assert_eq!(ended, expected);
    }
}
