//! One exchange with a server: a request out, a whole answer of bounded size back.

use anyhow::Context as _;
use bytes::Bytes;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use reqwest::{Certificate, ClientBuilder, redirect, retry};

use super::told::Teller;
use super::{Answer, Call, CallError};
use crate::config::OutgoingSettings;

/// The HTTP client, and how much it reads.
#[derive(Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    /// Whether there is any authority to trust.
    trusting: bool,
    limit: usize,
}

impl Client {
    /// Trusts the system's authorities and those of the settings. A system without any is no reason
    /// not to start: what is on this machine can be called without.
    pub(super) fn new(settings: &OutgoingSettings) -> anyhow::Result<Self> {
        let authorities = authorities(settings)?;
        let limit = settings.answer_limit;
        let system = builder(settings)
            .tls_certs_merge(authorities.clone())
            .build();
        if let Ok(http) = system {
            return Ok(Self {
                http,
                trusting: true,
                limit,
            });
        }
        let trusting = !authorities.is_empty();
        let http = builder(settings).tls_certs_only(authorities).build()?;
        Ok(Self {
            http,
            trusting,
            limit,
        })
    }

    /// Makes the call, with these headers in place of its own.
    pub(super) async fn exchange(
        &self,
        call: &Call,
        mut headers: HeaderMap,
    ) -> Result<Answer, CallError> {
        if let Some(credential) = headers.get_mut(AUTHORIZATION) {
            credential.set_sensitive(true);
        }
        let request = self.http.request(call.method.clone(), call.url.clone());
        let request = request.headers(headers).body(call.body.clone());
        let teller = Teller::new(&call.url, self.trusting);
        let answer = request.send().await.map_err(|error| teller.tell(error))?;
        self.whole(answer)
            .await
            .map_err(|error| error.map_or(CallError::TooLarge, |error| teller.tell(error)))
    }

    /// Reads an answer to its end, at most as far as the limit; then the error is `None`. Counted is
    /// what has been unpacked, so that a small answer cannot become a large one.
    async fn whole(&self, mut answer: reqwest::Response) -> Result<Answer, Option<reqwest::Error>> {
        let announced = answer
            .content_length()
            .map_or(0, |n| n.try_into().unwrap_or(usize::MAX));
        if announced > self.limit {
            return Err(None);
        }
        let mut body = Vec::with_capacity(announced.min(FIRST));
        while let Some(chunk) = answer.chunk().await? {
            if chunk.len() > self.limit - body.len() {
                return Err(None);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status: answer.status(),
            headers: std::mem::take(answer.headers_mut()),
            body: Bytes::from(body.into_boxed_slice()),
        })
    }
}

/// What is set aside for an answer on its word.
const FIRST: usize = 1 << 20;

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
