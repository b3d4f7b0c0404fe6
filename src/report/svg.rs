//! A diagram as an SVG file that stands alone: no script, nothing fetched, all text as text.

use std::fmt::Write as _;

use super::figure::{Attribute, Drawn, Figure, Part, Shape, Text, Theme, drawn};
use super::geometry::{Area, Point, in_drawing};
use super::scene::Scene;
use crate::model::{DiagramView, Document};

const MARGIN: f64 = 20.0;
/// What an empty diagram is drawn on.
const EMPTY: Area = Area {
    x: 0.0,
    y: 0.0,
    width: 400.0,
    height: 300.0,
};

/// How a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SvgOptions {
    /// Its colours.
    pub theme: Theme,
    /// How much larger than in the diagram it is shown.
    pub scale: f64,
    /// Whether elements with open threats have their badge.
    pub badges: bool,
}

impl Default for SvgOptions {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            scale: 1.0,
            badges: false,
        }
    }
}

/// The picture of a diagram of a model, as an XML document that ends with a line feed. It is, byte for
/// byte, the one that the browser app exports.
#[must_use]
pub fn svg(document: &Document, diagram: DiagramView<'_>, options: &SvgOptions) -> String {
    let scene = Scene::of(diagram);
    let drawn = drawn(&scene);
    let badges = || {
        drawn
            .iter()
            .filter_map(|each| each.badge.as_ref())
            .filter(|_| options.badges)
    };
    let areas = drawn.iter().filter_map(|each| each.figure.bounds);
    let all = Area::union(areas.chain(badges().map(|badge| badge.area)));
    let view = all.unwrap_or(EMPTY).grown(MARGIN);
    let mut writer = Writer {
        text: String::new(),
        theme: options.theme,
    };
    writer.head(&view, options.scale);
    writer.described(&named(&diagram.title()), &description(document, diagram));
    writer.ground(&view);
    for each in &drawn {
        writer.figure(&scene, each);
    }
    for badge in badges() {
        writer.open_group("", &badge.words);
        writer.parts(&badge.parts);
        writer.raw("</g>\n");
    }
    writer.raw("</svg>\n");
    writer.text
}

fn named(title: &str) -> String {
    if title.is_empty() {
        "Diagram".to_owned()
    } else {
        title.to_owned()
    }
}

fn description(document: &Document, diagram: DiagramView<'_>) -> String {
    let title = document.title();
    let model = (!title.is_empty()).then(|| format!("Data-flow diagram of {title}."));
    let own = super::scene::text(Some(diagram.value()), "description");
    let own = (!own.is_empty()).then(|| own.into_owned());
    let parts: Vec<_> = model.into_iter().chain(own).collect();
    parts.join(" ")
}

struct Writer {
    text: String,
    theme: Theme,
}

impl Writer {
    fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn head(&mut self, view: &Area, scale: f64) {
        self.raw(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"",
        );
        let numbers =
            [view.x, view.y, view.width, view.height].map(|number| in_drawing(number).to_string());
        self.attribute("viewBox", &numbers.join(" "));
        self.number("width", view.width * scale);
        self.number("height", view.height * scale);
        self.raw(" role=\"img\">\n");
    }

    fn described(&mut self, title: &str, description: &str) {
        for (tag, text) in [("title", title), ("desc", description)] {
            self.raw(&format!("<{tag}>"));
            self.escaped(text);
            self.raw(&format!("</{tag}>\n"));
        }
    }

    fn ground(&mut self, view: &Area) {
        self.raw("<rect");
        for (name, number) in [
            ("x", view.x),
            ("y", view.y),
            ("width", view.width),
            ("height", view.height),
        ] {
            self.number(name, number);
        }
        let fill = super::figure::surface(self.theme);
        self.attribute("fill", fill);
        self.raw("/>\n");
    }

    fn figure(&mut self, scene: &Scene<'_>, Drawn { place, figure, .. }: &Drawn) {
        let name = scene.cell(*place).map(|cell| cell.name.as_ref());
        self.open_group(&Figure::transform(figure), name.unwrap_or_default());
        self.parts(&figure.parts);
        self.raw("</g>\n");
    }

    fn open_group(&mut self, transform: &str, title: &str) {
        self.raw("<g");
        if !transform.is_empty() {
            self.attribute("transform", transform);
        }
        self.raw(">");
        if !title.is_empty() {
            self.raw("<title>");
            self.escaped(title);
            self.raw("</title>");
        }
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Shape(shape) => self.shape(shape),
                Part::Text(text) => self.lines(text),
            }
        }
    }

    fn shape(&mut self, shape: &Shape) {
        self.raw("<");
        self.raw(shape.tag);
        self.attributes(&shape.attributes);
        self.attribute("fill", &shape.fill.colour(self.theme));
        self.attribute("stroke", &shape.stroke.colour(self.theme));
        self.raw("/>");
    }

    fn lines(&mut self, text: &Text) {
        self.raw("<text");
        self.attributes(&text.attributes);
        self.attribute("fill", &text.fill.colour(self.theme));
        self.raw(" xml:space=\"preserve\">");
        for (line, Point { x, y }) in &text.lines {
            self.raw("<tspan");
            self.number("x", *x);
            self.number("y", *y);
            self.raw(">");
            self.escaped(line);
            self.raw("</tspan>");
        }
        self.raw("</text>");
    }

    fn attributes(&mut self, attributes: &[(&'static str, Attribute)]) {
        for (name, value) in attributes {
            match value {
                Attribute::Number(number) => self.number(name, *number),
                Attribute::Text(text) => self.attribute(name, text),
            }
        }
    }

    fn number(&mut self, name: &str, value: f64) {
        let value = in_drawing(value);
        write!(self.text, " {name}=\"{value}\"").expect("writing to a string does not fail");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.raw(&format!(" {name}=\""));
        self.escaped(value);
        self.raw("\"");
    }

    /// Text, without the characters that XML 1.0 knows no way to write.
    fn escaped(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\t' | '\n' | '\r' => self.text.push(letter),
                '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => {}
                _ => self.text.push(letter),
            }
        }
    }
}
