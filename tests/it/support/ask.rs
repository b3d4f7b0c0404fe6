//! Requests to the production router.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method};
use axum::response::Response;
use http_body_util::BodyExt as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower::util::BoxCloneSyncService;
use tower::{ServiceExt as _, service_fn};
use wyvern::app::App;

use super::{Answer, KEY};

/// No answer has come, or not all of it.
#[derive(Debug)]
pub(crate) struct Lost;

/// The server, as clients see it.
#[derive(Clone)]
pub(crate) struct Server {
    router: BoxCloneSyncService<Request, Response, Lost>,
    /// What must stand in no answer.
    secrets: Arc<[String]>,
}

impl Server {
    pub(crate) fn new(app: Arc<App>, folder: &Path) -> Self {
        let secrets = [folder.display().to_string(), KEY.to_owned()];
        let router = wyvern::http::router(app).map_err(|never| match never {});
        Self {
            router: BoxCloneSyncService::new(router),
            secrets: secrets.into(),
        }
    }

    /// One that listens there. Each request has a connection of its own.
    pub(crate) fn at(address: SocketAddr) -> Self {
        let over = service_fn(move |request| over(address, request));
        Self {
            router: BoxCloneSyncService::new(over),
            secrets: [KEY.to_owned()].into(),
        }
    }

    pub(crate) fn ask(&self, method: &str, path: &str) -> Ask {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = Request::builder().method(method).uri(path);
        let request = request.header("host", "127.0.0.1:3000");
        let request = request.extension(wyvern::http::Peer(Ipv4Addr::LOCALHOST.into()));
        Ask {
            server: self.clone(),
            request: request.body(Body::empty()).expect(path),
        }
    }
}

/// Sends a request there. What belongs to the connection is no part of the answer.
async fn over(address: SocketAddr, request: Request) -> Result<Response, Lost> {
    let stream = TcpStream::connect(address).await.expect("somebody listens");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let response = sender.send_request(request).await;
    let mut response = response.map_err(|_| Lost)?;
    for name in ["connection", "date", "transfer-encoding"] {
        response.headers_mut().remove(name);
    }
    Ok(response.map(Body::new))
}

/// A request to be sent: it goes when it is awaited.
pub(crate) struct Ask {
    server: Server,
    request: Request,
}

impl Ask {
    /// With this header, in place of others of its name.
    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let (name, value) = header(name, value.as_ref());
        self.request.headers_mut().insert(name, value);
        self
    }

    /// With this header, beside others of its name.
    pub(crate) fn also(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let (name, value) = header(name, value.as_ref());
        self.request.headers_mut().append(name, value);
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.request.headers_mut().remove(name);
        self
    }

    /// Over a connection from this address.
    pub(crate) fn from(mut self, address: &str) -> Self {
        let peer = wyvern::http::Peer(address.parse().unwrap());
        self.request.extensions_mut().insert(peer);
        self
    }

    /// With this body, which says that it is JSON.
    pub(crate) fn json(self, body: impl Into<Vec<u8>>) -> Self {
        self.body(body.into())
            .header("content-type", "application/json")
    }

    /// With this body, of no stated type.
    pub(crate) fn body(mut self, body: impl Into<Body>) -> Self {
        *self.request.body_mut() = body.into();
        self
    }

    /// Sends it, to a server that may be gone before it has answered.
    pub(crate) async fn sent(self) -> Result<Answer, Lost> {
        let Server { router, secrets } = self.server;
        let asked = format!("{} {}", self.request.method(), self.request.uri());
        let (head, body) = router.oneshot(self.request).await?.into_parts();
        let body = body.collect().await.map_err(|_| Lost)?.to_bytes();
        let answer = Answer::new(asked, head, body);
        answer.is_in_form(&secrets);
        Ok(answer)
    }
}

fn header(name: &str, value: &[u8]) -> (HeaderName, HeaderValue) {
    let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
    (name, HeaderValue::from_bytes(value).unwrap())
}

impl IntoFuture for Ask {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.sent().await.expect("a whole answer comes") })
    }
}
