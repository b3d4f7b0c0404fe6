//! What Wyvern asks in GraphQL holds to GitHub's schema.

use std::collections::BTreeSet;
use std::sync::Arc;

use apollo_compiler::ExecutableDocument;
use bytes::Bytes;
use wyvern::clock::SystemClock;
use wyvern::provider::{
    Action, BranchName, Change, CommitRequest, Credential, Expect, FilePath, PageNumber,
    Provider as _, RepositoryName, Version,
};

use super::super::client::Client;
use super::graphql::schema;

/// Lets Wyvern do what it does with GitHub.
async fn work(ada: &Client) {
    let github = crate::github::adapter(&ada.forge, Arc::new(SystemClock));
    let who = Credential::Token(ada.token.clone().into());
    let repository = RepositoryName::parse("ada/models").unwrap();
    let main = BranchName::parse("main").unwrap();
    let path = |path: &str| FilePath::parse(path).unwrap();
    let tip = github.resolve(&who, &repository, &main).await.unwrap();
    let entries = github.read_dir(&who, &repository, &tip, &path("a")).await;
    assert_eq!(entries.unwrap().len(), 2);
    let paths = [path("a/one.txt"), path("a/two.txt")];
    let files = github.read_files(&who, &repository, &tip, &paths).await;
    assert!(files.unwrap().iter().all(Option::is_some));
    let put = Change {
        path: path("a/one.txt"),
        action: Action::Put(Bytes::from_static(b"1")),
        expect: Expect::Version(Version::of(b"one")),
    };
    let request = CommitRequest {
        branch: main,
        changes: vec![put],
        message: "Put\n\nRequest-Id: 1\n".to_owned(),
    };
    let made = github.commit(&who, &repository, request).await.unwrap();
    // Another one, which has seen none of these commits.
    let github = crate::github::adapter(&ada.forge, Arc::new(SystemClock));
    let (at, path, first) = (&made.commit, path("a/one.txt"), PageNumber::FIRST);
    let history = github.history(&who, &repository, at, &path, first).await;
    assert_eq!(history.unwrap().items.len(), 2);
}

#[tokio::test]
async fn every_document_that_wyvern_sends_holds_to_the_schema() {
    let ada = Client::start().await;
    let files = [
        ("100644", "a/one.txt", "one"),
        ("100644", "a/two.txt", "two"),
    ];
    ada.repository.seed("main", &files);
    work(&ada).await;
    let schema = schema();
    let mut names = BTreeSet::new();
    for document in ada.forge.documents() {
        let parsed = ExecutableDocument::parse_and_validate(&schema, &document, "query.graphql");
        let parsed = parsed.unwrap_or_else(|faults| panic!("{document}\n{}", faults.errors));
        names.extend(
            parsed
                .operations
                .iter()
                .map(|one| one.name.as_ref().unwrap().to_string()),
        );
    }
    let expected = ["Commit", "List", "Look", "Versions"].map(str::to_owned);
    assert_eq!(names, BTreeSet::from(expected));
}
