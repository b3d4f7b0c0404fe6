//! What clients see of hosts' failures: every operation meets every fault at every host, over HTTP
//! through the production router. What comes of it is a page of the docs.

mod ground;
mod operation;
mod page;
mod seen;

use std::collections::BTreeSet;
use std::fs;

use futures_util::future::{join, join_all};
use tokio::sync::Semaphore;

use crate::forge::{Dialect, Fault, Wanted};
use ground::Ground;
use operation::Operation;
use page::{PROBLEMS, Row, page};
use seen::{Seen, Trace};

/// How many are set up or meet their faults at once, so that no call takes long by itself.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// How long a fault lasts.
#[derive(Debug, Clone, Copy)]
enum Lasting {
    Once,
    Always,
}

impl Ground {
    fn plant(&self, lasting: Lasting, wanted: Wanted, fault: Fault) {
        let faults = self.host.forge.faults();
        match lasting {
            Lasting::Once => faults.next(wanted, fault),
            Lasting::Always => faults.every(wanted, fault),
        }
    }

    /// One operation meets one fault. Where only time passes, others go on.
    async fn meet(&mut self, operation: Operation, number: usize, lasting: Lasting) -> Seen {
        let turn = AT_ONCE.acquire().await.unwrap();
        let browser = self.next_round().await;
        let request = operation.request(self, &browser).await;
        let before = self.git.commits("main").len();
        let (name, fault) = self.faults().swap_remove(number);
        let turn = (!matches!(fault, Fault::Hang)).then_some(turn);
        // A host refuses a token wherever it is shown, or it does not refuse it.
        let wanted = match (name, lasting) {
            ("401", Lasting::Always) => Wanted::Any,
            _ => operation.meets(self.host.forge.dialect()),
        };
        self.plant(lasting, wanted, fault);
        let answer = browser.send(request).await;
        let seen = Seen::of(operation, self, &answer);
        seen.is_honest(operation, name, self, &answer);
        let id = answer.header("x-request-id").unwrap();
        let messages = self.git.git(&["log", "--format=%B", "main"]);
        let trace = Trace {
            commits: self.git.commits("main").len() - before,
            named: messages.matches(&format!("Request-Id: {id}")).count(),
        };
        seen.is_made_once(operation, name, &trace);
        self.nobody_went_elsewhere();
        drop(turn);
        seen
    }
}

/// One operation meets all faults at a host. The ground is its own, since calls that are made again
/// use up what a server may spend on that.
async fn all_of(dialect: Dialect, operation: Operation, lasting: Lasting) -> Vec<Seen> {
    let turn = AT_ONCE.acquire().await.unwrap();
    let mut ground = Ground::new(dialect).await;
    drop(turn);
    let mut seen = Vec::new();
    for number in 0..ground.faults().len() {
        seen.push(ground.meet(operation, number, lasting).await);
    }
    seen
}

async fn row(operation: Operation) -> Row {
    let at_all = async |lasting| {
        let each = Dialect::ALL.map(|dialect| all_of(dialect, operation, lasting));
        join_all(each.map(tokio::spawn)).await
    };
    let (once, always) = join(at_all(Lasting::Once), at_all(Lasting::Always)).await;
    let [once, always] = [once, always].map(|each| each.into_iter().map(Result::unwrap).collect());
    let name = operation.name();
    Row { name, once, always }
}

/// After a change the page is written anew by this test with `WRITE_DOCS=1`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_clients_see_of_each_failure_is_on_the_page() {
    let names = Ground::new(Dialect::GitHub).await.faults();
    let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
    let rows = join_all(Operation::ALL.map(row)).await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/provider-failures.md");
    let page = page(&names, &rows);
    if option_env!("WRITE_DOCS").is_some() {
        fs::write(path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), page);
    let seen: BTreeSet<_> = rows.iter().flat_map(Row::problems).collect();
    let told = PROBLEMS.iter().map(|(status, code, ..)| (*status, *code));
    assert_eq!(seen, told.collect());
}
