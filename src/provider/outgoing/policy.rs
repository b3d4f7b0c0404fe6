//! Making a call: what is kept, turns, tries, and what is learnt from them.

use std::sync::Arc;
use std::time::Duration;

use http::header::IF_NONE_MATCH;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use tokio::time::sleep;
use url::Origin;

use super::client::Client;
use super::hosts::{Hosts, Line};
use super::identity::{Question, Way};
use super::kept::Kept;
use super::{Answer, Call, CallError, Limit, retry, told};
use crate::clock::Clock;
use crate::config::OutgoingSettings;

/// All that calls share.
pub(super) struct Policy {
    client: Client,
    hosts: Hosts,
    kept: Kept,
    timeout: Duration,
    clock: Arc<dyn Clock>,
}

/// How far a call has come, for when its time is over.
#[derive(Default)]
struct Progress {
    tries: u32,
    is_out: bool,
    /// What became of the last try.
    last: Option<Result<Answer, CallError>>,
}

impl Policy {
    pub(super) fn new(settings: &OutgoingSettings, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        Ok(Self {
            client: Client::new(settings)?,
            hosts: Hosts::new(settings),
            kept: Kept::new(settings.cache / 2),
            timeout: settings.timeout,
            clock,
        })
    }

    /// Calls to this server are counted by this.
    pub(super) fn limit(&self, origin: &Origin, limit: Arc<dyn Limit>) {
        self.hosts.limit(origin, limit);
    }

    /// Nobody calls this way until then.
    pub(super) fn pause(&self, way: &Way, until: Timestamp) {
        let line = self.hosts.line(way, "", self.clock.now());
        line.wait(until);
    }

    /// Makes a call that is not a question.
    pub(super) async fn change(&self, call: &Call, way: &Way) -> Result<Answer, CallError> {
        self.make(call, call.headers.clone(), way).await
    }

    /// Asks, or asks whether a kept answer still holds.
    pub(super) async fn ask(
        &self,
        call: &Call,
        way: &Way,
        question: Question,
    ) -> Result<Answer, CallError> {
        let mut headers = call.headers.clone();
        let stale = self.kept.of(&question);
        if let Some(stale) = &stale {
            headers.insert(IF_NONE_MATCH, stale.tag.clone());
        }
        let answer = self.make(call, headers, way).await?;
        if let Some(stale) = stale
            && answer.status == StatusCode::NOT_MODIFIED
        {
            return Ok(stale.confirmed(&answer.headers));
        }
        self.kept.keep(question, call, &answer);
        Ok(answer)
    }

    /// Makes a call within its time, which is looked at first: a call whose time is over does not take
    /// its turn any more.
    async fn make(&self, call: &Call, headers: HeaderMap, way: &Way) -> Result<Answer, CallError> {
        let begun = self.clock.now();
        let line = self.hosts.line(way, call.url.path(), begun);
        line.earn();
        let mut progress = Progress::default();
        let result = tokio::select! {
            biased;
            () = sleep(self.timeout) => self.late(call, &line, &mut progress),
            result = self.tries(call, &headers, &line, &mut progress) => result,
        };
        self.note(&result, progress.tries, begun);
        result
    }

    /// Makes it again while that is allowed and worth it. A server that is left alone by then has
    /// said before what it had to say.
    async fn tries(
        &self,
        call: &Call,
        headers: &HeaderMap,
        line: &Line,
        progress: &mut Progress,
    ) -> Result<Answer, CallError> {
        let mut result = self.attempt(call, headers, line, progress).await;
        for _ in 1..retry::TRIES {
            if !retry::is_worth_it(call.repeat, &result) || !line.spend() {
                break;
            }
            progress.last = Some(result.clone());
            sleep(retry::delay()).await;
            match self.attempt(call, headers, line, progress).await {
                Err(CallError::Resting { .. } | CallError::Waiting { .. }) => break,
                next => result = next,
            }
        }
        result
    }

    /// Makes it once, in its turn, which lasts until the answer has been read.
    async fn attempt(
        &self,
        call: &Call,
        headers: &HeaderMap,
        line: &Line,
        progress: &mut Progress,
    ) -> Result<Answer, CallError> {
        line.is_open(self.clock.now())?;
        let _turn = line.turn().await;
        line.let_out(call, self.clock.now())?;
        progress.tries += 1;
        progress.is_out = true;
        let answer = self.client.exchange(call, headers.clone(), line.share());
        let result = answer.await;
        progress.is_out = false;
        line.hear(&result, self.clock.now());
        result
    }

    /// What has become of a call whose time is over.
    fn late(&self, call: &Call, line: &Line, progress: &mut Progress) -> Result<Answer, CallError> {
        if progress.is_out {
            line.failed(self.clock.now());
            return Err(told::late(&call.url));
        }
        let last = progress.last.take();
        last.unwrap_or_else(|| Err(told::crowded(&call.url)))
    }

    /// For the log: nothing that was said, only how it went.
    fn note(&self, result: &Result<Answer, CallError>, tries: u32, begun: Timestamp) {
        let millis = self.clock.now().as_millisecond() - begun.as_millisecond();
        match result {
            Ok(answer) => {
                let (status, bytes) = (answer.status.as_u16(), answer.body.len());
                tracing::debug!(status, bytes, millis, tries, "answered");
            }
            Err(error) => tracing::debug!(%error, millis, tries, "not answered"),
        }
    }
}
