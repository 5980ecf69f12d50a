//! The same work on many things, on all cores where there is enough of it.

use rayon::prelude::*;

/// Fewer are done before the threads have started.
const ENOUGH: usize = 1_000;

/// What `work` makes of each, in their order.
pub(crate) fn map<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    if things.len() < ENOUGH {
        return things.iter().map(work).collect();
    }
    things.par_iter().map(work).collect()
}
