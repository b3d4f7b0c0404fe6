//! Bodies that are not read: of those who may not send them, and of those that say they are too
//! large (S10).

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;

use crate::support::{Ask, TestApp, model_path};

const MEBIBYTE: usize = 1 << 20;

/// A body of this many MiB without a stated length, and how many of them have been read.
fn counted(mebibytes: usize) -> (Body, Arc<AtomicUsize>) {
    let read = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&read);
    let chunks = stream::iter((0..mebibytes).map(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Infallible>(Bytes::from(vec![b' '; MEBIBYTE]))
    }));
    (Body::from_stream(chunks), read)
}

fn as_json(ask: Ask, body: Body) -> Ask {
    ask.body(body).header("content-type", "application/json")
}

#[tokio::test]
async fn nothing_is_read_of_somebody_who_is_not_signed_in() {
    let app = TestApp::start().await;
    app.repository("o/r");
    for (method, what) in [
        ("POST", "create"),
        ("PUT", "create"),
        ("PUT", "update"),
        ("POST", "rename"),
        ("DELETE", ""),
    ] {
        let (body, read) = counted(1000);
        let path = model_path("o/r", "main", "M", what);
        let answer = as_json(app.nobody().ask(method, &path), body).await;
        answer.problem(401, "sign_in_required");
        assert_eq!(read.load(Ordering::Relaxed), 0, "{method} {what}");
    }
}

#[tokio::test]
async fn nothing_is_read_for_a_bad_name_or_a_bad_address() {
    let app = TestApp::start().await;
    let ada = app.owner().await;
    for (path, status) in [
        ("/api/threatmodel/o/r/main/.git/create", 422),
        ("/api/threatmodel/o/r/HEAD/M/create", 422),
        ("/api/threatmodel/o/r/main/M/nothing", 404),
        ("/api/threatmodel/o/r/main/M/data", 405),
        ("/nothing", 404),
    ] {
        let (body, read) = counted(1000);
        as_json(ada.post(path), body).await.is(status);
        assert_eq!(read.load(Ordering::Relaxed), 0, "{path}");
    }
}

#[tokio::test]
async fn a_body_that_says_that_it_is_too_large_is_not_read() {
    let app = TestApp::start().await;
    app.repository("o/r");
    let ada = app.owner().await;
    let path = model_path("o/r", "main", "M", "create");
    let (body, read) = counted(33);
    let ask = as_json(ada.post(&path), body).header("content-length", "34603008");
    ask.await.problem(413, "too_large");
    assert_eq!(read.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn of_a_body_that_is_no_model_little_is_read() {
    let app = TestApp::start().await;
    app.repository("o/r");
    let ada = app.owner().await;
    let rename = model_path("o/r", "main", "M", "rename");
    let branch = "/api/threatmodel/o/r/new/createBranch";
    for path in ["/api/login/local", "/api/token/refresh", &rename, branch] {
        let (body, read) = counted(1000);
        let problem = as_json(ada.post(path), body)
            .await
            .problem(413, "too_large");
        let told = "The body is larger than 16384 bytes, the limit of a body that is no model.";
        assert_eq!(problem["detail"], told, "{path}");
        assert_eq!(read.load(Ordering::Relaxed), 1, "{path}");
    }
}

#[tokio::test]
async fn a_body_without_end_is_read_to_the_limit() {
    let app = TestApp::start().await;
    app.repository("o/r");
    let ada = app.owner().await;
    let path = model_path("o/r", "main", "M", "create");
    let (body, read) = counted(10_000);
    as_json(ada.post(&path), body)
        .await
        .problem(413, "too_large");
    assert!(read.load(Ordering::Relaxed) <= 33);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_refused() {
    let app = TestApp::start().await;
    let repository = app.repository("o/r");
    let ada = app.owner().await;
    let before = repository.state();
    let chunks = [
        Ok(Bytes::from_static(b"{\"summary\":")),
        Err(std::io::Error::other("the client has gone")),
    ];
    let path = model_path("o/r", "main", "M", "create");
    let body = Body::from_stream(stream::iter(chunks));
    let problem = as_json(ada.post(&path), body)
        .await
        .problem(400, "bad_request");
    assert_eq!(problem["detail"], "The body ended early.");
    assert_eq!(repository.state(), before);
}
