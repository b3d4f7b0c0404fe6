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
