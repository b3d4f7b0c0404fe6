//! A server in a process of its own, held to the first core, and what it takes.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;

/// What a server says when it can be asked.
const READY: &str = "listening on http://";
/// `/proc` counts the time of a process in hundredths of a second, on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// A running server; dropping it ends it.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts Wyvern on a data folder, with this many threads (0 is its default).
    pub(crate) fn wyvern(data: &Path, threads: usize) -> anyhow::Result<Self> {
        Self::wyvern_told(data, threads, &[])
    }

    /// The same with these variables in its environment.
    pub(crate) fn wyvern_told(
        data: &Path,
        threads: usize,
        told: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--data"].map(OsStr::new);
        let mut command = pinned(env!("CARGO_BIN_EXE_wyvern").as_ref());
        command
            .args(arguments)
            .arg(data)
            .env("WYVERN__SERVER__THREADS", threads.to_string())
            .envs(told.iter().copied());
        Self::start(command, data)
    }

    /// Starts the bare server, which answers the files of a folder from memory.
    pub(crate) fn peer(folder: &Path) -> anyhow::Result<Self> {
        let mut command = pinned(std::env::current_exe()?.as_os_str());
        command.arg("peer").arg(folder);
        Self::start(command, folder)
    }

    fn start(mut command: Command, home: &Path) -> anyhow::Result<Self> {
        let mut child = command.env("HOME", home).stderr(Stdio::piped()).spawn()?;
        let mut said = BufReader::new(child.stderr.take().context("it is piped")?);
        let mut line = String::new();
        let address = loop {
            line.clear();
            anyhow::ensure!(said.read_line(&mut line)? > 0, "the server did not start");
            if let Some(address) = line.trim_end().strip_prefix(READY) {
                break address.parse()?;
            }
        };
        // What it says from now on must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Ok(Self { child, address })
    }

    /// Resident memory in bytes.
    pub(crate) fn resident(&self) -> anyhow::Result<u64> {
        resident(self.child.id())
    }

    /// The most memory that was ever resident, in bytes.
    pub(crate) fn peak(&self) -> anyhow::Result<u64> {
        memory(self.child.id(), "VmHWM:")
    }

    /// How many threads it has.
    pub(crate) fn threads(&self) -> anyhow::Result<u64> {
        status(self.child.id(), "Threads:")?
            .parse()
            .context("Threads in /proc/<pid>/status")
    }

    /// How many files and connections it has open.
    pub(crate) fn open_files(&self) -> anyhow::Result<usize> {
        Ok(std::fs::read_dir(format!("/proc/{}/fd", self.child.id()))?.count())
    }

    /// The time that its threads have run for, system calls included.
    pub(crate) fn cpu(&self) -> anyhow::Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name in parentheses may hold spaces; user and system time are fields 14 and 15.
        let (_, fields) = stat.rsplit_once(')').context("/proc/<pid>/stat")?;
        let times = fields.split_whitespace().skip(11).take(2);
        let ticks = times.map(str::parse::<u32>).sum::<Result<u32, _>>()?;
        Ok(TICK * ticks)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A command on the first core alone, where there is `taskset`.
fn pinned(program: &OsStr) -> Command {
    if Command::new("taskset").arg("--version").output().is_err() {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", "0"]).arg(program);
    command
}

/// Resident memory of a process, in bytes.
pub(crate) fn resident(process: u32) -> anyhow::Result<u64> {
    memory(process, "VmRSS:")
}

fn memory(process: u32, name: &'static str) -> anyhow::Result<u64> {
    let value = status(process, name)?;
    let kilobytes = value.strip_suffix(" kB").context("a size in kB")?;
    Ok(kilobytes.trim().parse::<u64>()? * 1024)
}

/// What `/proc` says of a process under this name.
fn status(process: u32, name: &'static str) -> anyhow::Result<String> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let value = status.lines().find_map(|line| line.strip_prefix(name));
    let value = value.with_context(|| format!("{name} in /proc/<pid>/status"))?;
    Ok(value.trim().to_owned())
}
