//! The same work on many things, on all cores where there is enough of it.

use rayon::prelude::*;

/// Fewer are done before the threads have started.
const ENOUGH: usize = 1_000;

/// What `work` makes of each, in their order.
pub(crate) fn map<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    if things.len() < ENOUGH {
        return things.into_iter().map(work).collect();
    }
    things.into_par_iter().map(work).collect()
}

/// The same for things of which each is much work, such as parts of a page.
pub(crate) fn map_large<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    if things.len() < 2 {
        return things.into_iter().map(work).collect();
    }
    things.into_par_iter().map(work).collect()
}

/// Gives up many things that each hold memory of their own.
pub(crate) fn give_up<T: Send>(things: Vec<T>) {
    if things.len() >= ENOUGH {
        things.into_par_iter().for_each(drop);
    }
}

/// What `work` makes of each run of so many things, in their order.
pub(crate) fn runs<T: Sync, R: Send>(
    things: &[T],
    length: usize,
    work: impl Fn(&[T]) -> R + Sync + Send,
) -> Vec<R> {
    if things.len() < ENOUGH {
        return things.chunks(length).map(work).collect();
    }
    things.par_chunks(length).map(work).collect()
}

/// What `make` makes of each thing, handed on in their order, part by part: while one part is worked with, the next
/// one is made on other threads.
pub(crate) fn ahead<T: Sync, R: Send, O>(
    parts: &[&[T]],
    make: impl Fn(&T) -> R + Sync + Send,
    work: impl FnOnce(&mut dyn Iterator<Item = R>) -> O,
) -> O {
    let (give, take) = std::sync::mpsc::sync_channel(0);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for part in parts {
                let made: Vec<_> = part.par_iter().map(&make).collect();
                // Nobody waits for more.
                if give.send(made).is_err() {
                    return;
                }
            }
        });
        work(&mut take.into_iter().flatten())
    })
}

/// Does one thing on another thread, and meanwhile one here.
pub(crate) fn both<R: Send, O>(there: impl FnOnce() -> R + Send, here: impl FnOnce() -> O) -> (Option<R>, O) {
    let mut made = None;
    let done = rayon::in_place_scope(|scope| {
        scope.spawn(|_| made = Some(there()));
        here()
    });
    (made, done)
}

/// So many threads wait at once.
const WAITING: usize = 16;

/// What `work`, which mostly waits for the disk, makes of each, in their order.
pub(crate) fn wait<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let each = things.len().div_ceil(WAITING).max(1);
    if things.len() < 2 {
        return things.iter().map(work).collect();
    }
    let work = &work;
    std::thread::scope(|scope| {
        let threads: Vec<_> = things
            .chunks(each)
            .map(|things| scope.spawn(move || things.iter().map(work).collect::<Vec<_>>()))
            .collect();
        let done = threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        done.flatten().collect()
    })
}
