//! The shapes of the model's own answers, as the API's description has them.

use utoipa::ToSchema;

use super::conflicts::Place;

/// A change to the model, or to one thing in it; `docs/diff.md` describes it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct Difference {
    /// What has changed, by its newer names.
    subject: Place,
    kind: DifferenceKind,
    aspect: Aspect,
    /// Where it is in the old model: an RFC 6901 JSON pointer.
    #[schema(value_type = String, required = false)]
    before: Option<String>,
    /// The same for the new model.
    #[schema(value_type = String, required = false)]
    after: Option<String>,
    /// What it belonged to, when it now belongs to something else.
    #[schema(value_type = Place, required = false)]
    from: Option<Place>,
    /// What was added or removed with it.
    #[schema(value_type = Contents, required = false)]
    contents: Option<Contents>,
    /// The members that are different.
    #[schema(value_type = Vec<FieldDifference>, required = false)]
    fields: Option<Vec<FieldDifference>>,
}

/// What has happened to a thing.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) enum DifferenceKind {
    Added,
    Removed,
    Changed,
    Moved,
    Retyped,
    Reordered,
    Rewritten,
}

/// In what respect something has changed.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) enum Aspect {
    Meaning,
    Layout,
    Derived,
}

/// How many things an added or removed one contains.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct Contents {
    cells: usize,
    threats: usize,
}

/// A member with another value.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct FieldDifference {
    /// The path inside the subject.
    #[schema(example = "data/protocol")]
    path: String,
    /// The old value; not there where there was none.
    #[schema(value_type = serde_json::Value, required = false)]
    before: Option<()>,
    /// The new value; not there where there is none.
    #[schema(value_type = serde_json::Value, required = false)]
    after: Option<()>,
    /// The name of the cell that the old value refers to, when it is a flow's end.
    #[schema(value_type = String, required = false)]
    named_before: Option<String>,
    /// The same for the new value.
    #[schema(value_type = String, required = false)]
    named_after: Option<String>,
    /// `true` where this stands for more changes than are told one by one.
    #[schema(value_type = bool, required = false)]
    cut: Option<bool>,
}

/// A number of threats for each severity.
#[derive(ToSchema)]
#[schema(as = Severities)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct SeveritiesShape {
    critical: usize,
    high: usize,
    medium: usize,
    low: usize,
    /// Undecided, or a word that the format does not name.
    tbd: usize,
}

/// A diagram as boxes and lines, in whole pixels; `left` and `top` are its upper corner.
#[derive(ToSchema)]
#[schema(as = Drawing)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct DrawingShape {
    left: i32,
    top: i32,
    width: i32,
    height: i32,
    /// At most 150, the lowest first.
    boxes: Vec<DrawnBox>,
    /// At most 250, the lowest first.
    lines: Vec<DrawnLine>,
}

/// An element, a boundary or a text, as the rectangle around it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct DrawnBox {
    kind: BoxKind,
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

/// What a box is.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) enum BoxKind {
    Actor,
    Process,
    Store,
    Text,
    Boundary,
    Unknown,
}

/// A flow, or a trust boundary that is a curve.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct DrawnLine {
    kind: LineKind,
    /// Each an x and a y.
    points: Vec<(i32, i32)>,
}

/// What a line is.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) enum LineKind {
    Flow,
    Boundary,
}
