//! A hospital's whole platform: a model large enough to try how an editor or a report copes.

mod departments;

use crate::sketch::{Diagram, Kind, Method, Model};
use departments::{DEPARTMENTS, Department};

/// Distance between the centres of neighbouring elements, in pixels.
const STEP: (i32, i32) = (300, 190);
/// Width and height of a department's boundary.
const WARD: (i32, i32) = (850, 600);
/// Distance between the left edges of neighbouring departments.
const WARD_STEP: i32 = 950;
/// The upper edges of the upper departments, the backbone, and the lower departments.
const ROWS: [i32; 3] = [40, 760, 1440];

/// The services that all departments share, one between two departments.
const SHARED: [(&str, &str); 7] = [
    (
        "Sign-in",
        "Knows all staff, their roles, and who is on duty.",
    ),
    (
        "Patient index",
        "Who is who: one number for each patient, whatever the department calls them.",
    ),
    (
        "Consent register",
        "What each patient has agreed to, and when.",
    ),
    (
        "Message router",
        "Carries results and orders between departments, and keeps them until they are taken.",
    ),
    (
        "Terminology",
        "Codes of diagnoses, procedures and substances.",
    ),
    ("Access log", "Who opened which record, kept for ten years."),
    (
        "Data warehouse",
        "Pseudonymous copies for planning and research.",
    ),
];

pub(crate) fn model() -> Model {
    Model::new(
        "Hospital platform",
        "Hospital information office",
        "Fourteen departments, each with its own systems, joined by a backbone of shared services.\n\nThe diagram is meant to be large. Every department follows the same plan: staff at a workplace, a core system with its archive, devices behind a gateway, and one connection to the backbone.",
    )
    .by(&["Yara (architecture)", "Anton (clinical IT)", "Mei (medical devices)"], "Hospital security board")
    .with(platform())
}

fn platform() -> Diagram {
    let mut d = Diagram::new(
        "All departments",
        Method::Stride,
        "Each department's connector is the only way in and out. What crosses the backbone is signed by the department that sent it.",
    );
    let columns = i32::try_from(DEPARTMENTS.len() / 2).expect("a few departments");
    d.boundary("Backbone", (40, ROWS[1]), (columns * WARD_STEP - 100, 560));
    d.note(
        "Departments above and below, shared services between them. Zoom in to read.",
        (40, 2100),
        (600, 60),
    );
    for (column, (pair, shared)) in (0..).zip(DEPARTMENTS.chunks(2).zip(SHARED)) {
        let left = 40 + column * WARD_STEP;
        let centre = left + WARD.0 / 2;
        share(&mut d, shared, centre);
        for (department, upper) in pair.iter().zip([true, false]) {
            draw(&mut d, department, left, upper);
            join(&mut d, department, shared.0, centre, upper);
        }
    }
    for (one, next) in SHARED.iter().zip(SHARED.iter().skip(1)) {
        d.flow(one.0, next.0, "kept in step")
            .set("isEncrypted", true);
    }
    d
}

fn share(d: &mut Diagram, (name, about): (&str, &str), centre: i32) {
    let more = d
        .node(Kind::Process, name, (centre, ROWS[1] + 280))
        .about(about);
    match name {
        "Sign-in" => more.threat([
            "Spoofing",
            "Critical",
            "Mitigated",
            "A badge that was left in the reader",
            "Whoever sits down next works in the name of the colleague who left.",
            "A workplace locks when the badge's owner is more than three metres away.",
        ]),
        "Access log" => more.threat([
            "Repudiation",
            "High",
            "Mitigated",
            "Emergency access without a reason",
            "In an emergency every record can be opened. Nobody could say later why it was.",
            "A reason is asked for within a day, and the patient's physician sees it.",
        ]),
        "Data warehouse" => more.threat([
            "Information disclosure",
            "High",
            "Open",
            "Rare diagnoses name the patient",
            "A pseudonym does not help when only one person in the district has the illness.",
            "Leave out groups of fewer than ten, and review research questions one by one.",
        ]),
        _ => more,
    };
}

/// A department's three rows of three, in its boundary. Upper departments have their connector at
/// the bottom, lower ones at the top.
fn draw(d: &mut Diagram, department: &Department, left: i32, upper: bool) {
    let top = if upper { ROWS[0] } else { ROWS[2] };
    d.boundary(department.name, (left, top), WARD);
    let at = |column: i32, row: i32| {
        let row = if upper { row } else { 2 - row };
        (left + 125 + column * STEP.0, top + 110 + row * STEP.1)
    };
    let own = |part: &str| format!("{} {part}", department.name);
    let (connector, outbox) = (own("connector"), own("outbox"));
    let [staff, workplace, drafts] = department.desk;
    let [helper, core, archive] = department.core;
    let device = department.device;
    d.node(Kind::Actor, staff, at(0, 0));
    d.node(Kind::Process, workplace, at(1, 0))
        .set("isWebApplication", true);
    d.node(Kind::Store, drafts, at(2, 0));
    d.node(Kind::Process, helper, at(0, 1));
    d.node(Kind::Process, core, at(1, 1))
        .threat(department.core_threat);
    d.node(Kind::Store, archive, at(2, 1))
        .set("isEncrypted", true);
    d.node(Kind::Process, device, at(0, 2))
        .threat(department.device_threat);
    d.node(Kind::Process, &connector, at(1, 2));
    d.node(Kind::Store, &outbox, at(2, 2));
    for (from, to, what) in [
        (staff, workplace, "enters"),
        (workplace, drafts, "saves drafts"),
        (workplace, core, "confirms"),
        (core, archive, "files"),
        (core, helper, "asks"),
        (device, helper, "readings"),
        (core, &connector, "results"),
        (device, &connector, "status"),
        (&connector, &outbox, "holds back"),
    ] {
        d.flow(from, to, what)
            .set("isEncrypted", what != "readings");
    }
}

/// A department's topic on the backbone, and the flows to it and on to the shared service.
fn join(d: &mut Diagram, department: &Department, shared: &str, centre: i32, upper: bool) {
    let topic = format!("Topic {}", department.name);
    let row = if upper { 90 } else { 470 };
    d.node(Kind::Process, &topic, (centre, ROWS[1] + row))
        .about("Takes what the department publishes and checks its signature.");
    d.flow(
        &format!("{} connector", department.name),
        &topic,
        "publishes",
    )
    .set("protocol", "AMQP")
    .set("isEncrypted", true);
    d.flow(&topic, shared, "passes on")
        .set("protocol", "AMQP")
        .set("isEncrypted", true);
}
