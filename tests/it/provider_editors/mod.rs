//! People who edit at once over a host that fails every tenth time: what they were told is saved
//! is there, once, and nobody is told of a conflict where there is none (R1–R3, R10).

mod apart;
mod editor;
mod office;

use std::sync::Arc;

use futures_util::future::join_all;

use crate::forge::{Dialect, Fault, Wanted};
use crate::support::host::at_each_host;
use crate::support::{CHECKOUT, compact, model_path};
use editor::Editor;
use office::Office;

const HERS: &str = "ada/models";
const SAVES: usize = 50;

/// All at once.
async fn all_work(editors: Vec<Editor>) -> Vec<String> {
    let work = editors
        .into_iter()
        .map(|editor| tokio::spawn(editor.work()));
    let done = join_all(work).await;
    done.into_iter().flat_map(Result::unwrap).collect()
}

at_each_host!(
    sixteen_editors_of_one_model_lose_nothing_and_see_no_conflict,
    eight_editors_of_eight_models_see_nothing_of_each_other,
    a_save_of_a_model_that_was_deleted_does_not_bring_it_back,
);

async fn sixteen_editors_of_one_model_lose_nothing_and_see_no_conflict(dialect: Dialect) {
    const EDITORS: usize = 16;
    let office = Office::with(dialect, &["M".to_owned()]).await;
    let names: Vec<_> = (0..EDITORS).map(|n| format!("editor-{n:02}")).collect();
    let mut editors = Vec::new();
    for name in &names {
        editors.push(office.editor(name, "M", "base-version").await);
    }
    office.fail();
    let saved = all_work(editors).await;
    office.has_all("M", &names);
    office.has_made(&saved, 1, EDITORS * SAVES);
}

async fn eight_editors_of_eight_models_see_nothing_of_each_other(dialect: Dialect) {
    let office = Office::with(dialect, &eight_models()).await;
    each_edits_their_own(&office).await;
}

fn eight_models() -> Vec<String> {
    (0..8).map(|n| format!("model-{n}")).collect()
}

async fn each_edits_their_own(office: &Arc<Office>) {
    let models = eight_models();
    let mut editors = Vec::new();
    for model in &models {
        let name = format!("editor-of-{model}");
        editors.push(office.editor(&name, model, "if-match").await);
    }
    office.fail();
    let saved = all_work(editors).await;
    for model in &models {
        office.has_all(model, &[format!("editor-of-{model}")]);
    }
    office.has_made(&saved, models.len(), models.len() * SAVES);
}

async fn a_save_of_a_model_that_was_deleted_does_not_bring_it_back(dialect: Dialect) {
    for from in ["if-match", "base-version"] {
        let office = Office::with(dialect, &["M".to_owned()]).await;
        let ada = office.editor("ada", "M", from).await;
        let grace = office.editor("grace", "M", from).await;
        let open = ada.read().await;
        let path = model_path(HERS, "main", "M", "");
        let delete = grace.browser.ask("DELETE", &path);
        let delete = delete.header("if-match", &open.version);
        // The answer to the deletion is lost, and so is that to the save.
        office
            .host
            .forge
            .faults()
            .every(Wanted::Writes, Fault::ResetAfter);
        grace.browser.send(delete).await.is(204);
        for _ in 0..2 {
            let update = model_path(HERS, "main", "M", "update");
            let save = ada.browser.ask("PUT", &update).json(compact(CHECKOUT));
            let answer = ada.browser.send(save.header(from, &open.version)).await;
            let gone = matches!(answer.status(), 404 | 409 | 412);
            assert!(gone, "{}", answer.text());
        }
        assert_eq!(office.git.files(), Vec::<String>::new());
        assert_eq!(office.git.commits("main").len(), 3);
    }
}
