//! `wyvern diff`: files and revisions, its formats, and what it ends with.

use std::fs;

use super::program::{Ended, run, wyvern};
use super::work::Work;

const OLD: &str = r#"{"version":"2.0","summary":{"title":"Shop","owner":"a"},"detail":{"diagrams":[{"id":0,"title":"Main","cells":[{"id":"p","shape":"process","position":{"x":1,"y":1},"data":{"name":"API"}}]}]}}"#;

/// The second version has another owner and another position; the work tree a third one.
fn work() -> Work {
    let work = Work::create();
    work.write("below/shop.json", OLD);
    work.commit("first");
    let moved = OLD.replace("\"x\":1", "\"x\":2");
    work.write("below/shop.json", &moved);
    work.commit("second");
    work.write(
        "below/shop.json",
        &moved.replace("\"owner\":\"a\"", "\"owner\":\"b\""),
    );
    work
}

fn diff(work: &Work, arguments: &[&str]) -> Ended {
    run(&mut wyvern(work.path(), &[&["diff"], arguments].concat()))
}

#[test]
fn a_file_is_compared_with_a_revision() {
    let work = work();
    let ended = diff(
        &work,
        &["HEAD:below/shop.json", "below/shop.json", "--exit-code"],
    );
    assert_eq!((ended.code, ended.words.as_str()), (Some(1), ""));
    assert!(ended.data.contains("owner"), "{}", ended.data);
    assert!(!ended.data.contains('\u{1b}'), "{}", ended.data);

    let coloured = diff(
        &work,
        &["HEAD:below/shop.json", "below/shop.json", "--color=always"],
    );
    assert_eq!(coloured.code, Some(0));
    assert!(coloured.data.contains("\u{1b}["), "{}", coloured.data);
}

#[test]
fn a_path_with_a_dot_is_from_the_current_folder() {
    let work = work();
    let below = work.path().join("below");
    let ended = run(&mut wyvern(
        &below,
        &["diff", "HEAD:./shop.json", "shop.json", "--format=json"],
    ));
    assert_eq!((ended.code, ended.words.as_str()), (Some(0), ""));
    let changes: serde_json::Value = serde_json::from_str(&ended.data).unwrap();
    assert_eq!(changes["changes"].as_array().unwrap().len(), 1);
    assert_eq!(changes["changes"][0]["fields"][0]["after"], "b");
}

#[test]
fn layout_alone_may_be_left_out() {
    let work = work();
    let revisions = ["HEAD~1:below/shop.json", "HEAD:below/shop.json"];
    let all = diff(&work, &[&revisions[..], &["--exit-code"]].concat());
    assert_eq!(all.code, Some(1));
    assert!(all.data.contains("API"), "{}", all.data);
    for format in ["text", "markdown"] {
        let more = ["--exit-code", "--no-layout", "--format", format];
        let none = diff(&work, &[&revisions[..], &more].concat());
        assert_eq!(
            (none.code, none.data.as_str(), none.words.as_str()),
            (Some(0), "", "")
        );
    }
    let more = ["--no-layout", "--format", "json"];
    let none = diff(&work, &[&revisions[..], &more].concat());
    assert_eq!(none.data, "{\n  \"changes\": []\n}\n");
}

#[test]
fn a_file_wins_over_a_revision_of_the_same_name() {
    let work = work();
    fs::create_dir(work.path().join("HEAD:below")).unwrap();
    work.write("HEAD:below/shop.json", OLD);
    let ended = diff(&work, &["HEAD:below/shop.json", "HEAD~1:below/shop.json"]);
    assert_eq!(
        ended,
        Ended {
            code: Some(0),
            data: String::new(),
            words: String::new()
        }
    );
}

#[test]
fn what_is_not_there_is_told_for_both_sides() {
    let work = work();
    work.write("link-target", OLD);
    std::os::unix::fs::symlink("link-target", work.path().join("link.json")).unwrap();
    work.write("text.json", "no JSON");
    work.commit("more");
    let file = "below/shop.json";
    let cases = [
        (
            "HEAD~9:x.json",
            "HEAD~9:x.json: `HEAD~9` names no revision in this repository",
        ),
        ("HEAD:x.json", "HEAD:x.json: `x.json` is not in `HEAD`"),
        ("HEAD:below", "HEAD:below: `below` is not a file"),
        (
            "HEAD:link.json",
            "HEAD:link.json: `link.json` is not a file",
        ),
        (
            "HEAD:text.json",
            "HEAD:text.json:1:1: a value is expected here",
        ),
        (
            "none.json",
            "none.json: No such file or directory (os error 2)",
        ),
        (
            "HEAD\u{1b}[2J:x",
            "HEAD\\u{1b}[2J:x: `HEAD\\u{1b}[2J` names no revision in this repository",
        ),
    ];
    for (name, words) in cases {
        let both = diff(&work, &[name, name]);
        assert_eq!((both.code, both.data.as_str()), (Some(3), ""), "{name}");
        assert_eq!(both.words, format!("{words}\n{words}\n"));
        assert_eq!(diff(&work, &[file, name]).words, format!("{words}\n"));
    }
}

#[test]
fn without_a_repository_there_are_no_revisions() {
    let elsewhere = tempfile::tempdir().unwrap();
    let ended = run(&mut wyvern(elsewhere.path(), &["diff", "HEAD:a", "HEAD:b"]));
    let words =
        "HEAD:a: there is no git repository here\nHEAD:b: there is no git repository here\n";
    assert_eq!((ended.code, ended.words.as_str()), (Some(3), words));
}
