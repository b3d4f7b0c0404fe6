//! The walk through three versions of a document, from the top to where they differ.

use std::collections::{HashMap, HashSet};

use crate::model::anatomy::{About, Member, Thing, Way};
use crate::model::json::{Draft, Kind, Value};

use super::Side;
use super::change::says_other;
use super::conflict::{Conflict, Note, Trouble};
use super::derived;
use super::diagram_ids::DiagramIds;
use super::ends::still_needed;
use super::members::members;
use super::place::Place;
use super::three::{Agreement, Three};
use super::triples::Triples;
use super::unnamed::{self, Unnamed};

/// What the walk needs to know and what it finds.
pub(super) struct Walk<'a> {
    pub(super) settled: Side,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) notes: Vec<Note>,
    /// The cells that both sides have changed, by pointer, as our side and theirs have them.
    pub(super) mixed_cells: HashMap<String, [Option<Value<'a>>; 2]>,
    pub(super) diagram_ids: DiagramIds,
    /// The ids of threats that the upgrade has made, which nobody else knows.
    pub(super) made_ids: HashSet<String>,
    /// How many bytes of conflicts may still be told; nothing when there were more. Their places
    /// and values would else take a multiple of the documents that nobody has memory for.
    pub(super) room: Option<usize>,
}

impl<'a> Walk<'a> {
    /// The merged part; nothing when it is deleted.
    pub(super) fn part(
        &mut self,
        member: Member,
        place: &Place<'_>,
        three: Three<'a>,
    ) -> Option<Draft<'a>> {
        match three.agreement(self.settled) {
            Agreement::Kept(value) => return Some(Draft::Kept(value)),
            Agreement::Gone => return None,
            Agreement::Missing => {}
        }
        let (Some(ours), Some(theirs)) = (three.ours, three.theirs) else {
            return self.deleted_and_changed(member, place, three);
        };
        let both = |kind| ours.kind() == kind && theirs.kind() == kind;
        let merged = match member.way {
            Way::Larger => derived::larger(three).map(Draft::Kept),
            Way::Counts => derived::counts(three),
            Way::Members(_) | Way::ByForm if both(Kind::Object) => {
                Some(self.object(member, place, three))
            }
            Way::Things(thing) if both(Kind::Array) => {
                Some(self.things(thing, member, place, three))
            }
            Way::ByForm if both(Kind::Array) => self.array(member, place, three),
            _ => None,
        };
        if merged.is_none() && member.about != About::Derived {
            self.collide(member, place, three);
        }
        merged.or_else(|| three.of(self.settled).map(Draft::Kept))
    }

    /// An object, member by member.
    fn object(&mut self, member: Member, place: &Place<'_>, three: Three<'a>) -> Draft<'a> {
        let mut merged = Vec::new();
        for (key, three) in members(three, self.settled) {
            let part = self.part(member.member(&key), &place.member(&key), three);
            merged.extend(part.map(|part| (key, part)));
        }
        Draft::Object(merged)
    }

    /// An array of things, each with its own like.
    fn things(
        &mut self,
        thing: Thing,
        member: Member,
        place: &Place<'_>,
        arrays: Three<'a>,
    ) -> Draft<'a> {
        let triples = Triples::of(thing, arrays, self.settled, &self.made_ids);
        if triples.both_reordered && member.about != About::Derived {
            let text = "the order was changed on both sides; one of them is kept".to_owned();
            let subject = place.subject();
            self.notes.push(Note { subject, text });
        }
        let needed = match thing {
            Thing::Cell => still_needed(&triples, self.settled),
            _ => HashSet::new(),
        };
        let mut merged = Vec::new();
        for index in triples.order {
            let Some(three) = triples.all.get(index).copied() else {
                continue;
            };
            let Some(any) = three.any(self.settled) else {
                continue;
            };
            if let (Agreement::Kept(_), Thing::Cell | Thing::Threat, false) = (
                three.agreement(self.settled),
                thing,
                needed.contains(&index),
            ) {
                // Most things, and they need no name.
                merged.extend(self.part(member.element(), place, three));
                continue;
            }
            let place = place.thing(thing, any, merged.len());
            let part = if needed.contains(&index) {
                self.kept_for_flow(member.element(), &place, three)
            } else {
                self.thing(thing, member.element(), &place, three)
            };
            merged.extend(part);
        }
        Draft::Array(merged)
    }

    fn thing(
        &mut self,
        thing: Thing,
        member: Member,
        place: &Place<'_>,
        three: Three<'a>,
    ) -> Option<Draft<'a>> {
        let before = self.conflicts.len();
        let mut part = self.part(member, place, three)?;
        match thing {
            Thing::Cell if matches!(three.agreement(self.settled), Agreement::Missing) => {
                self.mixed_cells
                    .insert(place.pointer(), [three.ours, three.theirs]);
                self.say_names_once(before);
            }
            Thing::Diagram => {
                let new = self.diagram_ids.renumbered(three, self.settled, place);
                if let Some((id, note)) = new {
                    part.set("id", Draft::number(id));
                    self.notes.push(note);
                }
            }
            _ => {}
        }
        Some(part)
    }

    /// An array that no table knows: told apart by ids, by what the elements say, or by place.
    /// Nothing when none of these will do.
    fn array(&mut self, member: Member, place: &Place<'_>, three: Three<'a>) -> Option<Draft<'a>> {
        match unnamed::kind(three)? {
            Unnamed::Things(thing) => Some(self.things(thing, member, place, three)),
            Unnamed::Places(threes) => {
                let mut merged = Vec::with_capacity(threes.len());
                for (index, three) in threes.into_iter().enumerate() {
                    merged.extend(self.part(member.element(), &place.element(index), three));
                }
                Some(Draft::Array(merged))
            }
        }
    }

    /// What one side has deleted and the other has changed is kept, as a conflict; but a change of
    /// what programs work out is no reason to keep it.
    fn deleted_and_changed(
        &mut self,
        member: Member,
        place: &Place<'_>,
        three: Three<'a>,
    ) -> Option<Draft<'a>> {
        let kept = three.ours.or(three.theirs)?;
        let changed = three.base.is_none_or(|base| says_other(member, base, kept));
        if member.about == About::Derived || !changed {
            return None;
        }
        self.collide(member, place, three);
        Some(Draft::Kept(kept))
    }

    /// A cell that one side has deleted while the other has drawn a flow to it.
    fn kept_for_flow(
        &mut self,
        member: Member,
        place: &Place<'_>,
        three: Three<'a>,
    ) -> Option<Draft<'a>> {
        let trouble = match three.ours {
            None => Trouble::NeededByThem,
            Some(_) => Trouble::NeededByUs,
        };
        self.conflict(trouble, member, place, three);
        three.ours.or(three.theirs).map(Draft::Kept)
    }

    fn collide(&mut self, member: Member, place: &Place<'_>, three: Three<'_>) {
        let trouble = match (three.base, three.ours, three.theirs) {
            (_, None, _) => Trouble::DeletedByUs,
            (_, _, None) => Trouble::DeletedByThem,
            (None, ..) => Trouble::BothAdded,
            _ => Trouble::BothChanged,
        };
        self.conflict(trouble, member, place, three);
    }

    fn conflict(&mut self, trouble: Trouble, member: Member, place: &Place<'_>, three: Three<'_>) {
        let Some(room) = self.room else { return };
        let conflict = Conflict {
            subject: place.subject(),
            field: place.field(),
            trouble,
            pointer: place.pointer(),
            layout: member.about == About::Layout,
            base: three.base.map(Value::to_json),
            ours: three.ours.map(Value::to_json),
            theirs: three.theirs.map(Value::to_json),
        };
        self.room = room.checked_sub(size(&conflict));
        self.conflicts.push(conflict);
    }

    /// A cell's name is drawn from copies in its layout. Who is asked about the name is not asked
    /// about the copies.
    fn say_names_once(&mut self, before: usize) {
        let of_cell = self.conflicts.get(before..).unwrap_or_default();
        if of_cell.iter().any(|conflict| conflict.field == "data/name") {
            let mut index = 0;
            self.conflicts.retain(|conflict| {
                index += 1;
                let copy =
                    conflict.field.starts_with("attrs/") || conflict.field.starts_with("labels");
                index <= before || !(copy && conflict.layout)
            });
        }
    }
}

/// What a conflict takes, in bytes.
fn size(conflict: &Conflict) -> usize {
    let values = [&conflict.base, &conflict.ours, &conflict.theirs];
    let values = values.into_iter().flatten().map(|json| json.text().len());
    values.sum::<usize>() + conflict.pointer.len() + conflict.field.len()
}
