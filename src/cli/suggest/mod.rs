//! `wyvern suggest`: asks rules which threats may fit the elements of models, and adds them if asked to.

mod add;
mod json;
mod report;
mod rules;
mod text;

use std::collections::HashSet;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::colour::Colour;
use super::exit::{DONE, FAILED, INVALID, PARTIAL, USAGE, worse};
use super::files::{self, Candidate, Reason, Refusal};
use super::shown::shown;
use super::{print, say};
use crate::config::Environment;
use crate::library::SOURCES;
use crate::model::{Document, Generation, upgrade};
use crate::suggest::{Pack, State, Suggestion, Wanted, suggest as ask};

use self::report::{Asked, Report, told};
use self::rules::Rules;

/// Suggest threats that may fit, for each element of models.
///
/// What is asked are the rules that come with Wyvern and those of .wyvern/rules/*.toml in the repository
/// of each model, but none of the repositories in .wyvern/sources.toml: --rules takes a checkout of one.
/// What an element has already, or what was dismissed, is not suggested again.
#[derive(Debug, Args)]
pub(super) struct SuggestArguments {
    /// Models, or folders with models in them.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// More rules: a pack, a folder of packs, or another repository. May be repeated.
    #[arg(long, value_name = "PATH")]
    rules: Vec<PathBuf>,
    /// Only for the diagram with this number.
    #[arg(long, value_name = "N")]
    diagram: Option<u64>,
    /// Only for the element with this id. May be repeated.
    #[arg(long = "element", value_name = "ID")]
    elements: Vec<String>,
    /// Also tell what the elements have already and what was dismissed.
    #[arg(long)]
    all: bool,
    /// How the suggestions are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Add what is new to the models as open threats: all of it, or what these rules suggest.
    #[arg(long, value_name = "RULE", num_args = 0.., require_equals = true, value_delimiter = ',')]
    apply: Option<Vec<String>>,
    /// Whether text is coloured.
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// For programs; docs/command-line.md describes it.
    Json,
}

/// Suggests.
pub(super) fn suggest(arguments: &SuggestArguments, environment: &Environment) -> u8 {
    let (candidates, refused) = files::find(&arguments.paths);
    let rules = match Rules::of(&arguments.rules, &candidates) {
        Ok(rules) => rules,
        Err(sentence) => {
            say(sentence);
            return USAGE;
        }
    };
    rules.faults.iter().for_each(say);
    if rules.has_sources {
        say(format_args!(
            "{SOURCES}: packs of other repositories are not fetched; --rules PATH takes a checkout of one"
        ));
    }
    let chosen = arguments.apply.iter().flatten();
    let mut unknown = chosen.filter(|id| !rules.has(id)).peekable();
    if unknown.peek().is_some() {
        unknown.for_each(|id| say(format_args!("there is no rule {}", shown(id))));
        return USAGE;
    }
    let mut code = if refused.is_empty() { DONE } else { INVALID };
    if !rules.faults.is_empty() {
        code = worse(code, PARTIAL);
    }
    let outcomes = files::each(&candidates, |one| outcome(one, &rules, arguments));
    let mut report = Report {
        models: Vec::new(),
        refused,
        faults: rules.faults.clone(),
        is_adding: arguments.apply.is_some(),
    };
    for (candidate, outcome) in candidates.iter().zip(outcomes) {
        code = worse(code, report.take(outcome, candidate.named));
    }
    report.refused.iter().for_each(say);
    worse(code, write(&report, arguments, environment))
}

enum Outcome<'r> {
    NoModel,
    Asked(Asked<'r>),
    Refused(Refusal),
    /// The file cannot be written.
    Unwritten(Refusal),
}

impl<'r> Report<'r> {
    /// Takes up what became of a candidate, and gives the exit code for that.
    fn take(&mut self, outcome: Outcome<'r>, named: bool) -> u8 {
        match outcome {
            Outcome::NoModel => DONE,
            Outcome::Asked(asked) => {
                self.models.push(asked);
                DONE
            }
            Outcome::Refused(refusal) => {
                self.refused.push(refusal);
                if named { INVALID } else { PARTIAL }
            }
            Outcome::Unwritten(refusal) => {
                self.refused.push(refusal);
                FAILED
            }
        }
    }
}

fn outcome<'r>(
    candidate: &Candidate,
    rules: &'r Rules,
    arguments: &SuggestArguments,
) -> Outcome<'r> {
    let document = match files::open(candidate) {
        Ok(Some(document)) => document,
        Ok(None) => return Outcome::NoModel,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    let refused = |reason: Reason| Outcome::Refused(reason.about(&candidate.path));
    let mut asked = match asked(candidate, &document, &rules.of_model(candidate), arguments) {
        Ok(asked) => asked,
        Err(reason) => return refused(reason),
    };
    if arguments.apply.is_some() {
        let changed = match add::add(&document, &asked.list) {
            Ok(changed) => changed,
            Err(error) => return refused(error.into()),
        };
        if changed.bytes() != document.bytes()
            && let Err(error) = files::replace(&candidate.path, &changed.bytes())
        {
            return Outcome::Unwritten(Reason::Disk(error).about(&candidate.path));
        }
        asked.added = Some(asked.list.len());
    }
    Outcome::Asked(asked)
}

fn asked<'r>(
    candidate: &Candidate,
    document: &Document,
    packs: &[&'r Pack],
    arguments: &SuggestArguments,
) -> Result<Asked<'r>, Reason> {
    let wanted = Wanted {
        diagram: arguments.diagram,
        elements: (!arguments.elements.is_empty())
            .then(|| arguments.elements.iter().cloned().collect::<HashSet<_>>()),
    };
    // One of version 1 says what it is about in its own way.
    let upgraded = match document.generation() {
        Generation::V1 => Some(upgrade(document)?),
        Generation::V2 => None,
    };
    let document = upgraded.as_ref().unwrap_or(document);
    let found = ask(document, packs, &wanted);
    let left_out = found.left_out;
    let list = told(document, found, |suggestion| is_told(suggestion, arguments));
    Ok(Asked {
        path: candidate.path.clone(),
        list,
        left_out,
        added: None,
    })
}

/// Where suggestions are added, only those that are: in a diagram without a number nothing can be named.
fn is_told(suggestion: &Suggestion<'_>, arguments: &SuggestArguments) -> bool {
    let is_new = suggestion.state == State::New;
    match &arguments.apply {
        Some(chosen) => {
            is_new
                && suggestion.diagram.is_some()
                && (chosen.is_empty() || chosen.contains(&suggestion.rule.id))
        }
        None => is_new || arguments.all,
    }
}

fn write(report: &Report<'_>, arguments: &SuggestArguments, environment: &Environment) -> u8 {
    let is_terminal = std::io::stdout().is_terminal();
    match arguments.format {
        Format::Text => {
            let colour = arguments.color.applies(environment, is_terminal);
            print(text::text(report, colour))
        }
        Format::Json => match json::json(report) {
            Ok(text) => print(text),
            Err(error) => {
                say(format_args!("the suggestions cannot be written: {error}"));
                FAILED
            }
        },
    }
}
