//! How work grows with its size. Only CPU times of this thread are compared, so it does not matter how fast the machine is, or what else it
//! does.

use cpu_time::ThreadTime;

/// The greatest allowed ratio for four times the size. It would be four if work grows with the size, and sixteen if with the square.
const MOST: f64 = 9.0;

/// The number of measurements. One good measurement is enough, because a busy machine hardly lengthens all of them.
const ATTEMPTS: usize = 4;

/// How many times the work is done in one measurement, because doing it once may take less than a clock can measure.
const TIMES: usize = 20;

/// Does some work of a size, and of four times the size. The larger must not take much more than four times as long.
#[track_caller]
pub fn grows_with_the_size(size: usize, work: impl Fn(usize)) {
    let seconds = |size: usize| {
        let used = ThreadTime::now().as_duration();
        (0..TIMES).for_each(|_| work(size));
        (ThreadTime::now().as_duration() - used).as_secs_f64()
    };
    let ratios: Vec<f64> = (0..ATTEMPTS).map(|_| seconds(4 * size) / seconds(size)).collect();
    assert!(ratios.iter().any(|ratio| *ratio <= MOST), "four times as much is {ratios:?} times the work");
}
