//! The command line: data on standard output, words on standard error, meaningful exit codes.

mod serve;
mod settings;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Environment, Overrides, Sources};

/// Everything went well.
const DONE: u8 = 0;
/// The command line or the configuration is wrong.
const USAGE: u8 = 2;
/// Something failed that is not the caller's fault.
const FAILED: u8 = 4;

/// A threat-modelling service whose only store is git.
#[derive(Debug, Parser)]
#[command(name = "wyvern", version, arg_required_else_help = true, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 2 wrong usage or configuration, 4 failed.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the browser app and the API.
    Serve(ServeArguments),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Ask a running server whether it is ready: exit code 0 when it is, 4 when not.
    Healthcheck(Configured),
    /// Read a password from standard input and print its hash for [[local.accounts]].
    HashPassword,
}

#[derive(Debug, Args)]
struct Configured {
    /// A configuration file in TOML; config/default.toml in the sources lists every key.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ServeArguments {
    /// Git repositories to serve besides those in the data folder, bare or with a work tree.
    #[arg(value_name = "REPOSITORY")]
    repositories: Vec<PathBuf>,
    #[command(flatten)]
    configured: Configured,
    /// The address to listen on; port 0 picks a free one.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// The folder for repositories and the generated key.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Report every fault of the configuration; exit code 2 when there is one.
    Check(Configured),
    /// Print the settings in force as TOML, secrets left out.
    Show(Configured),
}

/// Runs the program with these arguments (the program's name first) and this environment.
#[must_use]
pub fn run(arguments: Vec<OsString>, environment: Environment) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(refusal) => {
            // `--help` and `--version` come this way too; clap knows which stream each belongs to.
            refusal.print().ok();
            return ExitCode::from(if refusal.use_stderr() { USAGE } else { DONE });
        }
    };
    let sources = |configured: Configured, overrides| Sources {
        file: configured.config,
        environment,
        overrides,
    };
    let none = Overrides::default();
    ExitCode::from(match arguments.command {
        Command::Serve(ServeArguments {
            repositories,
            configured,
            listen,
            data,
        }) => serve::serve(&sources(
            configured,
            Overrides {
                listen,
                data,
                repositories,
            },
        )),
        Command::Config(ConfigCommand::Check(configured)) => {
            settings::check(&sources(configured, none))
        }
        Command::Config(ConfigCommand::Show(configured)) => {
            settings::show(&sources(configured, none))
        }
        Command::Healthcheck(configured) => serve::healthcheck(&sources(configured, none)),
        Command::HashPassword => settings::hash_password(),
    })
}

/// Says something to the person at the terminal.
#[expect(clippy::print_stderr, reason = "words go to standard error")]
fn say(words: impl std::fmt::Display) {
    eprintln!("{words}");
}

/// Prints what was asked for.
#[expect(clippy::print_stdout, reason = "data goes to standard output")]
fn print(data: impl std::fmt::Display) {
    println!("{data}");
}
