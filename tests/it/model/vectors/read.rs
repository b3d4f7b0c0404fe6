//! Reading an operation from its JSON form: a flat object of its type and its arguments.

use wyvern::model::json::{Json, Kind, Value};
use wyvern::model::{
    CellEdit, CellPlace, CellShape, End, EndPlace, Offset, Operation, Point, Route, ThreatPlace,
};

/// The member that must be a text.
pub(super) fn text(object: Value<'_>, key: &str) -> String {
    let value = object.get(key).and_then(Value::as_text);
    value.unwrap_or_else(|| panic!("a text {key}")).into_owned()
}

/// The member that must be a number; one beyond all finite ones is infinite.
fn number(object: Value<'_>, key: &str) -> f64 {
    let value = object.get(key).and_then(Value::as_number);
    value.and_then(|text| text.parse().ok()).expect("a number")
}

fn json(object: Value<'_>, key: &str) -> Json {
    object.get(key).expect("a value").to_json()
}

fn diagram(object: Value<'_>) -> u64 {
    let id = object.get("diagram").and_then(Value::as_u64);
    id.expect("a diagram's id")
}

fn place(object: Value<'_>) -> usize {
    let to = object.get("to").and_then(Value::as_u64);
    to.and_then(|to| usize::try_from(to).ok()).expect("a place")
}

fn point(object: Value<'_>) -> Point {
    let [x, y] = ["x", "y"].map(|key| number(object, key));
    Point { x, y }
}

fn cell(object: Value<'_>) -> CellPlace {
    CellPlace {
        diagram: diagram(object),
        cell: text(object, "cell"),
    }
}

fn threat(object: Value<'_>) -> ThreatPlace {
    ThreatPlace {
        cell: cell(object),
        threat: text(object, "threat"),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one arm for each type")]
pub(super) fn operation(form: Value<'_>) -> Operation {
    let key = || text(form, "key");
    let value = || json(form, "value");
    match &*text(form, "type") {
        "setSummaryField" => Operation::SetSummaryField {
            key: key(),
            value: value(),
        },
        "setDetailField" => Operation::SetDetailField {
            key: key(),
            value: value(),
        },
        "setModelField" => Operation::SetModelField {
            key: key(),
            value: value(),
        },
        "addDiagram" => Operation::AddDiagram {
            diagram: json(form, "diagram"),
        },
        "removeDiagram" => Operation::RemoveDiagram {
            diagram: diagram(form),
        },
        "moveDiagram" => Operation::MoveDiagram {
            diagram: diagram(form),
            to: place(form),
        },
        "setDiagramField" => Operation::SetDiagramField {
            diagram: diagram(form),
            key: key(),
            value: value(),
        },
        "addCell" => Operation::AddCell {
            diagram: diagram(form),
            cell: json(form, "cell"),
        },
        "removeCell" => Operation::RemoveCell(cell(form)),
        "addThreat" => Operation::AddThreat {
            cell: cell(form),
            threat: json(form, "threat"),
        },
        "removeThreat" => Operation::RemoveThreat(threat(form)),
        "setThreatField" => Operation::SetThreatField {
            threat: threat(form),
            key: key(),
            value: value(),
        },
        kind => Operation::EditCell {
            cell: cell(form),
            edit: cell_edit(kind, form),
        },
    }
}

fn cell_edit(kind: &str, form: Value<'_>) -> CellEdit {
    match kind {
        "moveCell" => CellEdit::Move(point(form)),
        "resizeCell" => CellEdit::Resize {
            at: point(form),
            width: number(form, "width"),
            height: number(form, "height"),
        },
        "turnCell" => CellEdit::Turn(number(form, "angle")),
        "orderCell" => CellEdit::Order(z_index(form)),
        "setCellField" => CellEdit::SetField {
            key: text(form, "key"),
            value: json(form, "value"),
        },
        "setEnd" => CellEdit::SetEnd {
            end: end(&text(form, "end")),
            to: end_place(form.get("to").expect("a place")),
        },
        "setVertices" => CellEdit::SetVertices(vertices(form)),
        "setRoute" => CellEdit::SetRoute(route(&text(form, "route"))),
        "reverseFlow" => CellEdit::Reverse,
        "nameCell" => CellEdit::Name(text(form, "name")),
        "placeLabel" => CellEdit::PlaceLabel {
            distance: number(form, "distance"),
            offset: form.get("offset").map(|by| offset(by, form)),
        },
        "setShape" => CellEdit::SetShape(CellShape::read(&text(form, "shape"))),
        "lockCell" => CellEdit::Lock(locked(form)),
        other => panic!("no operation is called {other}"),
    }
}

fn z_index(form: Value<'_>) -> i64 {
    let number = form.get("zIndex").and_then(Value::as_number);
    number.expect("a number").parse().expect("a whole number")
}

fn locked(form: Value<'_>) -> bool {
    let locked = form.get("locked").and_then(Value::as_bool);
    locked.expect("true or false")
}

fn vertices(form: Value<'_>) -> Vec<Point> {
    let vertices = form.get("vertices").expect("vertices");
    vertices.elements().map(point).collect()
}

fn offset(by: Value<'_>, form: Value<'_>) -> Offset {
    match by.kind() {
        Kind::Object => Offset::By(point(by)),
        _ => Offset::Across(number(form, "offset")),
    }
}

fn end(name: &str) -> End {
    match name {
        "source" => End::Source,
        "target" => End::Target,
        other => panic!("no end is called {other}"),
    }
}

fn end_place(form: Value<'_>) -> EndPlace {
    if form.get("cell").is_none() {
        return EndPlace::Point(point(form));
    }
    EndPlace::Cell {
        cell: text(form, "cell"),
        port: form.get("port").map(|_| text(form, "port")),
    }
}

fn route(name: &str) -> Route {
    match name {
        "smooth" => Route::Smooth,
        "straight" => Route::Straight,
        "orthogonal" => Route::Orthogonal,
        other => panic!("no route is called {other}"),
    }
}
