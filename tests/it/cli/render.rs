//! `wyvern render`: pictures on standard output and in folders.

use std::fs;
use std::path::Path;

use super::program::{Ended, run, wyvern};
use super::work::Work;

const VECTORS: &str = "tests/vectors/pictures";

fn vector(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(VECTORS);
    fs::read_to_string(folder.join(name)).unwrap()
}

/// A folder with the model of all shapes.
fn work() -> Work {
    let work = Work::create();
    work.write("all.json", &vector("everything.json"));
    work
}

fn render(work: &Work, arguments: &[&str]) -> Ended {
    run(&mut wyvern(work.path(), &[&["render"], arguments].concat()))
}

#[test]
fn one_picture_is_printed() {
    let told = render(&work(), &["all.json", "--diagram=1", "--theme=dark"]);
    assert_eq!((told.code, told.words.as_str()), (Some(0), ""));
    assert_eq!(told.data, vector("everything-1-dark.svg"));
}

#[test]
fn several_are_written_into_a_folder() {
    let work = work();
    let told = render(&work, &["all.json", "--into", "new/folder"]);
    let names = "new/folder/0.svg\nnew/folder/1.svg\nnew/folder/2.svg\n";
    assert_eq!((told.code, told.data.as_str()), (Some(0), names));
    for id in 0..3 {
        let picture = work.read(&format!("new/folder/{id}.svg"));
        assert_eq!(picture, vector(&format!("everything-{id}-light.svg")));
    }
}

#[test]
fn which_diagram_is_meant_is_asked() {
    let work = work();
    let told = render(&work, &["all.json"]);
    let words =
        "all.json: choose one with --diagram, or a folder with --into: 0 Shapes, 1 , 2 Empty\n";
    assert_eq!(
        (told.code, told.data.as_str(), told.words.as_str()),
        (Some(2), "", words)
    );
    let told = render(&work, &["all.json", "--diagram=7"]);
    let words = "all.json: there is no such diagram; there are: 0 Shapes, 1 , 2 Empty\n";
    assert_eq!((told.code, told.words.as_str()), (Some(3), words));
    let model = r#"{"version":"2.0","summary":{"title":"M"},"detail":{"diagrams":[]}}"#;
    work.write("none.json", model);
    let told = render(&work, &["none.json"]);
    assert_eq!(
        (told.code, told.words.as_str()),
        (Some(3), "none.json: the model has no diagram\n")
    );
}

#[test]
fn badges_and_size_are_as_asked() {
    let work = work();
    let plain = render(
        &work,
        &["all.json", "--diagram=0", "--no-badges", "--scale=2"],
    )
    .data;
    assert!(!plain.contains("open threats"));
    assert!(vector("everything-0-light.svg").contains("open threats"));
    let empty = render(&work, &["all.json", "--diagram=2", "--scale=0.5"]).data;
    assert!(empty.contains("width=\"220\" height=\"170\""), "{empty}");
    for scale in ["0", "11", "NaN", "inf", "wide"] {
        let told = render(
            &work,
            &["all.json", "--diagram=0", &format!("--scale={scale}")],
        );
        assert_eq!(told.code, Some(2));
        assert!(
            told.words.contains("a factor is a number from 0.1 to 10"),
            "{}",
            told.words
        );
    }
}

#[test]
fn a_model_of_version_1_is_drawn_as_what_it_becomes() {
    let work = Work::create();
    work.write(
        "old.json",
        include_str!("../../fixtures/models/version-1.json"),
    );
    let picture = render(&work, &["old.json", "--diagram=3"]);
    assert_eq!(picture.code, Some(0), "{}", picture.words);
    assert!(
        picture.data.contains("<ellipse") && picture.data.contains("Desk"),
        "{}",
        picture.data
    );
}
