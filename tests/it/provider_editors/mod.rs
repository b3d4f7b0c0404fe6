//! People who edit at once over a host that fails every tenth time: what they were told is saved
//! is there, once, and nobody is told of a conflict where there is none (R1–R3, R10).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::forge::{Access, App, Dialect, Fault, Wanted};
use crate::support::host::{api, at_each_host, error, server};
use crate::support::{
    Answer, Browser, CHECKOUT, Hosted, Redis, Repository, TestApp, compact, model_path,
};

const HERS: &str = "ada/models";
const SAVES: usize = 50;
/// How many saves one threat takes: the first adds it, each notes its number in it.
const NOTES: usize = 5;
/// How often somebody tries to save the same thing.
const PATIENCE: usize = 50;

/// Two servers before one forge, and all who edit there. They know nothing of each other, but before
/// GitLab, which cannot hold a commit to the head of a branch: there they share a Redis, in which
/// writers wait for each other.
struct Office {
    host: Hosted,
    other: TestApp,
    _redis: Option<Redis>,
    git: Repository,
    editors: AtomicUsize,
}

/// Somebody with a model open.
struct Editor {
    office: Arc<Office>,
    name: String,
    browser: Browser,
    model: String,
    /// The header that says what a save was made from.
    from: &'static str,
}

/// A model as somebody has it open.
struct Open {
    version: String,
    model: Value,
}

impl Office {
    /// With these models.
    async fn with(dialect: Dialect, models: &[String]) -> Arc<Self> {
        let redis = (dialect == Dialect::GitLab).then(Redis::start);
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
    fn fail(&self) {
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
    async fn editor(self: &Arc<Self>, name: &str, model: &str, from: &'static str) -> Editor {
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
    fn has_all(&self, model: &str, editors: &[String]) {
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
    fn has_made(&self, saved: &[String], models: usize, commits: usize) {
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

impl Editor {
    /// Makes a change and saves it, again and again; the requests of which it is told that they
    /// have saved.
    async fn work(self) -> Vec<String> {
        let mut open = self.read().await;
        let mut saved = Vec::new();
        for step in 0..SAVES {
            let (now, request) = self.save(open, step).await;
            open = now;
            saved.extend(request);
        }
        saved
    }

    /// Makes a change, and looks and tries again when it is not told that it is saved.
    async fn save(&self, mut open: Open, step: usize) -> (Open, Option<String>) {
        for _ in 0..PATIENCE {
            let edited = self.edited(&open.model, step);
            let path = model_path(HERS, "main", &self.model, "update");
            let save = self.browser.ask("PUT", &path).json(edited.to_string());
            let save = save.header(self.from, &open.version);
            let answer = self.browser.send(save).await;
            if answer.status() == 200 {
                let request = answer.header("x-request-id").unwrap().to_owned();
                return (Open::after(&answer, edited), Some(request));
            }
            let is_known = answer.json()["code"] != "unknown_outcome";
            self.wait(&answer);
            open = self.read().await;
            if self.has(&open.model, step) {
                assert!(!is_known, "{}", answer.text());
                return (open, None);
            }
        }
        panic!("{} cannot save", self.name);
    }

    /// The model with a threat more, numbered as browsers do, or with a note more in it.
    fn edited(&self, model: &Value, step: usize) -> Value {
        let mut model = model.clone();
        let begun = step - step % NOTES;
        let notes: Vec<_> = (begun..=step).collect();
        let (id, notes) = (threat_of(&self.name, step), notes_of(&notes));
        let number = model["detail"]["threatTop"].as_u64().unwrap() + 1;
        let all = model.pointer_mut(THREATS).unwrap().as_array_mut().unwrap();
        if let Some(threat) = all.iter_mut().find(|threat| threat["id"] == id) {
            threat["description"] = json!(notes);
            return model;
        }
        assert_eq!(step, begun, "{id} has been there");
        all.push(
            json!({ "id": id, "title": "T", "status": "Open", "number": number,
            "description": notes }),
        );
        model["detail"]["threatTop"] = json!(number);
        model
    }

    fn has(&self, model: &Value, step: usize) -> bool {
        let id = threat_of(&self.name, step);
        let threat = threats(model).iter().find(|threat| threat["id"] == id);
        let notes = threat.and_then(|threat| threat["description"].as_str());
        notes.is_some_and(|notes| notes.split(' ').any(|note| note == step.to_string()))
    }

    async fn read(&self) -> Open {
        let path = model_path(HERS, "main", &self.model, "data");
        for _ in 0..PATIENCE {
            let answer = self.browser.get(&path).await;
            if answer.status() == 200 {
                let version = answer.etag();
                let model = answer.data();
                return Open { version, model };
            }
            self.wait(&answer);
        }
        panic!("{} cannot be read", self.model);
    }

    /// Waits as long as it is asked to, by the clock of the server. Only failures of the host are a
    /// reason to: a conflict would be one of different threats.
    fn wait(&self, answer: &Answer) {
        let text = answer.text();
        assert!(matches!(answer.status(), 429 | 502 | 503), "{text}");
        if let Some(seconds) = answer.header("retry-after") {
            let wait = Duration::from_secs(seconds.parse().unwrap());
            self.office.host.app.clock.advance(wait);
        }
    }
}

impl Open {
    /// What is open after a save of this.
    fn after(answer: &Answer, sent: Value) -> Self {
        let mut body = answer.json();
        let model = match body["merged"] {
            Value::Bool(true) => body["data"].take(),
            _ => sent,
        };
        Self {
            version: answer.etag(),
            model,
        }
    }
}

const THREATS: &str = "/detail/diagrams/0/cells/0/data/threats";

fn threats(model: &Value) -> &Vec<Value> {
    model.pointer(THREATS).unwrap().as_array().unwrap()
}

/// The id of the threat that somebody works on.
fn threat_of(name: &str, step: usize) -> String {
    format!("{name}-{:02}", step / NOTES)
}

fn notes_of(steps: &[usize]) -> String {
    let notes: Vec<_> = steps.iter().map(ToString::to_string).collect();
    notes.join(" ")
}

/// All at once.
async fn all_work(editors: Vec<Editor>) -> Vec<String> {
    let work = editors
        .into_iter()
        .map(|editor| tokio::spawn(editor.work()));
    let done = join_all(work).await;
    done.into_iter().flat_map(Result::unwrap).collect()
}

at_each_host!(
    sixteen_editors_of_one_model_lose_nothing_and_see_no_conflict,
    eight_editors_of_eight_models_see_nothing_of_each_other,
    a_save_of_a_model_that_was_deleted_does_not_bring_it_back,
);

async fn sixteen_editors_of_one_model_lose_nothing_and_see_no_conflict(dialect: Dialect) {
    const EDITORS: usize = 16;
    let office = Office::with(dialect, &["M".to_owned()]).await;
    let names: Vec<_> = (0..EDITORS).map(|n| format!("editor-{n:02}")).collect();
    let mut editors = Vec::new();
    for name in &names {
        editors.push(office.editor(name, "M", "base-version").await);
    }
    office.fail();
    let saved = all_work(editors).await;
    office.has_all("M", &names);
    office.has_made(&saved, 1, EDITORS * SAVES);
}

async fn eight_editors_of_eight_models_see_nothing_of_each_other(dialect: Dialect) {
    let models: Vec<_> = (0..8).map(|n| format!("model-{n}")).collect();
    let office = Office::with(dialect, &models).await;
    let mut editors = Vec::new();
    for model in &models {
        let name = format!("editor-of-{model}");
        editors.push(office.editor(&name, model, "if-match").await);
    }
    office.fail();
    let saved = all_work(editors).await;
    for model in &models {
        office.has_all(model, &[format!("editor-of-{model}")]);
    }
    office.has_made(&saved, models.len(), models.len() * SAVES);
}

async fn a_save_of_a_model_that_was_deleted_does_not_bring_it_back(dialect: Dialect) {
    for from in ["if-match", "base-version"] {
        let office = Office::with(dialect, &["M".to_owned()]).await;
        let ada = office.editor("ada", "M", from).await;
        let grace = office.editor("grace", "M", from).await;
        let open = ada.read().await;
        let path = model_path(HERS, "main", "M", "");
        let delete = grace.browser.ask("DELETE", &path);
        let delete = delete.header("if-match", &open.version);
        // The answer to the deletion is lost, and so is that to the save.
        office
            .host
            .forge
            .faults()
            .every(Wanted::Writes, Fault::ResetAfter);
        grace.browser.send(delete).await.is(204);
        for _ in 0..2 {
            let update = model_path(HERS, "main", "M", "update");
            let save = ada.browser.ask("PUT", &update).json(compact(CHECKOUT));
            let answer = ada.browser.send(save.header(from, &open.version)).await;
            let gone = matches!(answer.status(), 404 | 409 | 412);
            assert!(gone, "{}", answer.text());
        }
        assert_eq!(office.git.files(), Vec::<String>::new());
        assert_eq!(office.git.commits("main").len(), 3);
    }
}
