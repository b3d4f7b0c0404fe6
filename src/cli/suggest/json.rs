//! Suggestions for programs.

use serde::Serialize;

use super::report::{Counts, Offered, Report};
use crate::cli::packs::PackFault;
use crate::cli::shown::shown_path;
use crate::model::Subject;
use crate::suggest::State;

/// The version of this format. It changes when a member goes or means something else.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    summary: Counts,
    models: Vec<Model<'a>>,
    faults: &'a [PackFault],
    unread: Vec<Unread>,
}

#[derive(Serialize)]
struct Model<'a> {
    path: String,
    suggestions: Vec<One<'a>>,
    left_out: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<usize>,
}

/// As the API writes it, and with its element as people name it.
#[derive(Serialize)]
struct One<'a> {
    rule: &'a str,
    origin: &'a str,
    subject: &'a Subject,
    diagram: Option<u64>,
    element: &'a str,
    methodology: &'a str,
    category: &'a str,
    title: &'a str,
    description: &'a str,
    mitigation: &'a str,
    severity: &'a str,
    because: &'a str,
    references: &'a [String],
    state: &'static str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Unread {
    path: String,
    message: String,
}

/// The suggestions for each model; `docs/command-line.md` describes it.
pub(super) fn json(report: &Report<'_>) -> serde_json::Result<String> {
    let models = report.models.iter().map(|model| Model {
        path: shown_path(&model.path),
        suggestions: model.list.iter().map(one).collect(),
        left_out: model.left_out,
        added: model.added,
    });
    let unread = report.refused.iter().map(|refusal| Unread {
        path: shown_path(&refusal.path),
        message: refusal.reason.to_string(),
    });
    serde_json::to_string_pretty(&Written {
        version: VERSION,
        summary: report.counts(),
        models: models.collect(),
        faults: &report.faults,
        unread: unread.collect(),
    })
}

fn one<'a>(
    Offered {
        subject,
        suggestion,
    }: &'a Offered<'_>,
) -> One<'a> {
    let rule = suggestion.rule;
    let (state, reason) = match &suggestion.state {
        State::New => ("new", ""),
        State::Present => ("present", ""),
        State::Dismissed(reason) => ("dismissed", reason.as_str()),
    };
    One {
        rule: &rule.id,
        origin: suggestion.origin,
        subject,
        diagram: suggestion.diagram,
        element: &suggestion.element,
        methodology: suggestion.methodology.as_str(),
        category: suggestion.category,
        title: &rule.title,
        description: &rule.description,
        mitigation: &rule.mitigation,
        severity: rule.severity.as_str(),
        because: &rule.because,
        references: &rule.references,
        state,
        reason,
    }
}
