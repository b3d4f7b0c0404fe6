//! Benchmarks: programs that print figures, each beside that of a named peer in the same run.
//!
//! `cargo bench` runs all of them, `cargo bench -- serve` one; `cargo bench -- soak 30` goes on for so
//! many minutes and is run by that name only. The server is held to the first core
//! and whatever drives it to the second, so that a figure is that of one core. Figures of different
//! runs on a shared machine cannot be compared; ratios can.

#![expect(clippy::print_stdout, reason = "figures go to standard output")]

mod document;
#[path = "../tests/forge/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the forge is made for tests, which use the rest"
)]
mod forge;
mod local;
mod meaning;
mod measure;
mod pictures;
mod providers;
mod repository;
mod sample;
mod serve;
mod soak;
mod suggest;

use std::process::Command;

use anyhow::{Context as _, bail};

/// How long the long run is when nobody says.
const SOAK_MINUTES: u32 = 30;
/// Above this, other programs take so much of the machine that only ratios mean anything.
const LOAD_MAX: f64 = 1.5;

fn main() -> anyhow::Result<()> {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|word| !word.starts_with("--"))
        .collect();
    match words.as_slice() {
        ["peer", folder] => return serve::peer::run(folder.as_ref()),
        ["memory", reader, text] => return document::hold(reader, text.as_ref()),
        _ => {}
    }
    describe_machine()?;
    match words.as_slice() {
        ["soak"] => return soak::run(SOAK_MINUTES),
        ["soak", minutes] => return soak::run(minutes.parse()?),
        _ => {}
    }
    let named = if words.is_empty() { ALL } else { &words };
    named.iter().try_for_each(|word| bench(word))
}

/// What is measured when nothing is named.
const ALL: &[&str] = &[
    "document",
    "meaning",
    "suggest",
    "pictures",
    "local",
    "serve",
    "providers",
];

fn bench(word: &str) -> anyhow::Result<()> {
    match word {
        "document" => document::run(),
        "meaning" => meaning::run(),
        "suggest" => suggest::run(),
        "pictures" => pictures::run(),
        "local" => local::run(),
        "serve" => serve::run(),
        "providers" => providers::run(),
        other => bail!(
            "there is no benchmark {other:?}: {} or soak",
            ALL.join(", ")
        ),
    }
}

/// Says how busy the machine is, and moves this program to the core that the server does not use.
fn describe_machine() -> anyhow::Result<()> {
    let load = std::fs::read_to_string("/proc/loadavg").context("/proc/loadavg")?;
    let load: f64 = load.split(' ').next().unwrap_or_default().parse()?;
    println!("load average {load}");
    if load > LOAD_MAX {
        println!(
            "WARNING: the machine is busy with other work: trust the ratios and the CPU time only"
        );
    }
    let moved = Command::new("taskset")
        .args(["-acp", "1", &std::process::id().to_string()])
        .output();
    if !moved.is_ok_and(|output| output.status.success()) {
        println!("WARNING: not held to one core each (taskset from util-linux, two cores)");
    }
    Ok(())
}
