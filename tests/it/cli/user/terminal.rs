//! Passwords typed at a terminal.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::PASSWORD;

/// A terminal of its own, with a program that runs at it.
struct Terminal {
    script: std::process::Child,
    shown: String,
    name: String,
}

impl Terminal {
    /// Runs the program with these arguments, through script(1).
    fn run(folder: &Path, arguments: &str) -> Self {
        let program = env!("CARGO_BIN_EXE_wyvern");
        let command = format!("tty; exec '{program}' {arguments}");
        let script = Command::new("script")
            .args(["--quiet", "--return", "--command", &command, "/dev/null"])
            .current_dir(folder)
            .env_clear()
            .env("HOME", folder)
            .env("PATH", "/usr/bin:/bin")
            .env("SHELL", "/bin/sh")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut terminal = Self {
            script,
            shown: String::new(),
            name: String::new(),
        };
        terminal.wait_for("\r\n");
        let name = std::mem::take(&mut terminal.shown);
        name.trim_end().clone_into(&mut terminal.name);
        terminal
    }

    fn wait_for(&mut self, text: &str) {
        let output = self.script.stdout.as_mut().unwrap();
        let mut byte = [0];
        while !self.shown.ends_with(text) {
            output.read_exact(&mut byte).unwrap();
            self.shown.push(char::from(byte[0]));
        }
    }

    /// Types an answer to this prompt as soon as the terminal has stopped showing what is typed:
    /// what was typed before is thrown away then.
    fn answer(&mut self, prompt: &str, answer: &str) {
        self.wait_for(prompt);
        let begun = Instant::now();
        let state = || Command::new("stty").args(["-a", "-F", &self.name]).output();
        while !String::from_utf8_lossy(&state().unwrap().stdout).contains("-echo ") {
            assert!(begun.elapsed() < Duration::from_secs(20), "it is shown");
        }
        let input = self.script.stdin.as_mut().unwrap();
        input.write_all(format!("{answer}\n").as_bytes()).unwrap();
    }

    /// Whether the program succeeded, and all that was shown.
    fn end(mut self) -> (bool, String) {
        let output = self.script.stdout.as_mut().unwrap();
        output.read_to_string(&mut self.shown).unwrap();
        (self.script.wait().unwrap().success(), self.shown)
    }
}

#[test]
fn a_password_is_asked_for_twice_and_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let add = |again: &str| {
        let mut terminal = Terminal::run(folder.path(), "user add ada");
        terminal.answer("New password: ", PASSWORD);
        terminal.answer("Once more: ", again);
        terminal.end()
    };
    let prompts = "New password: \r\nOnce more: \r\n";
    let different = format!("{prompts}the two passwords are not the same\r\n");
    assert_eq!(add("correct horse b"), (false, different));
    let added = format!("{prompts}ada is added to wyvern-data/accounts.toml\r\n");
    assert_eq!(add(PASSWORD), (true, added));
}
