//! A browser: it keeps cookies, and says where its requests come from.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::{Answer, Ask, Lost, Server};

/// A browser with a page of the server open. Its clones are its tabs.
#[derive(Clone)]
pub(crate) struct Browser {
    server: Server,
    jar: Arc<Mutex<BTreeMap<String, String>>>,
    /// The address that a proxy before the server says it has.
    address: Option<Arc<str>>,
}

impl Browser {
    pub(crate) fn new(server: Server) -> Self {
        Self {
            server,
            jar: Arc::default(),
            address: None,
        }
    }

    pub(crate) fn at(&self, server: Server) -> Self {
        Self {
            server,
            ..self.clone()
        }
    }

    /// The same, which a proxy says to have this address.
    pub(crate) fn from(&self, address: &str) -> Self {
        Self {
            address: Some(address.into()),
            ..self.clone()
        }
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
        let ask = ask.header("sec-fetch-site", "same-origin");
        match &self.address {
            Some(address) => ask.header("x-forwarded-for", &**address),
            None => ask,
        }
    }

    /// Sends it with the cookies that there are, and keeps those that come back.
    pub(crate) async fn send(&self, ask: Ask) -> Answer {
        let answer = self.try_to_send(ask).await;
        answer.expect("a whole answer comes")
    }

    /// The same, to a server that may be gone before it has answered.
    pub(crate) async fn try_to_send(&self, ask: Ask) -> Result<Answer, Lost> {
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
        let answer = ask.sent().await?;
        if let Some(cookie) = answer.header("set-cookie") {
            self.keep(cookie);
        }
        Ok(answer)
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
