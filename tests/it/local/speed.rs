//! That what is warm is answered without leaving the async thread.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;

/// The answer of a future that never waits.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("it waits for another thread"),
    }
}

#[tokio::test]
async fn a_warm_read_never_waits() {
    let project = Project::new();
    let (local, who, project_name) = (&project.local, ada(), name("local/project"));
    project.put("m/a", "new\n").await.unwrap();
    let (main, folder) = (BranchName::parse("main").unwrap(), at("m"));
    let paths = [at("m/a"), at("m/none")];
    let tip = local.resolve(&who, &project_name, &main).await.unwrap();
    let cold = local.read_files(&who, &project_name, &tip, &paths).await;
    let listed = local.read_dir(&who, &project_name, &tip, &folder).await;

    let tip = at_once(local.resolve(&who, &project_name, &main)).unwrap();
    let warm = at_once(local.read_files(&who, &project_name, &tip, &paths));
    assert_eq!(warm.unwrap(), cold.unwrap());
    let again = at_once(local.read_dir(&who, &project_name, &tip, &folder)).unwrap();
    assert!(Arc::ptr_eq(&again, &listed.unwrap()), "the same list");
}
