//! A browser: it keeps cookies, and says where its requests come from.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::{Answer, Ask, Server};

/// A browser with a page of the server open. Its clones are its tabs.
#[derive(Clone)]
pub(crate) struct Browser {
    server: Server,
    jar: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    pub(crate) fn new(server: Server) -> Self {
        let jar = Arc::default();
        Self { server, jar }
    }

    pub(crate) fn at(&self, server: Server) -> Self {
        let jar = Arc::clone(&self.jar);
        Self { server, jar }
    }

    /// Asks for what `#/` pages ask for.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.ask("GET", path)).await
    }

    pub(crate) async fn post(&self, path: &str, json: impl Into<Vec<u8>>) -> Answer {
        self.send(self.ask("POST", path).json(json)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.ask("DELETE", path)).await
    }

    pub(crate) fn ask(&self, method: &str, path: &str) -> Ask {
        let ask = self.server.ask(method, path);
        ask.header("sec-fetch-site", "same-origin")
    }

    /// Sends it with the cookies that there are, and keeps those that come back.
    pub(crate) async fn send(&self, ask: Ask) -> Answer {
        let cookies: Vec<_> = {
            let jar = self.jar.lock().unwrap();
            jar.iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect()
        };
        let ask = match cookies.as_slice() {
            [] => ask,
            cookies => ask.header("cookie", cookies.join("; ")),
        };
        let answer = ask.await;
        if let Some(cookie) = answer.header("set-cookie") {
            self.keep(cookie);
        }
        answer
    }

    fn keep(&self, cookie: &str) {
        let (pair, attributes) = cookie.split_once("; ").unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        if attributes.contains("Max-Age=0;") {
            self.jar.lock().unwrap().remove(name);
        } else {
            self.set(name, value);
        }
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().unwrap().get(name).cloned()
    }

    pub(crate) fn set(&self, name: &str, value: &str) {
        let mut jar = self.jar.lock().unwrap();
        jar.insert(name.to_owned(), value.to_owned());
    }
}
