//! The file of accounts: only its owner may use it, and nothing that people wrote is lost.

use std::fs;

use super::super::program::{run, run_with_input, wyvern};
use super::{PASSWORD, ended, set_mode, user};

#[test]
fn the_file_keeps_what_people_wrote_into_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/accounts.toml");
    user(folder.path(), &["add", "ada"], PASSWORD);
    let text = fs::read_to_string(&file).unwrap();
    let heading = "# Who may sign in: `wyvern user` writes this, and a running server reads it.\n";
    let (before, hash) = text.split_once("password_hash = ").unwrap();
    let tables =
        "\n[[local.accounts]]\nusername = \"ada\"\nname = \"ada\"\nemail = \"ada@localhost\"\n";
    assert_eq!(before, format!("{heading}{tables}"));
    let edited = format!(
        "{before}password_hash = {}  # the old one\nteam = 7\n# about nobody\n",
        hash.trim_end()
    );
    fs::write(&file, &edited).unwrap();
    user(folder.path(), &["add", "grace"], PASSWORD);
    let added = user(folder.path(), &["remove", "grace"], "");
    assert_eq!(added.code, Some(0), "{added:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), edited);
}

#[test]
fn a_file_that_others_may_use_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/accounts.toml");
    user(folder.path(), &["add", "ada"], PASSWORD);
    let words = "data/accounts.toml: others may use it; take that from them with chmod 600\n";
    for others in [0o644, 0o640, 0o604, 0o620, 0o602] {
        set_mode(&file, others);
        let refused = ended(2, "", words);
        assert_eq!(user(folder.path(), &["list"], ""), refused, "{others:o}");
        assert_eq!(
            user(folder.path(), &["remove", "ada"], ""),
            refused,
            "{others:o}"
        );
        let serve = ["serve", "--listen", "127.0.0.1:0", "--data", "data"];
        assert_eq!(
            run(&mut wyvern(folder.path(), &serve)),
            refused,
            "{others:o}"
        );
    }
    set_mode(&file, 0o600);
    set_mode(&folder.path().join("data"), 0o777);
    let words = "data/accounts.toml: everybody may write to its folder; take that from them with \
                 chmod o-w\n";
    assert_eq!(
        user(folder.path(), &["remove", "ada"], ""),
        ended(2, "", words)
    );
    set_mode(&folder.path().join("data"), 0o755);
    assert_eq!(
        user(folder.path(), &["passwd", "ada"], PASSWORD).code,
        Some(0)
    );
}

const HASH: &str = "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA";

fn account(username: &str, hash: &str) -> String {
    format!(
        "[[local.accounts]]\nusername = '{username}'\nname = 'A'\nemail = 'a@b'\n\
         password_hash = '{hash}'\n"
    )
}

#[test]
fn a_broken_file_is_told_and_left_alone() {
    let twice = account("ada", HASH) + &account("ada", HASH);
    let form = "the accounts are not written as [[local.accounts]]";
    for (text, words) in [
        ("[[local.accounts]]\nusername = 'ada\n", "line 2: "),
        ("[local]\naccounts = 'ada'\n", form),
        ("local = 1\n", form),
        (
            "[[local.accounts]]\n",
            "account 1: username is missing or wrong",
        ),
        (
            &account("a<b", HASH),
            "account 1: username is missing or wrong",
        ),
        (
            &account("ada", "secret"),
            "account 1: password_hash is not an argon2id hash",
        ),
        (&twice, "account 2: its username is there twice"),
    ] {
        is_told(text, &format!("accounts.toml: {words}"));
    }
}

/// Whatever is asked of a file with this text is refused with these words.
fn is_told(text: &str, words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts.toml");
    fs::write(&file, text).unwrap();
    set_mode(&file, 0o600);
    for command in [&["list"][..], &["add", "grace"], &["remove", "ada"]] {
        let mut command = wyvern(folder.path(), &[&["user"], command].concat());
        command.env("WYVERN__LOCAL__ACCOUNTS_FILE", "accounts.toml");
        let ended = run_with_input(&mut command, b"a long enough password\n");
        assert_eq!(ended.code, Some(2), "{text}");
        assert!(ended.words.starts_with(words), "{}", ended.words);
        assert!(!ended.words.contains("secret"), "{}", ended.words);
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}
