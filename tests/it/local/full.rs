//! A disk that fills up at any moment of a save: the save is refused and nothing is half done.
//!
//! The disk is a file system in memory that the test mounts in a namespace of its own, in a child
//! process (this very test, told so by its environment). Where the system does not let it, there is
//! nothing to test.

use std::fs::{self, File};
use std::io::Write as _;

use super::*;

const TEST: &str = "local::full::a_save_on_a_full_disk_is_refused_wholly";
/// Mounts the disk over the folder `$1`, and runs the rest.
const MOUNT: &str = r#"mount -t tmpfs -o size=3m tmpfs "$1" && shift && exec "$@""#;

#[tokio::test]
async fn a_save_on_a_full_disk_is_refused_wholly() {
    if setting("WYVERN_TEST_DATA").is_some() {
        return fill_and_save().await;
    }
    let disk = tempfile::tempdir().unwrap();
    let inside = |program: &std::ffi::OsStr, args: &[&str]| {
        Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", MOUNT, "sh"])
            .arg(disk.path())
            .arg(program)
            .args(args)
            .env("TMPDIR", disk.path())
            .env("WYVERN_TEST_DATA", disk.path())
            .output()
    };
    if !inside("true".as_ref(), &[]).is_ok_and(|done| done.status.success()) {
        return;
    }
    let this = std::env::current_exe().unwrap();
    let done = inside(this.as_os_str(), &["--exact", TEST, "--nocapture"]).unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// Saves with less and less space left. Some saves must fail, and some succeed.
async fn fill_and_save() {
    let project = Project::new();
    let filler = project.dir.path().join("filler");
    let (mut saved, mut refused) = (0, 0);
    for left in (0..60).rev() {
        fill(&filler, left * 1024);
        let before = project.git(&["rev-parse", "main"]);
        let text = format!("{left} {}", "x".repeat(3000));
        match project.put("m/a", &text).await {
            Ok(_) => saved += 1,
            Err(error) => {
                let text = error.to_string();
                assert!(
                    text.ends_with("The disk that keeps the repository is full."),
                    "{text}"
                );
                assert_eq!(project.git(&["rev-parse", "main"]), before);
                refused += 1;
            }
        }
        assert_whole(&project.path());
    }
    assert!(saved > 5 && refused > 5, "{saved} saved, {refused} refused");
    fs::remove_file(filler).unwrap();
    project.put("m/a", "after\n").await.unwrap();
    assert_eq!(project.git(&["status", "--porcelain"]), "");
    assert_eq!(project.read("m/a"), "after\n");
}

/// Fills the disk but for so many bytes.
fn fill(filler: &Path, left: u64) {
    let mut file = File::create(filler).unwrap();
    while file.write_all(&[1; 1024]).is_ok() {}
    let size = file.metadata().unwrap().len();
    file.set_len(size.saturating_sub(left)).unwrap();
}
