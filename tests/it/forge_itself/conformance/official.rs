//! The hosts' published descriptions.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use aws_lc_rs::digest::{SHA512, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// GitHub's REST, as OpenAPI in JSON.
pub(super) const REST: Package = Package {
    name: "@octokit/openapi",
    version: "23.0.2",
    member: "package/generated/api.github.com.json",
    sha512: "pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==",
};

/// GitHub's GraphQL, in its schema language.
pub(super) const GRAPHQL: Package = Package {
    name: "@octokit/graphql-schema",
    version: "15.26.1",
    member: "package/schema.graphql",
    sha512: "RFDC2MpRBd4AxSRvUeBIVeBU7ojN/SxDfALUd7iVYOSeEK3gZaqR2MGOysj4Zh2xj2RY5fQAUT+Oqq7hWTraMA==",
};

/// The types of Bitbucket's answers, made from its description.
pub(super) const BITBUCKET_TYPES: Package = Package {
    name: BITBUCKET,
    version: "2.12.0",
    member: "package/lib/bitbucket.d.ts",
    sha512: BITBUCKET_SUM,
};

/// The client that goes with them, in which the calls are.
pub(super) const BITBUCKET_CALLS: Package = Package {
    name: BITBUCKET,
    version: "2.12.0",
    member: "package/lib/index.js",
    sha512: BITBUCKET_SUM,
};

const BITBUCKET: &str = "bitbucket";
const BITBUCKET_SUM: &str =
    "YqaiTPEmn5mkwdU2gGcJZcQ6B8/DhCHhc3SSYqSpnef6nSTTSa/2GSBoLEgPLqAuqrQITGKq8MgYkfDMtnJPuw==";

/// One file of a package of npm.
pub(super) struct Package {
    name: &'static str,
    version: &'static str,
    member: &'static str,
    /// Of the package, in base64.
    sha512: &'static str,
}

impl Package {
    /// The file's text. Only the first test that wants it fetches it; the others wait.
    pub(super) fn text(&self) -> String {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("official");
        fs::create_dir_all(&folder).unwrap();
        let lock = File::create(folder.join(".lock")).unwrap();
        lock.lock().unwrap();
        let file = self.member.rsplit('/').next().unwrap();
        let kept = folder.join(format!("{}-{file}", self.version));
        if !kept.exists() {
            let unpacked = self.unpacked(&folder);
            fs::rename(unpacked, &kept).unwrap();
        }
        fs::read_to_string(kept).unwrap()
    }

    fn unpacked(&self, folder: &Path) -> PathBuf {
        let fetched = tempfile::tempdir_in(folder).unwrap();
        let wanted = format!("{}@{}", self.name, self.version);
        let npm = ["pack", "--silent", &wanted];
        run(Command::new("npm").args(npm).current_dir(&fetched));
        let packed = fs::read_dir(&fetched)
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        let sum = digest(&SHA512, &fs::read(&packed).unwrap());
        assert_eq!(STANDARD.encode(sum), self.sha512, "{wanted} is another one");
        let tar = Command::new("tar")
            .arg("-xzf")
            .arg(&packed)
            .arg("-C")
            .arg(folder)
            .arg(self.member)
            .status();
        assert!(tar.unwrap().success(), "{wanted} has no {}", self.member);
        folder.join(self.member)
    }
}

fn run(command: &mut Command) {
    let done = command.output();
    let done =
        done.unwrap_or_else(|error| panic!("{command:?}: {error}: install Node.js with npm"));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {said}");
}
