//! Where operations meet faults: a server and a forge, in which time passes between one and the
//! next, so that nothing is left of what was before.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::time::Duration;

use wyvern::clock::Clock as _;

use crate::forge::{App, Dialect, Fault};
use crate::support::host::error;
use crate::support::{Browser, CHECKOUT, Hosted, Repository};

/// Ada's repository.
pub(super) const HERS: &str = "ada/models";
/// Longer than anybody is asked to wait, and than a server that has failed is left alone.
const LATER: Duration = Duration::from_mins(15);
/// For how long a limit asks to wait, in seconds.
const LIMIT: u64 = 70;
/// How long a call may take: long for a forge on this machine, however busy it is.
const SETTINGS: &[&str] = &["outgoing.timeout = '5 s'"];

pub(super) struct Ground {
    pub(super) host: Hosted,
    pub(super) git: Repository,
    /// A server that nobody should ever speak to.
    elsewhere: TcpListener,
    round: u32,
}

impl Ground {
    pub(super) async fn new(dialect: Dialect) -> Self {
        let host = Hosted::with(dialect, App::OAuth, SETTINGS).await;
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        elsewhere.set_nonblocking(true).unwrap();
        Self {
            git: host.repository(HERS),
            host,
            elsewhere,
            round: 0,
        }
    }

    /// Some time later, and somebody else has saved model `M`: Ada's browser, signed in anew.
    pub(super) async fn next_round(&mut self) -> Browser {
        self.host.forge.faults().clear();
        self.host.app.clock.advance(LATER);
        self.round += 1;
        let text = self.text();
        let file = ("ThreatDragonModels/M/M.json", text.as_bytes());
        self.host.forge.add(HERS, "main", &[file]);
        self.host.signed_in("ada").await
    }

    /// Model `M` as it is before anything is done with it.
    pub(super) fn text(&self) -> String {
        CHECKOUT.replace("Barbara", &format!("Reviewer {}", self.round))
    }

    /// A name that nothing has yet.
    pub(super) fn new_name(&self) -> String {
        format!("new-{}", self.round)
    }

    /// The faults by the names that the page has for them.
    pub(super) fn faults(&self) -> Vec<(&'static str, Fault)> {
        let now = self.host.app.clock.now();
        let reset = now + Duration::from_secs(LIMIT);
        let elsewhere = self.elsewhere.local_addr().unwrap();
        let retry_after = u32::try_from(LIMIT).unwrap();
        let busy = [("retry-after", LIMIT.to_string())];
        let told = |status, message| self.told(status, message, &[]);
        vec![
            ("401", told(401, "Bad credentials")),
            ("403", told(403, "Resource not accessible by integration")),
            (
                "too many calls at once",
                Fault::SecondaryRateLimit { retry_after },
            ),
            ("no calls left", Fault::PrimaryRateLimit { reset }),
            ("404", told(404, "Not Found")),
            ("409", told(409, "Conflict")),
            ("422", told(422, "Validation Failed")),
            ("429", Fault::RateLimit { retry_after }),
            ("500", told(500, "Server Error")),
            ("502", told(502, "Server Error")),
            (
                "503 with `Retry-After`",
                self.told(503, "Unavailable", &busy),
            ),
            ("no answer", Fault::Hang),
            ("dropped before it was done", Fault::Reset),
            ("dropped after it was done", Fault::ResetAfter),
            ("502 after it was done", Fault::StatusAfter(502)),
            ("half an answer", Fault::Truncate),
            ("a sign-in page", Fault::WrongType),
            (
                "a redirect to elsewhere",
                Fault::RedirectTo(format!("http://{elsewhere}/")),
            ),
            (
                "200 with an error",
                Fault::OkWithError("Something went wrong".to_owned()),
            ),
        ]
    }

    /// This answer, in the host's words.
    fn told(&self, status: u16, message: &str, headers: &[(&str, String)]) -> Fault {
        let headers = headers.iter();
        Fault::Status {
            status,
            headers: headers
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            body: error(self.host.forge.dialect(), message),
        }
    }

    /// How many seconds clients are asked to wait at a limit. Bitbucket does not say, so that it is a
    /// minute.
    pub(super) fn wait(&self) -> u64 {
        match self.host.forge.dialect() {
            Dialect::GitHub | Dialect::GitLab => LIMIT,
            Dialect::Bitbucket => 60,
        }
    }

    /// Asserts that nobody has followed the redirect.
    pub(super) fn nobody_went_elsewhere(&self) {
        let call = self.elsewhere.accept().map(|(_, from)| from);
        assert_eq!(call.unwrap_err().kind(), ErrorKind::WouldBlock);
    }
}
