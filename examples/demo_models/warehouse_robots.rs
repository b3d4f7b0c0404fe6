//! Robots in a warehouse, by confidentiality, integrity and availability.

use crate::sketch::{Diagram, Kind, Method, Model};

pub(crate) fn model() -> Model {
    let mut d = Diagram::new(
        "Moving shelves",
        Method::Cia,
        "Forty robots carry shelves to the packers. People walk in the same hall, so a wrong command is not only a lost parcel.",
    );
    d.boundary("Hall", (40, 60), (560, 700));
    d.boundary("Control room", (660, 60), (560, 700));
    d.boundary("Maker of the robots", (1280, 60), (260, 300));
    hall(&mut d);
    control_room(&mut d);
    flows(&mut d);
    Model::new(
        "Warehouse robots",
        "Site operations",
        "The robot fleet of one warehouse: navigation, fleet control, the emergency stop and the maker's remote maintenance.",
    )
    .by(&["Rosa (operations)", "Emeka (automation)"], "Dana (safety)")
    .with(d)
}

fn hall(d: &mut Diagram) {
    d.node(Kind::Actor, "Packer", (145, 180));
    d.node(Kind::Process, "Robot", (460, 420))
        .about("Drives by floor marks and laser scanner; stops by itself when something is close.")
        .threat([
            "Integrity",
            "Critical",
            "Mitigated",
            "A stranger's drive commands are obeyed",
            "The first firmware took commands from any sender in the radio network.",
            "Commands are signed for one robot and one second. The laser scanner stops the robot whatever the command says.",
        ])
        .threat([
            "Availability",
            "Medium",
            "Open",
            "A jammed radio channel stops the fleet",
            "Without a heartbeat for two seconds, robots stop where they are and block the aisles.",
            "Let robots finish the current trip at walking speed when the channel is lost.",
        ]);
    d.node(Kind::Process, "Packing station", (460, 180))
        .about("Shows what to pick from which shelf.");
    d.node(Kind::Process, "Emergency stop", (145, 640)).about("Hard-wired; works without any computer.").threat([
        "Availability",
        "High",
        "Mitigated",
        "The stop line is cut without anybody noticing",
        "A broken wire would look like a stop that was never pressed.",
        "The line carries current at rest: a cut is a stop. It is tried out at every shift change.",
    ]);
    d.node(Kind::Store, "Floor map", (460, 640)).threat([
        "Integrity",
        "High",
        "Open",
        "A changed map leads robots onto walkways",
        "Robots load the map from a shared folder that every technician can write to.",
        "Sign maps when they are released, and let robots refuse others.",
    ]);
}

fn control_room(d: &mut Diagram) {
    d.node(Kind::Process, "Fleet control", (780, 420))
        .about("Plans routes, keeps robots apart, sends one command a second to each.")
        .set("privilegeLevel", "service account")
        .threat([
            "Availability",
            "High",
            "Open",
            "One computer plans for all",
            "When fleet control restarts, the hall stands still for about four minutes.",
            "Run a second one that follows along and takes over within seconds.",
        ]);
    d.node(Kind::Process, "Order intake", (780, 180));
    d.node(Kind::Store, "Orders", (1100, 180))
        .set("isEncrypted", true)
        .threat([
            "Confidentiality",
            "Medium",
            "Mitigated",
            "Customer addresses on the packing screens",
            "Screens showed the full address, and visitors pass by them every day.",
            "Screens show the parcel's number; the address is printed on the label only.",
        ]);
    d.node(Kind::Store, "Drive log", (1100, 640)).set("isALog", true).threat([
        "Integrity",
        "Low",
        "Accepted",
        "The log can be changed by whoever runs the server",
        "After an accident the log is evidence, and it is kept where its own operator could change it.",
        "Accepted until the yearly audit: a copy is printed to a write-once disk each night.",
    ]);
    d.node(Kind::Actor, "Operator", (1100, 420));
    d.node(Kind::Process, "Remote maintenance", (1410, 180))
        .out_of_scope("Run by the maker under its own contract");
}

fn flows(d: &mut Diagram) {
    d.flow("Packer", "Packing station", "picked");
    d.flow("Order intake", "Packing station", "pick list")
        .set("isEncrypted", true);
    d.flow("Orders", "Order intake", "new orders")
        .set("protocol", "SQL")
        .set("isEncrypted", true);
    d.flow("Order intake", "Fleet control", "shelf to bring");
    d.curve("Fleet control", "Robot", "drive command", &[(620, 370)])
        .set("protocol", "UDP, signed")
        .set("isEncrypted", true);
    d.curve("Robot", "Fleet control", "position", &[(620, 470)])
        .set("protocol", "UDP, signed")
        .threat([
            "Integrity",
            "High",
            "Mitigated",
            "Replayed positions hide a robot",
            "A recorded position report, sent again, makes fleet control believe that an aisle is free.",
            "Reports carry a counter and a time; old ones are dropped and counted.",
        ]);
    d.flow("Floor map", "Robot", "map").set("protocol", "SMB");
    d.flow("Emergency stop", "Robot", "stop")
        .set("protocol", "wire");
    d.curve("Fleet control", "Drive log", "every command", &[(780, 640)]);
    d.flow("Operator", "Fleet control", "pause, resume")
        .set("protocol", "HTTPS")
        .set("isEncrypted", true);
    d.curve("Remote maintenance", "Fleet control", "firmware", &[(1320, 320), (940, 320)])
        .set("protocol", "VPN")
        .set("isEncrypted", true)
        .set("isPublicNetwork", true)
        .threat([
            "Confidentiality",
            "Medium",
            "Transferred",
            "The maker sees how much we ship",
            "Maintenance sessions can read the whole drive log, from which our volumes can be computed.",
            "The contract obliges the maker to read only error records; sessions are opened by our operator.",
        ]);
}
