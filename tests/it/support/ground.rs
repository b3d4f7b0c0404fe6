//! Where hostile requests are sent to: one model in one repository, and somebody who may do all.

use super::{CHECKOUT, Person, Repository, TestApp};

/// A server with model `M` on branch `main` of `o/r`, and its owner. Each test adds what it asks.
pub(crate) struct Ground {
    pub(crate) app: TestApp,
    pub(crate) repository: Repository,
    pub(crate) ada: Person,
}

impl Ground {
    pub(crate) async fn new() -> Self {
        let app = TestApp::start().await;
        let repository = app.repository("o/r");
        let file = ("100644", "ThreatDragonModels/M/M.json", CHECKOUT);
        repository.seed("main", &[file]);
        let ada = app.owner().await;
        Self {
            app,
            repository,
            ada,
        }
    }
}
