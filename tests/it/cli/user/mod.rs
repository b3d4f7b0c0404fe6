//! `wyvern user`: what it takes, and what it keeps.

mod file;
mod running;
mod terminal;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Stdio};

use super::program::{Ended, run, run_with_input, wyvern};

const PASSWORD: &str = "correct horse ä";

/// Runs `wyvern user` with these arguments on the data folder `data` and a password to read.
fn user(folder: &Path, arguments: &[&str], password: &str) -> Ended {
    let all = [&["user"], arguments, &["--data", "data"]].concat();
    run_with_input(
        &mut wyvern(folder, &all),
        format!("{password}\n").as_bytes(),
    )
}

fn ended(code: i32, data: &str, words: &str) -> Ended {
    Ended {
        code: Some(code),
        data: data.to_owned(),
        words: words.to_owned(),
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn accounts_are_added_listed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let options = [
        "add",
        "ada",
        "--name",
        "Ada Lovelace",
        "--email",
        "ada@example.com",
    ];
    let added = ended(0, "", "ada is added to data/accounts.toml\n");
    assert_eq!(user(path, &options, PASSWORD), added);
    let added = ended(0, "", "grace@shop.example is added to data/accounts.toml\n");
    assert_eq!(user(path, &["add", "grace@shop.example"], PASSWORD), added);
    assert_eq!(mode(&path.join("data")), 0o700);
    assert_eq!(mode(&path.join("data/accounts.toml")), 0o600);
    let listed = "ada\tAda Lovelace <ada@example.com>\tdata/accounts.toml\n\
                  grace@shop.example\tgrace@shop.example <grace@shop.example>\tdata/accounts.toml\n";
    assert_eq!(user(path, &["list"], ""), ended(0, listed, ""));

    let taken = ended(2, "", "there is an account \"ada\" already\n");
    assert_eq!(user(path, &["add", "ada"], PASSWORD), taken);
    let unknown = ended(2, "", "there is no account \"linus\"\n");
    assert_eq!(user(path, &["passwd", "linus"], PASSWORD), unknown);
    assert_eq!(user(path, &["remove", "linus"], ""), unknown);

    let removed = ended(0, "", "grace@shop.example is removed\n");
    assert_eq!(user(path, &["remove", "grace@shop.example"], ""), removed);
    let last = user(path, &["remove", "ada"], "");
    let words = "ada is removed\nthere are no accounts any more: after its next start, a server on \
                 a loopback address asks nobody for a password, and one on another address does not \
                 start\n";
    assert_eq!(last, ended(0, "", words));
    assert_eq!(user(path, &["list"], ""), ended(0, "", ""));
}

#[test]
fn two_who_add_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let add = |number: usize| -> Child {
        use std::io::Write as _;
        let name = format!("person {number}");
        let mut child = wyvern(folder.path(), &["user", "add", &name, "--data", "data"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(b"a long enough password\n").unwrap();
        child
    };
    let children: Vec<_> = (10..22).map(add).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let listed = user(folder.path(), &["list"], "").data;
    let mut names: Vec<_> = listed
        .lines()
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    names.sort_unstable();
    let all: Vec<_> = (10..22).map(|number| format!("person {number}")).collect();
    assert_eq!(names, all);
    let left = fs::read_dir(folder.path().join("data")).unwrap().count();
    assert_eq!(left, 1, "no draft stays");
}

#[test]
fn what_a_commit_cannot_carry_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |arguments: &[&str]| {
        let refused = user(folder.path(), arguments, PASSWORD);
        assert_eq!(
            (refused.code, refused.data.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert!(refused.words.contains("invalid value"), "{}", refused.words);
    };
    let long = "x".repeat(65);
    let hidden = ["a\u{202e}b", "a\u{200b}b", "a\u{2028}b", "a\u{ad}b"];
    for hostile in [
        "",
        " ada",
        "ada ",
        "a\nb",
        "a\u{1b}[2Jb",
        "a<b",
        "a>b",
        &long,
    ] {
        refused(&["add", hostile]);
    }
    for hostile in hidden {
        refused(&["add", hostile]);
    }
    for (option, hostile) in [
        ("--name", "A\r\nB"),
        ("--email", "a@b>\u{7}"),
        ("--name", ""),
    ] {
        refused(&["add", "ada", option, hostile]);
    }
    assert!(
        !folder.path().join("data").exists(),
        "nothing is made in vain"
    );
}

#[test]
fn other_names_are_taken_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let most = "ü".repeat(64);
    let names = [
        "a",
        "Ada Lovelace",
        "ada'; -- \"x\"",
        "阿达",
        "../../etc/passwd",
        &most,
    ];
    for good in names {
        let added = user(folder.path(), &["add", good], PASSWORD);
        assert_eq!(added.code, Some(0), "{good:?}: {}", added.words);
    }
    let listed = user(folder.path(), &["list"], "").data;
    let listed: Vec<_> = listed
        .lines()
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    assert_eq!(listed, names);
    for good in names {
        let removed = user(folder.path(), &["remove", good], "");
        assert_eq!(removed.code, Some(0), "{good:?}: {}", removed.words);
    }
}

#[test]
fn a_password_is_long_and_shown_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let add = |password: &str| user(folder.path(), &["add", "ada"], password);
    let short = ended(2, "", "a password has at least 12 characters\n");
    for password in ["", "elevenchars", "ääääääääääa"] {
        assert_eq!(add(password), short, "{password:?}");
    }
    let long = ended(2, "", "a password has at most 1024 bytes\n");
    assert_eq!(add(&"x".repeat(1025)), long);
    let mut adding = wyvern(folder.path(), &["user", "add", "ada", "--data", "data"]);
    let unreadable = run_with_input(&mut adding, b"twelve chars \xff\n");
    assert_eq!(unreadable, ended(2, "", "the password is not UTF-8\n"));
    let most = add(&"x".repeat(1024));
    assert_eq!(most, ended(0, "", "ada is added to data/accounts.toml\n"));
    let file = fs::read_to_string(folder.path().join("data/accounts.toml")).unwrap();
    assert!(!file.contains("xxx"), "{file}");
}

#[test]
fn accounts_of_the_configuration_are_listed_and_changed_there() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[[local.accounts]]\nusername = 'ada'\nname = 'Ada'\nemail = 'ada@example.com'\n\
                password_hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA'\n";
    fs::write(folder.path().join("wyvern.toml"), text).unwrap();
    let user = |arguments: &[&str]| {
        let all = [arguments, &["--config", "wyvern.toml"]].concat();
        user(folder.path(), &all, PASSWORD)
    };
    let words =
        "\"ada\" stands in the configuration and is changed there: `wyvern hash-password`\n";
    for command in ["add", "passwd", "remove"] {
        assert_eq!(user(&[command, "ada"]), ended(2, "", words), "{command}");
    }
    assert_eq!(user(&["add", "grace"]).code, Some(0));
    let listed = "ada\tAda <ada@example.com>\tthe configuration\n\
                  grace\tgrace <grace@localhost>\tdata/accounts.toml\n";
    assert_eq!(user(&["list"]), ended(0, listed, ""));
}

#[test]
fn kept_accounts_open_other_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let check = |code: i32| {
        let check = ["config", "check"];
        let ended = run(wyvern(folder.path(), &check).env("WYVERN__SERVER__ADDRESS", "0.0.0.0"));
        assert_eq!(ended.code, Some(code), "{}", ended.words);
        ended.words
    };
    assert!(check(2).contains("local.accounts: 0.0.0.0 is not a loopback address"));
    let mut adding = wyvern(folder.path(), &["user", "add", "ada"]);
    adding.env("WYVERN__SERVER__ADDRESS", "0.0.0.0");
    let added = run_with_input(&mut adding, b"a long enough password");
    assert_eq!(
        added,
        ended(0, "", "ada is added to wyvern-data/accounts.toml\n")
    );
    assert_eq!(check(0), "the configuration is good\n");
}
