//! `wyvern`, `wyvern config check` and `wyvern config show`.

use std::fs;

use super::program::{Ended, run, wyvern};

const KEY: &str = "a-secret-of-at-least-32-characters-here";

#[test]
fn the_version_and_the_help_are_data() {
    let folder = tempfile::tempdir().unwrap();
    let version = run(&mut wyvern(folder.path(), &["--version"]));
    let expected = Ended {
        code: Some(0),
        data: format!("wyvern {}\n", env!("CARGO_PKG_VERSION")),
        words: String::new(),
    };
    assert_eq!(version, expected);
    let help = run(&mut wyvern(folder.path(), &["--help"]));
    assert_eq!((help.code, help.words.as_str()), (Some(0), ""));
    for word in [
        "serve",
        "config",
        "healthcheck",
        "hash-password",
        "Exit codes:\n  0  done",
    ] {
        assert!(help.data.contains(word), "{word}: {}", help.data);
    }
}

#[test]
fn a_bitbucket_data_center_is_refused_with_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let commands: [&[&str]; 2] = [&["config", "check"], &["serve", "--listen", "127.0.0.1:0"]];
    for command in commands {
        let mut program = wyvern(folder.path(), command);
        program
            .env("BITBUCKET_CLIENT_ID", "key")
            .env("BITBUCKET_CLIENT_SECRET", "secret")
            .env("BITBUCKET_ENTERPRISE_HOSTNAME", "bitbucket.example.com");
        let refused = run(&mut program);
        assert_eq!(refused.code, Some(2), "{command:?}: {}", refused.words);
        for said in [
            "bitbucket.url: https://bitbucket.example.com/ is not Bitbucket Cloud",
            "deletes no files",
            "the local provider",
        ] {
            assert!(
                refused.words.contains(said),
                "{command:?}: {}",
                refused.words
            );
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn wrong_usage_is_told_on_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[&str], &str); 6] = [
        (&[], "Usage: wyvern <COMMAND>"),
        (
            &["sevre"],
            "some similar subcommands exist: 'merge', 'user', 'serve'",
        ),
        (
            &["serve", "--listen", "3000"],
            "invalid value '3000' for '--listen <ADDRESS:PORT>'",
        ),
        (
            &["serve", "--listen", "localhost:3000"],
            "invalid value 'localhost:3000'",
        ),
        (
            &["serve", "--listen", "127.0.0.1:65536"],
            "invalid value '127.0.0.1:65536'",
        ),
        (&["config"], "Usage: wyvern config <COMMAND>"),
    ];
    for (arguments, words) in cases {
        let ended = run(&mut wyvern(folder.path(), arguments));
        assert_eq!(
            (ended.code, ended.data.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert!(
            ended.words.contains(words),
            "{arguments:?}: {}",
            ended.words
        );
    }
}

#[test]
fn a_good_configuration_is_said_to_be_good() {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(&mut wyvern(folder.path(), &["config", "check"]));
    let words = "the configuration is good\n".to_owned();
    let expected = Ended {
        code: Some(0),
        data: String::new(),
        words,
    };
    assert_eq!(ended, expected);
}

#[test]
fn every_fault_is_told_at_once_and_no_secret_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = "[server]\nport = 70000\nadress = '::1'\n[auth]\nkeys = ['too-short-a-secret']\n\
                [local]\naccounts = [{ username = 'ada', name = 'Ada', email = 'a@b', password_hash = 'in-clear' }]\n\
                [nosuch]\nx = 1\n";
    fs::write(folder.path().join("wyvern.toml"), file).unwrap();
    let check = ["config", "check", "--config", "wyvern.toml"];
    let ended = run(wyvern(folder.path(), &check).env("WYVERN__SERVER__THREADS", "many"));
    assert_eq!((ended.code, ended.data.as_str()), (Some(2), ""));
    let (head, faults) = ended.words.split_once('\n').unwrap();
    assert_eq!(head, "6 faults in the configuration:", "{faults}");
    let keys: Vec<_> = faults
        .lines()
        .filter_map(|l| l.trim().split(": ").next())
        .collect();
    let expected = [
        "auth.keys",
        "local.accounts[0].password_hash",
        "nosuch",
        "server.adress",
        "server.port",
        "server.threads",
    ];
    assert_eq!(keys, expected, "{faults}");
    for secret in ["too-short-a-secret", "in-clear"] {
        assert!(!ended.words.contains(secret), "{}", ended.words);
    }
}

#[test]
fn a_file_that_is_not_there_or_is_no_toml_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("broken.toml"), "[server\n").unwrap();
    for file in ["absent.toml", "broken.toml"] {
        for command in [
            &["config", "check"][..],
            &["config", "show"],
            &["serve"],
            &["healthcheck"],
        ] {
            let arguments = [command, &["--config", file]].concat();
            let ended = run(&mut wyvern(folder.path(), &arguments));
            assert_eq!(
                (ended.code, ended.data.as_str()),
                (Some(2), ""),
                "{arguments:?}"
            );
            let named = ended.words.starts_with("1 fault in the configuration:\n")
                && ended.words.contains(file);
            assert!(named, "{arguments:?}: {}", ended.words);
        }
    }
}

#[test]
fn what_is_shown_can_be_loaded_and_shows_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let odd = "Åda \"the\\first\" \u{200b}\u{7f}\tLovelace";
    let show = || wyvern(folder.path(), &["config", "show"]);
    let shown = run(show()
        .env("WYVERN__LOCAL__OWNER_NAME", odd)
        .env("WYVERN__LOCAL__REPOSITORIES", "a,b c")
        .env("WYVERN__SERVER__DRAIN", "1 min")
        .env("PORT", "0"));
    assert_eq!((shown.code, shown.words.as_str()), (Some(0), ""));
    assert!(shown.data.contains("drain = \"1 min\"\n"), "{}", shown.data);
    fs::write(folder.path().join("shown.toml"), &shown.data).unwrap();
    let again = run(show().args(["--config", "shown.toml"]));
    assert_eq!(again, shown);
}

#[test]
fn secrets_are_not_shown_and_their_stand_in_is_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let file = "[local]\nowner_name = 'Ada'\n[[local.accounts]]\nusername = 'ada'\nname = 'Ada'\n\
                email = 'ada@example.com'\npassword_hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$hash-of-ada'\n";
    fs::write(folder.path().join("wyvern.toml"), file).unwrap();
    let show = ["config", "show", "--config", "wyvern.toml"];
    let shown = run(wyvern(folder.path(), &show).env("WYVERN__AUTH__KEYS", KEY));
    assert_eq!(shown.code, Some(0), "{}", shown.words);
    assert!(
        !shown.data.contains(KEY) && !shown.data.contains("hash-of-ada"),
        "{}",
        shown.data
    );
    fs::write(folder.path().join("shown.toml"), &shown.data).unwrap();
    let check = ["config", "check", "--config", "shown.toml"];
    let refused = run(&mut wyvern(folder.path(), &check));
    assert_eq!(refused.code, Some(2));
    for key in ["auth.keys", "local.accounts[0].password_hash"] {
        assert!(refused.words.contains(key), "{}", refused.words);
    }
}
