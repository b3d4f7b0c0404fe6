//! Findings for programs.

use serde::Serialize;

use super::report::{Counts, Report};
use crate::cli::shown::shown_path;
use crate::model::{Exempted, Finding, Level, Subject};

/// The version of this format. It changes when a member goes or means something else.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    summary: Counts,
    models: Vec<Model<'a>>,
    unread: Vec<Unread>,
}

#[derive(Serialize)]
struct Model<'a> {
    path: String,
    findings: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    rule: &'static str,
    name: &'static str,
    level: Level,
    message: &'a str,
    subject: &'a Subject,
    pointer: &'a str,
    line: usize,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    exempted: Option<&'a Exempted>,
}

#[derive(Serialize)]
struct Unread {
    path: String,
    message: String,
}

/// The findings of each model; `docs/command-line.md` describes it.
pub(super) fn json(report: &Report) -> serde_json::Result<String> {
    let models = report.models.iter().map(|model| Model {
        path: shown_path(&model.path),
        findings: model.findings.iter().map(one).collect(),
    });
    let unread = report.refused.iter().map(|refusal| Unread {
        path: shown_path(&refusal.path),
        message: refusal.reason.to_string(),
    });
    serde_json::to_string_pretty(&Written {
        version: VERSION,
        summary: report.counts(),
        models: models.collect(),
        unread: unread.collect(),
    })
}

fn one(finding: &Finding) -> One<'_> {
    One {
        rule: finding.rule.id,
        name: finding.rule.name,
        level: finding.level,
        message: &finding.message,
        subject: &finding.subject,
        pointer: &finding.pointer,
        line: finding.line,
        fingerprint: &finding.fingerprint,
        exempted: finding.exempted.as_ref(),
    }
}
