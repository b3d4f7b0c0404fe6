//! Runs the real program with an environment of its own.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

/// The program with these arguments, in this folder, which is its home too, and nothing else in
/// its environment.
pub(crate) fn wyvern(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wyvern"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .stdin(Stdio::null());
    command
}

/// What a run ended with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) data: String,
    /// Standard error.
    pub(crate) words: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            data: String::from_utf8(output.stdout).unwrap(),
            words: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs it to its end.
pub(crate) fn run(command: &mut Command) -> Ended {
    command.output().unwrap().into()
}

/// Runs it to its end with this on its standard input.
pub(crate) fn run_with_input(command: &mut Command, input: &[u8]) -> Ended {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who refuses at once reads nothing.
    match child.stdin.take().unwrap().write_all(input) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        written => written.unwrap(),
    }
    child.wait_with_output().unwrap().into()
}

/// A server that listens.
pub(crate) struct Server {
    child: Child,
    /// Such as `127.0.0.1:40123`.
    pub(crate) address: String,
    words: BufReader<ChildStderr>,
    said: String,
}

impl Server {
    /// Starts `wyvern serve` on a free port of this machine, with a data folder below `folder`.
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let listening = ["serve", "--listen", "127.0.0.1:0", "--data", "data"];
        Self::spawn(&mut wyvern(folder, &[&listening, arguments].concat()))
    }

    /// Runs the command up to the line that says where it listens.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let words = BufReader::new(child.stderr.take().unwrap());
        let mut server = Self {
            child,
            address: String::new(),
            words,
            said: String::new(),
        };
        server.wait_for("listening on http://");
        let last = server.said.lines().last().unwrap();
        let address = last.strip_prefix("listening on http://").unwrap();
        server.address = address.to_owned();
        server
    }

    /// Reads what it says up to a line with this in it.
    pub(crate) fn wait_for(&mut self, text: &str) {
        while !self.said.contains(text) {
            let read = self.words.read_line(&mut self.said).unwrap();
            assert!(read > 0, "{text} is never said: {}", self.said);
        }
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status();
        assert!(status.unwrap().success());
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> Ended {
        let status = self.child.wait().unwrap();
        let mut data = String::new();
        let stdout = self.child.stdout.take();
        stdout.unwrap().read_to_string(&mut data).unwrap();
        self.words.read_to_string(&mut self.said).unwrap();
        Ended {
            code: status.code(),
            data,
            words: std::mem::take(&mut self.said),
        }
    }

    /// Asks for something: the answer's status, and its head and body as they came.
    pub(crate) fn ask(&self, method: &str, target: &str, head: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let request = format!(
            "{method} {target} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {length}\r\n{head}\r\n{body}",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        answer(stream)
    }

    /// What a GET answers: its status and its JSON.
    pub(crate) fn get(&self, target: &str, head: &str) -> (u16, serde_json::Value) {
        let (status, text) = self.ask("GET", target, head, "");
        (status, json(&text))
    }

    /// The header that proves the owner's sign-in, with its line end.
    pub(crate) fn sign_in(&self) -> String {
        let (_, back) = self.get("/api/login/local", "");
        self.exchange(&back, "")
    }

    /// Exchanges the code in the address that a sign-in was answered with.
    pub(crate) fn exchange(&self, back: &serde_json::Value, head: &str) -> String {
        let back = back["data"].as_str().unwrap();
        let (_, code) = back.split_once("?code=").unwrap();
        let (status, tokens) = self.get(&format!("/api/oauth/local?code={code}"), head);
        assert_eq!(status, 200, "{tokens}");
        let token = tokens["data"]["accessToken"].as_str().unwrap();
        format!("authorization: Bearer {token}\r\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads an answer to its end.
pub(crate) fn answer(mut stream: TcpStream) -> (u16, String) {
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (status.expect("an answer begins with its status"), text)
}

/// The JSON in an answer's body.
pub(crate) fn json(answer: &str) -> serde_json::Value {
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}
