//! Findings for people at a terminal.

use std::fmt::Write as _;

use super::report::{Report, told};
use crate::cli::shown::{counted, shown_path, unbroken};
use crate::model::{Finding, Level};

/// A line for each finding, which terminals and editors make a link of; models apart; a summary.
pub(super) fn text(report: &Report, colour: bool) -> String {
    let mut out = String::new();
    for model in report
        .models
        .iter()
        .filter(|model| !model.findings.is_empty())
    {
        let path = shown_path(&model.path);
        for finding in &model.findings {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{path}:{}: {}", finding.line, line(finding, colour));
        }
        out.push('\n');
    }
    let counts = report.counts();
    let mut parts = vec![
        counted(counts.errors, "error"),
        counted(counts.warnings, "warning"),
        counted(counts.notes, "note"),
    ];
    if counts.exempted > 0 {
        parts.push(format!("{} exempted", counts.exempted));
    }
    if counts.unread > 0 {
        parts.push(format!("{} unreadable", counts.unread));
    }
    out + &format!("{}: {}", counted(counts.models, "model"), parts.join(", "))
}

fn line(finding: &Finding, colour: bool) -> String {
    let (rule, message) = (finding.rule.id, unbroken(told(finding)));
    match &finding.exempted {
        Some(exempted) => {
            let (expires, reason) = (exempted.expires, unbroken(&exempted.reason));
            format!("exempt {rule} {message} (until {expires}: {reason})")
        }
        None => format!("{} {rule} {message}", level(finding.level, colour)),
    }
}

fn level(level: Level, colour: bool) -> String {
    let code = match level {
        _ if !colour => return level.to_string(),
        Level::Error => 31,
        Level::Warning => 33,
        Level::Note => 36,
    };
    format!("\u{1b}[{code}m{level}\u{1b}[0m")
}
