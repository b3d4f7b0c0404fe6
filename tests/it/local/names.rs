//! Names against git's own opinion.

use std::io::Write as _;
use std::process::{Output, Stdio};

use proptest::prelude::*;
use wyvern::provider::Segment;

use super::*;

const NAMES: u64 = 100_000;

/// What names go wrong with, and some letters.
const PIECES: [&str; 64] = [
    "a",
    "b",
    "c",
    "Z",
    "0",
    "1",
    "9",
    "x",
    "y",
    "feature",
    "main",
    "fix",
    "/",
    "/",
    "/",
    ".",
    ".",
    "-",
    "_",
    "..",
    "@",
    "@{",
    "{",
    "}",
    ".lock",
    ".LOCK",
    "HEAD",
    "refs/heads/",
    "//",
    "/.",
    "~",
    "^",
    ":",
    "?",
    "*",
    "[",
    "]",
    "\\",
    " ",
    "\t",
    "\n",
    "\0",
    "\u{7f}",
    "\u{1}",
    "\u{e9}",
    "\u{301}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "火",
    "🐉",
    "%",
    "#",
    "&",
    "$",
    "'",
    "\"",
    "<",
    "|",
    "!",
    "+",
    "=",
    ",",
    "a.git",
];

/// A text of up to seven pieces. Each seed gives its own.
fn nasty(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut draw = || {
        state ^= state >> 29;
        state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        usize::try_from(state >> 58).unwrap()
    };
    let count = draw() % 8;
    (0..count).map(|_| PIECES[draw()]).collect()
}

/// One git checks all the names: `git fast-import` refuses a branch whose name is malformed.
#[test]
fn git_accepts_each_branch_name_that_we_accept() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "--bare"]);
    let accepted: Vec<_> = (0..NAMES)
        .map(nasty)
        .filter(|name| BranchName::parse(name).is_ok())
        .collect();
    assert!(accepted.len() > 10_000, "{}", accepted.len());
    let names = accepted.iter().map(String::as_str);
    let done = import(dir.path(), names);
    assert!(done.status.success(), "{done:?}");
    let done = import(dir.path(), ["good", "b..ad"].into_iter());
    assert!(!done.status.success(), "it would have said so");
}

fn import<'a>(dir: &Path, names: impl Iterator<Item = &'a str>) -> Output {
    let mut child = command(dir)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let resets: Vec<_> = names
        .map(|name| {
            format!(
                "reset refs/heads/{name}
"
            )
        })
        .collect();
    let mut input = child.stdin.take().unwrap();
    // A git that has refused a name does not read on.
    drop(input.write_all(resets.concat().as_bytes()));
    drop(input);
    child.wait_with_output().unwrap()
}

/// What we refuse and git accepts is only what the rules of our own say.
#[test]
fn we_refuse_little_that_git_accepts() {
    let dir = tempfile::tempdir().unwrap();
    let refused: Vec<_> = (NAMES..NAMES + 1000)
        .map(nasty)
        .filter(|name| BranchName::parse(name).is_err() && !name.contains('\0'))
        .collect();
    for name in refused {
        let full = format!("refs/heads/{name}");
        let accepts = command(dir.path())
            .args(["check-ref-format", &full])
            .status()
            .unwrap()
            .success();
        assert!(!accepts || has_own_reason(&name), "{name:?} is refused");
    }
}

fn has_own_reason(name: &str) -> bool {
    let invisible = |c: char| c.is_control() || "\u{202e}\u{feff}".contains(c);
    name.starts_with('-')
        || name == "@"
        || name == "HEAD"
        || name.ends_with("_HEAD")
        || name.starts_with("refs/")
        || name.contains(invisible)
        || name
            .split('/')
            .any(|part| part.ends_with('.') || part.to_ascii_lowercase().ends_with(".lock"))
}

/// Refused by git, or taken for something else by git or by people.
const BAD_BRANCHES: &[&str] = &[
    "",
    "..",
    "a..b",
    "@",
    "@{u}",
    "a@{1}",
    "-",
    "--help",
    "a.lock",
    "a/b.lock/c",
    "A.LOCK",
    "refs/heads/x",
    "refs/heads/../../x",
    "HEAD",
    "FETCH_HEAD",
    "ORIG_HEAD",
    "a b",
    "a~1",
    "a^",
    "a:b",
    "a?",
    "a*",
    "a[",
    "a\\b",
    "/a",
    "a/",
    "a//b",
    ".a",
    "a/.b",
    "a.",
    "a\u{0}b",
    "a\nb",
    "a\u{7f}b",
    "a\u{202e}b",
    "0123456789abcdef0123456789ABCDEF01234567",
];

#[test]
fn branch_names_that_mean_something_else_are_refused() {
    for name in BAD_BRANCHES {
        assert!(BranchName::parse(name).is_err(), "{name:?}");
    }
    assert!(BranchName::parse(&"a".repeat(241)).is_err());
    for name in [
        "main",
        "feature/x",
        "Zoë",
        "a@b",
        "0123456789abcdef",
        "a-",
        "a{b}",
        "@a",
    ] {
        assert!(BranchName::parse(name).is_ok(), "{name:?}");
    }
}

/// As git, NTFS, HFS+, Windows and people would read them (after git's own tests of path safety).
const BAD_SEGMENTS: &[&str] = &[
    ".git",
    ".GIT",
    ".Git",
    "git~1",
    "GIT~1",
    "git~12",
    ".git.",
    ".git ",
    ".git. .",
    ".g\u{200c}it",
    "\u{200d}.git",
    ".git\u{feff}",
    ".gi\u{200e}t",
    ".\u{200f}git",
    ".git::$INDEX_ALLOCATION",
    ".git:stream",
    ".git::$DATA",
    ".gitmodules",
    ".GITMODULES",
    "gitmod~1",
    "gi7eba~1",
    ".gitmodules ",
    ".gitattributes",
    "gitatt~1",
    "gi7d29~1",
    ".gitignore",
    "gitign~1",
    "gi250a~1",
    ".mailmap",
    "maba30~1",
    "mailma~1",
    "GI7EB~10",
    "gi7~1000",
    "G~1000000",
    ".github",
    ".gitlab",
    ".",
    "..",
    "",
    "a\\b",
    "a\0b",
    "a\n",
    "\u{1}",
    "a.lock",
    "A.Lock",
    "con",
    "CON.txt",
    "nul",
    "com1",
    "LPT9.json",
    "a.",
    "a ",
    " a",
    "a\u{202e}b",
    "a\u{2028}b",
    "com\u{b9}",
    "aux ",
    "aux .x",
];

#[test]
fn git_like_names_are_refused_however_they_are_written() {
    for name in BAD_SEGMENTS {
        assert!(Segment::parse(name).is_err(), "{name:?}");
        assert!(FilePath::parse(&format!("m/{name}")).is_err(), "{name:?}");
    }
    for name in [
        ".gitx", "git", "x.git", "git~", "git~a", ".hidden", "con1", "com0", "ℕ.json",
    ] {
        assert!(Segment::parse(name).is_ok(), "{name:?}");
    }
}

proptest! {
    /// Whatever is accepted can be written by git into a tree, and comes out the same.
    #[test]
    fn accepted_paths_are_plain(seed in any::<u64>()) {
        let text = nasty(seed);
        if let Ok(path) = FilePath::parse(&text) {
            prop_assert_eq!(path.as_str(), &text);
            for part in path.segments() {
                prop_assert!(!part.is_empty() && part != "." && part != "..");
                prop_assert!(!part.contains(['\0', '\\', '\n']));
                prop_assert!(Segment::parse(part).is_ok());
            }
            prop_assert!(git2_accepts(&text), "{:?}", text);
        }
    }

    /// Parsing is total: no text makes it panic.
    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        for error in [
            BranchName::parse(&text).err(),
            FilePath::parse(&text).err(),
            Segment::parse(&text).err(),
            RepositoryName::parse(&text).err(),
        ].into_iter().flatten() {
            let sentence = error.to_string();
            prop_assert!(sentence.starts_with("The ") && sentence.ends_with('.'));
        }
    }
}

/// Libgit2's check of index paths, which refuses all that it would not check out on any system.
fn git2_accepts(path: &str) -> bool {
    let mut index = git2::Index::new().unwrap();
    let entry = git2::IndexEntry {
        ctime: git2::IndexTime::new(0, 0),
        mtime: git2::IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id: git2::Oid::ZERO_SHA1,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    };
    index.add(&entry).is_ok()
}
