//! The exit codes, each where `wyvern --help` says that it comes.

use std::fs::{self, File};

use super::check::{broken, model};
use super::program::{run, wyvern};
use super::work::Work;

/// What each command ends with, in a folder that the test below makes.
const CASES: &[(u8, &[&str])] = &[
    (0, &["check", "good.json"]),
    (0, &["fmt", "good.json"]),
    (0, &["diff", "good.json", "bad.json"]),
    (0, &["suggest", "good.json"]),
    (2, &["render", "good.json", "--scale=0"]),
    (3, &["render", "good.json"]),
    (3, &["render", "text.json"]),
    (0, &["library", "check", "good.toml"]),
    (1, &["library", "check", "good.toml", "bad.toml"]),
    (1, &["check", "bad.json"]),
    (1, &["fmt", "--check", "bad.json"]),
    (1, &["diff", "--exit-code", "good.json", "bad.json"]),
    (2, &["check", "--format", "pdf"]),
    (2, &["check", "--policy", "text.json", "good.json"]),
    (2, &["install-merge-driver", "-C", "none"]),
    (2, &["suggest", "good.json", "--rules", "none"]),
    (2, &["suggest", "good.json", "--apply=none"]),
    (3, &["suggest", "text.json", "good.json"]),
    (3, &["library", "check", "none"]),
    (3, &["check", "text.json", "bad.json"]),
    (3, &["fmt", "text.json"]),
    (3, &["diff", "text.json", "good.json"]),
    (5, &["suggest", "some"]),
    (5, &["suggest", "good.json", "--rules", "bad.toml"]),
    (5, &["check", "some"]),
    (5, &["fmt", "some"]),
    (129, &["merge", "good.json", "none.json", "bad.json"]),
];

#[test]
fn each_code_means_what_the_help_says() {
    let work = Work::create();
    work.write("good.json", &model("A"));
    work.write("bad.json", &broken("T"));
    work.write("text.json", "no JSON");
    work.write("some/damaged.json", &model("A").replace("[],", "[,"));
    work.write("some/good.json", &model("A"));
    work.write("good.toml", "pack = \"a\"\n");
    work.write("bad.toml", "pack = 1\n");
    for (code, arguments) in CASES {
        let ended = run(&mut wyvern(work.path(), arguments));
        assert_eq!(
            ended.code,
            Some(i32::from(*code)),
            "{arguments:?}: {}",
            ended.words
        );
    }
    let help = run(&mut wyvern(work.path(), &["--help"])).data;
    for code in [
        "  0  ", "  1  ", "  2  ", "  3  ", "  4  ", "  5  ", " 129 ",
    ] {
        assert!(help.contains(code), "{help}");
    }
}

#[test]
fn what_the_system_refuses_is_told_with_4() {
    let work = Work::create();
    work.write("good.json", &model("A"));
    for command in [
        &["check"][..],
        &["diff", "--format=json", "good.json", "good.json"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let ended = run(wyvern(work.path(), command).stdout(full));
        let words = "standard output takes nothing more: No space left on device (os error 28)\n";
        assert_eq!((ended.code, ended.words.as_str()), (Some(4), words));
    }
    fs::create_dir(work.path().join(".gitattributes")).unwrap();
    let ended = run(&mut wyvern(work.path(), &["install-merge-driver"]));
    assert_eq!(ended.code, Some(4), "{}", ended.words);
}

#[test]
fn the_manual_and_the_help_say_the_same() {
    let work = Work::create();
    let help = run(&mut wyvern(work.path(), &["--help"])).data;
    let manual = include_str!("../../../docs/command-line.md");
    let (_, table) = manual.split_once("\n## Exit codes\n").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    let codes = rows.filter_map(|row| row.split_once(" | "));
    let codes: Vec<_> = codes
        .filter(|(code, _)| code.parse::<u8>().is_ok_and(|code| code < 6))
        .collect();
    assert_eq!(codes.len(), 6);
    for (code, meaning) in codes {
        let line = format!("  {code}  {}\n", meaning.trim_end_matches(" |"));
        assert!(help.contains(&line), "{line}: {help}");
    }
}

#[test]
fn each_command_describes_itself() {
    let work = Work::create();
    let cases = [
        ("check", "In folders, models are found by their content"),
        ("diff", "A file that has such a name wins"),
        ("suggest", "is not suggested again"),
        ("library", "Look after what a team keeps in its repository"),
        ("render", "has no script and fetches nothing"),
        ("fmt", "Nothing is re-ordered"),
        (
            "merge",
            "Files that are no models are merged as git merges text",
        ),
        ("install-merge-driver", "A second run changes nothing"),
    ];
    for (command, sentence) in cases {
        let help = run(&mut wyvern(work.path(), &[command, "--help"])).data;
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(help.contains(sentence), "{help}");
    }
}
