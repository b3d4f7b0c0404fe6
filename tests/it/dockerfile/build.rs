//! Carries out the steps of the Dockerfile: a folder stands for each stage's root, the commands run
//! on this machine as they are written.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::parse::{Stage, pairs};

const CHECKOUT: &str = env!("CARGO_MANIFEST_DIR");
/// Settings of this machine's tools, which in the images are where the tools expect them.
const TOOLS: [&str; 4] = ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME"];

/// Builds all stages and answers the root of the last.
pub(super) fn build(stages: &[Stage]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("image");
    fs::remove_dir_all(folder.join("stages")).ok();
    // What cargo has built is kept from run to run, as in a layer that is still good.
    fs::create_dir_all(folder.join("kept")).unwrap();
    let context = folder.join("stages/context");
    copy_context(&context);
    for stage in stages {
        let mut machine = Machine {
            stages: folder.join("stages"),
            root: root(&folder.join("stages"), stage.name.as_deref()),
            kept: folder.join("kept"),
            work: PathBuf::new(),
            environment: tools(),
        };
        for (keyword, rest) in &stage.steps {
            machine.step(keyword, rest);
        }
    }
    root(&folder.join("stages"), None)
}

fn root(stages: &Path, name: Option<&str>) -> PathBuf {
    stages.join(name.unwrap_or("last"))
}

/// Copies what a clean checkout has and .dockerignore lets through.
fn copy_context(context: &Path) {
    let listed = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["ls-files", "-z"])
            .args(arguments)
            .current_dir(CHECKOUT);
        let output = git.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let names = String::from_utf8(output.stdout).unwrap();
        names
            .split_terminator('\0')
            .map(ToOwned::to_owned)
            .collect::<Vec<_>>()
    };
    let mut files = listed(&["--cached"]);
    let ignored = listed(&["--cached", "--ignored", "--exclude-from=.dockerignore"]);
    files.retain(|file| !ignored.contains(file) && Path::new(CHECKOUT).join(file).exists());
    assert!(files.len() > 50 && !ignored.is_empty(), "{files:?}");
    fs::create_dir_all(context).unwrap();
    let mut copy = Command::new("cp");
    copy.args(["--archive", "--parents"])
        .args(&files)
        .arg(context);
    assert!(copy.current_dir(CHECKOUT).status().unwrap().success());
}

fn tools() -> BTreeMap<String, String> {
    let mut environment = wyvern::config::environment();
    let mut tools: BTreeMap<_, _> = TOOLS
        .iter()
        .filter_map(|name| environment.remove_entry(*name))
        .collect();
    // The commands are what is tested here; how fast their program runs is not.
    tools.insert("CARGO_PROFILE_RELEASE_OPT_LEVEL".to_owned(), "0".to_owned());
    tools.insert("npm_config_prefer_offline".to_owned(), "true".to_owned());
    tools
}

/// A stage while it is built.
struct Machine {
    stages: PathBuf,
    root: PathBuf,
    kept: PathBuf,
    /// The working directory, on this machine.
    work: PathBuf,
    environment: BTreeMap<String, String>,
}

impl Machine {
    fn step(&mut self, keyword: &str, rest: &str) {
        match keyword {
            "WORKDIR" => {
                self.work = self.path(rest);
                fs::create_dir_all(&self.work).unwrap();
                symlink(&self.kept, self.work.join("target")).unwrap();
            }
            "ENV" => self.environment.extend(pairs(rest)),
            "COPY" => self.copy(rest),
            "RUN" => self.run(rest),
            "ARG" | "LABEL" | "USER" | "VOLUME" | "EXPOSE" | "STOPSIGNAL" | "HEALTHCHECK"
            | "ENTRYPOINT" | "CMD" => {}
            other => panic!("what does {other} do?"),
        }
    }

    /// A path of the image, on this machine.
    fn path(&self, path: &str) -> PathBuf {
        match path.strip_prefix('/') {
            Some(absolute) => self.root.join(absolute),
            None => self.work.join(path),
        }
    }

    /// Times are kept, as an engine keeps them.
    fn copy(&self, rest: &str) {
        let (options, paths): (Vec<_>, Vec<_>) = rest
            .split_whitespace()
            .partition(|word| word.starts_with("--"));
        let from = options
            .iter()
            .find_map(|option| option.strip_prefix("--from="));
        let from = self.stages.join(from.unwrap_or("context"));
        let (to, sources) = paths.split_last().unwrap();
        let target = self.path(to);
        let parent = if to.ends_with('/') {
            &target
        } else {
            target.parent().unwrap()
        };
        fs::create_dir_all(parent).unwrap();
        for source in sources {
            let source = from.join(source.trim_start_matches('/'));
            // A folder's content is copied, not the folder.
            let source = if source.is_dir() {
                source.join(".")
            } else {
                source
            };
            let mut copy = Command::new("cp");
            let status = copy.arg("--archive").arg(&source).arg(&target).status();
            assert!(
                status.unwrap().success(),
                "COPY {rest}: {}",
                source.display()
            );
        }
    }

    fn run(&self, command: &str) {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", command]).current_dir(&self.work);
        shell.env_clear().envs(&self.environment);
        let output = shell.output().unwrap();
        assert!(
            output.status.success(),
            "RUN {command}\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
