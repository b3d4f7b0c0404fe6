//! Somebody who edits.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::office::{NOTES, Office};
use super::{HERS, SAVES};
use crate::support::{Answer, Browser, model_path};

/// How often somebody tries to save the same thing.
const PATIENCE: usize = 50;

/// Somebody with a model open.
pub(super) struct Editor {
    pub(super) office: Arc<Office>,
    pub(super) name: String,
    pub(super) browser: Browser,
    pub(super) model: String,
    /// The header that says what a save was made from.
    pub(super) from: &'static str,
}

/// A model as somebody has it open.
pub(super) struct Open {
    pub(super) version: String,
    model: Value,
}

impl Editor {
    /// Makes a change and saves it, again and again; the requests of which it is told that they
    /// have saved.
    pub(super) async fn work(self) -> Vec<String> {
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

    pub(super) async fn read(&self) -> Open {
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

pub(super) fn threats(model: &Value) -> &Vec<Value> {
    model.pointer(THREATS).unwrap().as_array().unwrap()
}

/// The id of the threat that somebody works on.
pub(super) fn threat_of(name: &str, step: usize) -> String {
    format!("{name}-{:02}", step / NOTES)
}

pub(super) fn notes_of(steps: &[usize]) -> String {
    let notes: Vec<_> = steps.iter().map(ToString::to_string).collect();
    notes.join(" ")
}
