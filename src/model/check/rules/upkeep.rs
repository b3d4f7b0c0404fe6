//! Whether somebody looks after the model.

use super::{Level, Place, Rule, trimmed};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "WYV060",
        name: "untitled-model",
        level: Level::Warning,
        reason: "A model is listed and reported under its title.",
        remedy: "Give the model a title.",
        find: |survey, found| {
            if trimmed(survey.at("/summary/title")).is_empty() {
                found.add(Place::Model, "/summary/title", "The model has no title.");
            }
        },
    },
    Rule {
        id: "WYV061",
        name: "no-owner",
        level: Level::Note,
        reason: "A model that nobody owns is not kept up.",
        remedy: "Name the owner.",
        find: |survey, found| {
            if trimmed(survey.at("/summary/owner")).is_empty() {
                found.add(Place::Model, "/summary/owner", "The model has no owner.");
            }
        },
    },
    Rule {
        id: "WYV062",
        name: "no-reviewer",
        level: Level::Note,
        reason: "Whoever made a model does not see what is missing from it.",
        remedy: "Name the reviewer.",
        find: |survey, found| {
            if trimmed(survey.at("/detail/reviewer")).is_empty() {
                found.add(
                    Place::Model,
                    "/detail/reviewer",
                    "The model has no reviewer.",
                );
            }
        },
    },
    Rule {
        id: "WYV063",
        name: "no-description",
        level: Level::Note,
        reason: "A reader must know which system is modelled, and why.",
        remedy: "Describe the system.",
        find: |survey, found| {
            if trimmed(survey.at("/summary/description")).is_empty() {
                found.add(
                    Place::Model,
                    "/summary/description",
                    "The model has no description.",
                );
            }
        },
    },
    Rule {
        id: "WYV064",
        name: "no-diagrams",
        level: Level::Warning,
        reason: "Threats are recorded on diagrams.",
        remedy: "Add a diagram.",
        find: |survey, found| {
            if survey.diagrams.is_empty() {
                found.add(
                    Place::Model,
                    "/detail/diagrams",
                    "The model has no diagrams.",
                );
            }
        },
    },
    Rule {
        id: "WYV065",
        name: "stale-model",
        level: Level::Warning,
        reason: "Systems change; a model that did not change for long describes another one.",
        remedy: "Review the model against the system, and save what has changed.",
        find: |survey, found| {
            let times = (survey.facts.now, survey.facts.changed, survey.stale_after);
            let (Some(now), Some(changed), Some(stale_after)) = times else {
                return;
            };
            let untouched = now.duration_since(changed);
            if untouched > stale_after {
                let days = untouched.as_hours() / 24;
                found.add(
                    Place::Model,
                    "",
                    format!("The model was last changed {days} days ago."),
                );
            }
        },
    },
];
