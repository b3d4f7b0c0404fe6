//! Models that are large where a diff could be many times as large.

use super::*;

const MEBIBYTE: usize = 1024 * 1024;

/// An object of so many members of this value.
fn wide(members: usize, value: &Value) -> Value {
    let member = |n| (format!("m{n}"), value.clone());
    Value::Object((0..members).map(member).collect())
}

/// The diff of two models that `edit` has made of one.
fn between(edit: impl Fn(&mut Value, u8)) -> Diff {
    let [old, new] = [1, 2].map(|version| {
        let mut model = model();
        edit(&mut model, version);
        document(&model)
    });
    let diff = diff(&old, &new);
    assert_total(&diff);
    let length = [&old, &new].map(|document| document.text().len());
    let most = (16 * MEBIBYTE).max(4 * length[0].max(length[1]));
    assert!(json_of(&diff).len() <= 2 * most);
    diff
}

fn json_of(diff: &Diff) -> String {
    serde_json::to_string(diff).expect("a diff has a text")
}

/// Each form tells something, in lines that a reader can take in.
#[track_caller]
fn assert_total(diff: &Diff) {
    let summary = diff.summary().expect("something has changed");
    assert!(summary.chars().count() <= 100, "{summary}");
    for told in [diff.text(false), diff.markdown()] {
        assert!(!told.is_empty());
        assert!(told.lines().all(|line| line.chars().count() < 1_000));
        assert!(told.len() <= 32 * MEBIBYTE, "{}", told.len());
    }
}

/// The fields that stand for more than is told.
fn cuts(diff: &Diff) -> Vec<(String, &str)> {
    let changes = diff.changes.iter();
    let fields = changes.flat_map(|change| change.fields.iter().map(move |field| (change, field)));
    fields
        .filter(|(_, field)| field.cut)
        .map(|(change, field)| {
            assert!(field.before.is_none() && field.after.is_none());
            assert_ne!(change.kind, ChangeKind::Reordered);
            (change.subject.to_string(), field.path.as_str())
        })
        .collect()
}

#[test]
fn a_long_key_is_cut_in_each_path() {
    let key = "/k".repeat(250_000);
    let diff = between(|m, version| {
        at(m, "/summary")[&key] = wide(20_000, &json!(version));
    });
    let [change] = diff.changes.as_slice() else {
        panic!("{} changes", diff.changes.len());
    };
    let told = format!("summary/{}…", "~1k".repeat(100));
    assert_eq!(change.fields.len(), 1_001);
    assert_eq!(change.fields[0].path, format!("{told}/m0"));
    assert_eq!(cuts(&diff), [("the model".to_owned(), told.as_str())]);
    assert!(json_of(&diff).len() < MEBIBYTE);
}

#[test]
fn of_a_thousand_fields_the_rest_is_told_as_what_is_around_it() {
    let diff = between(|m, version| {
        at(m, "/summary")["odd"] = wide(1_002, &json!(version));
    });
    assert_eq!(cuts(&diff), [("the model".to_owned(), "summary/odd")]);
    let summary = diff.summary().expect("something has changed");
    assert_eq!(summary, "more than 1000 fields changed");
    let text = diff.text(false);
    assert!(
        text.ends_with("\n  ~ summary/odd: more changes than are told\n"),
        "{}",
        text.get(text.len() - 200..).unwrap_or_default()
    );

    let exact = between(|m, version| {
        at(m, "/summary")["odd"] = wide(1_000, &json!(version));
    });
    assert_eq!(cuts(&exact), []);
    assert_eq!(exact.changes[0].fields.len(), 1_000);
}

#[test]
fn what_has_nothing_in_common_is_told_of_the_thing() {
    let diff = between(|m, version| {
        let api = at(m, API);
        api["data"]["odd"] = wide(1_001, &json!(version));
        api["more"] = json!(version);
        api["width"] = json!(version);
    });
    let api = "Main / API gateway (process)".to_owned();
    assert_eq!(cuts(&diff), [(api.clone(), ""), (api, "")]);
    let aspects: Vec<_> = diff.changes.iter().map(|change| change.aspect).collect();
    assert_eq!(aspects, [Aspect::Meaning, Aspect::Layout]);
    let text = diff.text(false);
    let end = "    ~ other fields: more changes than are told
  layout: API gateway (process)\n";
    assert!(text.ends_with(end));
}

#[test]
fn aspects_that_are_not_told_one_by_one_stay_apart() {
    let diff = between(|m, version| {
        at(m, API)["attrs"] = wide(1_001, &json!(version));
    });
    assert!(!diff.has_meaning());
    let api = "Main / API gateway (process)".to_owned();
    assert_eq!(cuts(&diff), [(api, "attrs")]);
}

/// Members under a path of some kilobytes.
fn deep(members: Value) -> Value {
    (0..40).fold(members, |inside, _| json!({"k".repeat(200): inside}))
}

#[test]
fn a_diff_is_not_many_times_as_long_as_the_model() {
    let diff = between(|m, version| {
        let cell = |n| {
            let odd = deep(wide(300, &json!(version)));
            json!({"id": format!("c{n}"), "shape": "process", "odd": odd})
        };
        *at(m, "/detail/diagrams/0/cells") = (0..60).map(cell).collect();
        *at(m, "/detail/diagrams/1/title") = json!(format!("Other {version}"));
    });
    let mut cuts = cuts(&diff);
    let last = cuts.split_off(cuts.len() - 2);
    let of_models = [("Main", "cells"), ("the model", "detail/diagrams")];
    assert_eq!(last, of_models.map(|(of, path)| (of.to_owned(), path)));
    let told = |cell: &str| {
        let of = |change: &Change| change.subject.cell.as_ref().is_some_and(|it| it.id == cell);
        diff.changes.iter().any(of)
    };
    assert!(told("c0") && !told("c59"));
}

#[test]
fn one_long_value_is_told_whole() {
    let long = |version: u8| format!("{version}{}", "x".repeat(9 * MEBIBYTE));
    let [old, new] = [1, 2].map(|version| {
        let mut model = model();
        at(&mut model, "/summary")["description"] = json!(long(version));
        document(&model)
    });
    let diff = diff(&old, &new);
    assert_eq!(cuts(&diff), []);
    assert!(diff.changes[0].fields[0].after == Json::parse(json!(long(2)).to_string()).ok());
}

#[test]
fn things_without_a_name_are_told_of() {
    let diff = between(|m, version| {
        let cell = if version == 1 {
            json!({})
        } else {
            json!({"x": 1})
        };
        *at(m, "/detail/diagrams/0/cells") = vec![cell; 20_000].into();
    });
    assert_eq!(diff.changes.len(), 20_000);
    assert_eq!(cuts(&diff), []);
}

#[test]
fn threats_without_an_id_are_told_of() {
    let diff = between(|m, version| {
        let threat = |n| json!({"title": format!("Threat {n}"), "x": version});
        at(m, API)["data"]["threats"] = (0..20_000).map(threat).collect();
    });
    assert_eq!(diff.changes.len(), 20_000);
    assert_eq!(
        diff.summary().as_deref(),
        Some("API gateway: 20000 threats changed")
    );
}

#[test]
fn the_name_of_a_flows_end_is_cut() {
    let name = "n".repeat(MEBIBYTE);
    let diff = between(|m, version| {
        let end = |id: &str, called: &str| json!({"id": id, "shape": "actor", "data": {"name": format!("{called}{name}")}});
        let flow = |n| json!({"id": format!("f{n}"), "shape": "flow", "target": {"cell": if version == 1 { "a" } else { "b" }}});
        let flows = (0..20_000).map(flow);
        let ends = [end("a", "a"), end("b", "b")];
        *at(m, "/detail/diagrams/0/cells") = ends.into_iter().chain(flows).collect();
    });
    assert_eq!(diff.changes.len(), 20_000);
    let field = &diff.changes[0].fields[0];
    let named = |called: &str| Some(format!("{called}{}…", "n".repeat(199)));
    assert_eq!(
        [&field.named_before, &field.named_after],
        [&named("a"), &named("b")]
    );
}

#[test]
fn one_long_title_is_cut_in_each_change() {
    // Written as an escape, it must be read anew each time that it is asked for.
    let title = "\n".repeat(MEBIBYTE);
    let diff = between(|m, version| {
        *at(m, "/detail/diagrams/0/title") = json!(title);
        let cell = |n| json!({"id": format!("c{n}"), "shape": "process", "data": {"name": "n", "x": version}});
        *at(m, "/detail/diagrams/0/cells") = (0..5_000).map(cell).collect();
    });
    assert_eq!(diff.changes.len(), 5_000);
    assert!(json_of(&diff).len() < 8 * MEBIBYTE);
}

#[test]
fn what_moves_from_one_long_name_costs_no_more() {
    let name = "\n".repeat(MEBIBYTE);
    let diff = between(|m, version| {
        let threat = |n| json!({"id": format!("x{n}"), "title": "t"});
        let threats: Vec<Value> = (0..5_000).map(threat).collect();
        let [own, others] = if version == 1 {
            [threats, Vec::new()]
        } else {
            [Vec::new(), threats]
        };
        *at(m, API) =
            json!({"id": "api", "shape": "process", "data": {"name": name, "threats": own}});
        at(m, "/detail/diagrams/0/cells/3")["data"]["threats"] = others.into();
    });
    assert_eq!(diff.changes.len(), 5_000);
    assert!(diff.changes.iter().all(|change| change.from.is_some()));
}

#[test]
fn many_orders_are_one_short_line() {
    let diff = between(|m, version| {
        let mut threats = vec![
            json!({"id": "a", "title": "a"}),
            json!({"id": "b", "title": "b"}),
        ];
        if version == 2 {
            threats.reverse();
        }
        let cell = |n| json!({"id": format!("c{n}"), "shape": "process", "data": {"name": format!("P{n}"), "threats": threats}});
        *at(m, "/detail/diagrams/0/cells") = (0..1_000).map(cell).collect();
    });
    let told = "Diagram Main
  layout: order of threats of P0 (process), order of threats of P1 (process), order of threats of P2 (process), 997 more in another order\n";
    assert_eq!(diff.text(false), told);
}
