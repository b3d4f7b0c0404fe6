//! A sketch's full form in Threat Dragon's file format, version 2.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::sketch::{Boundary, Diagram, Flow, Kind, Model, More, Node, Rect};

/// The sides of a node, each of which has a port in its middle.
const SIDES: [&str; 4] = ["top", "right", "bottom", "left"];

/// The namespace of all ids in the demo models, which makes them the same on every run.
const NAMESPACE: Uuid = Uuid::from_u128(0x9a7d_7c61_2bb5_4d0e_8b42_d0e1_6c3f_51a8);

/// The version of Threat Dragon whose files these are like.
const VERSION: &str = "2.6.2";

/// The file's text.
pub(crate) fn text(model: &Model) -> String {
    let mut threat_top = 0;
    let diagrams: Vec<Value> = (model.diagrams.iter().enumerate())
        .map(|(id, diagram)| Writer::new(model, diagram, &mut threat_top).diagram(id))
        .collect();
    let model = json!({
        "version": VERSION,
        "summary": model.summary,
        "detail": {
            "contributors": model.contributors,
            "diagrams": diagrams,
            "diagramTop": model.diagrams.len(),
            "reviewer": model.reviewer,
            "threatTop": threat_top,
        },
    });
    serde_json::to_string_pretty(&model).expect("a value has a text")
}

/// Writes one diagram.
struct Writer<'m> {
    diagram: &'m Diagram,
    /// What begins the name of every id.
    path: String,
    threat_top: &'m mut u64,
}

impl<'m> Writer<'m> {
    fn new(model: &Model, diagram: &'m Diagram, threat_top: &'m mut u64) -> Self {
        let path = format!("{}/{}", model.title, diagram.title);
        Self {
            diagram,
            path,
            threat_top,
        }
    }

    fn diagram(mut self, id: usize) -> Value {
        let diagram = self.diagram;
        let mut cells: Vec<Value> = diagram
            .boundaries
            .iter()
            .map(|b| self.boundary(b))
            .collect();
        cells.extend(
            diagram
                .texts
                .iter()
                .map(|(text, rect)| self.note(text, *rect)),
        );
        cells.extend(
            diagram
                .nodes
                .iter()
                .map(|node| self.node(node))
                .collect::<Vec<_>>(),
        );
        cells.extend(
            diagram
                .flows
                .iter()
                .map(|flow| self.flow(flow))
                .collect::<Vec<_>>(),
        );
        let method = diagram.method.word();
        json!({
            "id": id,
            "title": diagram.title,
            "diagramType": method,
            "placeholder": format!("New {method} diagram description"),
            "thumbnail": format!("./public/content/images/thumbnail.{}.jpg", method.to_lowercase()),
            "version": VERSION,
            "description": diagram.description,
            "cells": cells,
        })
    }

    fn id(&self, of: &str) -> String {
        Uuid::new_v5(&NAMESPACE, format!("{}/{of}", self.path).as_bytes()).to_string()
    }

    fn node_id(&self, node: &Node) -> String {
        self.id(&format!("node/{}", node.name))
    }

    fn flow_id(&self, flow: &Flow) -> String {
        let [from, to] = self.diagram.ends(flow);
        self.id(&format!("flow/{}/{}/{}", from.name, to.name, flow.name))
    }

    fn boundary_id(&self, boundary: &Boundary) -> String {
        self.id(&format!("boundary/{}", boundary.name))
    }

    fn boundary(&self, boundary: &Boundary) -> Value {
        let diagram = self.diagram;
        let inside = |node: &&Node| boundary.rect.contains(node.rect);
        let contained: Vec<_> = (diagram.nodes.iter().filter(inside))
            .map(|node| self.node_id(node))
            .collect();
        let crossing: Vec<_> = (diagram.flows.iter())
            .filter(|flow| self.crosses(flow, boundary))
            .map(|flow| self.flow_id(flow))
            .collect();
        json!({
            "position": {"x": boundary.rect.x, "y": boundary.rect.y},
            "size": {"width": boundary.rect.width, "height": boundary.rect.height},
            "attrs": {"label": {"text": boundary.name}},
            "visible": true,
            "shape": "trust-boundary-box",
            "id": self.boundary_id(boundary),
            "zIndex": -1,
            "data": {
                "type": "tm.BoundaryBox",
                "name": boundary.name,
                "description": "",
                "isTrustBoundary": true,
                "hasOpenThreats": false,
                "crossingFlows": crossing,
                "containedElements": contained,
            },
        })
    }

    fn crosses(&self, flow: &Flow, boundary: &Boundary) -> bool {
        let [from, to] = self.diagram.ends(flow);
        boundary.rect.contains(from.rect) != boundary.rect.contains(to.rect)
    }

    fn note(&self, text: &str, rect: Rect) -> Value {
        json!({
            "position": {"x": rect.x, "y": rect.y},
            "size": {"width": rect.width, "height": rect.height},
            "attrs": {"text": {"text": text}},
            "visible": true,
            "shape": "td-text-block",
            "id": self.id(&format!("text/{text}")),
            "zIndex": 0,
            "data": {"type": "tm.Text", "name": text, "hasOpenThreats": false},
        })
    }

    fn node(&mut self, node: &Node) -> Value {
        let id = self.node_id(node);
        let stroke = stroke(&node.more);
        let (shape, data_type, lines): (_, _, &[&str]) = match node.kind {
            Kind::Actor => ("actor", "tm.Actor", &["body"]),
            Kind::Process => ("process", "tm.Process", &["body"]),
            Kind::Store => ("store", "tm.Store", &["topLine", "bottomLine"]),
        };
        let name = lettering(node);
        let text = [("text", json!({"text": name}))];
        let lines = lines.iter().map(|line| (*line, stroke.clone()));
        json!({
            "position": {"x": node.rect.x, "y": node.rect.y},
            "size": {"width": node.rect.width, "height": node.rect.height},
            "attrs": text.into_iter().chain(lines).collect::<BTreeMap<_, _>>(),
            "visible": true,
            "shape": shape,
            "ports": ports(&id),
            "id": id,
            "zIndex": 1,
            "data": self.data(data_type, &name, &node.more, &id, properties(node.kind)),
        })
    }

    fn flow(&mut self, flow: &Flow) -> Value {
        let id = self.flow_id(flow);
        let [from, to] = self.diagram.ends(flow);
        let first = flow.via.first().copied().unwrap_or(centre(to.rect));
        let last = flow.via.last().copied().unwrap_or(centre(from.rect));
        let boundaries = self.diagram.boundaries.iter();
        let crossed: Vec<_> = boundaries
            .filter(|boundary| self.crosses(flow, boundary))
            .map(|boundary| self.boundary_id(boundary))
            .collect();
        let vertices: Vec<_> = flow
            .via
            .iter()
            .map(|(x, y)| json!({"x": x, "y": y}))
            .collect();
        let mut properties: Vec<_> = FALSE_OF_FLOWS.map(|key| (key, json!(false))).into();
        properties.push(("protocol", json!("")));
        properties.push(("trustBoundaryIds", json!(crossed)));
        json!({
            "shape": "flow",
            "attrs": {"line": arrow(&flow.more)},
            "width": 200,
            "height": 100,
            "zIndex": 10,
            "connector": "smooth",
            "labels": [{"attrs": {"label": {"text": flow.name}}, "position": 0.5}],
            "data": self.data("tm.Flow", &flow.name, &flow.more, &id, properties),
            "id": id,
            "source": self.end(from, first),
            "target": self.end(to, last),
            "vertices": vertices,
        })
    }

    /// Where a flow ends that comes from, or goes to, this direction.
    fn end(&self, node: &Node, towards: (i32, i32)) -> Value {
        let cell = self.node_id(node);
        let port = port(&cell, side(node.rect, towards));
        json!({"cell": cell, "port": port})
    }

    fn data(
        &mut self,
        data_type: &str,
        name: &str,
        more: &More,
        id: &str,
        properties: Vec<(&'static str, Value)>,
    ) -> Value {
        let mut data = Map::new();
        let reason = more.out_of_scope.unwrap_or_default();
        for (key, value) in [
            ("type", json!(data_type)),
            ("name", json!(name)),
            ("description", json!(more.description)),
            ("outOfScope", json!(more.out_of_scope.is_some())),
            ("reasonOutOfScope", json!(reason)),
            ("hasOpenThreats", json!(more.has_open_threats())),
        ] {
            data.insert(key.to_owned(), value);
        }
        for (key, default) in properties {
            let set = more.properties.iter().find(|(name, _)| *name == key);
            let value = set.map_or(default, |(_, value)| value.clone());
            data.insert(key.to_owned(), value);
        }
        let threats = more.threats.iter().map(|threat| self.threat(threat, id));
        data.insert("threats".to_owned(), threats.collect());
        Value::Object(data)
    }

    fn threat(&mut self, threat: &[&str; 6], cell: &str) -> Value {
        let [category, severity, status, title, description, mitigation] = threat;
        *self.threat_top += 1;
        json!({
            "id": self.id(&format!("threat/{cell}/{title}")),
            "title": title,
            "status": status,
            "severity": severity,
            "type": category,
            "description": description,
            "mitigation": mitigation,
            "modelType": self.diagram.method.word(),
            "new": false,
            "number": *self.threat_top,
            "score": "",
        })
    }
}

/// The properties of a flow that are false unless the sketch says so.
const FALSE_OF_FLOWS: [&str; 3] = ["isBidirectional", "isEncrypted", "isPublicNetwork"];

/// The security properties of a node, as long as the sketch does not say otherwise.
fn properties(kind: Kind) -> Vec<(&'static str, Value)> {
    let false_ones: &[&str] = match kind {
        Kind::Actor => &["providesAuthentication"],
        Kind::Process => &[
            "handlesCardPayment",
            "handlesGoodsOrServices",
            "isWebApplication",
        ],
        Kind::Store => &[
            "isALog",
            "isEncrypted",
            "isSigned",
            "storesCredentials",
            "storesInventory",
        ],
    };
    let mut all: Vec<_> = false_ones.iter().map(|key| (*key, json!(false))).collect();
    if kind == Kind::Process {
        all.push(("privilegeLevel", json!("")));
    }
    all
}

/// A flow's line.
fn arrow(more: &More) -> Value {
    let mut line = stroke(more);
    if let Some(line) = line.as_object_mut() {
        line.insert("targetMarker".to_owned(), json!({"name": "block"}));
        line.insert("sourceMarker".to_owned(), json!({"name": ""}));
    }
    line
}

/// A node's name, on two lines where one would not fit into a circle.
fn lettering(node: &Node) -> String {
    let name = &node.name;
    let middle = name.len() / 2;
    let space = (name.match_indices(' ')).min_by_key(|(place, _)| place.abs_diff(middle));
    match space {
        Some((place, _)) if node.kind == Kind::Process && name.len() > 12 => {
            let (first, second) = name.split_at(place);
            format!("{first}\n{}", second.trim_start())
        }
        _ => name.clone(),
    }
}

/// A line's style: red and thick where a threat is open, dashed where out of scope.
fn stroke(more: &More) -> Value {
    let open = more.has_open_threats();
    json!({
        "stroke": if open { "red" } else { "#333333" },
        "strokeWidth": if open { 2.5 } else { 1.5 },
        "strokeDasharray": more.out_of_scope.map(|_| "4 3"),
    })
}

fn ports(cell: &str) -> Value {
    let circle = json!({"circle": {
        "r": 4,
        "magnet": true,
        "stroke": "#5F95FF",
        "strokeWidth": 1,
        "fill": "#fff",
        "style": {"visibility": "hidden"},
    }});
    let group = |side: &str| (side.to_owned(), json!({"position": side, "attrs": circle}));
    let groups: Map<String, Value> = SIDES.into_iter().map(group).collect();
    let items: Vec<_> = SIDES
        .map(|side| json!({"group": side, "id": port(cell, side)}))
        .into();
    json!({"groups": groups, "items": items})
}

fn port(cell: &str, side: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{cell}/{side}").as_bytes()).to_string()
}

fn centre(rect: Rect) -> (i32, i32) {
    (rect.x + rect.width / 2, rect.y + rect.height / 2)
}

/// The side of a node that looks towards a point.
fn side(rect: Rect, towards: (i32, i32)) -> &'static str {
    let (x, y) = centre(rect);
    let (dx, dy) = (towards.0 - x, towards.1 - y);
    match (dx.abs() >= dy.abs(), dx >= 0, dy >= 0) {
        (true, true, _) => "right",
        (true, false, _) => "left",
        (false, _, true) => "bottom",
        (false, _, false) => "top",
    }
}
