//! The accept loop: bounded connections, bounded patience, and an orderly end.
//!
//! `axum::serve` sets no limit on the time that a client takes to send its header or to read its
//! answer, so that idle or malicious clients could hold every connection. This loop does, bounds
//! how many connections are served at once, and on a signal lets the requests in flight finish.
//!
//! It speaks HTTP/1 alone: telling HTTP/2 without TLS from it would mean to wait, without limit,
//! for the first bytes of each connection.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
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

/// Serves until `stop` completes, then lets the requests in flight finish.
pub async fn serve(app: Arc<App>, listener: TcpListener, stop: impl Future<Output = ()>) {
    let settings = &app.settings.server;
    let connections = Connections {
        builder: builder(settings),
        patience: settings.request_timeout,
        places: Arc::new(Semaphore::new(settings.connections)),
        open: GracefulShutdown::new(),
    };
    let service = router(Arc::clone(&app));
    let sweeping = tokio::spawn(sweep(Arc::clone(&app)));
    tokio::pin!(stop);
    loop {
        let (place, stream, peer) = tokio::select! {
            accepted = connections.accept(&listener) => accepted,
            () = &mut stop => break,
        };
        connections.spawn(service.clone(), place, stream, peer);
    }
    sweeping.abort();
    drop(listener);
    app.drain();
    if tokio::time::timeout(settings.drain, connections.open.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not finish in time and were ended");
    }
}

async fn sweep(app: Arc<App>) {
    loop {
        tokio::time::sleep(SWEEP_EVERY).await;
        app.authority.sweep().await;
    }
}

struct Connections {
    builder: Builder,
    /// How long a client may read nothing of an answer that waits for it.
    patience: Duration,
    /// One for each connection that may be open.
    places: Arc<Semaphore>,
    open: GracefulShutdown,
}

impl Connections {
    /// The next connection, once there is a place for it.
    async fn accept(&self, listener: &TcpListener) -> (OwnedSemaphorePermit, TcpStream, Peer) {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.expect("nobody closes this semaphore");
        loop {
            match listener.accept().await {
                Ok((stream, address)) => return (place, stream, Peer(address.ip())),
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
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
        let service = service.map_request(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request.map(Body::new)
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
}

fn builder(settings: &ServerSettings) -> Builder {
    let mut builder = Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_timeout)
        .max_buf_size(HEADER_MAX);
    builder
}
