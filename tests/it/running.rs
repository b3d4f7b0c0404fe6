//! The real program, started on a free port and stopped when it is dropped.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server that answers.
pub(crate) struct Running {
    child: Child,
    /// Such as `http://127.0.0.1:40123`.
    pub(crate) address: String,
}

impl Running {
    /// Starts `wyvern serve` with this data folder and waits for the line that says it listens.
    pub(crate) fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wyvern"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env_clear()
            .env("HOME", data)
            .env("WYVERN__LOCAL__OWNER_NAME", "Ada Lovelace")
            .env("WYVERN__LOCAL__OWNER_EMAIL", "ada@example.com")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.find_map(|line| {
            line.unwrap()
                .strip_prefix("listening on ")
                .map(ToOwned::to_owned)
        });
        // The rest of the log is read away, so that the server never waits for a reader.
        std::thread::spawn(move || lines.count());
        Self {
            child,
            address: address.expect("the server says where it listens"),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
