//! `wyvern fmt`: only the layout changes, and only of models.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use super::program::{Ended, run, wyvern};

const COMPACT: &str = "{\"version\":\"2.0\",\"summary\":{\"title\":\"A \\u0062\",\"id\":1.50},\n\"detail\":{\"diagrams\":[],\"z\":1,\"a\":{}}}\n";
const LAID_OUT: &str = "{\n  \"version\": \"2.0\",\n  \"summary\": {\n    \"title\": \"A \\u0062\",\n    \"id\": 1.50\n  },\n  \"detail\": {\n    \"diagrams\": [],\n    \"z\": 1,\n    \"a\": {}\n  }\n}\n";

fn ended(code: i32, data: &str, words: &str) -> Ended {
    Ended {
        code: Some(code),
        data: data.to_owned(),
        words: words.to_owned(),
    }
}

fn fmt(folder: &Path, arguments: &[&str]) -> Ended {
    run(&mut wyvern(folder, &[&["fmt"], arguments].concat()))
}

#[test]
fn models_are_laid_out_wherever_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let (root, deep) = (folder.path(), folder.path().join("a/.b"));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("one.json"), COMPACT).unwrap();
    fs::write(root.join("two.JSON"), COMPACT.trim_end()).unwrap();
    fs::write(root.join("good.json"), LAID_OUT).unwrap();
    fs::write(root.join("package.json"), "{\"name\":\"x\"}").unwrap();
    fs::set_permissions(deep.join("one.json"), fs::Permissions::from_mode(0o640)).unwrap();

    let listed = "a/.b/one.json\ntwo.JSON\n";
    assert_eq!(fmt(root, &["--check"]), ended(1, listed, ""));
    assert_eq!(fs::read_to_string(deep.join("one.json")).unwrap(), COMPACT);

    assert_eq!(fmt(root, &[]), ended(0, listed, ""));
    assert_eq!(fs::read_to_string(deep.join("one.json")).unwrap(), LAID_OUT);
    let mode = fs::metadata(deep.join("one.json"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    // The newline at the end stays as it was.
    assert_eq!(
        fs::read_to_string(root.join("two.JSON")).unwrap(),
        LAID_OUT.trim_end()
    );
    assert_eq!(
        fs::read_to_string(root.join("package.json")).unwrap(),
        "{\"name\":\"x\"}"
    );
    assert_eq!(fmt(root, &["--check"]), ended(0, "", ""));
    // Nothing is left beside the models.
    assert_eq!(fs::read_dir(root).unwrap().count(), 4);
    assert_eq!(fs::read_dir(deep).unwrap().count(), 1);
}

#[test]
fn what_git_ignores_and_links_stay_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join(".git")).unwrap();
    fs::create_dir(root.join("build")).unwrap();
    fs::write(root.join(".gitignore"), "build/\n").unwrap();
    let untouched = [
        root.join(".git/model.json"),
        root.join("build/model.json"),
        outside.path().join("model.json"),
    ];
    for path in &untouched {
        fs::write(path, COMPACT).unwrap();
    }
    symlink(&untouched[2], root.join("link.json")).unwrap();
    symlink(outside.path(), root.join("folder")).unwrap();
    assert_eq!(fmt(root, &[]), ended(0, "", ""));
    let words = "link.json: this is a symbolic link, which is not followed\n";
    assert_eq!(fmt(root, &["link.json"]), ended(3, "", words));
    for path in untouched {
        assert_eq!(fs::read_to_string(path).unwrap(), COMPACT);
    }
}

#[test]
fn a_broken_model_in_a_folder_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let broken = "{\"summary\":{\"title\":\"x\"},\n\"detail\":{\"diagrams\":[}}";
    fs::write(root.join("broken.json"), broken).unwrap();
    fs::write(root.join("damaged.json"), COMPACT.replace("[]", "5")).unwrap();
    fs::write(root.join("model.json"), COMPACT).unwrap();
    // It has the words, but is no model.
    fs::write(
        root.join("schema.json"),
        "{\"summary\":{},\"x\":{\"detail\":{\"diagrams\":1}}}",
    )
    .unwrap();
    let words = "broken.json:2:23: a value is expected here (in /detail/diagrams/0)\n\
        damaged.json: this is no threat model: A threat model has an array at /detail/diagrams.\n";
    assert_eq!(fmt(root, &[]), ended(5, "model.json\n", words));
    assert_eq!(
        fs::read_to_string(root.join("broken.json")).unwrap(),
        broken
    );
    assert_eq!(
        fs::read_to_string(root.join("model.json")).unwrap(),
        LAID_OUT
    );
}
