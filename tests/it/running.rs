//! The real program, started on a free port and stopped when it is dropped.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;

use crate::support::printed;

/// A server that answers, and logs all there is.
pub(crate) struct Running {
    child: Child,
    /// Such as `http://127.0.0.1:40123`.
    pub(crate) address: String,
    /// Ends with the server, with all that it has said.
    listening: Option<JoinHandle<String>>,
}

impl Running {
    /// Starts `wyvern serve` with this data folder and waits for the line that says it listens.
    pub(crate) fn start(data: &Path) -> Self {
        Self::with::<&str>(data, &[])
    }

    /// The same with these settings, by the names of their variables.
    pub(crate) fn with<N: AsRef<OsStr>>(data: &Path, settings: &[(N, String)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wyvern"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env_clear()
            .env("HOME", data)
            .env("WYVERN__LOCAL__OWNER_NAME", "Ada Lovelace")
            .env("WYVERN__LOCAL__OWNER_EMAIL", "ada@example.com")
            .env("WYVERN__LOG__LEVEL", "trace")
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let words = child.stderr.take().unwrap();
        let record = printed::file("wyvern", child.id());
        let (tell, told) = mpsc::channel();
        let listening = std::thread::spawn(move || listen(words, record, &tell));
        Self {
            child,
            address: told.recv().expect("the server says where it listens"),
            listening: Some(listening),
        }
    }

    /// The same for a connection.
    pub(crate) fn socket(&self) -> SocketAddr {
        let (_, socket) = self.address.split_once("://").unwrap();
        socket.parse().unwrap()
    }

    /// Asks it to stop, as a supervisor does.
    pub(crate) fn terminate(&self) {
        let process = self.child.id().to_string();
        let status = Command::new("kill").args(["-s", "TERM", &process]).status();
        assert!(status.unwrap().success());
    }

    /// Waits for its end: its exit code, and all that it has said.
    pub(crate) fn end(&mut self) -> (Option<i32>, String) {
        let status = self.child.wait().unwrap();
        let listening = self.listening.take().expect("it ends once");
        (status.code(), listening.join().unwrap())
    }

    /// Kills it: it has no time to put anything in order. Gives all that it has said.
    pub(crate) fn kill(&mut self) -> String {
        self.child.kill().unwrap();
        self.end().1
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads what a server says into a record, so that the server never waits for a reader, and tells
/// where it listens.
fn listen(words: ChildStderr, mut record: File, tell: &mpsc::Sender<String>) -> String {
    let mut said = String::new();
    for line in BufReader::new(words).lines() {
        let line = line.unwrap() + "\n";
        record.write_all(line.as_bytes()).unwrap();
        if let Some(address) = line.strip_prefix("listening on ") {
            tell.send(address.trim_end().to_owned()).ok();
        }
        said += &line;
    }
    said
}
