//! What a check has found, ready to be written in any format.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::files::Refusal;
use crate::model::{Finding, Level, Subject};

/// What a check of many models has found.
pub(super) struct Report {
    /// The models, in the order of their paths.
    pub(super) models: Vec<Checked>,
    /// What looks like a model and cannot be read.
    pub(super) refused: Vec<Refusal>,
    /// From which level on a finding trips the gate; `None` when nothing does.
    pub(super) gate: Option<Level>,
}

/// A model that was checked.
pub(super) struct Checked {
    /// The file as it was named or found.
    pub(super) path: PathBuf,
    /// The file from the top of its repository, where it is in one.
    pub(super) place: PathBuf,
    /// In the order of the document.
    pub(super) findings: Vec<Finding>,
}

/// How many there are of what.
#[derive(Debug, Default, Serialize)]
pub(super) struct Counts {
    pub(super) models: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    /// Findings of any level that do not count.
    pub(super) exempted: usize,
    /// Files that look like models and cannot be read.
    pub(super) unread: usize,
}

impl Report {
    /// Whether a finding trips the gate.
    pub(super) fn trips(&self, finding: &Finding) -> bool {
        finding.exempted.is_none() && self.gate.is_some_and(|gate| finding.level >= gate)
    }

    /// Whether any does.
    pub(super) fn is_tripped(&self) -> bool {
        let mut findings = self.models.iter().flat_map(|model| &model.findings);
        findings.any(|finding| self.trips(finding))
    }

    /// All findings with the model's place, those that count first, and of these the worst first.
    pub(super) fn worst_first(&self) -> Vec<(&Path, &Finding)> {
        let mut all = Vec::new();
        for model in &self.models {
            let place = model.place.as_path();
            all.extend(model.findings.iter().map(|finding| (place, finding)));
        }
        all.sort_by_key(|(_, finding)| {
            (finding.exempted.is_some(), std::cmp::Reverse(finding.level))
        });
        all
    }

    /// How many there are of what.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts {
            models: self.models.len(),
            unread: self.refused.len(),
            ..Counts::default()
        };
        for finding in self.models.iter().flat_map(|model| &model.findings) {
            let count = match finding.level {
                _ if finding.exempted.is_some() => &mut counts.exempted,
                Level::Error => &mut counts.errors,
                Level::Warning => &mut counts.warnings,
                Level::Note => &mut counts.notes,
            };
            *count += 1;
        }
        counts
    }
}

/// What is wrong with what.
pub(super) fn told(finding: &Finding) -> String {
    if finding.subject == Subject::model() {
        finding.message.clone()
    } else {
        format!("{}: {}", finding.subject, finding.message)
    }
}
