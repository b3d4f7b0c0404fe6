//! A fitness tracker and what it knows about people, by LINDDUN.

use crate::sketch::{Diagram, Kind, Method, Model};

pub(crate) fn model() -> Model {
    let mut d = Diagram::new(
        "What the wristband tells",
        Method::Linddun,
        "Pulse, steps, sleep and places travel from the wrist to the coach. The question at each step is what somebody could learn about the wearer that the wearer did not mean to tell.",
    );
    d.boundary("Wearer", (40, 60), (540, 480));
    d.boundary("Our cloud", (640, 60), (860, 680));
    d.boundary("Partners", (640, 790), (860, 210));
    wearer(&mut d);
    cloud(&mut d);
    partners(&mut d);
    flows(&mut d);
    partner_flows(&mut d);
    Model::new(
        "Fitness tracker",
        "Data protection office",
        "A wristband, a phone app and a service that turns pulse and places into training advice. Insurers may offer a bonus to wearers who agree to share a score.",
    )
    .by(&["Leila (app)", "Jonas (cloud)", "Mbali (data protection)"], "Mbali (data protection)")
    .with(d)
}

fn wearer(d: &mut Diagram) {
    d.node(Kind::Actor, "Wearer", (135, 180)).threat([
        "Unawareness",
        "Medium",
        "Open",
        "Sharing is understood as a one-time thing",
        "People who join a challenge think that they share one run. In truth the group sees all runs from then on.",
        "Ask again after each challenge, and show beside each run who can see it.",
    ]);
    d.node(Kind::Process, "Wristband", (135, 420)).threat([
        "Detectability",
        "Low",
        "Mitigated",
        "The wristband gives its wearer away",
        "Its radio beacon always carried the same address. Shops could count how often the same person came by.",
        "The address changes every fifteen minutes, as the Bluetooth standard provides.",
    ]);
    d.node(Kind::Process, "Phone app", (460, 180)).threat([
        "Linkability",
        "Medium",
        "Mitigated",
        "The advertising id ties the app to other apps",
        "A bundled statistics library sent the phone's advertising id with each event.",
        "The library was taken out; the few counts that we need are made on our own servers.",
    ]);
    d.node(Kind::Store, "Readings on the phone", (460, 420))
        .set("isEncrypted", true);
}

fn cloud(d: &mut Diagram) {
    d.node(Kind::Process, "Sync service", (780, 180)).threat([
        "Identifiability",
        "High",
        "Mitigated",
        "Start and end of a run show where somebody lives",
        "Tracks begin and end at the front door. A name is then one look at a map away.",
        "The first and last 300 metres are cut off on the phone, before the track is sent.",
    ]);
    d.node(Kind::Store, "Training history", (780, 420))
        .set("isEncrypted", true)
        .threat([
            "Non-compliance",
            "High",
            "Open",
            "Deleted accounts live on in backups",
            "After an account is deleted its readings stay in backups for up to a year. The policy says thirty days.",
            "Encrypt each account with its own key and delete the key.",
        ])
        .threat([
            "Disclosure of information",
            "Critical",
            "Mitigated",
            "A stolen database tells who is pregnant",
            "Resting pulse and sleep show a pregnancy weeks before anybody is told.",
            "Pulse and sleep are stored apart from names, under keys that the reporting staff do not have.",
        ]);
    d.node(Kind::Process, "Coach", (1080, 180))
        .about("Turns readings into advice and a weekly score.");
    d.node(Kind::Store, "Accounts", (1080, 420))
        .set("storesCredentials", true)
        .set("isEncrypted", true);
    d.node(Kind::Process, "Support desk", (1380, 420)).threat([
        "Non-repudiation",
        "Low",
        "Accepted",
        "A wearer cannot deny what the wristband recorded",
        "In a dispute, a run at a certain time and place is evidence that the wearer may not want to exist.",
        "Accepted: wearers can delete single runs, and deletion leaves no trace.",
    ]);
    d.node(Kind::Process, "Score service", (1380, 180));
}

fn partners(d: &mut Diagram) {
    d.node(Kind::Process, "Research export", (780, 640))
        .about("Forms groups, rounds times, and refuses groups that are too small.");
    d.node(Kind::Actor, "Insurer", (1380, 900)).threat([
        "Linkability",
        "High",
        "Open",
        "Weekly scores add up to a medical history",
        "One score says little. Two years of them, joined with the insurer's own files, show illness and recovery.",
        "Send a yes or no for the bonus once a year instead of scores.",
    ]);
    d.node(Kind::Actor, "Researchers", (780, 900)).threat([
        "Identifiability",
        "Medium",
        "Mitigated",
        "Few people run at four in the morning",
        "Rare habits single a person out, even in a data set without names.",
        "Only groups of at least fifty are released, and times are rounded to three hours.",
    ]);
}

fn flows(d: &mut Diagram) {
    d.flow("Wearer", "Phone app", "goals and consent");
    d.curve(
        "Wristband",
        "Phone app",
        "pulse, steps, places",
        &[(300, 400)],
    )
    .set("protocol", "Bluetooth LE")
    .set("isEncrypted", true);
    d.flow("Phone app", "Readings on the phone", "readings");
    d.flow("Phone app", "Sync service", "trimmed tracks")
        .set("protocol", "HTTPS")
        .set("isEncrypted", true)
        .set("isPublicNetwork", true);
    d.flow("Sync service", "Training history", "readings")
        .set("isEncrypted", true);
    d.curve("Training history", "Coach", "last 90 days", &[(930, 360)])
        .set("isEncrypted", true);
    d.flow("Coach", "Score service", "weekly load")
        .set("isEncrypted", true);
    d.flow("Accounts", "Coach", "age and goals")
        .set("isEncrypted", true);
    d.flow("Support desk", "Accounts", "look-ups")
        .set("isEncrypted", true)
        .threat([
            "Disclosure of information",
            "Medium",
            "Mitigated",
            "Staff look up people they know",
            "Nothing kept a curious colleague from opening a neighbour's account.",
            "A look-up needs the number of an open request, and the wearer is told of it.",
        ]);
}

fn partner_flows(d: &mut Diagram) {
    d.flow("Training history", "Research export", "whole groups")
        .set("isEncrypted", true);
    d.flow("Research export", "Researchers", "groups of fifty")
        .set("protocol", "SFTP")
        .set("isEncrypted", true)
        .set("isPublicNetwork", true);
    d.curve(
        "Score service",
        "Insurer",
        "score of those who agreed",
        &[(1475, 300), (1475, 760)],
    )
    .set("protocol", "HTTPS")
    .set("isEncrypted", true)
    .set("isPublicNetwork", true);
}
