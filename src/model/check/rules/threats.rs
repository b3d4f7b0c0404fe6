//! Whether the threats say what a reviewer needs to know.

use crate::model::check::category;
use crate::model::check::survey::Threat;
use crate::model::vocabulary::{CellShape, Severity, Status};

use super::{Level, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "WYV020",
        name: "mitigated-without-mitigation",
        level: Level::Error,
        reason: "A threat that is marked Mitigated must say by what, or nobody can check it.",
        remedy: "Describe the mitigation, or reopen the threat.",
        find: |survey, found| {
            for (_, _, threat) in survey.threats() {
                if threat.view.status() == Status::Mitigated && !is_told(threat, "mitigation") {
                    found.add(
                        threat.place,
                        "/mitigation",
                        "This threat is marked Mitigated and has no mitigation.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV021",
        name: "decided-without-reason",
        level: Level::Warning,
        reason: "Who accepts, transfers, avoids or rules out a threat owes the reader a reason.",
        remedy: "Write the reason into the mitigation, or reopen the threat.",
        find: |survey, found| {
            for (_, _, threat) in survey.threats() {
                let status = threat.view.status();
                let decided = matches!(
                    status,
                    Status::Accepted
                        | Status::Transferred
                        | Status::Avoided
                        | Status::NotApplicable
                );
                if decided && !is_told(threat, "mitigation") {
                    found.add(
                        threat.place,
                        "/mitigation",
                        format!(
                            "This threat is marked {} and gives no reason.",
                            status.as_str()
                        ),
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV022",
        name: "open-threat-out-of-scope",
        level: Level::Warning,
        reason: "An open threat to an element out of scope is work that nobody will do.",
        remedy: "Take the element into scope, or decide about the threat.",
        find: |survey, found| {
            for (_, cell, threat) in survey.threats() {
                if cell.says("outOfScope") && threat.view.is_open() {
                    found.add(
                        threat.place,
                        "/status",
                        "This threat is open, and its element is out of scope.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV023",
        name: "open-severe-threat",
        level: Level::Warning,
        reason: "A high or critical threat about which nothing has been decided is an open risk.",
        remedy: "Mitigate the threat, or decide about it and say why.",
        find: |survey, found| {
            for (_, cell, threat) in survey.threats() {
                let severity = threat.view.severity();
                if threat.view.is_open()
                    && !cell.says("outOfScope")
                    && matches!(severity, Severity::High | Severity::Critical)
                {
                    found.add(
                        threat.place,
                        "/status",
                        format!("This threat of severity {} is open.", severity.as_str()),
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV024",
        name: "undecided-severity",
        level: Level::Note,
        reason: "Without a severity a threat cannot be put in order with the others.",
        remedy: "Choose a severity.",
        find: |survey, found| {
            for (_, _, threat) in survey.threats() {
                let severity = threat.view.severity();
                let undecided =
                    severity == Severity::Undecided || severity == Severity::Other(String::new());
                if undecided && threat.view.status() != Status::NotApplicable {
                    found.add(
                        threat.place,
                        "/severity",
                        "The severity of this threat is not decided.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV025",
        name: "untitled-threat",
        level: Level::Warning,
        reason: "A threat is listed by its title.",
        remedy: "Give the threat a title that says what may happen.",
        find: |survey, found| {
            for (_, _, threat) in survey
                .threats()
                .filter(|(_, _, threat)| threat.text("title").is_empty())
            {
                found.add(threat.place, "/title", "This threat has no title.");
            }
        },
    },
    Rule {
        id: "WYV026",
        name: "undescribed-threat",
        level: Level::Note,
        reason: "A title alone seldom says who can do what, and what follows.",
        remedy: "Describe the threat.",
        find: |survey, found| {
            for (_, _, threat) in survey.threats() {
                if threat.view.status() != Status::NotApplicable && !is_told(threat, "description")
                {
                    found.add(
                        threat.place,
                        "/description",
                        "This threat has no description.",
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV027",
        name: "foreign-category",
        level: Level::Note,
        reason: "A category of another methodology is missing in this one's statistics.",
        remedy: "Choose a category of the threat's methodology, or set its modelType.",
        find: |survey, found| {
            for (diagram, _, threat) in survey.threats() {
                let methodology = threat
                    .methodology()
                    .unwrap_or_else(|| diagram.view.methodology());
                let category = threat.text("type");
                if category::is_foreign(&category, &methodology) {
                    found.add(
                        threat.place,
                        "/type",
                        format!("{category:?} is no category of {}.", methodology.as_str()),
                    );
                }
            }
        },
    },
    Rule {
        id: "WYV028",
        name: "hidden-threat",
        level: Level::Warning,
        reason: "Boundaries and texts show no threats, so that nobody sees this one in a diagram.",
        remedy: "Move the threat to an element or a flow.",
        find: |survey, found| {
            for (_, cell, threat) in survey.threats() {
                if cell.is_boundary() || cell.shape == CellShape::TextBlock {
                    found.add(
                        threat.place,
                        "",
                        "This threat is to a boundary or a text, which show none.",
                    );
                }
            }
        },
    },
];

/// What Threat Dragon writes into a new threat, to be replaced.
const PLACEHOLDERS: &[&str] = &[
    "Provide a description for this threat",
    "Provide remediation for this threat or a reason if status is N/A",
];

/// Whether a person has written something there.
fn is_told(threat: &Threat<'_>, key: &str) -> bool {
    let text = threat.text(key);
    !text.is_empty() && !PLACEHOLDERS.contains(&text.as_str())
}
