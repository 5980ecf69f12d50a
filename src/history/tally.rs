//! What a batch brought, in numbers.

use serde::Serialize;

use super::Batch;

/// How many entries came and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Entries that were not known.
    pub new: usize,
    /// Known ones that now say something else.
    pub edited: usize,
}

impl Batch<'_> {
    /// What has come since the batch began.
    pub fn tally(&self) -> Tally {
        let (new, edited) = self.store.count_new();
        Tally { new, edited }
    }
}
