//! The people who use a server.

use std::net::Ipv4Addr;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use secrecy::SecretString;
use wyvern::auth::local::hash_password;

use super::{Ask, Server};

/// Everybody's.
pub(crate) const PASSWORD: &str = "correct horse — battery";

/// The hash that all accounts have.
static HASH: LazyLock<String> =
    LazyLock::new(|| hash_password(&SecretString::from(PASSWORD)).unwrap());

/// The setting that has these accounts, all with the same password.
pub(crate) fn accounts(usernames: &[&str]) -> String {
    let hash = HASH.as_str();
    let account = |username: &&str| {
        format!(
            "{{ username = '{username}', name = '{username} of the shop', \
               email = '{username}@shop.example', password_hash = '{hash}' }}"
        )
    };
    let accounts: Vec<_> = usernames.iter().map(account).collect();
    format!("local.accounts = [{}]", accounts.join(", "))
}

/// Somebody with a client: signed in or not.
#[derive(Clone)]
pub(crate) struct Person {
    server: Server,
    pub(crate) tokens: Option<Tokens>,
}

/// What a sign-in gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: String,
}

impl Tokens {
    /// Reads them from an answer's `data`.
    #[track_caller]
    pub(crate) fn of(data: &serde_json::Value) -> Self {
        let text = |name: &str| data[name].as_str().expect(name).to_owned();
        Self {
            access: text("accessToken"),
            refresh: text("refreshToken"),
        }
    }
}

impl Person {
    pub(crate) fn nobody(server: Server) -> Self {
        Self {
            server,
            tokens: None,
        }
    }

    /// The same client with other tokens.
    pub(crate) fn with(&self, tokens: Tokens) -> Self {
        Self {
            server: self.server.clone(),
            tokens: Some(tokens),
        }
    }

    /// Signs in as the owner, with the three calls, each time from an address of its own that is
    /// this machine's.
    pub(crate) async fn signed_in(&self) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let from = Ipv4Addr::from_bits(Ipv4Addr::new(127, 1, 0, 0).to_bits() + count).to_string();
        let address = self.get("/api/login/local").from(&from).await.data();
        let path = address
            .as_str()
            .unwrap()
            .strip_prefix("http://127.0.0.1:3000");
        let returned = self.get(path.unwrap()).from(&from).await.is(303);
        let (_, code) = returned
            .header("location")
            .unwrap()
            .split_once('=')
            .unwrap();
        let exchange = format!("/api/oauth/local?code={code}");
        let tokens = self.get(&exchange).from(&from).await;
        self.with(Tokens::of(&tokens.data()))
    }

    pub(crate) fn get(&self, path: &str) -> Ask {
        self.ask("GET", path)
    }

    pub(crate) fn post(&self, path: &str) -> Ask {
        self.ask("POST", path)
    }

    pub(crate) fn put(&self, path: &str) -> Ask {
        self.ask("PUT", path)
    }

    pub(crate) fn delete(&self, path: &str) -> Ask {
        self.ask("DELETE", path)
    }

    pub(crate) fn ask(&self, method: &str, path: &str) -> Ask {
        let ask = self.server.ask(method, path);
        match &self.tokens {
            Some(tokens) => ask.header("authorization", format!("Bearer {}", tokens.access)),
            None => ask,
        }
    }
}
