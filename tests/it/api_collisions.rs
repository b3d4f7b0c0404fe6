//! What somebody is told whose change collides with somebody else's.

use serde_json::{Value, json};

use crate::support::shop::{FILE, at, created, from, version_of};
use crate::support::{Answer, CHECKOUT, Person, Repository, TestApp};

const THREATS: &str = "/detail/diagrams/0/cells/0/data/threats";

/// A server with one model, its repository, two people, and the model's version.
async fn start() -> (TestApp, Repository, [Person; 2], String) {
    let (app, repository, made) = created().await;
    let people = [app.owner().await, app.owner().await];
    (app, repository, people, version_of(&made))
}

/// The model with a data store, and perhaps a flow to it.
fn with_store(flow: bool) -> String {
    let mut model: Value = serde_json::from_str(CHECKOUT).unwrap();
    let cells = model.pointer_mut("/detail/diagrams/0/cells").unwrap();
    let cells = cells.as_array_mut().unwrap();
    let data = json!({ "name": "Orders", "type": "tm.Store", "threats": [] });
    cells.push(json!({ "id": "store", "shape": "store", "data": data }));
    if flow {
        let from = json!({ "cell": "b9e6f4de-0c1b-4d3c-8f1a-2f8f6d2f6b01" });
        let data = json!({ "name": "Order", "type": "tm.Flow", "threats": [] });
        let to = json!({ "cell": "store" });
        cells.push(json!({
            "id": "flow", "shape": "flow", "source": from, "target": to, "data": data,
        }));
    }
    model.to_string()
}

#[tokio::test]
async fn a_flow_to_what_somebody_else_has_deleted_is_a_collision() {
    for we_delete in [false, true] {
        let (_app, repository, [ada, grace], _) = start().await;
        repository.seed("main", &[("100644", FILE, &with_store(false))]);
        let version = version_of(&ada.get(&at("data")).await);
        let (deleted, drawn) = (CHECKOUT.to_owned(), with_store(true));
        let (theirs, ours, word) = if we_delete {
            (drawn, deleted, "needed_by_them")
        } else {
            (deleted, drawn, "needed_by_us")
        };
        from(&ada, &version, theirs).await.is(200);
        let before = repository.state();
        let refused = from(&grace, &version, ours).await;
        let problem = refused.problem(409, "conflict");
        assert_eq!(problem["conflict_count"], 1);
        let conflict = &problem["conflicts"][0];
        assert_eq!(conflict["trouble"], word);
        let cell = json!({ "id": "store", "name": "Orders", "kind": "data store" });
        let diagram = json!({ "id": 0, "title": "Order" });
        assert_eq!(
            conflict["subject"],
            json!({ "diagram": diagram, "cell": cell })
        );
        assert_eq!(conflict["field"], "");
        assert_eq!(conflict["ours"].is_null(), we_delete);
        assert_eq!(conflict["theirs"].is_null(), !we_delete);
        assert_eq!(repository.state(), before);
    }
}

#[tokio::test]
async fn a_collision_is_told_on_one_line_whatever_things_are_called() {
    let (_app, repository, [ada, grace], _) = start().await;
    let value = |value: &str| {
        let name = r"Order\r\n\u001b[2J service";
        let member = format!(r#""x\n\u2028note": "{value}", "name": "{name}""#);
        CHECKOUT.replace(r#""name": "Order service""#, &member)
    };
    repository.seed("main", &[("100644", FILE, &value("1"))]);
    let version = version_of(&ada.get(&at("data")).await);
    from(&ada, &version, value("2")).await.is(200);
    let refused = from(&grace, &version, value("3")).await;
    let problem = refused.problem(409, "conflict");
    assert_eq!(problem["conflicts"][0]["field"], "data/x\n\u{2028}note");
    for member in ["detail", "details"] {
        let told = problem[member].as_str().unwrap();
        let breaks = |c: char| c.is_control() || c == '\u{2028}';
        assert!(
            told.contains("data/x  note") && !told.contains(breaks),
            "{told:?}"
        );
    }
}

/// The model with 150 threats of this title, the first of them with this description.
fn threats(title: &str, text: &str) -> String {
    let mut model: Value = serde_json::from_str(CHECKOUT).unwrap();
    let threats = model.pointer_mut(THREATS).unwrap().as_array_mut().unwrap();
    let first = threats[0].clone();
    let threat = |number: u32| {
        let mut threat = first.clone();
        threat["id"] = json!(format!("threat-{number}"));
        threat["number"] = json!(number);
        threat["title"] = json!(title);
        threat
    };
    *threats = (1..=150).map(threat).collect();
    threats[0]["description"] = json!(text);
    model.to_string()
}

/// Two people who have both changed the title of 150 threats and a description, to 100 KiB each
/// where it is theirs: what the second is told.
async fn large_collision() -> Answer {
    let (_app, repository, [ada, grace], _) = start().await;
    let long = |letter: &str| letter.repeat(100 << 10);
    let base = threats("one", "short");
    repository.seed("main", &[("100644", FILE, &base)]);
    let version = version_of(&ada.get(&at("data")).await);
    let hers = threats(&long("t"), &long("a"));
    from(&ada, &version, hers).await.is(200);
    from(&grace, &version, threats("three", &long("b"))).await
}

#[tokio::test]
async fn of_many_collisions_all_are_told_that_a_person_can_decide() {
    let answer = large_collision().await;
    assert!(answer.body.len() < 300_000, "{}", answer.body.len());
    let problem = answer.problem(409, "conflict");
    assert_eq!(problem["conflict_count"], 151);
    assert_eq!(problem["conflicts"].as_array().unwrap().len(), 151);
    let detail = problem["detail"].as_str().unwrap();
    let first = "in 151 places, the first of which is Order / ";
    assert!(detail.contains(first), "{detail}");
    assert!(detail.len() < 2000, "{}", detail.len());
}

#[tokio::test]
async fn long_values_of_a_collision_are_left_out() {
    let problem = large_collision().await.problem(409, "conflict");
    let listed = problem["conflicts"].as_array().unwrap();
    let told = |field: &str| {
        let mut found = listed.iter().filter(|conflict| conflict["field"] == field);
        let told = found.next().unwrap();
        ["base", "ours", "theirs", "left_out"].map(|name| told[name].clone())
    };
    let nothing = Value::Null;
    let title = [
        json!("one"),
        json!("three"),
        nothing.clone(),
        json!(["theirs"]),
    ];
    assert_eq!(told("title"), title);
    let both = json!(["ours", "theirs"]);
    let description = [json!("short"), nothing.clone(), nothing, both];
    assert_eq!(told("description"), description);
}
