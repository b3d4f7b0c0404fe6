//! Saving: what a person sends becomes a commit that loses nobody's work.

use super::past::Past;
use super::settle::{Bases, settle};
use super::{Base, Known, ModelRef, ModelStore, Occasion, Origin, Saved, StoreError, Title, apart};
use crate::model::{Document, Note, diff};
use crate::provider::{Action, Change, CommitSummary, Expect, Version};

/// How often a save is merged anew because the file changed while it was merged. Servers that share no
/// turns may overtake each other with every second save, so that 16 in a row do happen.
const TRIES_MAX: usize = 40;

/// What a save made of what others had changed.
#[derive(Debug, Clone)]
pub struct Merge {
    /// What is stored now: more than was sent.
    pub document: Document,
    /// What was settled without asking.
    pub notes: Vec<Note>,
}

/// What is to be committed.
struct Draft {
    text: Document,
    merge: Option<Merge>,
    title: Option<Title>,
    expect: Version,
}

impl ModelStore {
    /// Saves a model over the version it was made from. What did not change keeps the spelling it
    /// has in the repository, so that the commit shows the edit and nothing else.
    ///
    /// Unless the origin is [exact](Origin::Exactly), what others have changed since is merged by
    /// meaning; where the same thing was changed in two ways, nothing is saved. Of an origin that
    /// is one of several, the last is taken where the document shows that it was made from it; see
    /// `settle.rs`. A merge that somebody else's commit overtakes is made anew, a few times. Those
    /// who merge do it one after another, see `turns.rs`: at once, each would overtake all others.
    ///
    /// A stored file that cannot be read as a model is replaced by whoever names its version, and a
    /// conflict for everybody else.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the model is in another version by now; saving again what is
    /// already there is none. [`StoreError::Collision`], [`StoreError::UnclearBase`],
    /// [`StoreError::UnknownBase`] and [`StoreError::UnreadableBase`] when it cannot be merged.
    /// [`StoreError::NotFound`], or what the provider says.
    pub async fn save(
        &self,
        at: &ModelRef,
        document: &Document,
        origin: &Origin,
        occasion: &Occasion,
    ) -> Result<Saved, StoreError> {
        let _turn = if origin.merges() {
            Some(self.turns.take(at).await)
        } else {
            None
        };
        let mut tries = 1;
        loop {
            let draft = self.draft(at, document, origin).await?;
            let otherwise = format!("Update threat model {}", at.model);
            let title = draft.title.map_or(otherwise, |title| title.to_string());
            let change = Change {
                path: self.path(&at.model)?,
                action: Action::Put(draft.text.bytes()),
                expect: Expect::Version(draft.expect),
            };
            let made = self
                .commit(at, vec![change], occasion.message(&title))
                .await;
            let overtaken = matches!(made, Err(StoreError::Conflict { now: Some(_) }));
            if overtaken && origin.merges() && tries < TRIES_MAX {
                tries += 1;
                continue;
            }
            if let Ok(saved) = &made {
                self.parsed.keep(saved.version.clone(), draft.text);
            }
            let merge = draft.merge;
            return made.map(|saved| Saved { merge, ..saved });
        }
    }

    async fn draft(
        &self,
        at: &ModelRef,
        incoming: &Document,
        origin: &Origin,
    ) -> Result<Draft, StoreError> {
        let tip = self
            .provider
            .resolve(&self.who, &at.repository, &at.branch)
            .await?;
        let file = self.read(at, &tip).await?.ok_or(StoreError::NotFound)?;
        let (now, size) = (file.version.clone(), file.bytes.len());
        let stored = self.parsed.document(file).await;
        let (last, earlier) = match origin {
            Origin::Exactly(Base::Version(base)) => {
                return Ok(over(stored.ok(), size, incoming, base.clone()).await);
            }
            Origin::Exactly(Base::Any) => {
                return Ok(over(stored.ok(), size, incoming, now).await);
            }
            Origin::Known(base) => (base, [].as_slice()),
            Origin::OneOf { last, earlier } => (last, earlier.as_slice()),
        };
        let is_current = |known: &Known| matches!(known, Known::Stored(version) if *version == now);
        if is_current(last) && earlier.iter().all(is_current) {
            return Ok(over(stored.ok(), size, incoming, now).await);
        }
        let Ok(stored) = stored else {
            return Err(StoreError::Conflict { now: Some(now) });
        };
        let mut bases = BasesOf {
            past: self.past(at, tip)?,
            now: (&now, &stored),
        };
        let bases = bases.all(last, earlier).await?;
        merged(stored, incoming.clone(), bases, now).await
    }
}

/// The incoming document, written as what is stored is; what is there and cannot be read gives no
/// spelling, and the new text stands for itself.
async fn over(
    stored: Option<Document>,
    size: usize,
    incoming: &Document,
    expect: Version,
) -> Draft {
    let size = size + incoming.bytes().len();
    let incoming = incoming.clone();
    let written = apart(size, move || match stored {
        Some(stored) => {
            let text = stored.revised_by(&incoming);
            let title = title(&stored, &text);
            (text, title)
        }
        None => (incoming.formatted(), None),
    });
    let (text, title) = written.await;
    Draft {
        text,
        merge: None,
        title,
        expect,
    }
}

/// The incoming document and what others have changed, put together.
async fn merged(
    stored: Document,
    incoming: Document,
    bases: Bases,
    now: Version,
) -> Result<Draft, StoreError> {
    let size = stored.bytes().len() + incoming.bytes().len() + bases.size();
    let work = move || {
        let merged = settle(&stored, &incoming, &bases, &now)?;
        let text = stored.revised_by(&merged.document);
        let title = title(&stored, &text);
        let merge = (text != incoming).then(|| Merge {
            document: text.clone(),
            notes: merged.notes,
        });
        Ok(Draft {
            text,
            merge,
            title,
            expect: now,
        })
    };
    apart(size, work).await
}

/// What a commit says that turns one document into the other.
fn title(old: &Document, new: &Document) -> Option<Title> {
    Title::made(&diff(old, new).summary()?)
}

/// Where the documents are found that a save may have been made from.
struct BasesOf<'a> {
    past: Past<'a>,
    now: (&'a Version, &'a Document),
}

impl BasesOf<'_> {
    async fn all(&mut self, last: &Known, earlier: &[Known]) -> Result<Bases, StoreError> {
        let last_document = self.document(last).await?;
        let mut documents = Vec::with_capacity(earlier.len());
        for known in earlier.iter().filter(|known| *known != last) {
            documents.push(self.document(known).await?);
        }
        Ok(Bases {
            last: last_document,
            earlier: documents,
        })
    }

    async fn document(&mut self, known: &Known) -> Result<Document, StoreError> {
        let version = match known {
            Known::Sent(document) => return Ok(document.clone()),
            Known::Stored(version) => version,
        };
        let (now, stored) = self.now;
        if version == now {
            return Ok(stored.clone());
        }
        let had = |change: &CommitSummary| change.version.as_ref() == Some(version);
        let place = self.past.find(had).await?;
        let now = now.clone();
        let place = place.ok_or_else(|| StoreError::UnknownBase { now: now.clone() })?;
        match self.past.document(place).await {
            Ok((_, document)) => Ok(document),
            Err(StoreError::Unreadable(_)) => Err(StoreError::UnreadableBase { now }),
            Err(error) => Err(error),
        }
    }
}
