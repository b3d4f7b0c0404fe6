//! The connections: calls are carried out here, or go wrong on purpose.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response};
use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::World;
use super::asked::{Answer, Asked};
use super::calls::Sort;
use super::dialect::Dialect;
use super::faults::{Act, Fault};

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is dropped on purpose")]
struct Dropped;

/// Serves until it is aborted; its connections end with it.
pub(super) async fn serve(world: Arc<World>, listener: TcpListener) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        stream.set_nodelay(true).ok();
        let world = Arc::clone(&world);
        let service = service_fn(move |request| answer(Arc::clone(&world), request));
        let connection = Builder::new().serve_connection(TokioIo::new(stream), service);
        connections.spawn(async move { connection.await.ok() });
        while connections.try_join_next().is_some() {}
    }
}

async fn answer(world: Arc<World>, request: Request<Incoming>) -> Result<Response<Body>, Dropped> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Dropped)?.to_bytes();
    let asked = Arc::new(Asked {
        method: head.method,
        uri: head.uri,
        headers: head.headers,
        body,
        between: None,
    });
    let sort = (world.dialect.speech().sort)(&world, &asked);
    let fault = world.faults.meet(&asked.method, &asked.target(), &sort);
    let answered = match fault {
        None => carried_out(&world, &asked)
            .await
            .map(|answer| response(&answer)),
        Some(fault) => faulty(&world, &asked, &sort, fault).await,
    };
    let status = answered
        .as_ref()
        .map_or(0, |answer| answer.status().as_u16());
    world.calls.note(&asked, &sort, status);
    answered
}

/// Git is asked on a thread that may wait.
async fn carried_out(world: &Arc<World>, asked: &Arc<Asked>) -> Result<Answer, Dropped> {
    let (world, asked) = (Arc::clone(world), Arc::clone(asked));
    let answer = world.dialect.speech().answer;
    let done = tokio::task::spawn_blocking(move || answer(&world, &asked));
    done.await.map_err(|_| Dropped)
}

/// The call is carried out after another writer has come.
async fn before(world: &Arc<World>, asked: &Arc<Asked>, act: Act) -> Result<Answer, Dropped> {
    let other = Arc::clone(world);
    let acted = tokio::task::spawn_blocking(move || act(&other));
    acted.await.map_err(|_| Dropped)?;
    carried_out(world, asked).await
}

/// The call is carried out, and another writer comes as late as the host lets them.
async fn between(world: &Arc<World>, asked: &Arc<Asked>, act: Act) -> Result<Answer, Dropped> {
    if world.dialect != Dialect::GitLab {
        return before(world, asked, act).await;
    }
    let asked = Asked {
        between: Some(act),
        ..Asked::clone(asked)
    };
    carried_out(world, &Arc::new(asked)).await
}

async fn faulty(
    world: &Arc<World>,
    asked: &Arc<Asked>,
    sort: &Sort,
    fault: Fault,
) -> Result<Response<Body>, Dropped> {
    let speech = world.dialect.speech();
    let answer = match fault {
        Fault::Hang => {
            world.calls.note(asked, sort, 0);
            std::future::pending().await
        }
        Fault::Reset => return Err(Dropped),
        Fault::ResetAfter => {
            carried_out(world, asked).await?;
            return Err(Dropped);
        }
        Fault::StatusAfter(status) => {
            carried_out(world, asked).await?;
            (speech.failure)(status)
        }
        Fault::Slow(time) => {
            tokio::time::sleep(time).await;
            carried_out(world, asked).await?
        }
        Fault::Before(act) => before(world, asked, act).await?,
        Fault::Between(act) => between(world, asked, act).await?,
        Fault::Truncate => return Ok(truncated(carried_out(world, asked).await?)),
        Fault::Huge(bytes) => return Ok(huge(bytes)),
        Fault::Status {
            status,
            headers,
            body,
        } => given(status, headers, body),
        Fault::RateLimit { retry_after } => (speech.too_often)(429, retry_after),
        Fault::SecondaryRateLimit { retry_after } => (speech.too_often)(403, retry_after),
        Fault::PrimaryRateLimit { reset } => (speech.used_up)(reset),
        Fault::RedirectTo(address) => Answer::empty(302).with("location", address),
        Fault::OkWithError(message) => (speech.successful_error)(asked, &message),
        Fault::WrongType => (speech.login_page)(),
    };
    Ok(response(&answer))
}

/// A given answer; it is JSON unless its headers say otherwise.
fn given(status: u16, headers: Vec<(String, String)>, body: String) -> Answer {
    let typed = |(name, _): &(String, String)| name.eq_ignore_ascii_case("content-type");
    let mut answer = if headers.iter().any(typed) {
        Answer {
            body: body.into(),
            ..Answer::empty(status)
        }
    } else {
        Answer::of(status, "application/json; charset=utf-8", body)
    };
    answer.headers.extend(headers);
    answer
}

fn response(answer: &Answer) -> Response<Body> {
    assemble(answer, Body::from(answer.body.clone()))
}

fn assemble(answer: &Answer, body: Body) -> Response<Body> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response.body(body).expect("the answer's parts are valid")
}

/// The whole length is declared, and half of it is sent.
fn truncated(answer: Answer) -> Response<Body> {
    let length = answer.body.len();
    let answer = answer.with("content-length", length.to_string());
    let half = answer.body.slice(..length / 2);
    let sent = stream::once(async move { Ok(half) });
    let cut = stream::once(async {
        // Once around, so that what there is gets sent.
        tokio::task::yield_now().await;
        Err(io::Error::other(Dropped))
    });
    assemble(&answer, Body::from_stream(sent.chain(cut)))
}

fn huge(bytes: usize) -> Response<Body> {
    const PIECE: usize = 64 * 1024;
    let pieces = bytes.div_ceil(PIECE);
    let piece = Bytes::from(vec![b' '; PIECE]);
    let sent = stream::repeat(piece).take(pieces).map(Ok::<_, Infallible>);
    let answer = Answer::of(200, "application/json; charset=utf-8", "");
    assemble(&answer, Body::from_stream(sent))
}
