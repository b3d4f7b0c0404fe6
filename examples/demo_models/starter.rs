//! The smallest model that shows every kind of part.

use crate::sketch::{Diagram, Kind, Method, Model};

pub(crate) fn model() -> Model {
    let mut d = Diagram::new(
        "Asking for help",
        Method::Stride,
        "A visitor asks a question on our site, and somebody at the help desk answers it.",
    );
    draw(&mut d);
    Model::new(
        "Starter",
        "You",
        "A first model to play with. It has one of everything: an actor, a process, a store, flows, a trust boundary and a note.",
    )
    .by(&["You"], "")
    .with(d)
}

fn draw(d: &mut Diagram) {
    d.boundary("Our servers", (320, 60), (580, 300));
    d.note(
        "Start here: select an element to see its threats, or drag a new one onto the canvas.",
        (60, 400),
        (400, 60),
    );
    d.node(Kind::Actor, "Visitor", (135, 220)).threat([
        "Spoofing",
        "Medium",
        "Open",
        "A question in somebody else's name",
        "Anybody can type any e-mail address into the form. The answer, which may quote an order, goes to that address.",
        "Send a confirmation link first, and answer only questions whose link was followed.",
    ]);
    d.node(Kind::Process, "Help desk", (460, 220))
        .about("Shows the form, stores questions, sends answers.")
        .set("isWebApplication", true)
        .threat([
            "Denial of service",
            "Low",
            "Mitigated",
            "The form is filled in by robots",
            "Robots send thousands of questions, and real ones drown among them.",
            "Five questions an hour from one address; beyond that a puzzle has to be solved.",
        ]);
    d.node(Kind::Store, "Questions", (800, 220))
        .set("isEncrypted", true);
    d.flow("Visitor", "Help desk", "question")
        .set("protocol", "HTTPS")
        .set("isEncrypted", true)
        .set("isPublicNetwork", true);
    d.flow("Help desk", "Questions", "save")
        .set("protocol", "SQL");
}
