//! Saves that others overtake: a provider in which somebody else commits just before we do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use url::Url;
use wyvern::auth::records::RedisRecords;
use wyvern::clock::SystemClock;
use wyvern::model::Document;
use wyvern::provider::memory::Memory;
use wyvern::provider::{
    Action, Branch, BranchName, Change, CommitError, CommitId, CommitRequest, CommitSummary,
    Committed, Credential, Entry, Expect, File, FilePath, Page, PageNumber, Provider,
    ProviderError, Repository, RepositoryName, SharedTurns, TagName, User, Version,
};
use wyvern::store::{
    Known, ModelName, ModelRef, ModelStore, Occasion, Origin, Parsed, SaveTurns, Saved, StoreError,
    Tags,
};

use crate::support::{CHECKOUT, Redis};

const FILE: &str = "models/M/M.json";

/// Repositories in which the model's file changes before each of the next commits.
#[derive(Debug)]
struct Meddled {
    memory: Memory,
    /// How many commits are still overtaken.
    times: AtomicUsize,
    /// How many were asked for.
    asked: AtomicUsize,
    /// What is there then.
    text: fn(usize) -> Action,
}

impl Meddled {
    async fn put(&self, who: &Credential, action: Action, expect: Expect) {
        let change = Change {
            path: FilePath::parse(FILE).unwrap(),
            action,
            expect,
        };
        let request = CommitRequest {
            branch: BranchName::parse("main").unwrap(),
            changes: vec![change],
            message: "Meddle".to_owned(),
        };
        self.memory
            .commit(who, &repository(), request)
            .await
            .unwrap();
    }
}

#[async_trait]
impl Provider for Meddled {
    async fn user(&self, who: &Credential) -> Result<User, ProviderError> {
        self.memory.user(who).await
    }

    async fn repositories(
        &self,
        who: &Credential,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Repository>, ProviderError> {
        self.memory.repositories(who, query, page).await
    }

    async fn branches(
        &self,
        who: &Credential,
        name: &RepositoryName,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Branch>, ProviderError> {
        self.memory.branches(who, name, query, page).await
    }

    async fn create_branch(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        name: &BranchName,
        from: &BranchName,
    ) -> Result<CommitId, CommitError> {
        self.memory.create_branch(who, repository, name, from).await
    }

    async fn resolve(
        &self,
        who: &Credential,
        name: &RepositoryName,
        branch: &BranchName,
    ) -> Result<CommitId, ProviderError> {
        self.memory.resolve(who, name, branch).await
    }

    async fn resolve_tag(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        tag: &TagName,
    ) -> Result<CommitId, ProviderError> {
        self.memory.resolve_tag(who, repository, tag).await
    }

    async fn read_dir(
        &self,
        who: &Credential,
        name: &RepositoryName,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<Arc<[Entry]>, ProviderError> {
        self.memory.read_dir(who, name, commit, folder).await
    }

    async fn read_files(
        &self,
        who: &Credential,
        name: &RepositoryName,
        commit: &CommitId,
        paths: &[FilePath],
    ) -> Result<Vec<Option<File>>, ProviderError> {
        self.memory.read_files(who, name, commit, paths).await
    }

    async fn commit(
        &self,
        who: &Credential,
        name: &RepositoryName,
        request: CommitRequest,
    ) -> Result<Committed, CommitError> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        if asked < self.times.load(Ordering::SeqCst) {
            self.put(who, (self.text)(asked), Expect::Any).await;
        }
        // Others go on meanwhile.
        tokio::task::yield_now().await;
        self.memory.commit(who, name, request).await
    }

    async fn history(
        &self,
        who: &Credential,
        name: &RepositoryName,
        commit: &CommitId,
        path: &FilePath,
        page: PageNumber,
    ) -> Result<Page<CommitSummary>, ProviderError> {
        self.memory.history(who, name, commit, path, page).await
    }
}

fn repository() -> RepositoryName {
    RepositoryName::parse("demo/models").unwrap()
}

/// A model that is overtaken so often, in this way, when it is saved.
struct Ground {
    provider: Arc<Meddled>,
    store: ModelStore,
    who: Credential,
}

impl Ground {
    async fn new(times: usize, text: fn(usize) -> Action) -> Self {
        let memory = Memory::new(Arc::new(SystemClock));
        assert!(memory.create_repository(&repository()));
        let provider = Arc::new(Meddled {
            memory,
            times: times.into(),
            asked: 0.into(),
            text,
        });
        let who = Credential::Person(User {
            username: "ada".to_owned(),
            name: "Ada".to_owned(),
            email: "ada@example.com".to_owned(),
        });
        provider.put(&who, put(CHECKOUT), Expect::Absent).await;
        let store = store(&provider, &who, SaveTurns::default());
        Self {
            provider,
            store,
            who,
        }
    }

    /// The same models at another server, which shares its turns in this Redis.
    async fn beside(&self, redis: &Redis) -> ModelStore {
        let records = RedisRecords::connect(&redis.url(), Arc::new(SystemClock)).await;
        let shared = SharedTurns::over(records.unwrap().connection());
        let host = Url::parse("https://git.example.com/").unwrap();
        store(
            &self.provider,
            &self.who,
            SaveTurns::among(&host, Some(shared)),
        )
    }

    fn at() -> ModelRef {
        ModelRef {
            repository: repository(),
            branch: BranchName::parse("main").unwrap(),
            model: ModelName::parse("M").unwrap(),
        }
    }

    /// Saves the model with another owner, made from the version that was there first.
    async fn save(&self) -> Result<Saved, StoreError> {
        save(&self.store, "Shop team", "Ada").await
    }

    /// Somebody else saves.
    async fn changes(&self, number: usize) {
        let action = another_reviewer(number);
        self.provider.put(&self.who, action, Expect::Any).await;
    }

    async fn text(&self) -> String {
        let opened = self.store.open(&Self::at()).await.unwrap();
        String::from_utf8(opened.document.bytes().to_vec()).unwrap()
    }
}

fn store(provider: &Arc<Meddled>, who: &Credential, turns: SaveTurns) -> ModelStore {
    let (provider, folder) = (Arc::clone(provider), FilePath::parse("models").unwrap());
    let parsed = Parsed::default();
    let tags = Tags::new(Arc::new(SystemClock));
    ModelStore::new(provider, who.clone(), folder, parsed, Arc::new(turns), tags)
}

/// Saves the model with another name in it, made from the version that was there first.
async fn save(store: &ModelStore, old: &str, new: &str) -> Result<Saved, StoreError> {
    let base = Known::Stored(Version::of(CHECKOUT.as_bytes()));
    let mine = document(&CHECKOUT.replace(old, new));
    let (origin, occasion) = (Origin::Known(base), Occasion::default());
    store.save(&Ground::at(), &mine, &origin, &occasion).await
}

fn document(text: &str) -> Document {
    Document::parse(Bytes::from(text.to_owned())).unwrap()
}

fn put(text: &str) -> Action {
    Action::Put(Bytes::from(text.to_owned()))
}

fn another_reviewer(number: usize) -> Action {
    put(&CHECKOUT.replace("Barbara", &format!("Reviewer {number}")))
}

fn another_owner(number: usize) -> Action {
    put(&CHECKOUT.replace("Shop team", &format!("Owner {number}")))
}

#[tokio::test]
async fn a_save_that_is_overtaken_is_merged_anew() {
    for times in 0..5 {
        let ground = Ground::new(times, another_reviewer).await;
        let saved = ground.save().await.unwrap();
        assert_eq!(saved.merge.is_some(), times > 0, "{times}");
        assert_eq!(ground.provider.asked.load(Ordering::SeqCst), times + 1);
        let mut expected = CHECKOUT.replace("Shop team", "Ada");
        if let Some(last) = times.checked_sub(1) {
            expected = expected.replace("Barbara", &format!("Reviewer {last}"));
        }
        assert_eq!(ground.text().await, expected);
    }
}

#[tokio::test]
async fn a_save_that_is_overtaken_again_and_again_gives_up() {
    let ground = Ground::new(usize::MAX, another_reviewer).await;
    let refused = ground.save().await.unwrap_err();
    let theirs = CHECKOUT.replace("Barbara", "Reviewer 39");
    let now = Version::of(theirs.as_bytes());
    assert!(
        matches!(&refused, StoreError::Conflict { now: Some(told) } if *told == now),
        "{refused:?}"
    );
    assert_eq!(ground.provider.asked.load(Ordering::SeqCst), 40);
    assert_eq!(ground.text().await, theirs);
}

#[tokio::test]
async fn saves_at_servers_that_share_their_turns_do_not_overtake_each_other() {
    let (ground, redis) = (Ground::new(0, another_reviewer).await, Redis::start());
    let (one, other) = (ground.beside(&redis).await, ground.beside(&redis).await);
    let (mine, theirs) = tokio::join!(
        save(&one, "Shop team", "Ada"),
        save(&other, "Barbara", "Grace")
    );
    assert!(mine.is_ok() && theirs.is_ok(), "{mine:?} {theirs:?}");
    assert_eq!(ground.provider.asked.load(Ordering::SeqCst), 2);
    let both = CHECKOUT.replace("Shop team", "Ada");
    assert_eq!(ground.text().await, both.replace("Barbara", "Grace"));
}

#[tokio::test]
async fn what_overtakes_a_save_may_collide_with_it() {
    let ground = Ground::new(1, another_owner).await;
    let refused = ground.save().await.unwrap_err();
    let theirs = CHECKOUT.replace("Shop team", "Owner 0");
    let StoreError::Collision { now, conflicts } = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(now, Version::of(theirs.as_bytes()));
    assert_eq!(conflicts.len(), 1);
    assert_eq!(ground.text().await, theirs);
}

#[tokio::test]
async fn a_model_that_is_deleted_meanwhile_stays_deleted() {
    let ground = Ground::new(1, |_| Action::Delete).await;
    let refused = ground.save().await.unwrap_err();
    assert!(
        matches!(
            refused,
            StoreError::NotFound | StoreError::Conflict { now: None }
        ),
        "{refused:?}"
    );
    let opened = ground.store.open(&Ground::at()).await;
    assert!(matches!(opened, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn a_base_is_looked_for_among_the_newest_500_versions_or_so() {
    let ground = Ground::new(0, another_reviewer).await;
    for number in 0..480 {
        ground.changes(number).await;
    }
    let saved = ground.save().await.unwrap();
    assert!(saved.merge.is_some());
    for number in 480..540 {
        ground.changes(number).await;
    }
    let before = ground.text().await;
    let refused = ground.save().await.unwrap_err();
    let now = Version::of(before.as_bytes());
    assert!(
        matches!(&refused, StoreError::UnknownBase { now: told } if *told == now),
        "{refused:?}"
    );
    assert_eq!(ground.text().await, before);
}
