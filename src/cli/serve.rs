//! `wyvern serve` and `wyvern healthcheck`.

use std::io::{BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::exit::{DONE, FAILED, USAGE};
use super::{Configured, say};
use crate::app::App;
use crate::auth::roll::RollError;
use crate::clock::SystemClock;
use crate::config::{
    self, Environment, Faults, LogFormat, LogSettings, Overrides, Settings, Sources,
};
use crate::http;

/// How long a health check may take.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Debug, Args)]
pub(super) struct ServeArguments {
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

impl ServeArguments {
    /// Where the server's settings come from.
    pub(super) fn sources(self, environment: &Environment) -> Sources {
        let overrides = Overrides {
            listen: self.listen,
            data: self.data,
            repositories: self.repositories,
        };
        self.configured.sources(environment, overrides)
    }
}

/// Serves until a signal says to stop.
pub(super) fn serve(sources: &Sources) -> u8 {
    let loaded = match config::load(sources) {
        Ok(loaded) => loaded,
        Err(faults) => {
            say(faults);
            return USAGE;
        }
    };
    start_log(&loaded.settings.log);
    loaded
        .notes
        .iter()
        .for_each(|note| tracing::warn!("{note}"));
    let mut settings = loaded.settings;
    settings
        .local
        .repositories
        .extend(sources.overrides.repositories.iter().cloned());
    match run(settings) {
        Ok(()) => DONE,
        Err(error) if error.is::<RollError>() || error.is::<Faults>() => {
            say(error);
            USAGE
        }
        Err(error) => {
            say(format_args!("wyvern cannot serve: {error:#}"));
            FAILED
        }
    }
}

fn run(settings: Settings) -> anyhow::Result<()> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if settings.server.threads > 0 {
        runtime.worker_threads(settings.server.threads);
    }
    let runtime = runtime
        .enable_all()
        .build()
        .context("cannot start the threads")?;
    let served = runtime.block_on(async {
        let listen = settings.server.listen;
        let listener = TcpListener::bind(listen).await;
        let listener = listener.with_context(|| format!("cannot listen on {listen}"))?;
        let app = Arc::new(App::start(settings, Arc::new(SystemClock)).await?);
        say(format_args!(
            "listening on http://{}",
            listener.local_addr()?
        ));
        anyhow::Ok(http::serve(app, listener, stopped()?).await)
    });
    // A commit that has begun on a thread of its own, as those to disk are, is waited for as long as
    // the grace lasts. Others, such as one that asks for a host's address, could take longer.
    served.map(|left| runtime.shutdown_timeout(left))
}

/// Completes at the first signal to stop. After the second one nothing is waited for.
fn stopped() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! { _ = terminate.recv() => (), _ = interrupt.recv() => () }
        say("stopping: requests in flight may finish; a second signal stops at once");
        tokio::spawn(async move {
            tokio::select! { _ = terminate.recv() => (), _ = interrupt.recv() => () }
            std::process::exit(i32::from(FAILED));
        });
    })
}

/// The filter that lets through who has done what, and for which request, whatever else it lets
/// through; unless it names `audit` itself.
fn audited(level: &str) -> String {
    let names = |directive: &str| directive.split(['=', '[']).next() == Some("audit");
    if level.split(',').any(names) {
        level.to_owned()
    } else {
        format!("{level},audit=info")
    }
}

fn start_log(settings: &LogSettings) {
    let filter = EnvFilter::try_new(audited(&settings.level)).unwrap_or_default();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match settings.format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}

/// Asks the server that this configuration describes.
pub(super) fn healthcheck(sources: &Sources) -> u8 {
    let address = match config::load(sources) {
        Ok(loaded) => reachable(loaded.settings.server.listen),
        Err(faults) => {
            say(faults);
            return USAGE;
        }
    };
    match ask(address) {
        Ok(status) if status.contains(" 200 ") => DONE,
        Ok(status) => {
            say(format_args!(
                "{address} is not ready: {}",
                status.trim_end()
            ));
            FAILED
        }
        Err(error) => {
            say(format_args!("{address} does not answer: {error}"));
            FAILED
        }
    }
}

/// The status line of `GET /readyz`.
fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, HEALTH_TIMEOUT)?;
    stream.set_read_timeout(Some(HEALTH_TIMEOUT))?;
    write!(
        stream,
        "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut status = String::new();
    BufReader::new(stream).read_line(&mut status)?;
    Ok(status)
}

/// A server that listens on every address is reached on this machine's own.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}
