//! The `wyvern` program: hands the command line and the environment to the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    wyvern::cli::run(
        std::env::args_os().collect(),
        &wyvern::config::environment(),
    )
}
