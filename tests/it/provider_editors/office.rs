//! Where people edit, and what git must have of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde_json::Value;

use super::editor::{Editor, notes_of, threat_of, threats};
use super::{HERS, SAVES};
use crate::forge::{Access, App, Dialect, Fault, Wanted};
use crate::support::host::{api, error, server};
use crate::support::{CHECKOUT, Hosted, Redis, Repository, TestApp, compact};

/// How many saves one threat takes: the first adds it, each notes its number in it.
pub(super) const NOTES: usize = 5;

/// Two servers before one forge, and all who edit there.
pub(super) struct Office {
    pub(super) host: Hosted,
    other: TestApp,
    _redis: Option<Redis>,
    pub(super) git: Repository,
    editors: AtomicUsize,
}

impl Office {
    /// With these models. The servers know nothing of each other, but before GitLab, which cannot
    /// hold a commit to the head of a branch: there they share a Redis, in which writers wait for
    /// each other.
    pub(super) async fn with(dialect: Dialect, models: &[String]) -> Arc<Self> {
        let redis = (dialect == Dialect::GitLab).then(Redis::start);
        Self::over(redis, dialect, models).await
    }

    /// The servers know nothing of each other, whatever is at stake.
    pub(super) async fn apart(dialect: Dialect, models: &[String]) -> Arc<Self> {
        Self::over(None, dialect, models).await
    }

    async fn over(redis: Option<Redis>, dialect: Dialect, models: &[String]) -> Arc<Self> {
        let shared = redis.as_ref().map(|redis| {
            let url = redis.url();
            format!("sessions.redis_url = '{}'", url.expose_secret())
        });
        let settings: Vec<_> = ["outgoing.timeout = '20 s'"]
            .into_iter()
            .chain(shared.as_deref())
            .collect();
        let host = Hosted::with(dialect, App::OAuth, &settings).await;
        let clock = Arc::clone(&host.app.clock);
        let other = server(&[&host.forge], clock, &settings).await;
        let git = host.repository(HERS);
        // On one line, and with spaces, so that it stays so: a small file although it grows.
        let text = compact(CHECKOUT)
            .replace("\":", "\": ")
            .replace(",\"", ", \"");
        for name in models {
            let file = format!("ThreatDragonModels/{name}/{name}.json");
            let file = (file.as_str(), text.as_bytes());
            host.forge.add(HERS, "main", &[file]);
        }
        Arc::new(Self {
            host,
            other,
            _redis: redis,
            git,
            editors: AtomicUsize::new(0),
        })
    }

    /// From now on every tenth call goes wrong.
    pub(super) fn fail(&self) {
        let faults = vec![
            Fault::Status {
                status: 500,
                headers: Vec::new(),
                body: error(self.host.forge.dialect(), "Server Error"),
            },
            Fault::StatusAfter(502),
            Fault::Reset,
            Fault::ResetAfter,
            Fault::Truncate,
            Fault::SecondaryRateLimit { retry_after: 0 },
            Fault::SecondaryRateLimit { retry_after: 1 },
            Fault::Slow(Duration::from_millis(20)),
        ];
        let wanted = Wanted::Path(api(self.host.forge.dialect()).to_owned());
        self.host.forge.faults().sometimes(wanted, 10, 4, faults);
    }

    /// The first, third, ... of them is at one server, the others at the other.
    pub(super) async fn editor(
        self: &Arc<Self>,
        name: &str,
        model: &str,
        from: &'static str,
    ) -> Editor {
        let number = self.editors.fetch_add(1, Ordering::Relaxed);
        let server = if number.is_multiple_of(2) {
            &self.host.app
        } else {
            &self.other
        };
        let browser = server.browser();
        let forge = &self.host.forge;
        forge.person(name, name, &format!("{name}@example.com"));
        forge.grant(name, HERS, Access::Write);
        self.host.sign_in(&browser, name).await.is(200);
        Editor {
            browser,
            office: Arc::clone(self),
            model: model.to_owned(),
            name: name.to_owned(),
            from,
        }
    }

    /// Asserts that git has a model with all that these editors do, once, and nothing else.
    pub(super) fn has_all(&self, model: &str, editors: &[String]) {
        let file = format!("ThreatDragonModels/{model}/{model}.json");
        let model: Value = serde_json::from_str(&self.git.file(&file)).unwrap();
        let text = |threat: &Value, name: &str| threat[name].as_str().unwrap().to_owned();
        // Two were there before.
        let added = threats(&model).iter().skip(2);
        let found = added.map(|threat| (text(threat, "id"), text(threat, "description")));
        let mut found: Vec<_> = found.collect();
        found.sort();
        let steps: Vec<_> = (0..SAVES).collect();
        let wanted = editors.iter().flat_map(|name| {
            let notes = steps.chunks(NOTES);
            notes.map(|steps| (threat_of(name, steps[0]), notes_of(steps)))
        });
        assert_eq!(found, wanted.collect::<Vec<_>>());
        let all = threats(&model).iter();
        let numbers: BTreeSet<_> = all.map(|threat| threat["number"].as_u64()).collect();
        assert_eq!(numbers.len(), threats(&model).len());
    }

    /// Asserts that each of these requests made one commit, and that the branch has so many
    /// besides the first and those of the models.
    pub(super) fn has_made(&self, saved: &[String], models: usize, commits: usize) {
        let log = self.git.git(&["log", "--format=%H%n%B%x00", "main"]);
        let all = log
            .split('\0')
            .filter_map(|one| one.trim().split_once('\n'));
        let all: Vec<_> = all.collect();
        // GitLab lets two writers of one file pass; what the second has replaced is put back, and
        // its request makes another commit.
        let undone = all.iter().filter_map(|(_, message)| {
            let (id, _) = message
                .strip_prefix("Put back what ")?
                .split_once(" has replaced")?;
            Some(id)
        });
        let undone: BTreeSet<_> = undone.collect();
        assert_eq!(all.len(), 1 + models + commits + 2 * undone.len());
        let stands = all.iter().filter(|(id, _)| !undone.contains(id));
        let request = |message: &'_ str| {
            let mut lines = message.lines();
            lines.find_map(|line| Some(line.strip_prefix("Request-Id: ")?.to_owned()))
        };
        let requests: Vec<_> = stands.filter_map(|(_, message)| request(message)).collect();
        assert_eq!(requests.len(), commits);
        let different: BTreeSet<_> = requests.into_iter().collect();
        assert_eq!(different.len(), commits);
        let lost = |request: &&String| !different.contains(*request);
        assert_eq!(saved.iter().find(lost), None);
        self.git.git(&["fsck", "--strict"]);
    }
}
