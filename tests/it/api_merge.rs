//! Two people who save the same model: both edits are in the result, or the second is told where
//! they collide.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::shop::{FILE, at, created, from, version_of};
use crate::support::{Answer, CHECKOUT, Person, Repository, TestApp, compact};

const THREATS: &str = "/detail/diagrams/0/cells/0/data/threats";

/// This model with another value somewhere.
fn with(model: &str, pointer: &str, value: impl Into<Value>) -> String {
    let mut model: Value = serde_json::from_str(model).unwrap();
    *model.pointer_mut(pointer).unwrap() = value.into();
    model.to_string()
}

fn reviewer(name: &str) -> String {
    with(CHECKOUT, "/detail/reviewer", name)
}

fn severity(word: &str) -> String {
    with(CHECKOUT, &format!("{THREATS}/0/severity"), word)
}

/// A server with one model, its repository, two people, and the model's version.
async fn start() -> (TestApp, Repository, [Person; 2], String) {
    let (app, repository, made) = created().await;
    let people = [app.owner().await, app.owner().await];
    (app, repository, people, version_of(&made))
}

/// What the answer says was stored, which is what the repository has.
fn stored(answer: &Answer, repository: &Repository) -> Value {
    let file = repository.file(FILE);
    let blob = repository.git(&["rev-parse", &format!("main:{FILE}")]);
    assert_eq!(version_of(answer), blob.trim());
    let now: Value = serde_json::from_str(&file).unwrap();
    let body = answer.json();
    assert_eq!(body["version"], blob.trim());
    let merged = body["merged"].as_bool().unwrap();
    assert_eq!(body.get("data"), merged.then_some(&now));
    now
}

#[tokio::test]
async fn edits_of_different_fields_are_both_in_the_result() {
    for names_version in [false, true] {
        let (_app, repository, [ada, grace], version) = start().await;
        for person in [&ada, &grace] {
            person.get(&at("data")).await.is(200);
        }
        let save = |person: &Person, body: String| {
            if names_version {
                from(person, &version, body)
            } else {
                person.put(&at("update")).json(body)
            }
        };
        let first = save(&ada, reviewer("Hedy")).await.is(200);
        assert_eq!(first.json()["merged"], false);
        let second = save(&grace, severity("Critical")).await.is(200);
        assert_eq!(second.json()["merged"], true);
        assert_eq!(second.json()["notes"], json!([]));
        let now = stored(&second, &repository);
        assert_eq!(now["detail"]["reviewer"], "Hedy");
        assert_eq!(
            now.pointer(&format!("{THREATS}/0/severity")).unwrap(),
            "Critical"
        );
        let theirs = CHECKOUT.replace("Barbara", "Hedy");
        let both = theirs.replacen("\"High\"", "\"Critical\"", 1);
        assert_eq!(repository.file(FILE), both, "nothing else has changed");
        assert_eq!(repository.last_diff().len(), 2);
    }
}

#[tokio::test]
async fn a_collision_is_told_field_by_field() {
    for names_version in [false, true] {
        let (_app, repository, [ada, grace], version) = start().await;
        for person in [&ada, &grace] {
            person.get(&at("data")).await.is(200);
        }
        let first = ada.put(&at("update")).json(severity("Low")).await.is(200);
        let before = repository.state();
        let both = with(&severity("Critical"), "/detail/reviewer", "Hedy");
        let second = if names_version {
            from(&grace, &version, both)
        } else {
            grace.put(&at("update")).json(both)
        };
        let problem = second.await.problem(409, "conflict");
        assert_eq!(problem["current_version"], version_of(&first));
        assert_eq!(problem["conflict_count"], 1);
        assert_eq!(problem["conflicts"], json!([of_the_severity()]));
        let place = "Order / Order service (process) / threat 1 \"Prices are taken from the \
                     basket\", severity";
        assert_eq!(
            problem["detail"],
            format!(
                "Somebody else has changed this model since you read it, and your change collides \
                 with theirs in one place: {place}. Nothing was saved; read the model again and \
                 decide."
            )
        );
        assert_eq!(repository.state(), before);
    }
}

/// The conflict of who made a severity critical and who made it low.
fn of_the_severity() -> Value {
    let threat = json!({
        "id": "0c7a9f10-52d5-4f8e-9c5f-3f5f3c8a7e11",
        "number": 1,
        "title": "Prices are taken from the basket",
    });
    let cell = json!({
        "id": "b9e6f4de-0c1b-4d3c-8f1a-2f8f6d2f6b01",
        "name": "Order service",
        "kind": "process",
    });
    json!({
        "subject": { "diagram": { "id": 0, "title": "Order" }, "cell": cell, "threat": threat },
        "field": "severity",
        "pointer": format!("{THREATS}/0/severity"),
        "trouble": "both_changed",
        "layout": false,
        "base": "High",
        "ours": "Critical",
        "theirs": "Low",
        "left_out": [],
    })
}

#[tokio::test]
async fn if_match_never_merges() {
    let (_app, _, [ada, grace], version) = start().await;
    from(&ada, &version, reviewer("Hedy")).await.is(200);
    let strict = grace.put(&at("update")).header("if-match", &version);
    let strict = strict.json(severity("Critical"));
    strict.await.problem(412, "version_stale");
}

#[tokio::test]
async fn who_does_not_look_at_the_answer_goes_on_from_what_they_sent() {
    let (_app, repository, [ada, grace], version) = start().await;
    ada.get(&at("data")).await.is(200);
    from(&grace, &version, reviewer("Hedy")).await.is(200);
    let owner = |model: &str, name: &str| with(model, "/summary/owner", name);
    let save = |body: String| ada.put(&at("update")).json(body);
    let merged = save(owner(CHECKOUT, "Ada")).await.is(200);
    assert_eq!(stored(&merged, &repository)["detail"]["reviewer"], "Hedy");
    // Ada's client still shows the old reviewer. She changes her mind, and then something else.
    let severe = owner(&severity("Critical"), "Shop team");
    for body in [
        owner(CHECKOUT, "Grace"),
        owner(CHECKOUT, "Shop team"),
        severe.clone(),
    ] {
        let merged = save(body.clone()).await.is(200);
        let now = stored(&merged, &repository);
        assert_eq!(
            now,
            serde_json::from_str::<Value>(&with(&body, "/detail/reviewer", "Hedy")).unwrap()
        );
    }
    // Once she has read, what she sends is what she wants.
    ada.get(&at("data")).await.is(200);
    let all = with(&severe, "/detail/reviewer", "Joan");
    let last = save(all.clone()).await.is(200);
    assert_eq!(last.json()["merged"], false);
    assert_eq!(compact(&repository.file(FILE)), compact(&all));
}

#[tokio::test]
async fn the_same_save_sent_twice_is_one_commit() {
    let (_app, repository, [ada, grace], version) = start().await;
    from(&ada, &version, reviewer("Hedy")).await.is(200);
    let first = from(&grace, &version, severity("Low")).await.is(200);
    let before = repository.state();
    let again = from(&grace, &version, severity("Low")).await.is(200);
    assert_eq!(again.etag(), first.etag());
    assert_eq!(stored(&again, &repository), stored(&first, &repository));
    assert_eq!(repository.state(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn edits_of_different_fields_at_once_are_all_in_the_result() {
    let (app, repository, _, version) = start().await;
    let edits = [
        "/summary/owner",
        "/summary/description",
        "/detail/reviewer",
        "/summary/title",
    ];
    let mut saves = Vec::new();
    for pointer in edits {
        let person = app.owner().await;
        let (version, body) = (version.clone(), with(CHECKOUT, pointer, "new"));
        saves.push(tokio::spawn(async move {
            from(&person, &version, body).await.is(200);
        }));
    }
    for saved in join_all(saves).await {
        saved.unwrap();
    }
    let now: Value = serde_json::from_str(&repository.file(FILE)).unwrap();
    for pointer in edits {
        assert_eq!(now.pointer(pointer).unwrap(), "new", "{pointer}");
    }
    assert_eq!(repository.commits("main").len(), 2 + edits.len());
}

#[tokio::test]
async fn what_was_settled_without_asking_is_noted() {
    let (_app, repository, [ada, grace], version) = start().await;
    let more = |id: &str, title: &str| {
        let mut model: Value = serde_json::from_str(CHECKOUT).unwrap();
        let threats = model.pointer_mut(THREATS).unwrap().as_array_mut().unwrap();
        let mut threat = threats[0].clone();
        threat["id"] = json!(id);
        threat["title"] = json!(title);
        threat["number"] = json!(3);
        threats.push(threat);
        model["detail"]["threatTop"] = json!(3);
        model.to_string()
    };
    from(&ada, &version, more("a", "Ada's")).await.is(200);
    let saved = from(&grace, &version, more("b", "Grace's\n")).await.is(200);
    let notes = saved.json()["notes"].clone();
    let [note] = notes.as_array().unwrap().as_slice() else {
        panic!("one note: {notes}");
    };
    let note = note.as_str().unwrap();
    assert!(note.contains("Grace's"), "{note}");
    assert!(!note.contains(char::is_control), "{note:?}");
    let now = stored(&saved, &repository);
    let threats = now.pointer(THREATS).unwrap().as_array().unwrap();
    let numbers: Vec<_> = threats
        .iter()
        .map(|threat| threat["number"].clone())
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    assert_eq!(now["detail"]["threatTop"], 4);
}
