//! The line for a commit message.

use super::*;

#[track_caller]
fn assert_summary(edit: impl FnOnce(&mut Value), expected: &str) {
    let summary = edited(edit).summary();
    assert_eq!(summary.as_deref(), Some(expected));
}

fn threat(model: &mut Value, index: usize) -> &mut Value {
    &mut array(model, &format!("{API}/data/threats"))[index]
}

#[test]
fn nothing_is_said_of_nothing() {
    assert_eq!(edited(|_| ()).summary(), None);
}

#[test]
fn of_the_threats_to_one_element() {
    assert_summary(
        |m| {
            threat(m, 0)["status"] = json!("Mitigated");
            let threats = array(m, &format!("{API}/data/threats"));
            threats.extend([json!({"id": "t3"}), json!({"id": "t4"})]);
        },
        "API gateway: 2 threats added, 1 mitigated",
    );
    assert_summary(
        |m| threat(m, 1)["severity"] = json!("High"),
        "API gateway: severity of threat 2 changed",
    );
}

#[test]
fn of_what_was_decided() {
    for (index, status, words) in [
        (0, "Accepted", "accepted"),
        (0, "mitigated", "mitigated"),
        (0, "Transferred", "transferred"),
        (0, "Avoided", "avoided"),
        (0, "Eliminated", "eliminated"),
        (0, "N/A", "found not applicable"),
        (0, "Parked", "given another status"),
        (1, "Open", "reopened"),
    ] {
        assert_summary(
            |m| threat(m, index)["status"] = json!(status),
            &format!("API gateway: 1 threat {words}"),
        );
    }
}

#[test]
fn of_one_element() {
    assert_summary(
        |m| at(m, API)["data"]["name"] = json!("Gate"),
        "Gate: renamed from \"API gateway\"",
    );
    assert_summary(
        |m| at(m, LOGIN)["data"]["isEncrypted"] = json!(true),
        "Log in: encrypted changed",
    );
    assert_summary(
        |m| {
            at(m, API)["shape"] = json!("store");
            at(m, API)["data"]["type"] = json!("tm.Store");
        },
        "API gateway: now a data store",
    );
    assert_summary(
        |m| drop(array(m, "/detail/diagrams/0/cells").remove(2)),
        "API gateway: process removed with 2 threats",
    );
}

#[test]
fn of_more_than_one() {
    assert_summary(
        |m| {
            at(m, API)["data"]["name"] = json!("Gate");
            at(m, LOGIN)["data"]["protocol"] = json!("HTTPS");
            threat(m, 0)["status"] = json!("Mitigated");
        },
        "Main: 2 elements changed, 1 threat mitigated",
    );
    assert_summary(
        |m| {
            at(m, API)["data"]["name"] = json!("Gate");
            array(m, "/detail/diagrams/1/cells").clear();
        },
        "2 diagrams: 1 element removed, 1 changed",
    );
    assert_summary(
        |m| {
            *at(m, "/summary/owner") = json!("Bob");
            at(m, API)["data"]["name"] = json!("Gate");
        },
        "owner changed, 1 element changed",
    );
}

#[test]
fn of_the_model_and_its_diagrams() {
    assert_summary(
        |m| *at(m, "/summary/title") = json!("Store"),
        "title changed to \"Store\"",
    );
    assert_summary(
        |m| array(m, "/detail/contributors").clear(),
        "contributors changed",
    );
    assert_summary(
        |m| *at(m, "/detail/diagrams/0/title") = json!("First"),
        "First: renamed from \"Main\"",
    );
    assert_summary(
        |m| *at(m, "/detail/diagrams/0/diagramType") = json!("CIA"),
        "Main: methodology changed to CIA",
    );
    assert_summary(
        |m| drop(array(m, "/detail/diagrams").remove(0)),
        "Main: diagram removed with 5 elements and 2 threats",
    );
    assert_summary(
        |m| {
            let cell = array(m, "/detail/diagrams/0/cells").remove(2);
            array(m, "/detail/diagrams/1/cells").push(cell);
        },
        "API gateway: moved here from Main",
    );
}

#[test]
fn of_the_drawing_and_of_nothing_that_matters() {
    assert_summary(|m| at(m, API)["position"]["x"] = json!(11), "Main: layout");
    assert_summary(
        |m| {
            at(m, API)["position"]["x"] = json!(11);
            at(m, "/detail/diagrams/1/cells/0")["zIndex"] = json!(11);
        },
        "2 diagrams: layout",
    );
    assert_summary(|m| array(m, "/detail/diagrams").reverse(), "model: layout");
    assert_summary(|m| m["version"] = json!("2.6.2"), "saved by version 2.6.2");
    assert_summary(
        |m| at(m, API)["data"]["hasOpenThreats"] = json!(true),
        "derived values updated",
    );
}

#[test]
fn long_and_odd_names_stay_on_a_short_line() {
    let long = "é".repeat(200);
    assert_summary(
        |m| *at(m, "/summary/title") = json!(long),
        &format!("title changed to \"{}…\"", "é".repeat(39)),
    );
    assert_summary(
        |m| at(m, API)["data"]["name"] = json!("a\nb\u{1b}[31m\u{202e}c"),
        "a b [31m c: renamed from \"API gateway\"",
    );
    assert_summary(
        |m| at(m, API)["data"]["name"] = json!("\u{7}\n"),
        "unnamed process: name changed",
    );
    assert_summary(
        |m| {
            *at(m, "/summary/title") = json!(long);
            *at(m, "/summary/owner") = json!("Bob");
            drop(array(m, "/detail/diagrams").remove(0));
        },
        &format!("title changed to \"{}…\", …", "é".repeat(39)),
    );
}
