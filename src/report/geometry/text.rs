//! How wide names are and how they are broken into lines, estimated without a font.

use unicode_general_category::{GeneralCategory, get_general_category};

/// In pixels.
pub(in super::super) const FONT_SIZE: f64 = 14.0;
/// Of what is in no list, in thousandths of the font size.
const USUAL: u16 = 600;

/// The lines of a text, and how much room they take.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct TextBlock {
    pub(in super::super) lines: Vec<String>,
    pub(in super::super) width: f64,
    /// The lines stand one font size below each other, as those of the files' own editor.
    pub(in super::super) height: f64,
}

/// How wide a text is in a line.
pub(in super::super) fn text_width(text: &str, size: f64) -> f64 {
    ems(0.0, text) * size
}

/// The width of a text behind one of this width, in font sizes. Added up sign by sign as the browser
/// does it, so that both break a line at the same place.
fn ems(before: f64, text: &str) -> f64 {
    let widths = text
        .chars()
        .map(|letter| f64::from(advance(letter)) / 1000.0);
    widths.fold(before, |ems, width| ems + width)
}

/// Characters by their width in thousandths of the font size: Arial, and Liberation Sans that is as wide.
const WIDTHS: [(u16, &str); 20] = [
    (191, "'"),
    (222, "ijl"),
    (260, "|"),
    (278, " !,./:;[\\]ftI"),
    (333, "()-`r"),
    (334, "{}"),
    (355, "\""),
    (389, "*"),
    (469, "^"),
    (500, "ckvxyszJ"),
    (556, "0123456789#$?_Labdeghnopqu"),
    (584, "+<=>~"),
    (611, "FTZ"),
    (667, "&ABEKPSVXY"),
    (722, "wCDHNRU"),
    (778, "GOQ"),
    (833, "mM"),
    (889, "%"),
    (944, "W"),
    (1015, "@"),
];

/// Those widths by character; nought where there is none.
#[expect(
    clippy::indexing_slicing,
    reason = "a constant is made by the compiler, which would refuse it"
)]
const ASCII: [u16; 128] = {
    let mut widths = [0; 128];
    let mut row = 0;
    while row < WIDTHS.len() {
        let (width, letters) = WIDTHS[row];
        let letters = letters.as_bytes();
        let mut at = 0;
        while at < letters.len() {
            widths[letters[at] as usize] = width;
            at += 1;
        }
        row += 1;
    }
    widths
};

fn advance(letter: char) -> u16 {
    let known = ASCII.get(letter as usize).copied().unwrap_or_default();
    match letter {
        _ if known > 0 => known,
        _ if is_unseen(letter) => 0,
        _ if is_wide(letter) => 1000,
        _ => USUAL,
    }
}

/// Marks that are set over the letter before them, and characters that are not seen.
fn is_unseen(letter: char) -> bool {
    let category = get_general_category(letter);
    is_mark(letter) || matches!(category, GeneralCategory::Format | GeneralCategory::Control)
}

fn is_mark(letter: char) -> bool {
    matches!(
        get_general_category(letter),
        GeneralCategory::NonspacingMark
            | GeneralCategory::SpacingMark
            | GeneralCategory::EnclosingMark
    )
}

/// Characters as wide as high: those of Chinese, Japanese and Korean, wide forms, pictographs.
fn is_wide(letter: char) -> bool {
    matches!(letter,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// The lines of a text as they stand in it.
pub(in super::super) fn lines(text: &str, size: f64) -> TextBlock {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.split('\n').map(ToOwned::to_owned);
    block(
        if text.is_empty() {
            Vec::new()
        } else {
            lines.collect()
        },
        size,
    )
}

/// The lines of a text; a line wider than `width` is broken between words, and within a word only where
/// the word alone is too wide.
pub(in super::super) fn wrap(text: &str, width: f64, size: f64) -> TextBlock {
    let written = lines(text, size);
    if written.width <= width {
        return written;
    }
    let broken = written
        .lines
        .iter()
        .flat_map(|line| broken(line, width, size));
    block(broken.collect(), size)
}

fn block(lines: Vec<String>, size: f64) -> TextBlock {
    let width = lines
        .iter()
        .fold(0.0, |widest: f64, line| widest.max(text_width(line, size)));
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    TextBlock {
        lines,
        width,
        height: f64::from(count) * size,
    }
}

fn broken(line: &str, width: f64, size: f64) -> Vec<String> {
    if text_width(line, size) <= width {
        return vec![line.to_owned()];
    }
    let mut found = Vec::new();
    let mut current = Piece::default();
    for word in line.split(is_space).filter(|word| !word.is_empty()) {
        let space = if current.text.is_empty() { "" } else { " " };
        let longer = ems(ems(current.ems, space), word);
        if longer * size <= width {
            current.push(space, current.ems);
            current.push(word, longer);
            continue;
        }
        found.extend(current.taken());
        let mut pieces = cut(word, width, size);
        current = pieces.pop().unwrap_or_default();
        found.extend(pieces.into_iter().map(|piece| piece.text));
    }
    found.extend(current.taken());
    found
}

/// The start of a line, and how wide it is.
#[derive(Default)]
struct Piece {
    text: String,
    ems: f64,
}

impl Piece {
    fn push(&mut self, text: &str, ems: f64) {
        self.text.push_str(text);
        self.ems = ems;
    }

    /// The text, when there is one; another piece begins.
    fn taken(&mut self) -> Option<String> {
        let Self { text, .. } = std::mem::take(self);
        (!text.is_empty()).then_some(text)
    }
}

/// What parts words in a browser.
fn is_space(letter: char) -> bool {
    (letter.is_whitespace() && letter != '\u{85}') || letter == '\u{feff}'
}

/// A word in pieces no wider than `width`, each of at least one letter.
fn cut(word: &str, width: f64, size: f64) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut current = Piece::default();
    for letter in letters(word) {
        let longer = ems(current.ems, letter);
        if !current.text.is_empty() && longer * size > width {
            pieces.push(std::mem::take(&mut current));
        }
        let wide = ems(current.ems, letter);
        current.push(letter, wide);
    }
    pieces.push(current);
    pieces
}

/// Letters with the marks over them, so that no mark loses its letter.
fn letters(word: &str) -> impl Iterator<Item = &str> {
    let starts = word
        .char_indices()
        .filter(|(at, letter)| *at == 0 || !is_mark(*letter));
    let starts: Vec<_> = starts.map(|(at, _)| at).chain([word.len()]).collect();
    let ends: Vec<_> = starts.iter().copied().skip(1).collect();
    starts
        .into_iter()
        .zip(ends)
        .filter_map(|(start, end)| word.get(start..end))
}
