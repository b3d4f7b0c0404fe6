//! Many clients at once: nobody's save is lost, and of those who contradict each other one wins.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{CHECKOUT, Person, TestApp, branch_path, model_path};

const REPO: &str = "shop/models";

fn at(model: &str, what: &str) -> String {
    model_path(REPO, "main", model, what)
}

fn reviewed_by(name: &str) -> String {
    let mut model: Value = serde_json::from_str(CHECKOUT).unwrap();
    model["detail"]["reviewer"] = json!(name);
    model.to_string()
}

/// Runs one task for each person, all at once, and gives their statuses, sorted.
async fn all_at_once<F>(people: Vec<Person>, task: impl Fn(usize, Person) -> F) -> Vec<u16>
where
    F: Future<Output = u16> + Send + 'static,
{
    let tasks = people
        .into_iter()
        .enumerate()
        .map(|(number, person)| tokio::spawn(task(number, person)));
    let mut statuses: Vec<_> = join_all(tasks)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    statuses.sort_unstable();
    statuses
}

async fn people(app: &TestApp, count: usize) -> Vec<Person> {
    let mut people = Vec::new();
    for _ in 0..count {
        people.push(app.owner().await);
    }
    people
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_clients_save_sixteen_models() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let statuses = all_at_once(people(&app, 16).await, |number, person| async move {
        let model = format!("model-{number:02}");
        person
            .post(&at(&model, "create"))
            .json(CHECKOUT)
            .await
            .is(201);
        for round in 0..4 {
            let body = reviewed_by(&format!("{number}-{round}"));
            person.put(&at(&model, "update")).json(body).await.is(200);
        }
        person.get(&at(&model, "data")).await.status()
    });
    assert_eq!(statuses.await, [200; 16]);
    assert_eq!(repository.commits("main").len(), 1 + 16 * 5);
    for number in 0..16 {
        let name = format!("model-{number:02}");
        let file = repository.file(&format!("ThreatDragonModels/{name}/{name}.json"));
        assert!(
            file.contains(&format!("\"reviewer\": \"{number}-3\"")),
            "{name}"
        );
    }
    let models = app
        .owner()
        .await
        .get(&branch_path(REPO, "main", "models"))
        .await
        .data();
    assert_eq!(models.as_array().unwrap().len(), 16);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_those_who_change_the_same_version_one_wins() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let made = app
        .owner()
        .await
        .post(&at("M", "create"))
        .json(CHECKOUT)
        .await;
    for (header, loses) in [("if-match", 412), ("base-version", 409)] {
        let tag = app.owner().await.get(&at("M", "data")).await.etag();
        let before = repository.commits("main");
        let statuses = all_at_once(people(&app, 16).await, |number, person| {
            let tag = tag.clone();
            async move {
                let body = reviewed_by(&format!("{header}-{number}"));
                let save = person
                    .put(&at("M", "update"))
                    .header(header, tag)
                    .json(body);
                save.await.status()
            }
        });
        let statuses = statuses.await;
        assert_eq!(statuses[0], 200);
        assert_eq!(statuses[1..], [loses; 15]);
        assert_eq!(repository.commits("main")[1..], before);
    }
    assert_eq!(made.status(), 201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_those_who_create_the_same_model_one_wins() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let statuses = all_at_once(people(&app, 12).await, |number, person| async move {
        let body = reviewed_by(&number.to_string());
        person.post(&at("M", "create")).json(body).await.status()
    });
    let statuses = statuses.await;
    assert_eq!(statuses[0], 201);
    assert_eq!(statuses[1..], [422; 11]);
    assert_eq!(repository.commits("main").len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_those_who_delete_rename_and_save_one_wins() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    for round in 0..4 {
        let model = format!("model-{round}");
        let created = app
            .owner()
            .await
            .post(&at(&model, "create"))
            .json(CHECKOUT)
            .await;
        let tag = created.is(201).etag();
        let before = repository.commits("main");
        let statuses = all_at_once(people(&app, 9).await, |number, person| {
            let (tag, model) = (tag.clone(), model.clone());
            async move {
                let name = json!({ "name": format!("{model}-{number}") }).to_string();
                let ask = match number % 3 {
                    0 => person.delete(&at(&model, "")),
                    1 => person.post(&at(&model, "rename")).json(name),
                    _ => person
                        .put(&at(&model, "update"))
                        .json(reviewed_by(&number.to_string())),
                };
                ask.header("if-match", tag).await.status()
            }
        });
        let statuses = statuses.await;
        // Deleting what somebody else has just deleted or renamed is done: there is no such model
        // any more. Of all others one at most has won.
        let count = |wanted: &[u16]| statuses.iter().filter(|s| wanted.contains(s)).count();
        assert!(
            count(&[200]) <= 1 && count(&[200, 204]) >= 1,
            "{statuses:?}"
        );
        assert_eq!(count(&[200, 204, 404, 412]), 9, "{statuses:?}");
        assert_eq!(repository.commits("main")[1..], before, "{statuses:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_renews_at_once_with_one_handle_stays_signed_in() {
    let app = TestApp::start().await;
    let ada = app.owner().await;
    let handle = ada.tokens.clone().unwrap().refresh;
    let body = json!({ "refreshToken": handle }).to_string();
    let nobody = app.nobody();
    let statuses = all_at_once(vec![nobody; 8], |_, person| {
        let body = body.clone();
        async move { person.post("/api/token/refresh").json(body).await.status() }
    });
    assert_eq!(statuses.await, [200; 8]);
    ada.get("/api/threatmodel/repos").await.is(200);
}
