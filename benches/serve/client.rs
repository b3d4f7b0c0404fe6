//! A client that costs little, so that what it measures is the server: HTTP/1.1 over kept
//! connections.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How a body in chunks ends. That the data ends a read in the same bytes is not worth a parser.
const LAST_CHUNK: &[u8] = b"\r\n0\r\n\r\n";

/// One connection that is kept open.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer, as it stands in the connection's buffer.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) head: &'a str,
    pub(crate) body: &'a [u8],
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(16 * 1024),
        })
    }

    /// Sends a whole request and reads the whole answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.more().await?;
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
        };
        let text = self.buffer.get(..head).unwrap_or_default();
        let (status, length) = frame(std::str::from_utf8(text)?)?;
        let body = head + 4;
        if let Some(length) = length {
            self.buffer
                .reserve((body + length).saturating_sub(self.buffer.len()));
            while self.buffer.len() < body + length {
                self.more().await?;
            }
        } else {
            while !self.buffer.ends_with(LAST_CHUNK) {
                self.more().await?;
            }
        }
        let (head, body) = self.buffer.split_at(body);
        Ok(Answer {
            status,
            head: std::str::from_utf8(head)?,
            body,
        })
    }

    async fn more(&mut self) -> anyhow::Result<()> {
        ensure!(
            self.stream.read_buf(&mut self.buffer).await? > 0,
            "the server hung up"
        );
        Ok(())
    }
}

/// The status, and how many bytes follow the head; `None` when they come in chunks.
fn frame(head: &str) -> anyhow::Result<(u16, Option<usize>)> {
    let status = head.split(' ').nth(1).context("a status line")?.parse()?;
    if header(head, "transfer-encoding").is_some() {
        return Ok((status, None));
    }
    let length = header(head, "content-length").map_or(Ok(0), str::parse)?;
    Ok((status, Some(length)))
}

/// The value of a header.
pub(crate) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A request, ready to be sent. A body is JSON unless the headers say otherwise.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n");
    let mut add = |name: &str, value: &str| head.extend([name, ": ", value, "\r\n"]);
    for (name, value) in headers {
        add(name, value);
    }
    if !body.is_empty() {
        if headers.iter().all(|(name, _)| *name != "content-type") {
            add("content-type", "application/json");
        }
        add("content-length", &body.len().to_string());
    }
    format!("{head}\r\n{body}").into_bytes()
}

/// What a load has shown.
#[derive(Default)]
pub(crate) struct Run {
    pub(crate) times: Vec<Duration>,
    pub(crate) took: Duration,
}

/// Sends the request over many connections at once, each as fast as it is answered.
pub(crate) async fn load(
    address: SocketAddr,
    request: Arc<[u8]>,
    wanted: u16,
    connections: usize,
    time: Duration,
) -> anyhow::Result<Run> {
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let begin = Instant::now();
    let tasks: Vec<_> = open
        .into_iter()
        .map(|connection| tokio::spawn(repeat(connection, request.clone(), wanted, begin + time)))
        .collect();
    let mut run = Run::default();
    for task in tasks {
        run.times.append(&mut task.await??);
    }
    run.took = begin.elapsed();
    Ok(run)
}

async fn repeat(
    mut connection: Connection,
    request: Arc<[u8]>,
    wanted: u16,
    end: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::new();
    loop {
        let begin = Instant::now();
        if begin >= end {
            return Ok(times);
        }
        let status = connection.exchange(&request).await?.status;
        ensure!(status == wanted, "the answer is {status}, not {wanted}");
        times.push(begin.elapsed());
    }
}
