//! Things that are elsewhere: renamed repositories and branches, servers below a path.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use wyvern::provider::{CommitError, Expect, PageNumber, Provider as _, ProviderError};

use super::desk::{HERS, SHOP, adapter_at};
use super::{Desk, at, branch, put};
use crate::forge::Fault;

#[tokio::test]
async fn a_renamed_repository_is_found_by_its_old_name() {
    let desk = Desk::new().await;
    desk.forge.rename(HERS, "ada/renamed");
    assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "one");
    desk.save("one", "two").await.unwrap();
    assert_eq!(desk.git.file(SHOP), "two");
    assert_eq!(desk.list("m").await.unwrap().len(), 1);
    let (ada, repository) = (&desk.ada, &desk.repository);
    let (name, from) = (branch("feature/x"), branch("main"));
    desk.github
        .create_branch(ada, repository, &name, &from)
        .await
        .unwrap();
    let branches = desk
        .github
        .branches(ada, repository, None, PageNumber::FIRST)
        .await
        .unwrap();
    let names: Vec<_> = branches
        .items
        .iter()
        .map(|branch| branch.name.as_str())
        .collect();
    assert_eq!(names, ["main", "feature/x"]);
    let (tip, path) = (desk.resolve().await.unwrap(), at(SHOP));
    let history = desk
        .github
        .history(ada, repository, &tip, &path, PageNumber::FIRST);
    assert_eq!(history.await.unwrap().items.len(), 2);
}

#[tokio::test]
async fn a_renamed_branch_is_not_there() {
    let desk = Desk::new().await;
    for status in [301, 302, 307] {
        let to = desk
            .forge
            .url()
            .join("api/v3/repositories/5001/branches/trunk")
            .unwrap();
        let fault = || Fault::Status {
            status,
            headers: vec![("location".to_owned(), to.to_string())],
            body: r#"{"message":"Moved Permanently"}"#.to_owned(),
        };
        desk.next("/branches/main", fault());
        let error = desk.resolve().await.unwrap_err();
        assert!(
            matches!(error, ProviderError::NotFound { what: "branch" }),
            "{error:?}"
        );
        // Once before it is its turn, and once in it.
        desk.next("/branches/main", fault());
        desk.next("/branches/main", fault());
        let refused = desk.commit(vec![put("x", "x", Expect::Absent)]).await;
        assert!(
            matches!(
                &refused,
                Err(CommitError::Provider(ProviderError::NotFound {
                    what: "branch"
                }))
            ),
            "{refused:?}"
        );
    }
}

/// Whoever is asked for anything below a path with a port before it.
#[tokio::test]
async fn a_server_below_a_path_is_called_below_it() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    let hear = move |request: Request| {
        let bearer = request.headers()["authorization"] == "Bearer secret";
        let line = format!("{} {} {bearer}", request.method(), request.uri());
        heard.lock().unwrap().push(line);
        async { StatusCode::UNAUTHORIZED }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let app = Router::new().fallback(hear);
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let desk = Desk::empty().await;
    let url = format!("http://127.0.0.1:{port}/git/hub").parse().unwrap();
    let github = adapter_at(url, desk.clock.clone());
    let who = wyvern::provider::Credential::Token("secret".into());
    let commit = wyvern::provider::CommitId::parse(&"1".repeat(40)).unwrap();
    let (paths, name) = ([at("a")], branch("x/ä#y"));
    let expired = |error| matches!(error, ProviderError::SignInExpired);
    assert!(expired(github.user(&who).await.unwrap_err()));
    let read = github.read_files(&who, &desk.repository, &commit, &paths);
    assert!(expired(read.await.unwrap_err()));
    let resolved = github.resolve(&who, &desk.repository, &name);
    assert!(expired(resolved.await.unwrap_err()));
    server.abort();
    assert_eq!(
        *asked.lock().unwrap(),
        [
            "GET /git/hub/api/v3/user true",
            "POST /git/hub/api/graphql true",
            "GET /git/hub/api/v3/repos/ada/models/branches/x/%C3%A4%23y true",
        ]
    );
}
