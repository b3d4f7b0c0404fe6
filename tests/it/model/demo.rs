//! The demo models are what Threat Dragon would have written, and tidy drawings.

use std::collections::HashSet;
use std::fmt::Display;

use wyvern::model::json::Value;
use wyvern::model::{CellShape, CellView, Document, Generation, Methodology, Severity, Status};

use super::samples::demo_models;

/// A rectangle: left, top, right, bottom.
type Rect = [f64; 4];

fn number(value: Value<'_>, pointer: &str) -> f64 {
    let number = value.pointer(pointer).and_then(Value::as_number);
    number.expect(pointer).parse().expect("a JSON number")
}

fn rect(cell: CellView<'_>) -> Rect {
    let at = |pointer| number(cell.value(), pointer);
    let [x, y] = [at("/position/x"), at("/position/y")];
    [x, y, x + at("/size/width"), y + at("/size/height")]
}

fn disjoint(a: Rect, b: Rect) -> bool {
    a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]
}

fn inside(inner: Rect, outer: Rect) -> bool {
    outer[0] <= inner[0] && outer[1] <= inner[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
}

fn text(value: Value<'_>, pointer: &str) -> String {
    let text = value.pointer(pointer).and_then(Value::as_text);
    text.unwrap_or_else(|| panic!("no text at {pointer}"))
        .into_owned()
}

fn assert_all_different(what: &str, all: impl Iterator<Item = impl Display>) {
    let mut seen = HashSet::new();
    for one in all {
        let one = one.to_string();
        assert!(seen.insert(one.clone()), "{what} {one} occurs twice");
    }
}

#[test]
fn five_models_show_three_methodologies_and_one_is_large() {
    let models: Vec<_> = demo_models()
        .iter()
        .map(super::samples::Sample::document)
        .collect();
    assert_eq!(models.len(), 5);
    let diagrams = || models.iter().flat_map(Document::diagrams);
    for wanted in [Methodology::Stride, Methodology::Linddun, Methodology::Cia] {
        assert!(
            diagrams().any(|diagram| diagram.methodology() == wanted),
            "{wanted:?}"
        );
    }
    assert!(diagrams().any(|diagram| diagram.cells().count() >= 300));
}

#[test]
fn titles_are_the_file_names_in_words() {
    for sample in demo_models() {
        let stem = sample
            .path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .replace('-', " ");
        assert_eq!(sample.document().title().to_lowercase(), stem);
        assert_eq!(sample.document().generation(), Generation::V2);
    }
}

#[test]
fn counters_and_ids_are_right() {
    for sample in demo_models() {
        let document = sample.document();
        let numbers = || {
            document
                .threats()
                .map(|threat| threat.number().expect("a number"))
        };
        let top = |counter: &str| document.root().pointer(counter).and_then(Value::as_u64);
        assert_eq!(top("/detail/threatTop"), numbers().max());
        assert_all_different("threat number", numbers());
        assert_all_different(
            "threat",
            document.threats().map(wyvern::model::ThreatView::id),
        );
        let ids = document
            .diagrams()
            .map(|diagram| diagram.id().expect("an id"));
        assert_eq!(top("/detail/diagramTop"), ids.max().map(|id| id + 1));
        let cells = || {
            document
                .diagrams()
                .flat_map(wyvern::model::DiagramView::cells)
        };
        assert_all_different("cell", cells().map(CellView::id));
        let ports = cells().filter_map(|cell| cell.value().pointer("/ports/items"));
        let ports = ports
            .flat_map(Value::elements)
            .map(|port| text(port, "/id"));
        assert_all_different("port", ports);
    }
}

#[test]
fn threats_are_complete_and_shown_by_their_cells() {
    for sample in demo_models() {
        let document = sample.document();
        assert!(document.threat_count().total > document.threat_count().open);
        for diagram in document.diagrams() {
            for cell in diagram.cells() {
                let data = cell.data().expect("data");
                let open = cell.threats().any(wyvern::model::ThreatView::is_open);
                let shown = data.get("hasOpenThreats").and_then(Value::as_bool);
                assert_eq!(shown, Some(open), "{}", cell.name());
                for threat in cell.threats() {
                    assert!(!matches!(threat.status(), Status::Other(_)));
                    assert!(!matches!(threat.severity(), Severity::Other(_)));
                    let model_type = Methodology::read(&text(threat.value(), "/modelType"));
                    assert_eq!(model_type, diagram.methodology());
                    for key in ["/title", "/type", "/description", "/mitigation"] {
                        assert!(!text(threat.value(), key).is_empty(), "{key}");
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_overlaps() {
    for sample in demo_models() {
        for diagram in sample.document().diagrams() {
            let of = |boundary: bool| -> Vec<Rect> {
                let cells = diagram
                    .cells()
                    .filter(|cell| cell.value().get("position").is_some());
                cells
                    .filter(|cell| (cell.shape() == CellShape::BoundaryBox) == boundary)
                    .map(rect)
                    .collect()
            };
            let (boundaries, nodes) = (of(true), of(false));
            for (index, node) in nodes.iter().enumerate() {
                let later = nodes.iter().skip(index + 1);
                assert!(
                    later.clone().all(|other| disjoint(*node, *other)),
                    "{node:?}"
                );
                for boundary in &boundaries {
                    assert!(
                        inside(*node, *boundary) || disjoint(*node, *boundary),
                        "{node:?}"
                    );
                }
            }
            for boundary in &boundaries {
                assert!(
                    nodes.iter().any(|node| inside(*node, *boundary)),
                    "an empty boundary"
                );
                let overlapping = boundaries
                    .iter()
                    .filter(|other| !disjoint(*boundary, **other));
                assert_eq!(overlapping.count(), 1, "only with itself: {boundary:?}");
            }
        }
    }
}

#[test]
fn flows_connect_ports_and_pass_beside_other_elements() {
    for sample in demo_models() {
        for diagram in sample.document().diagrams() {
            let (nodes, rest): (Vec<_>, Vec<_>) =
                (diagram.cells()).partition(|cell| cell.value().get("ports").is_some());
            for flow in rest
                .into_iter()
                .filter(|cell| cell.shape() == CellShape::Flow)
            {
                check_flow(flow, &nodes);
            }
        }
    }
}

fn check_flow(flow: CellView<'_>, nodes: &[CellView<'_>]) {
    let name = flow.name();
    let ends = ["source", "target"].map(|end| text(flow.value(), &format!("/{end}/cell")));
    let ports = ["source", "target"].map(|end| text(flow.value(), &format!("/{end}/port")));
    let (its_own, others): (Vec<CellView<'_>>, Vec<CellView<'_>>) = nodes
        .iter()
        .partition(|node| ends.iter().any(|end| node.id() == *end));
    let with_id = |id: &String| {
        its_own
            .iter()
            .find(|node| node.id() == *id)
            .expect("an element")
    };
    let [from, to] = [with_id(&ends[0]), with_id(&ends[1])];
    let process = |node: &CellView<'_>| node.shape() == CellShape::Process;
    assert!(
        process(from) || process(to),
        "{name} flows without a process"
    );
    let points = points(
        flow,
        port_place(*from, &ports[0]),
        port_place(*to, &ports[1]),
    );
    for node in others {
        let area = rect(node);
        let hit = points.iter().any(|point| within(*point, area));
        assert!(!hit, "{name} runs through {}", node.name());
    }
}

/// Where a port is, in the middle of its side.
fn port_place(node: CellView<'_>, id: &str) -> [f64; 2] {
    let items = node.value().pointer("/ports/items").expect("ports");
    let port = items
        .elements()
        .find(|port| text(*port, "/id") == id)
        .expect("its port");
    let [left, top, right, bottom] = rect(node);
    let [x, y] = [left.midpoint(right), top.midpoint(bottom)];
    match text(port, "/group").as_str() {
        "top" => [x, top],
        "right" => [right, y],
        "bottom" => [x, bottom],
        "left" => [left, y],
        other => panic!("{other} is no side"),
    }
}

/// Many points along the straight lines from one end to the other.
fn points(flow: CellView<'_>, source: [f64; 2], target: [f64; 2]) -> Vec<[f64; 2]> {
    let vertices = flow
        .value()
        .get("vertices")
        .into_iter()
        .flat_map(Value::elements);
    let bends = vertices.map(|point| [number(point, "/x"), number(point, "/y")]);
    let corners: Vec<_> = std::iter::once(source)
        .chain(bends)
        .chain([target])
        .collect();
    let along = |(&from, &to): (&[f64; 2], &[f64; 2])| -> Vec<[f64; 2]> {
        let at = |part: u32| {
            let share = f64::from(part) / 200.0;
            let [x, y] = from;
            [x + (to[0] - x) * share, y + (to[1] - y) * share]
        };
        (0..=200).map(at).collect()
    };
    let lines = corners.iter().zip(corners.iter().skip(1));
    lines.flat_map(along).collect()
}

fn within(point: [f64; 2], area: Rect) -> bool {
    inside([point[0], point[1], point[0], point[1]], area)
}
