//! The same work on many things, on all cores where there is enough of it.

use std::panic::resume_unwind;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

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

/// Has `work` done on all cores with things that are made one after another here. No more of them are in memory at
/// once than weigh `most` together, and the one that is made meanwhile. The first error ends it.
pub(crate) fn stream<T: Send, E: Send>(
    things: impl Iterator<Item = Result<T, E>>,
    weight: impl Fn(&T) -> usize,
    most: usize,
    work: impl Fn(T) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let (under_way, failed) = (Weights::default(), Mutex::new(None));
    let fail = |error| _ = lock(&failed).get_or_insert(error);
    rayon::in_place_scope(|scope| {
        let (work, fail, under_way) = (&work, &fail, &under_way);
        for thing in things {
            match thing {
                Ok(thing) => {
                    let held = under_way.hold(weight(&thing), most);
                    scope.spawn(move |_| {
                        work(thing).unwrap_or_else(fail);
                        drop(held);
                    });
                }
                Err(error) => fail(error),
            }
            if lock(&failed).is_some() {
                break;
            }
        }
    });
    lock(&failed).take().map_or(Ok(()), Err)
}

/// How much is under way.
#[derive(Default)]
struct Weights {
    sum: Mutex<usize>,
    lighter: Condvar,
}

/// A part of it, until it is dropped, be it by a panic.
struct Held<'w>(&'w Weights, usize);

impl Weights {
    /// Waits until there is room. What weighs more than all that may be goes alone.
    fn hold(&self, weight: usize, most: usize) -> Held<'_> {
        let is_full = |sum: &mut usize| *sum > 0 && *sum + weight > most;
        let sum = self.lighter.wait_while(lock(&self.sum), is_full);
        *sum.unwrap_or_else(PoisonError::into_inner) += weight;
        Held(self, weight)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *lock(&self.0.sum) -= self.1;
        self.0.lighter.notify_all();
    }
}

/// What a mutex holds. A panic elsewhere ends the program in its own way.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// So many threads wait for the disk while others work.
const ASIDE: usize = 4;

/// Threads that mostly wait for the disk, while others go on.
pub(crate) struct Aside<T, E> {
    give: Option<Sender<T>>,
    threads: Vec<JoinHandle<Result<(), E>>>,
}

impl<T: Send + 'static, E: Send + 'static> Aside<T, E> {
    /// `work` is done with each thing that is given.
    pub(crate) fn new(work: fn(T) -> Result<(), E>) -> Self {
        let (give, take) = std::sync::mpsc::channel();
        let take = Arc::new(Mutex::new(take));
        let next = move || lock(&take).recv().ok();
        let threads = (0..ASIDE).map(|_| {
            let next = next.clone();
            std::thread::spawn(move || std::iter::from_fn(next).try_for_each(work))
        });
        Self { give: Some(give), threads: threads.collect() }
    }

    /// Has it done with one more; what comes after a failure may be left.
    pub(crate) fn give(&self, thing: T) {
        if let Some(give) = &self.give {
            _ = give.send(thing);
        }
    }

    /// Waits until all is done; the first error.
    pub(crate) fn finish(&mut self) -> Result<(), E> {
        self.give = None;
        let threads = std::mem::take(&mut self.threads).into_iter();
        let done = threads.map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        done.collect::<Vec<_>>().into_iter().collect()
    }
}

/// So many threads wait at once.
const WAITING: usize = 4;

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
        let done =
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        done.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_stream_does_all_of_it_and_holds_no_more_than_is_said() {
        let (now, most, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let things = (0..200).map(|number| Ok::<_, ()>(number % 7));
        let came = stream(
            things,
            |weight| *weight,
            10,
            |weight| {
                most.fetch_max(now.fetch_add(weight, Ordering::SeqCst) + weight, Ordering::SeqCst);
                now.fetch_sub(weight, Ordering::SeqCst);
                done.fetch_add(1, Ordering::SeqCst);
                Ok(())
            },
        );
        assert_eq!((came, done.into_inner()), (Ok(()), 200));
        assert!(most.into_inner() <= 10);
    }

    #[test]
    fn what_weighs_more_than_all_that_may_be_goes_alone() {
        let done = AtomicUsize::new(0);
        let came = stream(
            [5, 100, 5].into_iter().map(Ok::<_, ()>),
            |weight| *weight,
            10,
            |weight| {
                done.fetch_add(weight, Ordering::SeqCst);
                Ok(())
            },
        );
        assert_eq!((came, done.into_inner()), (Ok(()), 110));
    }

    #[test]
    fn an_error_ends_a_stream_wherever_it_comes_from() {
        let made = AtomicUsize::new(0);
        let things =
            [Ok(1), Err("made"), Ok(2)].into_iter().inspect(|_| _ = made.fetch_add(1, Ordering::SeqCst));
        assert_eq!(stream(things, |_| 1, 10, |_| Ok(())), Err("made"));
        assert_eq!(made.into_inner(), 2);
        // One at a time, so that the second is made when the first has failed.
        let made = AtomicUsize::new(0);
        let things = [Ok(1), Ok(2), Ok(3)].into_iter().inspect(|_| _ = made.fetch_add(1, Ordering::SeqCst));
        assert_eq!(stream(things, |_| 10, 10, |_| Err("done")), Err("done"));
        assert!(made.into_inner() < 3);
    }

    #[test]
    fn a_panic_in_a_stream_is_not_waited_for() {
        let work = || {
            stream(
                (0..100).map(Ok::<_, ()>),
                |_| 10,
                10,
                |at| if at == 1 { panic!("on purpose") } else { Ok(()) },
            )
        };
        assert!(std::panic::catch_unwind(work).is_err());
    }

    #[test]
    fn what_is_done_aside_is_waited_for_and_its_error_told() {
        let mut aside = Aside::new(|number: u32| if number == 7 { Err(number) } else { Ok(()) });
        (0..5).for_each(|number| aside.give(number));
        assert_eq!(aside.finish(), Ok(()));
        let mut aside = Aside::new(|number: u32| if number == 7 { Err(number) } else { Ok(()) });
        (5..100).for_each(|number| aside.give(number));
        assert_eq!(aside.finish(), Err(7));
    }
}
