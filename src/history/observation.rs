//! What a page told, ready to be kept: it outlives the page, and can be made on any thread.

use uuid::Uuid;

use super::role_number;
use super::wording::Wording;
use crate::entry::Sighting;
use crate::resolve::Instant;

/// What one page told at one moment.
#[derive(Debug)]
pub struct Observation {
    pub(super) at: i64,
    pub(super) digest: [u8; 20],
    pub(super) items: Vec<Observed>,
}

/// What it told of one item; times in seconds since 1970.
#[derive(Debug)]
pub(super) struct Observed {
    /// One a line.
    pub(super) places: String,
    pub(super) role: i64,
    pub(super) sections: Vec<String>,
    pub(super) text_id: Uuid,
    pub(super) link_id: Option<Uuid>,
    pub(super) window: Option<(i64, i64)>,
    pub(super) published: Option<i64>,
    pub(super) updated: i64,
    pub(super) wording: Wording,
    /// Of the wording.
    pub(super) digest: [u8; 20],
}

impl Observation {
    /// Of what a page told. `digest` tells pages of the same moment apart (see [`digest`](super::digest)).
    pub fn of(at: Instant, digest: [u8; 20], sightings: &[Sighting<'_, '_>]) -> Self {
        Self { at: at.timestamp(), digest, items: sightings.iter().map(Observed::of).collect() }
    }
}

impl Observed {
    fn of(sighting: &Sighting<'_, '_>) -> Self {
        let wording = Wording::of(sighting);
        Self {
            places: sighting.places.join("\n"),
            role: role_number(sighting.item.role),
            sections: sighting.sections.iter().map(|section| (*section).to_owned()).collect(),
            text_id: sighting.text_id,
            link_id: sighting.link_id,
            window: sighting.window.map(|window| (window.earliest.timestamp(), window.latest.timestamp())),
            published: sighting.published.map(|time| time.timestamp()),
            updated: sighting.updated.timestamp(),
            digest: wording.digest(),
            wording,
        }
    }

    /// The id that the page alone gives the item.
    pub(super) fn id(&self) -> Uuid {
        self.link_id.unwrap_or(self.text_id)
    }

    /// By what its entry is found again.
    pub(super) fn keys(&self) -> impl Iterator<Item = Uuid> {
        [Some(self.text_id), self.link_id].into_iter().flatten()
    }
}
