//! What a piece of work costs: the processor time of this thread, and how often it asks for memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The two sides take turns, so that what else the machine does meets both; the least of many is what the work itself takes.
const ROUNDS: usize = 300;

#[global_allocator]
static COUNTED: Counted = Counted;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

/// The system's allocator, counting how often memory is asked for.
struct Counted;

#[allow(unsafe_code, reason = "there is no other way to be told of an allocation")]
// SAFETY: every call is passed on as it is.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: what the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: what the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: what the caller promises.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// The cost of a piece of work.
pub struct Cost {
    pub time: Duration,
    pub allocations: u64,
}

/// Two pieces of work, side by side.
pub fn compare<A, B>(ours: impl Fn() -> A, theirs: impl Fn() -> B) -> [Cost; 2] {
    let allocations = [allocations(&ours), allocations(&theirs)];
    let mut least = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        least = [least[0].min(time(&ours)), least[1].min(time(&theirs))];
    }
    let [ours, theirs] = [0, 1].map(|side| Cost { time: least[side], allocations: allocations[side] });
    [ours, theirs]
}

fn allocations<T>(work: impl Fn() -> T) -> u64 {
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    black_box(work());
    ALLOCATIONS.load(Ordering::Relaxed) - before
}

/// What the work gives is dropped outside: who reads a reply does that later.
fn time<T>(work: impl Fn() -> T) -> Duration {
    let before = now();
    let done = black_box(work());
    let time = now().saturating_sub(before);
    drop(done);
    time
}

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}
