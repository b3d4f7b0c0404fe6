//! `wyvern render`: pictures of the diagrams of a model.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::exit::{DONE, FAILED, INVALID, USAGE, worse};
use super::files::{self, Reason, Refusal};
use super::shown::{shown_path, unbroken};
use super::{print, say};
use crate::model::{DiagramView, Document, Generation, upgrade};
use crate::report::{SvgOptions, Theme, svg};

/// Draw the diagrams of a model as SVG.
///
/// The picture of one diagram is printed. Those of several are written into a folder, each as
/// `<number>.svg`. A picture is the one that the browser app exports: it stands alone, has no script and
/// fetches nothing.
#[derive(Debug, Args)]
pub(super) struct RenderArguments {
    /// A model.
    #[arg(value_name = "FILE")]
    model: PathBuf,
    /// Only the diagram with this number.
    #[arg(long, value_name = "N")]
    diagram: Option<u64>,
    /// Write the pictures into this folder, which is made where there is none.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// The colours.
    #[arg(long, value_enum, default_value_t = Colours::Light)]
    theme: Colours,
    /// How much larger than in the diagram, from 0.1 to 10.
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0, value_parser = scale)]
    scale: f64,
    /// Leave out the badges of elements with open threats.
    #[arg(long)]
    no_badges: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colours {
    /// On white.
    Light,
    /// On nearly black.
    Dark,
}

fn scale(text: &str) -> Result<f64, String> {
    let scale = text
        .parse()
        .ok()
        .filter(|scale| (0.1..=10.0).contains(scale));
    scale.ok_or_else(|| "a factor is a number from 0.1 to 10".to_owned())
}

/// Draws.
pub(super) fn render(arguments: &RenderArguments) -> u8 {
    let document = match read(&arguments.model) {
        Ok(document) => document,
        Err(refusal) => {
            say(refusal);
            return INVALID;
        }
    };
    let is_wanted =
        |diagram: &DiagramView<'_>| arguments.diagram.is_none_or(|id| diagram.id() == Some(id));
    let wanted: Vec<_> = document.diagrams().filter(is_wanted).collect();
    match (wanted.as_slice(), &arguments.into) {
        ([], _) => {
            say(format_args!(
                "{}: {}",
                shown_path(&arguments.model),
                none(&document)
            ));
            INVALID
        }
        (diagrams, Some(folder)) => write(&document, diagrams, folder, arguments),
        ([diagram], None) => print(svg(&document, *diagram, &arguments.options()).trim_end()),
        (_, None) => {
            let path = shown_path(&arguments.model);
            say(format_args!(
                "{path}: choose one with --diagram, or a folder with --into: {}",
                listed(&document)
            ));
            USAGE
        }
    }
}

impl RenderArguments {
    fn options(&self) -> SvgOptions {
        SvgOptions {
            theme: match self.theme {
                Colours::Light => Theme::Light,
                Colours::Dark => Theme::Dark,
            },
            scale: self.scale,
            badges: !self.no_badges,
        }
    }
}

/// Reads a model; one of version 1 is drawn as what it would be upgraded to.
fn read(path: &Path) -> Result<Document, Refusal> {
    let document = files::read_model(path)?;
    match document.generation() {
        Generation::V2 => Ok(document),
        Generation::V1 => upgrade(&document).map_err(|invalid| Reason::from(invalid).about(path)),
    }
}

fn none(document: &Document) -> String {
    match listed(document).as_str() {
        "" => "the model has no diagram".to_owned(),
        others => format!("there is no such diagram; there are: {others}"),
    }
}

/// `0 Main, 3 Payment`.
fn listed(document: &Document) -> String {
    let named = |diagram: DiagramView<'_>| {
        let id = diagram.id().map(|id| format!("{id} "));
        format!("{}{}", id.unwrap_or_default(), unbroken(diagram.title()))
    };
    document
        .diagrams()
        .map(named)
        .collect::<Vec<_>>()
        .join(", ")
}

fn write(
    document: &Document,
    diagrams: &[DiagramView<'_>],
    folder: &Path,
    arguments: &RenderArguments,
) -> u8 {
    if let Err(error) = fs::create_dir_all(folder) {
        say(format_args!("{}: {error}", shown_path(folder)));
        return FAILED;
    }
    let mut code = DONE;
    for (place, diagram) in diagrams.iter().enumerate() {
        // A number that is not there, or not once, is what `wyvern check` tells.
        let name = diagram
            .id()
            .map_or_else(|| format!("without-number-{place}"), |id| id.to_string());
        let path = folder.join(name).with_extension("svg");
        let picture = svg(document, *diagram, &arguments.options());
        code = worse(
            code,
            match files::replace(&path, picture.as_bytes()) {
                Ok(()) => print(shown_path(&path)),
                Err(error) => {
                    say(format_args!("{}: {error}", shown_path(&path)));
                    FAILED
                }
            },
        );
    }
    code
}
