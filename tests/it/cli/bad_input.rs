//! Bad files, given to each command that reads models.

use std::fs::{self, File};
use std::path::Path;

use super::program::{run, wyvern};

const MODEL: &str = r#"{"version":"2.0","summary":{"title":"A"},"detail":{"diagrams":[]}}"#;

/// What is said about each bad file, after its path.
const SENTENCES: &[(&str, &str)] = &[
    ("text.json", ":1:1: a value is expected here"),
    (
        "list.json",
        ": this is no threat model: A threat model has an object at the top.",
    ),
    (
        "number.json",
        ":1:71: this number is not written as JSON requires (in /detail/diagrams/1)",
    ),
    (
        "surrogate.json",
        ":1:38: this escape is half of a surrogate pair (in /summary/title)",
    ),
    (
        "twice.json",
        ":1:39: this key occurs twice in one object (in /summary/title)",
    ),
    ("empty.json", ":1:1: the text is empty"),
    (
        "mark.json",
        ":1:1: the text begins with a byte-order mark; save it as UTF-8 without one",
    ),
    ("latin.json", ":1:2: the text is not UTF-8"),
    (
        "large.json",
        ": the file has 209715200 bytes, and a threat model at most 67108864",
    ),
    ("missing.json", ": No such file or directory (os error 2)"),
    ("folder.json", ": this is not a file"),
];

/// Makes the bad files in this folder.
fn make_bad_files(folder: &Path) {
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("text.json", "no JSON");
    write("list.json", "[1]");
    write("number.json", &MODEL.replace("[]", "[1e400, 01]"));
    write("deep.json", &"[".repeat(10_000));
    write("surrogate.json", &MODEL.replace("\"A\"", "\"\\ud800\""));
    let twice = MODEL.replace("\"title\"", "\"title\":1,\"title\"");
    write("twice.json", &twice);
    write("empty.json", "");
    write("mark.json", &format!("\u{feff}{MODEL}"));
    fs::write(folder.join("latin.json"), b"\"\xe9\"").unwrap();
    fs::create_dir(folder.join("folder.json")).unwrap();
    let large = File::create(folder.join("large.json")).unwrap();
    large.set_len(200 * 1024 * 1024).unwrap();
}

#[test]
fn each_bad_file_gets_one_sentence_that_names_the_place() {
    let folder = tempfile::tempdir().unwrap();
    make_bad_files(folder.path());
    let deepest = "/0".repeat(64);
    let deep = format!(":1:65: arrays and objects are nested more than 64 deep (in {deepest})");
    fs::write(folder.path().join("good.json"), MODEL).unwrap();
    for (file, sentence) in SENTENCES.iter().chain([&("deep.json", deep.as_str())]) {
        for command in [
            &["fmt"][..],
            &["fmt", "--check"],
            &["check", "--format=github"],
            &["diff", "good.json"],
            &["suggest"],
            &["suggest", "--apply", "--format=json"],
        ] {
            if *file == "folder.json" && command[0] != "diff" {
                // A folder is walked through.
                continue;
            }
            let ended = run(&mut wyvern(folder.path(), &[command, &[file]].concat()));
            assert_eq!(ended.words, format!("{file}{sentence}\n"), "{command:?}");
            assert_eq!(ended.code, Some(3), "{command:?}");
            let silent = !matches!(command[0], "check" | "suggest");
            assert_eq!(ended.data.is_empty(), silent, "{command:?}");
        }
    }
}
