//! From version 1 of the file format to version 2, without losing anything: what version 2 has no
//! place for is kept under `compatibility.tdV1`, beside where it was.

mod cell;
mod old;
mod threat;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use uuid::Uuid;

use self::old::{Old, keep};
use super::document::{Document, Generation};
use super::invalid::Invalid;
use super::json::{Draft, Kind, Value};

/// The version that upgraded files have: the first of the format's second generation.
const VERSION: &str = "2.0.0";
/// The namespace of the ids that version 1 does not have.
const NAMESPACE: Uuid = Uuid::from_u128(0xd268_61ee_217e_4df2_b9a9_98f5_e615_579a);

/// The document in version 2; one that is in version 2 already comes back as it is. The same
/// document always gives the same result, ids included.
///
/// # Errors
/// When the document is so deeply nested that the result would be beyond the limit.
pub fn upgrade(document: &Document) -> Result<Document, Invalid> {
    if document.generation() == Generation::V2 {
        return Ok(document.clone());
    }
    let root = document.root();
    let mut draft = Draft::Kept(root);
    if let Some(detail) = draft.get_mut("detail") {
        upgrade_detail(root, detail);
    }
    if let Some(version) = root.get("version") {
        keep(&mut draft, vec![("version".into(), Draft::Kept(version))]);
        draft.set("version", Draft::text(VERSION));
    } else if let Some(members) = draft.members_mut() {
        members.insert(0, ("version".into(), Draft::text(VERSION)));
    }
    Ok(document.revised_by(&Document::of_draft(&draft)?))
}

fn upgrade_detail<'a>(root: Value<'a>, detail: &mut Draft<'a>) {
    let diagrams: Vec<Value<'a>> = root
        .pointer("/detail/diagrams")
        .into_iter()
        .flat_map(Value::elements)
        .collect();
    let mut next_id = diagrams.iter().filter_map(id).max().map_or(0, |id| id + 1);
    let mut highest = 0;
    let mut upgraded = Vec::new();
    for (index, diagram) in diagrams.into_iter().enumerate() {
        let id = id(&diagram).unwrap_or_else(|| {
            next_id += 1;
            next_id - 1
        });
        let at = format!("/detail/diagrams/{index}");
        highest = highest.max(threat::highest_number(diagram));
        upgraded.push(upgrade_diagram(diagram, id, &at));
    }
    for (key, value) in [
        ("contributors", Draft::Array(Vec::new())),
        ("reviewer", Draft::text("")),
    ] {
        if detail.get_mut(key).is_none() {
            detail.set(key, value);
        }
    }
    detail.set("diagrams", Draft::Array(upgraded));
    detail_tops(
        root,
        detail,
        [("diagramTop", next_id), ("threatTop", highest)],
    );
}

/// Numbers are not given twice, those of what has been deleted included: what the document says of
/// them stays, unless it cannot be.
fn detail_tops<'a>(root: Value<'a>, detail: &mut Draft<'a>, tops: [(&'static str, u64); 2]) {
    let mut replaced = Vec::new();
    for (key, least) in tops {
        let said = root.pointer(&format!("/detail/{key}"));
        if said.and_then(Value::as_u64).is_none_or(|top| top < least) {
            replaced.extend(said.map(|said| (key.into(), Draft::Kept(said))));
            detail.set(key, Draft::number(least));
        }
    }
    keep(detail, replaced);
}

fn id(diagram: &Value<'_>) -> Option<u64> {
    let id = diagram.get("id").and_then(Value::as_u64);
    // A number beyond what JavaScript counts to exactly is no id that anybody can use.
    id.filter(|&id| id < 1 << 53)
}

fn upgrade_diagram<'a>(diagram: Value<'a>, id: u64, at: &str) -> Draft<'a> {
    let mut old = Old::of(diagram);
    let methodology = old
        .take("diagramType", Kind::Text)
        .and_then(Value::as_text)
        .unwrap_or_else(|| threat::guess_methodology(diagram).into());
    let mut new = vec![("id".into(), Draft::number(id))];
    if self::id(&diagram).is_some() {
        old.take("id", Kind::Number);
    }
    new.push(("title".into(), old.text_or("title", "")));
    new.push(("diagramType".into(), Draft::text(&methodology)));
    new.extend(old.keep("description"));
    let thumbnail = "./public/content/images/thumbnail.jpg";
    new.push(("thumbnail".into(), old.text_or("thumbnail", thumbnail)));
    new.push(("version".into(), Draft::text(VERSION)));
    let drawing = old.take("diagramJson", Kind::Object).map(Old::of);
    let cells = drawing.map_or_else(Vec::new, |mut drawing| {
        let cells = drawing.take("cells", Kind::Array);
        old.put_back("diagramJson", drawing);
        let cells = cells.into_iter().flat_map(Value::elements).enumerate();
        cells
            .map(|(index, cell)| {
                cell::upgrade(
                    cell,
                    &methodology,
                    &format!("{at}/diagramJson/cells/{index}"),
                )
            })
            .collect()
    });
    new.push(("cells".into(), Draft::Array(cells)));
    old.finish(new)
}

/// An id for what has none, made of where it stands.
fn made_id<'a>(at: &str) -> Draft<'a> {
    Draft::text(&Uuid::new_v5(&NAMESPACE, at.as_bytes()).to_string())
}
