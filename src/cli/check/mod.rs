//! `wyvern check`: finds models, checks them, and trips a gate when what is found is too bad.

mod changes;
mod github;
mod json;
mod junit;
mod policies;
mod report;
mod sarif;
mod text;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::colour::Colour;
use super::exit::{DONE, FAILED, INVALID, PARTIAL, TRIPPED, USAGE, worse};
use super::files::{self, Candidate, Refusal};
use super::{print, say};
use crate::clock::{Clock as _, SystemClock};
use crate::config::Environment;
use crate::model::{Facts, Finding, Level, check as check_model};

use self::changes::Changes;
use self::policies::{Policies, PolicyFault};
use self::report::{Checked, Report};

/// Check models by the catalogue of rules; a gate for CI.
///
/// In folders, models are found by their content; what git ignores, symbolic links, and files that
/// are no models are left out.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Models, or folders with models in them.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// How the findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// From which level on a finding makes the exit code 1.
    #[arg(long, value_enum, default_value_t = Gate::Error)]
    fail_on: Gate,
    /// The policy for all models, instead of the nearest .wyvern.toml of each.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Whether text is coloured.
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each finding.
    Text,
    /// For programs; docs/command-line.md describes it.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// `JUnit` XML, for reports of tests.
    Junit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Gate {
    Error,
    Warning,
    Note,
    Never,
}

impl Gate {
    fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        }
    }
}

/// Checks.
pub(super) fn check(arguments: &CheckArguments, environment: &Environment) -> u8 {
    let policies = match Policies::new(arguments.policy.as_deref()) {
        Ok(policies) => policies,
        Err(fault) => {
            say(fault);
            return USAGE;
        }
    };
    let (candidates, refused) = files::find(&arguments.paths);
    let mut looked = Looked {
        code: if refused.is_empty() { DONE } else { INVALID },
        report: Report {
            models: Vec::new(),
            refused,
            gate: arguments.fail_on.level(),
        },
        faults: BTreeSet::new(),
    };
    looked.look(&candidates, &policies);
    if !looked.faults.is_empty() {
        looked.faults.iter().for_each(say);
        return USAGE;
    }
    let mut report = looked.report;
    report.refused.sort_by(|a, b| a.path.cmp(&b.path));
    report.refused.iter().for_each(say);
    let colour = arguments
        .color
        .applies(environment, io::stdout().is_terminal());
    let printed = match write(&report, arguments.format, colour) {
        Ok(text) if text.is_empty() => DONE,
        Ok(text) => print(text),
        Err(error) => {
            say(format_args!("the findings cannot be written: {error}"));
            FAILED
        }
    };
    let tripped = if report.is_tripped() { TRIPPED } else { DONE };
    worse(worse(looked.code, printed), tripped)
}

fn write(report: &Report, format: Format, colour: bool) -> io::Result<String> {
    match format {
        Format::Text => Ok(text::text(report, colour)),
        Format::Json => Ok(json::json(report)?),
        Format::Sarif => Ok(sarif::sarif(report)?),
        Format::Github => Ok(github::github(report)),
        Format::Junit => junit::junit(report),
    }
}

/// What has been seen of the candidates.
struct Looked {
    code: u8,
    report: Report,
    faults: BTreeSet<PolicyFault>,
}

enum Outcome {
    NoModel,
    Findings(Vec<Finding>),
    /// The policy asks how old the model is, which is asked of git for all models at once.
    AgeWanted,
    Refused(Refusal),
    Fault(PolicyFault),
}

impl Looked {
    fn look(&mut self, candidates: &[Candidate], policies: &Policies) {
        let outcomes = files::each(candidates, |candidate| outcome(candidate, policies, None));
        let wanted = self.take(candidates, outcomes);
        if !wanted.is_empty() {
            let changes = Changes::of(wanted.iter().map(|candidate| candidate.path.as_path()));
            let dated = |candidate: &Candidate| outcome(candidate, policies, Some(&changes));
            let outcomes = files::each(&wanted, dated);
            self.take(&wanted, outcomes);
        }
        self.report.models.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// Sorts the outcomes into the report and gives the candidates that are to be looked at again.
    fn take(&mut self, candidates: &[Candidate], outcomes: Vec<Outcome>) -> Vec<Candidate> {
        let mut wanted = Vec::new();
        for (candidate, outcome) in candidates.iter().zip(outcomes) {
            match outcome {
                Outcome::NoModel => {}
                Outcome::AgeWanted => wanted.push(candidate.clone()),
                Outcome::Findings(findings) => self.report.models.push(Checked {
                    place: place(&candidate.path),
                    path: candidate.path.clone(),
                    findings,
                }),
                Outcome::Refused(refusal) => {
                    let code = if candidate.named { INVALID } else { PARTIAL };
                    self.code = worse(self.code, code);
                    self.report.refused.push(refusal);
                }
                Outcome::Fault(fault) => {
                    self.faults.insert(fault);
                }
            }
        }
        wanted
    }
}

fn outcome(candidate: &Candidate, policies: &Policies, changes: Option<&Changes>) -> Outcome {
    let document = match files::open(candidate) {
        Ok(Some(document)) => document,
        Ok(None) => return Outcome::NoModel,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    let policy = match policies.of(candidate) {
        Ok(policy) => policy,
        Err(fault) => return Outcome::Fault(fault),
    };
    if policy.stale_after().is_some() && changes.is_none() {
        return Outcome::AgeWanted;
    }
    let facts = Facts {
        now: Some(SystemClock.now()),
        changed: changes.and_then(|changes| changes.last(&candidate.path)),
    };
    Outcome::Findings(check_model(&document, &facts, &policy))
}

/// A file's path from the top of its repository; as it is where there is none.
fn place(path: &Path) -> PathBuf {
    let folder = files::folder_of(path).canonicalize().unwrap_or_default();
    let below = files::repository_top(&folder).and_then(|top| folder.strip_prefix(top).ok());
    match (below, path.file_name()) {
        (Some(below), Some(name)) => below.join(name),
        _ => path.strip_prefix(".").unwrap_or(path).to_owned(),
    }
}
