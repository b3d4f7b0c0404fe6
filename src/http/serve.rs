//! The accept loop: bounded connections, bounded patience, and an orderly end.
//!
//! `axum::serve` sets no limit on the time that a client takes to send its header or to read its
//! answer, so that idle or malicious clients could hold every connection. This loop does, bounds
//! how many connections are served at once, and on a signal ends within its grace
//! (`server.drain`): for `server.notice` it still takes requests while /readyz says no; then it
//! takes no more, closes the connections that are idle and lets the requests in flight finish; and
//! those that are left when the grace is almost over are told so.
//!
//! It speaks HTTP/1 alone: telling HTTP/2 without TLS from it would mean to wait, without limit,
//! for the first bytes of each connection.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

use super::patience::Patient;
use super::peer::Peer;
use super::{Routed, router};
use crate::app::App;
use crate::config::ServerSettings;

/// A pause after an accept that failed, so that a lack of file descriptors is no busy loop.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// How often what has ended is swept out.
const SWEEP_EVERY: Duration = Duration::from_mins(1);
/// The longest header of a request, in bytes; beyond it the answer is 431.
const HEADER_MAX: usize = 64 * 1024;

/// The end of the grace, in which those who still wait are told that nothing more comes; of a short
/// grace it is a tenth.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Serves until `stop` completes, then lets the requests in flight finish. Gives what is left of the
/// grace.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> Duration {
    let settings = &app.settings.server;
    let connections = Connections::new(&app);
    let service = router(Arc::clone(&app));
    let sweeping = tokio::spawn(sweep(Arc::clone(&app)));
    connections.take(&listener, service.clone(), stop).await;
    let begun = app.clock.now();
    app.life.stop();
    let noticed = sleep(settings.notice);
    connections.take(&listener, service, noticed).await;
    sweeping.abort();
    drop(listener);
    connections.finish().await;
    let left = || {
        let taken = app.clock.now().duration_since(begun).unsigned_abs();
        settings.drain.saturating_sub(taken)
    };
    // Whose answer nobody waits for any more may still have to be put in order.
    let patience = left().saturating_sub(last_words(settings));
    timeout(patience, app.finished()).await.ok();
    left()
}

async fn sweep(app: Arc<App>) {
    loop {
        sleep(SWEEP_EVERY).await;
        app.authority.sweep().await;
    }
}

struct Connections {
    app: Arc<App>,
    builder: Builder,
    /// How long a client may read nothing of an answer that waits for it.
    patience: Duration,
    /// One for each connection that may be open.
    places: Arc<Semaphore>,
    open: GracefulShutdown,
}

impl Connections {
    fn new(app: &Arc<App>) -> Self {
        let settings = &app.settings.server;
        Self {
            app: Arc::clone(app),
            builder: builder(settings),
            patience: settings.request_timeout,
            places: Arc::new(Semaphore::new(settings.connections)),
            open: GracefulShutdown::new(),
        }
    }

    /// Takes connections until `stop` completes.
    async fn take(
        &self,
        listener: &TcpListener,
        service: impl Routed,
        stop: impl Future<Output = ()>,
    ) {
        tokio::pin!(stop);
        loop {
            let (place, stream, peer) = tokio::select! {
                accepted = self.accept(listener) => accepted,
                () = &mut stop => return,
            };
            self.spawn(service.clone(), place, stream, peer);
        }
    }

    /// The next connection, once there is a place for it.
    async fn accept(&self, listener: &TcpListener) -> (OwnedSemaphorePermit, TcpStream, Peer) {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.expect("nobody closes this semaphore");
        loop {
            match listener.accept().await {
                Ok((stream, address)) => return (place, stream, Peer(address.ip())),
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    fn spawn(
        &self,
        service: impl Routed,
        place: OwnedSemaphorePermit,
        stream: TcpStream,
        peer: Peer,
    ) {
        // Small answers must not wait for the acknowledgement of the one before.
        stream.set_nodelay(true).ok();
        let app = Arc::clone(&self.app);
        let service = service
            .map_request(move |mut request: hyper::Request<Incoming>| {
                request.extensions_mut().insert(peer);
                request.map(Body::new)
            })
            .map_response(move |mut response| {
                // The next request is to go elsewhere, before this connection is closed on it.
                if app.life.is_stopping() {
                    let close = HeaderValue::from_static("close");
                    response.headers_mut().insert(CONNECTION, close);
                }
                response
            });
        let stream = TokioIo::new(Patient::new(stream, self.patience));
        let connection = self
            .builder
            .serve_connection(stream, TowerToHyperService::new(service));
        let connection = self.open.watch(connection);
        tokio::spawn(async move {
            // A client that goes away is its own affair.
            connection.await.ok();
            drop(place);
        });
    }

    /// Closes what is idle, and the rest as it is answered: at the latest shortly before the grace
    /// is over.
    async fn finish(self) {
        let settings = &self.app.settings.server;
        let last_words = last_words(settings);
        let patience = settings
            .drain
            .saturating_sub(settings.notice + 2 * last_words);
        let closed = self.open.shutdown();
        tokio::pin!(closed);
        if timeout(patience, &mut closed).await.is_err() {
            tracing::warn!("some requests are not finished: they are not waited for any more");
            self.app.life.end();
            timeout(last_words, closed).await.ok();
        }
    }
}

fn last_words(settings: &ServerSettings) -> Duration {
    LAST_WORDS.min(settings.drain / 10)
}

fn builder(settings: &ServerSettings) -> Builder {
    let mut builder = Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_timeout)
        .max_buf_size(HEADER_MAX);
    builder
}
