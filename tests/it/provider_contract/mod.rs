//! The contract of `Provider`, as one suite of tests that runs against every implementation.
//!
//! Each test is a function over a [`Bench`]: a repository of some provider, empty at first. A new
//! implementation needs a [`Fixture`] and one line at the end of this file.

mod branches;
mod hosted;
mod names;
mod races;
mod reads;
mod tags;
mod writes;

use std::fmt::Debug;
use std::sync::Arc;

use bytes::Bytes;
use hosted::HostedFixture;
use secrecy::SecretString;
use wyvern::clock::SystemClock;
use wyvern::provider::bitbucket::Bitbucket;
use wyvern::provider::github::GitHub;
use wyvern::provider::gitlab::GitLab;
use wyvern::provider::local::{Local, LocalOptions};
use wyvern::provider::memory::Memory;
use wyvern::provider::{
    Action, BranchName, Change, CommitError, CommitId, CommitRequest, CommitSummary, Committed,
    Credential, EntryKind, Expect, File, FilePath, Page, PageNumber, Provider, ProviderError,
    RepositoryName, TagName, User, Version,
};

use crate::forge::Dialect;

/// An implementation under test.
trait Fixture: Send + Sync + Debug {
    fn provider(&self) -> Arc<dyn Provider>;
    /// Creates an empty repository whose default branch is `main`.
    fn create(&self, name: &RepositoryName);
    /// Gives what stands at an id a tag, an object of its own or a light one, and says what the tag
    /// names; `None` where nothing but commits can have tags.
    fn tag(&self, repo: &RepositoryName, name: &str, of: &str, is_object: bool) -> Option<String>;
    /// A person who may write to every repository: Ada.
    fn who(&self) -> Credential {
        Credential::Person(ada())
    }
    /// Somebody of another provider.
    fn foreigner(&self) -> Credential {
        Credential::Token(SecretString::from("secret"))
    }
    /// Whether that is how they are refused.
    fn refuses(&self, error: &ProviderError) -> bool {
        matches!(error, ProviderError::Forbidden)
    }
    /// Whether a message keeps the line end at its end.
    fn keeps_last_line_end(&self) -> bool {
        true
    }
    /// An owner of repositories, whose name contains `sub` and not everywhere in small letters.
    fn owner(&self) -> &'static str {
        "Group/sub"
    }
}

#[derive(Debug)]
struct LocalFixture {
    local: Local,
    data: tempfile::TempDir,
}

impl LocalFixture {
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let local = Local::open(LocalOptions {
            data: data.path().to_owned(),
            repositories: Vec::new(),
            clock: Arc::new(SystemClock),
        });
        Self {
            local: local.unwrap(),
            data,
        }
    }
}

impl Fixture for LocalFixture {
    fn provider(&self) -> Arc<dyn Provider> {
        Arc::new(self.local.clone())
    }

    fn create(&self, name: &RepositoryName) {
        assert!(self.local.create_repository(name).unwrap());
    }

    fn tag(&self, repo: &RepositoryName, name: &str, of: &str, is_object: bool) -> Option<String> {
        let folder = format!("repositories/{repo}.git");
        let git = git2::Repository::open_bare(self.data.path().join(folder)).unwrap();
        let of = git.find_object(of.parse().unwrap(), None).unwrap();
        let made = if is_object {
            let tagger = git2::Signature::now("Ada", "ada@example.org").unwrap();
            git.tag(name, &of, &tagger, "A release", false)
        } else {
            git.tag_lightweight(name, &of, false)
        };
        made.unwrap();
        let made = git.refname_to_id(&format!("refs/tags/{name}"));
        Some(made.unwrap().to_string())
    }
}

#[derive(Debug)]
struct MemoryFixture(Arc<Memory>);

impl Fixture for MemoryFixture {
    fn provider(&self) -> Arc<dyn Provider> {
        self.0.clone()
    }

    fn create(&self, name: &RepositoryName) {
        assert!(self.0.create_repository(name));
    }

    fn tag(&self, repo: &RepositoryName, name: &str, of: &str, _: bool) -> Option<String> {
        let (tag, commit) = (TagName::parse(name).unwrap(), CommitId::parse(of).unwrap());
        assert!(self.0.tag(repo, &tag, &commit));
        None
    }
}

/// A repository under test, and a person who works in it.
#[derive(Debug, Clone)]
struct Bench {
    fixture: Arc<dyn Fixture>,
    provider: Arc<dyn Provider>,
    repository: RepositoryName,
    who: Credential,
}

impl Bench {
    fn new(fixture: Arc<dyn Fixture>) -> Self {
        let repository = RepositoryName::parse("demo/models").unwrap();
        fixture.create(&repository);
        Self {
            provider: fixture.provider(),
            who: fixture.who(),
            fixture,
            repository,
        }
    }

    async fn commit(&self, changes: Vec<Change>) -> Result<Committed, CommitError> {
        self.commit_as("Change models", changes).await
    }

    async fn commit_as(
        &self,
        message: &str,
        changes: Vec<Change>,
    ) -> Result<Committed, CommitError> {
        let request = CommitRequest {
            branch: main(),
            changes,
            message: message.to_owned(),
        };
        self.provider
            .commit(&self.who, &self.repository, request)
            .await
    }

    /// Puts one new file, which must succeed.
    async fn create(&self, path: &str, content: &str) -> Version {
        let mut done = self.commit(vec![put(path, content, Expect::Absent)]).await;
        let versions = &mut done.as_mut().unwrap().versions;
        versions.pop().unwrap().unwrap()
    }

    async fn tip(&self) -> CommitId {
        let (who, repository, main) = (&self.who, &self.repository, main());
        let tip = self.provider.resolve(who, repository, &main).await;
        tip.unwrap()
    }

    async fn file_at(&self, commit: &CommitId, path: &str) -> Option<File> {
        let paths = [at(path)];
        let files = self
            .provider
            .read_files(&self.who, &self.repository, commit, &paths);
        files.await.unwrap().pop().unwrap()
    }

    /// The text of a file on `main`; `None` when it is not there.
    async fn text(&self, path: &str) -> Option<String> {
        let file = self.file_at(&self.tip().await, path).await?;
        Some(String::from_utf8(file.bytes.to_vec()).unwrap())
    }

    /// The names and kinds in a folder on `main`.
    async fn list(&self, folder: &str) -> Vec<(String, EntryKind)> {
        let (tip, folder) = (self.tip().await, at(folder));
        let entries = self
            .provider
            .read_dir(&self.who, &self.repository, &tip, &folder);
        let entries = entries.await.unwrap();
        entries.iter().map(|e| (e.name.clone(), e.kind)).collect()
    }

    /// A page of the file's history on `main`.
    async fn history(&self, path: &str, page: u32) -> Page<CommitSummary> {
        let (tip, path, page) = (self.tip().await, at(path), PageNumber::new(page).unwrap());
        let (who, repository) = (&self.who, &self.repository);
        let history = self
            .provider
            .history(who, repository, &tip, &path, page)
            .await;
        history.unwrap()
    }

    /// How many commits of `main` changed the file, over all pages.
    async fn changes_of(&self, path: &str) -> usize {
        let mut count = 0;
        for number in 1.. {
            let history = self.history(path, number).await;
            count += history.items.len();
            if !history.next {
                break;
            }
        }
        count
    }
}

fn ada() -> User {
    User {
        username: "ada".to_owned(),
        name: "Ada Lovelace".to_owned(),
        email: "ada@example.org".to_owned(),
    }
}

fn main() -> BranchName {
    branch("main")
}

fn branch(name: &str) -> BranchName {
    BranchName::parse(name).unwrap()
}

fn at(path: &str) -> FilePath {
    FilePath::parse(path).unwrap()
}

fn put(path: &str, content: &str, expect: Expect) -> Change {
    Change {
        path: at(path),
        action: Action::Put(Bytes::from(content.to_owned())),
        expect,
    }
}

fn delete(path: &str, expect: Expect) -> Change {
    Change {
        path: at(path),
        action: Action::Delete,
        expect,
    }
}

macro_rules! contract {
    ($($module:ident: $($test:ident),+;)+) => {
        contract!(@ local, LocalFixture::new(), $($module: $($test),+;)+);
        contract!(@ memory, MemoryFixture(Arc::new(Memory::new(Arc::new(SystemClock)))), $($module: $($test),+;)+);
        contract!(@ hosted_by_github, HostedFixture::start(Dialect::GitHub, GitHub::new).await, $($module: $($test),+;)+);
        contract!(@ hosted_by_gitlab, HostedFixture::start(Dialect::GitLab, GitLab::new).await, $($module: $($test),+;)+);
        contract!(@ hosted_by_bitbucket, HostedFixture::start(Dialect::Bitbucket, |options| Bitbucket::new(options).unwrap()).await, $($module: $($test),+;)+);
    };
    (@ $name:ident, $fixture:expr, $($module:ident: $($test:ident),+;)+) => {
        mod $name {
            use super::*;
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$module::$test(&Bench::new(Arc::new($fixture))).await;
                }
            )+)+
        }
    };
}

contract! {
    writes: a_commit_creates_replaces_and_deletes, expectations_that_do_not_hold_are_told_apart,
        the_same_write_sent_twice_is_one_commit, a_commit_of_several_files_is_made_wholly_or_not,
        a_file_and_a_folder_cannot_share_a_name, a_file_may_give_way_to_a_folder,
        a_move_of_what_somebody_else_has_moved_is_refused,
        author_and_message_are_kept, a_large_file_is_whole, another_kind_of_credential_is_refused;
    races: writers_of_one_file_leave_one_winner, writers_of_other_files_do_not_meet,
        nothing_appended_by_many_editors_is_lost;
    names: names_are_kept_byte_for_byte, branch_names_may_have_slashes;
    reads: containers_that_are_not_there_are_named, commits_to_what_is_not_there_are_refused,
        folders_that_are_not_there_are_empty,
        a_thousand_models_are_listed_wholly, a_commit_is_read_as_it_was,
        repositories_are_listed_in_pages, history_tells_each_change_of_one_file,
        history_comes_in_pages;
    branches: a_repository_without_commits_has_no_branches, the_default_branch_comes_first,
        branches_are_found_by_a_part_of_their_name,
        a_branch_is_created_where_another_stands, branches_that_cannot_be_kept_together_are_refused;
    tags: a_tag_names_its_commit_whatever_comes_later, a_tag_may_name_another_tag,
        a_tag_that_is_not_there_is_told, a_tag_of_something_else_names_no_commit,
        tag_names_may_hold_what_git_lets_them;
}
