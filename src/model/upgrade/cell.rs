//! Cells of version 1, as `JointJS` has them, in the shape that X6 has them.

use std::borrow::Cow;

use super::old::{Member, Old};
use super::{made_id, threat};
use crate::model::json::{Draft, Kind, Value};

/// What version 1 says of an element on the cell itself, and version 2 in its `data`.
const SECURITY: [&str; 14] = [
    "handlesCardPayment",
    "handlesGoodsOrServices",
    "isALog",
    "isBidirectional",
    "isEncrypted",
    "isPublicNetwork",
    "isSigned",
    "isWebApplication",
    "privilegeLevel",
    "protocol",
    "providesAuthentication",
    "storesCredentials",
    "storesInventory",
    "threatFrequency",
];

/// What a cell becomes.
struct Form {
    shape: &'static str,
    data_type: &'static str,
    /// Width and height of a node that does not say, in pixels.
    size: [u64; 2],
    edge: bool,
}

/// The form of a cell of this type; of a type that version 1 does not have, one that can hold it.
fn form(cell_type: &str, edge: bool) -> Form {
    let (shape, data_type, size, edge) = match cell_type {
        "tm.Actor" => ("actor", "tm.Actor", [150, 80], false),
        "tm.Process" => ("process", "tm.Process", [100, 100], false),
        "tm.Store" => ("store", "tm.Store", [150, 75], false),
        "tm.Flow" => ("flow", "tm.Flow", [200, 100], true),
        "tm.Boundary" => ("trust-boundary-curve", "tm.Boundary", [200, 100], true),
        _ if edge => ("flow", "tm.Flow", [200, 100], true),
        _ => ("td-text-block", "tm.Text", [150, 80], false),
    };
    Form {
        shape,
        data_type,
        size,
        edge,
    }
}

/// A cell in version 2. `at` is where it stood.
pub(super) fn upgrade<'a>(cell: Value<'a>, methodology: &str, at: &str) -> Draft<'a> {
    let mut old = Old::of(cell);
    let cell_type = cell.get("type").and_then(Value::as_text);
    let form = form(&cell_type.unwrap_or_default(), cell.get("source").is_some());
    if cell.get("type").is_some_and(|t| t.is_text(form.data_type)) {
        old.take("type", Kind::Text);
    }
    let data = data(cell, &form, methodology, at, &mut old);
    let id = old.take("id", Kind::Text);
    let mut new = if form.edge {
        edge(cell, &form, &mut old)
    } else {
        node(cell, &form, &mut old)
    };
    new.push(("shape".into(), Draft::text(form.shape)));
    new.push(("id".into(), id.map_or_else(|| made_id(at), Draft::Kept)));
    let z = old.take("z", Kind::Number);
    new.push((
        "zIndex".into(),
        z.map_or_else(|| Draft::number(0), Draft::Kept),
    ));
    new.push(("data".into(), data));
    old.finish(new)
}

fn node<'a>(cell: Value<'a>, form: &Form, old: &mut Old<'a>) -> Vec<Member<'a>> {
    let position = old.take("position", Kind::Object);
    let size = old.take("size", Kind::Object);
    let pair = |keys: [&'static str; 2], numbers: [u64; 2]| {
        Draft::object(keys.into_iter().zip(numbers.map(Draft::number)))
    };
    let mut new = vec![
        (
            "position".into(),
            position.map_or_else(|| pair(["x", "y"], [0, 0]), Draft::Kept),
        ),
        (
            "size".into(),
            size.map_or_else(|| pair(["width", "height"], form.size), Draft::Kept),
        ),
    ];
    let text = Draft::object([("text", Draft::text(&name(cell)))]);
    new.push(("attrs".into(), Draft::object([("text", text)])));
    new.push(("visible".into(), Draft::bool(true)));
    new.extend(old.keep("angle"));
    new
}

fn edge<'a>(cell: Value<'a>, form: &Form, old: &mut Old<'a>) -> Vec<Member<'a>> {
    let mut new: Vec<Member<'a>> = ["width", "height"]
        .into_iter()
        .zip(form.size)
        .map(|(key, pixels)| (key.into(), Draft::number(pixels)))
        .collect();
    let label = |label: Value<'a>| {
        let text = label_text(label).unwrap_or_default();
        let text = Draft::object([("text", Draft::text(&text))]);
        let mut members = vec![("attrs", Draft::object([("label", text)]))];
        members.extend(label.get("position").map(|p| ("position", Draft::Kept(p))));
        Draft::object(members)
    };
    let labels = cell.get("labels").into_iter().flat_map(Value::elements);
    new.push(("labels".into(), Draft::Array(labels.map(label).collect())));
    if cell.get("smooth").and_then(Value::as_bool) != Some(false) {
        old.take("smooth", Kind::Bool);
        new.push(("connector".into(), Draft::text("smooth")));
    }
    for key in ["source", "target"] {
        new.push((key.into(), end(cell.get(key), key, old)));
    }
    let vertices = old.take("vertices", Kind::Array);
    new.extend(vertices.map(|value| ("vertices".into(), Draft::Kept(value))));
    new
}

/// Where an edge ends: at a cell, or at a point. An end that says more is kept besides.
fn end<'a>(end: Option<Value<'a>>, key: &str, old: &mut Old<'a>) -> Draft<'a> {
    let Some(end) = end.filter(|end| end.kind() == Kind::Object) else {
        return Draft::object([("x", Draft::number(0)), ("y", Draft::number(0))]);
    };
    let part = |(from, to)| Some((to, Draft::Kept(end.get(from)?)));
    let cell: Vec<_> = [("id", "cell")].into_iter().filter_map(part).collect();
    let point: Vec<_> = [("x", "x"), ("y", "y")]
        .into_iter()
        .filter_map(part)
        .collect();
    let new = if cell.is_empty() { point } else { cell };
    if new.len() == end.members().count() {
        old.take(key, Kind::Object);
    }
    Draft::object(new)
}

/// The name that is drawn: an element's own text, a flow's first label.
fn name(cell: Value<'_>) -> Cow<'_, str> {
    let own = cell.pointer("/attrs/text/text").and_then(Value::as_text);
    own.or_else(|| label_text(cell.pointer("/labels/0")?))
        .unwrap_or_default()
}

/// The text of a flow's label. Version 1 writes the first of these; the others are of its
/// successors, which files that were put together by hand or by other programs may have.
fn label_text(label: Value<'_>) -> Option<Cow<'_, str>> {
    ["text", "label", "labelText"]
        .into_iter()
        .find_map(|member| label.pointer(&format!("/attrs/{member}/text"))?.as_text())
        .or_else(|| label.as_text())
}

fn data<'a>(
    cell: Value<'a>,
    form: &Form,
    methodology: &str,
    at: &str,
    old: &mut Old<'a>,
) -> Draft<'a> {
    let boundary = form.data_type == "tm.Boundary";
    let threats: Vec<Value<'a>> = old
        .take("threats", Kind::Array)
        .into_iter()
        .flat_map(Value::elements)
        .collect();
    let open = threats.iter().any(|threat| threat::is_open(*threat));
    old.take("hasOpenThreats", Kind::Bool);
    let mut new: Vec<Member<'a>> = vec![
        ("type".into(), Draft::text(form.data_type)),
        ("name".into(), Draft::text(&name(cell))),
        ("description".into(), old.text_or("description", "")),
        ("isTrustBoundary".into(), Draft::bool(boundary)),
    ];
    if !boundary {
        let out = old.take("outOfScope", Kind::Bool);
        let out = out.map_or_else(|| Draft::bool(false), Draft::Kept);
        new.push(("outOfScope".into(), out));
        new.push((
            "reasonOutOfScope".into(),
            old.text_or("reasonOutOfScope", ""),
        ));
    }
    new.push(("hasOpenThreats".into(), Draft::bool(open)));
    new.extend(SECURITY.iter().filter_map(|key| old.keep(key)));
    if !boundary || !threats.is_empty() {
        let threats = threats.into_iter().enumerate().map(|(index, threat)| {
            threat::upgrade(threat, methodology, &format!("{at}/threats/{index}"))
        });
        new.push(("threats".into(), Draft::Array(threats.collect())));
    }
    Draft::object(new)
}
