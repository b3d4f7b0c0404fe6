//! The command line: data on standard output, words on standard error, meaningful exit codes.

mod check;
mod diff;
mod fmt;
mod install_merge_driver;
mod library;
mod login;
mod merge;
mod render;
mod serve;
mod settings;
mod suggest;
mod user;

mod colour;
mod exit;
mod files;
mod kept;
mod packs;
mod password;
mod shown;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use self::check::CheckArguments;
use self::diff::DiffArguments;
use self::exit::{DONE, FAILED, USAGE};
use self::fmt::FmtArguments;
use self::install_merge_driver::InstallArguments;
use self::library::LibraryCommand;
use self::login::{LoginArguments, LogoutArguments};
use self::merge::MergeArguments;
use self::render::RenderArguments;
use self::serve::ServeArguments;
use self::suggest::SuggestArguments;
use self::user::UserArguments;
use crate::config::{Environment, Overrides, Sources};

/// A threat-modelling service whose only store is git.
#[derive(Debug, Parser)]
#[command(name = "wyvern", version, arg_required_else_help = true, after_help = exit::TABLE)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    // Without a comment of its own, a command is described by that of its arguments.
    Check(CheckArguments),
    Diff(DiffArguments),
    Render(RenderArguments),
    Suggest(SuggestArguments),
    #[command(subcommand)]
    Library(LibraryCommand),
    Fmt(FmtArguments),
    Merge(MergeArguments),
    InstallMergeDriver(InstallArguments),
    /// Serve the browser app and the API.
    Serve(ServeArguments),
    User(UserArguments),
    Login(LoginArguments),
    Logout(LogoutArguments),
    /// Tell who is signed in with `wyvern login`, a line for each host.
    Whoami,
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

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Report every fault of the configuration; exit code 2 when there is one.
    Check(Configured),
    /// Print the settings in force as TOML, secrets left out.
    Show(Configured),
}

impl Configured {
    fn sources(self, environment: &Environment, overrides: Overrides) -> Sources {
        Sources {
            file: self.config,
            environment: environment.clone(),
            overrides,
        }
    }
}

/// Runs the program with these arguments (the program's name first) and this environment.
#[must_use]
pub fn run(arguments: Vec<OsString>, environment: &Environment) -> ExitCode {
    ExitCode::from(match Arguments::try_parse_from(arguments) {
        Ok(arguments) => obey(arguments.command, environment),
        Err(refusal) => {
            // `--help` and `--version` come this way too; clap knows which stream each belongs to.
            refusal.print().ok();
            if refusal.use_stderr() { USAGE } else { DONE }
        }
    })
}

fn obey(command: Command, environment: &Environment) -> u8 {
    let sources = |configured: Configured| configured.sources(environment, Overrides::default());
    match command {
        Command::Check(arguments) => check::check(&arguments, environment),
        Command::Diff(arguments) => diff::diff(&arguments, environment),
        Command::Render(arguments) => render::render(&arguments),
        Command::Suggest(arguments) => suggest::suggest(&arguments, environment),
        Command::Library(command) => library::library(&command),
        Command::Fmt(arguments) => fmt::fmt(&arguments),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::InstallMergeDriver(arguments) => install_merge_driver::install(&arguments),
        Command::Serve(arguments) => serve::serve(&arguments.sources(environment)),
        Command::User(arguments) => user::user(arguments, environment),
        Command::Login(arguments) => login::login(arguments, environment),
        Command::Logout(arguments) => login::logout(&arguments, environment),
        Command::Whoami => login::whoami(environment),
        Command::Config(ConfigCommand::Check(configured)) => settings::check(&sources(configured)),
        Command::Config(ConfigCommand::Show(configured)) => settings::show(&sources(configured)),
        Command::Healthcheck(configured) => serve::healthcheck(&sources(configured)),
        Command::HashPassword => settings::hash_password(),
    }
}

/// Says something to the person at the terminal.
#[expect(clippy::print_stderr, reason = "words go to standard error")]
fn say(words: impl std::fmt::Display) {
    eprintln!("{words}");
}

/// Prints what was asked for, and a line end; gives the exit code for that. Whoever stops reading
/// has read enough.
fn print(data: impl std::fmt::Display) -> u8 {
    match writeln!(std::io::stdout(), "{data}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            say(format_args!("standard output takes nothing more: {error}"));
            FAILED
        }
        _ => DONE,
    }
}
