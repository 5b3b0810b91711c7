//! How many threads work at once: one for each processor, or as many as `RAYON_NUM_THREADS` asks for, within bounds.
//!
//! A variable that was set for another program, or with a zero too many, must not make the machine stand still. Where
//! nothing beyond the bounds is asked for, nothing is done here: threads start when they are first needed.

use std::env;
use std::thread::available_parallelism;

use rayon::ThreadPoolBuilder;

use dateline::error::Error;

/// The variables by which threads are asked for; the second is an old name of the first, and counts where the first is no number.
const VARIABLES: [&str; 2] = ["RAYON_NUM_THREADS", "RAYON_RS_NUM_CPUS"];

/// So many threads may be asked for, for each processor.
const EACH: usize = 4;

/// So many may be asked for on the smallest machine.
const LEAST: usize = 16;

/// Keeps the number of threads within bounds.
///
/// # Errors
///
/// Where the system does not let them be started.
pub(super) fn bound() -> Result<(), Error> {
    let processors = available_parallelism().map_or(1, usize::from);
    let values = VARIABLES.map(|name| env::var(name).ok());
    match too_many(&values, processors) {
        Some(most) => ThreadPoolBuilder::new()
            .num_threads(most)
            .build_global()
            .map_err(|cause| Error::refused(format!("cannot start {most} threads: {cause}"))),
        None => Ok(()),
    }
}

/// Returns how many threads to start where more are asked for than may be; `None` where all is well.
fn too_many(values: &[Option<String>], processors: usize) -> Option<usize> {
    let asked: usize = values.iter().flatten().find_map(|value| value.parse().ok())?;
    let most = processors.saturating_mul(EACH).max(LEAST);
    (asked > most).then_some(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_beyond_the_bounds_is_taken_back_to_them() {
        let of = |one: &str, two: &str, processors| {
            too_many(&[one, two].map(|value| (!value.is_empty()).then(|| value.to_owned())), processors)
        };
        assert_eq!([of("100000", "", 2), of("17", "", 2), of("100000", "", 32)], [Some(16), Some(16), Some(128)]);
        assert_eq!([of("16", "", 2), of("128", "", 32), of("1", "100000", 2)], [None; 3]);
        // What says nothing to rayon says nothing here.
        for nothing in ["", "abc", "-1", "1e9", " 8", "99999999999999999999999"] {
            assert_eq!(of(nothing, "", 2), None, "{nothing}");
            assert_eq!(of(nothing, "100000", 2), Some(16), "{nothing}");
        }
        assert_eq!(of("0", "100000", 2), None, "0 stands for as many as there are processors");
    }
}
