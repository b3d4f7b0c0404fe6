//! The other server: it does to each request what the test says.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

/// What the server does to a request.
pub(super) struct Act {
    /// It waits until it is let go.
    pub(super) gated: bool,
    /// It writes this.
    pub(super) says: Vec<u8>,
    /// And this.
    pub(super) then: Then,
}

/// What it does after that.
pub(super) enum Then {
    /// Reads the next request from the same connection.
    Next,
    Close,
    Reset,
    /// Nothing, until the client leaves.
    Hang,
    /// Writes the same bytes again and again, this far apart, until the client leaves.
    Again(Vec<u8>, Duration),
}

/// What has happened so far.
#[derive(Debug, Default, Clone)]
pub(super) struct Seen {
    /// The heads of the requests, in lower case.
    pub(super) heads: Vec<String>,
    /// Requests that are not answered yet, and how many there were at most.
    pub(super) open: usize,
    pub(super) most: usize,
    /// Connections that the client has left while it was owed an answer.
    pub(super) left: usize,
}

/// A server on a port of its own, until it is dropped.
pub(super) struct Peer {
    pub(super) host: String,
    seen: watch::Sender<Seen>,
    gate: Arc<Semaphore>,
    accepting: JoinHandle<()>,
}

impl Act {
    /// An answer of this status line's rest, headers and body.
    pub(super) fn answer(status: &str, headers: &[&str], body: &str) -> Self {
        let (lines, length) = ([headers, &[""]].concat().join("\r\n"), body.len());
        let says = format!("HTTP/1.1 {status}\r\n{lines}content-length: {length}\r\n\r\n{body}");
        Self::says(says, Then::Next)
    }

    pub(super) fn says(says: impl Into<Vec<u8>>, then: Then) -> Self {
        let says = says.into();
        Self {
            gated: false,
            says,
            then,
        }
    }

    /// The same, once the test lets it go.
    pub(super) fn gated(mut self) -> Self {
        self.gated = true;
        self
    }
}

impl Peer {
    /// `act` is given the number of the request, from 0, and its head in lower case.
    pub(super) async fn new(act: impl Fn(usize, &str) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let (seen, gate) = (
            watch::Sender::new(Seen::default()),
            Arc::new(Semaphore::new(0)),
        );
        let (sender, opens, act) = (seen.clone(), Arc::clone(&gate), Arc::new(act));
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, gate, act) = (sender.clone(), Arc::clone(&opens), Arc::clone(&act));
                tokio::spawn(async move { serve(stream, &seen, &gate, &*act).await });
            }
        });
        Self {
            host,
            seen,
            gate,
            accepting,
        }
    }

    /// A server that gives one answer to everything.
    pub(super) async fn answering(status: &'static str, headers: &'static [&'static str]) -> Self {
        Self::new(move |_, _| Act::answer(status, headers, "{}")).await
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    pub(super) fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }

    pub(super) fn requests(&self) -> usize {
        self.seen.borrow().heads.len()
    }

    /// Waits until this is so, which fails when it does not come to be.
    pub(super) async fn until(&self, is_so: impl FnMut(&Seen) -> bool) {
        let mut seen = self.seen.subscribe();
        let waits = tokio::time::timeout(Duration::from_secs(20), seen.wait_for(is_so));
        let is_so = waits.await.is_ok();
        assert!(is_so, "it never came to be: {:?}", self.seen());
    }

    /// Lets so many gated requests go.
    pub(super) fn let_go(&self, requests: usize) {
        self.gate.add_permits(requests);
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn serve(
    mut stream: TcpStream,
    seen: &watch::Sender<Seen>,
    gate: &Semaphore,
    act: &(impl Fn(usize, &str) -> Act + Send + Sync),
) {
    while let Some(head) = read(&mut stream).await {
        let mut number = 0;
        seen.send_modify(|seen| {
            number = seen.heads.len();
            seen.heads.push(head.clone());
            seen.open += 1;
            seen.most = seen.most.max(seen.open);
        });
        let left = answer(&mut stream, gate, act(number, &head)).await;
        seen.send_modify(|seen| {
            seen.open -= 1;
            seen.left += usize::from(left == Some(Left));
        });
        if left.is_some() {
            return;
        }
    }
}

/// The connection is over.
#[derive(PartialEq, Eq)]
enum Over {
    /// The client has left.
    Left,
    Ended,
}
use Over::{Ended, Left};

async fn answer(stream: &mut TcpStream, gate: &Semaphore, act: Act) -> Option<Over> {
    if act.gated {
        tokio::select! {
            permit = gate.acquire() => permit.unwrap().forget(),
            () = leaves(stream) => return Some(Left),
        }
    }
    if stream.write_all(&act.says).await.is_err() {
        return Some(Left);
    }
    match act.then {
        Then::Next => return None,
        Then::Close => {}
        Then::Reset => stream.set_zero_linger().unwrap(),
        Then::Hang => {
            leaves(stream).await;
            return Some(Left);
        }
        Then::Again(bytes, pause) => {
            while stream.write_all(&bytes).await.is_ok() {
                tokio::time::sleep(pause).await;
            }
            return Some(Left);
        }
    }
    Some(Ended)
}

/// Waits until the client has nothing more to say.
async fn leaves(stream: &mut TcpStream) {
    let mut buffer = [0; 1024];
    while matches!(stream.read(&mut buffer).await, Ok(n) if n > 0) {}
}

/// A request's head; its body, by its length, is read too.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    Some(head)
}
