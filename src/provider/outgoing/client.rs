//! One exchange with a server: a request out, a whole answer of bounded size back.

use anyhow::Context as _;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use reqwest::{Certificate, ClientBuilder, redirect, retry};

use super::room::{Body, Room, Share};
use super::{Answer, Call, CallError, told};
use crate::config::OutgoingSettings;

/// The HTTP client, and how much it reads.
#[derive(Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    /// Whether there is any authority to trust.
    is_trusting: bool,
    limit: usize,
    room: Room,
}

impl Client {
    /// Trusts the system's authorities and those of the settings. A system without any is no reason
    /// not to start: what is on this machine can be called without.
    pub(super) fn new(settings: &OutgoingSettings) -> anyhow::Result<Self> {
        let authorities = authorities(settings)?;
        let system = builder(settings)
            .tls_certs_merge(authorities.clone())
            .build();
        match system {
            Ok(http) => Ok(Self {
                http,
                is_trusting: true,
                limit: settings.answer_limit,
                room: Room::new(settings),
            }),
            Err(_) => Self::alone(settings, authorities),
        }
    }

    /// Trusts these authorities and not the system's.
    fn alone(settings: &OutgoingSettings, authorities: Vec<Certificate>) -> anyhow::Result<Self> {
        Ok(Self {
            is_trusting: !authorities.is_empty(),
            http: builder(settings).tls_certs_only(authorities).build()?,
            limit: settings.answer_limit,
            room: Room::new(settings),
        })
    }

    /// Makes the call, with these headers in place of its own. A large answer takes its caller's
    /// share of the room.
    pub(super) async fn exchange(
        &self,
        call: &Call,
        mut headers: HeaderMap,
        share: &Share,
    ) -> Result<Answer, CallError> {
        if !self.is_trusting && call.url.scheme() == "https" {
            return Err(told::trustless(&call.url));
        }
        if let Some(credential) = headers.get_mut(AUTHORIZATION) {
            credential.set_sensitive(true);
        }
        let request = self.http.request(call.method.clone(), call.url.clone());
        let request = request.headers(headers).body(call.body.clone());
        let tell = |error| told::unanswered(&call.url, error);
        let answer = request.send().await.map_err(tell)?;
        let whole = self.whole(answer, share).await;
        whole.map_err(|error| error.map_or(CallError::TooLarge, tell))
    }

    /// Reads an answer to its end, at most as far as the limit and the room allow; beyond that the
    /// error is `None`. Counted is what has been unpacked, so that a small answer cannot become a
    /// large one.
    async fn whole(
        &self,
        mut answer: reqwest::Response,
        share: &Share,
    ) -> Result<Answer, Option<reqwest::Error>> {
        let announced = answer
            .content_length()
            .map_or(0, |n| n.try_into().unwrap_or(usize::MAX));
        if announced > self.limit {
            return Err(None);
        }
        let mut body = Body::new(share);
        if !self.room.grow(&mut body, announced).await {
            return Err(None);
        }
        body.reserve(announced);
        while let Some(chunk) = answer.chunk().await? {
            let length = body.len() + chunk.len();
            if length > self.limit || !self.room.grow(&mut body, length).await {
                return Err(None);
            }
            body.add(&chunk);
        }
        Ok(Answer {
            status: answer.status(),
            headers: std::mem::take(answer.headers_mut()),
            body: body.whole(),
        })
    }
}

/// No redirects: an adapter sees them, and a credential stays where it was meant to go. No proxy
/// from the environment, which nobody reads but `config`. Retries are `retry`'s, by its budget.
fn builder(settings: &OutgoingSettings) -> ClientBuilder {
    reqwest::Client::builder()
        .connect_timeout(settings.connect_timeout)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .user_agent(concat!("wyvern/", env!("CARGO_PKG_VERSION")))
        .no_proxy()
}

fn authorities(settings: &OutgoingSettings) -> anyhow::Result<Vec<Certificate>> {
    let Some(path) = &settings.certificates else {
        return Ok(Vec::new());
    };
    let shown = path.display();
    let pem = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
    let authorities = Certificate::from_pem_bundle(&pem)
        .with_context(|| format!("{shown} is not a PEM file of certificates"))?;
    anyhow::ensure!(!authorities.is_empty(), "{shown} has no certificate");
    Ok(authorities)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::Method;

    use super::super::Repeat;
    use super::*;

    async fn failure_without_authorities(address: &str) -> String {
        let settings = OutgoingSettings {
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(5),
            answer_limit: 1,
            concurrency: 1,
            concurrency_per_person: 1,
            cache: 1,
            certificates: None,
        };
        let call = Call {
            method: Method::GET,
            url: address.parse().unwrap(),
            headers: HeaderMap::new(),
            body: bytes::Bytes::new(),
            repeat: Repeat::Safe,
        };
        let client = Client::alone(&settings, Vec::new()).unwrap();
        let share = Share::of(1);
        let result = client.exchange(&call, HeaderMap::new(), &share).await;
        let CallError::NotSent { reason, .. } = result.unwrap_err() else {
            panic!("something was sent")
        };
        reason
    }

    #[tokio::test]
    async fn a_system_without_authorities_calls_what_needs_none_and_says_what_to_install() {
        assert_eq!(
            failure_without_authorities("https://git.example.com/").await,
            "git.example.com cannot be trusted, for this system knows no authorities: \
             install ca-certificates."
        );
        assert_eq!(
            failure_without_authorities("http://127.0.0.1:1/").await,
            "127.0.0.1:1 could not be reached."
        );
    }
}
