//! Things: added, deleted, known without an id.

use super::*;

#[test]
fn deleting_what_the_other_side_edited_is_a_conflict_and_keeps_it() {
    let ours = edited(|shop| remove(shop, &format!("{API}/data/threats"), 0));
    let theirs = edited(|shop| {
        set(
            shop,
            &format!("{API}/data/threats/0/title"),
            json!("Forged"),
        );
    });
    let merged = merged(&ours, &theirs);
    assert_eq!(
        told(&merged),
        ["Main / API (process) / threat 1 \"Forged\": it was deleted by us and changed by them"]
    );
    assert_eq!(value(&merged), theirs);
    let merged = self::merged(&theirs, &ours);
    assert_eq!(merged.conflicts[0].trouble, Trouble::DeletedByThem);
}

#[test]
fn deleting_wins_over_what_programs_work_out() {
    let ours = edited(|shop| remove(shop, "/detail/diagrams/0/cells", 2));
    let theirs = edited(|shop| {
        shop.pointer_mut("/detail/diagrams/0/cells/2").unwrap()["tools"] = json!({"items": []});
        set(shop, "/summary/owner", json!("Eve"));
    });
    let expected = edited(|shop| {
        remove(shop, "/detail/diagrams/0/cells", 2);
        set(shop, "/summary/owner", json!("Eve"));
    });
    assert_eq!(clean(&ours, &theirs), expected);
}

#[test]
fn an_element_that_the_other_side_has_drawn_a_flow_to_is_not_lost() {
    let cells = "/detail/diagrams/0/cells";
    let ours = edited(|shop| {
        remove(shop, cells, 2);
        remove(shop, cells, 1);
    });
    let flow =
        json!({"id": "g", "shape": "flow", "source": {"cell": "api"}, "target": {"cell": "db"}});
    let theirs = edited(|shop| push(shop, cells, flow.clone()));
    let merged = merged(&ours, &theirs);
    assert_eq!(
        told(&merged),
        ["Main / Orders (data store): it was deleted by us and is needed by a flow of theirs"]
    );
    let expected = edited(|shop| {
        remove(shop, cells, 2);
        push(shop, cells, flow);
    });
    assert_eq!(value(&merged), expected);
}

#[test]
fn a_flow_that_comes_back_brings_back_what_it_ends_at() {
    let cells = "/detail/diagrams/0/cells";
    let ours = edited(|shop| {
        remove(shop, cells, 2);
        remove(shop, cells, 1);
    });
    let flow =
        json!({"id": "g", "shape": "flow", "source": {"cell": "api"}, "target": {"cell": "f"}});
    let theirs = edited(|shop| push(shop, cells, flow));
    let merged = merged(&ours, &theirs);
    assert_eq!(
        told(&merged),
        [
            "Main / Orders (data store): it was deleted by us and is needed by a flow of theirs",
            "Main / SQL (data flow): it was deleted by us and is needed by a flow of theirs"
        ]
    );
    assert_eq!(value(&merged), theirs);
}

#[test]
fn contributors_of_both_sides_are_kept_in_order() {
    let side = |name: &'static str| {
        edited(|shop| push(shop, "/detail/contributors", json!({"name": name})))
    };
    let both = clean(&side("Eve"), &side("Bob"));
    assert_eq!(
        both["detail"]["contributors"],
        json!([{"name": "Ada"}, {"name": "Bob"}, {"name": "Eve"}])
    );
}

#[test]
fn threats_without_ids_are_known_by_number_or_title() {
    let anonymous = |edit: &dyn Fn(&mut Value)| {
        let mut shop = shop();
        let threat = shop.pointer_mut(&format!("{API}/data/threats/0")).unwrap();
        threat.as_object_mut().unwrap().remove("id");
        edit(&mut shop);
        shop
    };
    let base = document(&anonymous(&|_| {}));
    let severity = format!("{API}/data/threats/0/severity");
    let ours = document(&anonymous(&|shop| set(shop, &severity, json!("Low"))));
    let theirs = document(&edited(|shop| {
        set(
            shop,
            &format!("{API}/data/threats/0/mitigation"),
            json!("Sign it"),
        );
    }));
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    assert_eq!(told(&merged), Vec::<String>::new());
    let expected = edited(|shop| {
        set(shop, &severity, json!("Low"));
        set(
            shop,
            &format!("{API}/data/threats/0/mitigation"),
            json!("Sign it"),
        );
    });
    assert_eq!(value(&merged), expected);
}

/// A base of version 1 that both sides have opened in a program that gives ids of its own.
#[test]
fn threats_of_an_old_base_are_known_whatever_ids_they_got() {
    let base = include_str!("../../../../tests/fixtures/models/version-1.json");
    let base = Document::parse(base.into()).unwrap();
    let side = |name: &str, edit: &dyn Fn(&mut Value)| {
        let new = crate::model::upgrade(&base).unwrap();
        let mut value: Value = serde_json::from_slice(&new.bytes()).unwrap();
        let mut count = 0;
        for cell in value["detail"]["diagrams"][0]["cells"]
            .as_array_mut()
            .unwrap()
        {
            let threats = cell
                .pointer_mut("/data/threats")
                .and_then(Value::as_array_mut);
            for threat in threats.into_iter().flatten() {
                threat["id"] = json!(format!("{name} {count}"));
                count += 1;
            }
        }
        edit(&mut value);
        document(&value)
    };
    let ours = side("ours", &|value| set(value, "/summary/title", json!("Ours")));
    let theirs = side("theirs", &|value| {
        value["summary"]["owner"] = json!("Theirs");
    });
    let before = base.threat_count().total.max(theirs.threat_count().total);
    assert!(before > 0);
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    assert_eq!(told(&merged), Vec::<String>::new());
    assert_eq!(merged.document.threat_count().total, before);
    assert_eq!(merged.document.title(), "Ours");
    assert!(
        merged
            .document
            .threats()
            .all(|threat| threat.id().starts_with("theirs"))
    );
}

#[test]
fn a_number_that_several_threats_have_says_nothing() {
    let shop = |titles: &[(&str, &str)]| {
        edited(|shop| {
            let threat = |(title, severity): &(&str, &str)| json!({"title": title, "number": 0, "severity": severity, "status": "Open"});
            let threats = titles.iter().map(threat).collect();
            set(shop, &format!("{API}/data/threats"), threats);
        })
    };
    let base = document(&shop(&[("A", "High"), ("B", "High")]));
    let ours = document(&shop(&[("B", "High")]));
    let theirs = document(&shop(&[("A", "Low"), ("B", "High")]));
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    let expected =
        "Main / API (process) / threat 0 \"A\": it was deleted by us and changed by them";
    assert_eq!(told(&merged), [expected]);
    assert_eq!(merged.document, theirs);
}

#[test]
fn a_threat_that_both_sides_moved_is_told() {
    let cells = [DB, "/detail/diagrams/0/cells/2"];
    let [ours, theirs] = cells.map(|cell| {
        edited(|shop| {
            let threat = shop
                .pointer_mut(&format!("{API}/data/threats/0"))
                .unwrap()
                .take();
            set(shop, &format!("{API}/data/threats"), json!([]));
            push(shop, &format!("{cell}/data/threats"), threat);
        })
    });
    let merged = merged(&ours, &theirs);
    let notes = notes(&merged);
    let moved = "both sides moved it; it is at 2 places now";
    assert_eq!(
        notes.iter().filter(|note| note.ends_with(moved)).count(),
        2,
        "{notes:?}"
    );
}
