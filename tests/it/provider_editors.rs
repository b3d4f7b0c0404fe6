//! People who edit at once over a GitHub that fails every tenth time: what they were told is saved
//! is there, once, and nobody is told of a conflict where there is none (R1–R3, R10).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::forge::{Access, App, Fault, Wanted};
use crate::support::{Answer, Browser, CHECKOUT, GitHub, Repository, compact, model_path};

const HERS: &str = "ada/models";
const SAVES: usize = 50;
/// How often somebody tries to save the same thing.
const PATIENCE: usize = 50;

/// A server before a forge, and everybody who edits there.
struct Office {
    github: GitHub,
    git: Repository,
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

/// What somebody was told is saved: the threat, and the request that saved it.
struct Saved {
    threat: String,
    request: String,
}

impl Office {
    /// With these models.
    async fn with(models: &[String]) -> Arc<Self> {
        let github = GitHub::with(App::OAuth, &["outgoing.timeout = '10 s'"]).await;
        let git = github.repository(HERS);
        // On one line, and with spaces, so that it stays so: a small file although it grows.
        let text = compact(CHECKOUT)
            .replace("\":", "\": ")
            .replace(",\"", ", \"");
        for name in models {
            let file = format!("ThreatDragonModels/{name}/{name}.json");
            let file = (file.as_str(), text.as_bytes());
            github.forge.add(HERS, "main", &[file]);
        }
        Arc::new(Self { github, git })
    }

    /// From now on every tenth call goes wrong.
    fn fail(&self) {
        let failed = json!({ "message": "Server Error" }).to_string();
        let faults = vec![
            Fault::Status {
                status: 500,
                headers: Vec::new(),
                body: failed,
            },
            Fault::StatusAfter(502),
            Fault::Reset,
            Fault::ResetAfter,
            Fault::Truncate,
            Fault::SecondaryRateLimit { retry_after: 0 },
            Fault::SecondaryRateLimit { retry_after: 1 },
            Fault::Slow(Duration::from_millis(20)),
        ];
        let wanted = Wanted::Path("/api/".to_owned());
        self.github.forge.faults().sometimes(wanted, 10, 4, faults);
    }

    async fn editor(self: &Arc<Self>, name: String, model: &str, from: &'static str) -> Editor {
        let forge = &self.github.forge;
        forge.person(&name, &name, &format!("{name}@example.com"));
        forge.grant(&name, HERS, Access::Write);
        Editor {
            browser: self.github.signed_in(&name).await,
            office: Arc::clone(self),
            model: model.to_owned(),
            name,
            from,
        }
    }

    /// The threats of a model as git has it.
    fn threats(&self, model: &str) -> Vec<Value> {
        let file = self
            .git
            .file(&format!("ThreatDragonModels/{model}/{model}.json"));
        let model: Value = serde_json::from_str(&file).unwrap();
        threats(&model).clone()
    }

    /// Asserts that all this is in the model once, by one commit each, and nothing else is.
    fn has(&self, model: &str, saved: &[Saved], expected: usize) {
        let threats = self.threats(model);
        let members = |name: &str| -> Vec<_> {
            let members = threats.iter().map(|threat| threat[name].to_string());
            members.collect()
        };
        for name in ["id", "number"] {
            let all = members(name);
            let different: BTreeSet<_> = all.iter().collect();
            assert_eq!(different.len(), all.len(), "{name}");
        }
        let ids = members("id");
        assert_eq!(ids.len(), 2 + expected);
        let lost = |saved: &&Saved| !ids.contains(&json!(saved.threat).to_string());
        let lost: Vec<_> = saved.iter().filter(lost).map(|s| &s.threat).collect();
        assert_eq!(lost, Vec::<&String>::new());
    }

    /// Asserts that each of these requests made one commit, and that the branch has so many
    /// besides the first and those of the models.
    fn has_made(&self, saved: &[Saved], models: usize, commits: usize) {
        assert_eq!(self.git.commits("main").len(), 1 + models + commits);
        let messages = self.git.git(&["log", "--format=%B", "main"]);
        let requests = messages
            .lines()
            .filter_map(|line| line.strip_prefix("Request-Id: "));
        let requests: Vec<_> = requests.collect();
        assert_eq!(requests.len(), commits);
        let different: BTreeSet<_> = requests.into_iter().collect();
        assert_eq!(different.len(), commits);
        assert!(
            saved
                .iter()
                .all(|saved| different.contains(saved.request.as_str()))
        );
        self.git.git(&["fsck", "--strict"]);
    }
}

impl Editor {
    /// Adds a threat and saves, again and again.
    async fn work(self) -> Vec<Saved> {
        let mut open = self.read().await;
        let mut saved = Vec::new();
        for number in 0..SAVES {
            let threat = format!("{}-{number:02}", self.name);
            let (now, request) = self.add(open, &threat).await;
            open = now;
            saved.extend(request.map(|request| Saved { threat, request }));
        }
        saved
    }

    /// Adds a threat, and looks and tries again when that fails; the request when it is told that
    /// it is saved.
    async fn add(&self, mut open: Open, threat: &str) -> (Open, Option<String>) {
        for _ in 0..PATIENCE {
            let edited = with(&open.model, threat);
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
            if has(&open.model, threat) {
                assert!(!is_known, "{}", answer.text());
                return (open, None);
            }
        }
        panic!("{threat} cannot be saved");
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

    /// Waits as long as it is asked to, by the clock of the server. Only failures of GitHub are a
    /// reason to: a conflict would be one of different threats.
    fn wait(&self, answer: &Answer) {
        let text = answer.text();
        assert!(matches!(answer.status(), 429 | 502 | 503), "{text}");
        if let Some(seconds) = answer.header("retry-after") {
            let wait = Duration::from_secs(seconds.parse().unwrap());
            self.office.github.app.clock.advance(wait);
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

fn has(model: &Value, threat: &str) -> bool {
    threats(model).iter().any(|there| there["id"] == threat)
}

/// The model with one threat more, numbered as browsers do.
fn with(model: &Value, threat: &str) -> Value {
    let mut model = model.clone();
    let number = model["detail"]["threatTop"].as_u64().unwrap() + 1;
    model["detail"]["threatTop"] = json!(number);
    let new = json!({ "id": threat, "title": "T", "status": "Open", "number": number });
    let threats = model.pointer_mut(THREATS).unwrap().as_array_mut().unwrap();
    threats.push(new);
    model
}

async fn all_work(editors: Vec<Editor>) -> Vec<Vec<Saved>> {
    let work = editors
        .into_iter()
        .map(|editor| tokio::spawn(editor.work()));
    let done = join_all(work).await;
    done.into_iter().map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_editors_of_one_model_lose_nothing_and_see_no_conflict() {
    const EDITORS: usize = 16;
    let office = Office::with(&["M".to_owned()]).await;
    let mut editors = Vec::new();
    for n in 0..EDITORS {
        let name = format!("editor-{n:02}");
        editors.push(office.editor(name, "M", "base-version").await);
    }
    office.fail();
    let saved: Vec<_> = all_work(editors).await.into_iter().flatten().collect();
    office.has("M", &saved, EDITORS * SAVES);
    office.has_made(&saved, 1, EDITORS * SAVES);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_editors_of_eight_models_see_nothing_of_each_other() {
    let models: Vec<_> = (0..8).map(|n| format!("model-{n}")).collect();
    let office = Office::with(&models).await;
    let mut editors = Vec::new();
    for (n, model) in models.iter().enumerate() {
        let name = format!("editor-{n:02}");
        editors.push(office.editor(name, model, "if-match").await);
    }
    office.fail();
    let saved = all_work(editors).await;
    for (model, saved) in models.iter().zip(&saved) {
        office.has(model, saved, SAVES);
    }
    let saved: Vec<_> = saved.into_iter().flatten().collect();
    office.has_made(&saved, models.len(), models.len() * SAVES);
}

#[tokio::test]
async fn a_save_of_a_model_that_was_deleted_does_not_bring_it_back() {
    for from in ["if-match", "base-version"] {
        let office = Office::with(&["M".to_owned()]).await;
        let ada = office.editor("ada".to_owned(), "M", from).await;
        let grace = office.editor("grace".to_owned(), "M", from).await;
        let open = ada.read().await;
        let path = model_path(HERS, "main", "M", "");
        let delete = grace.browser.ask("DELETE", &path);
        let delete = delete.header("if-match", &open.version);
        // The answer to the deletion is lost, and so is that to the save.
        office
            .github
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
