//! What the lab says while it works: a line each, with the time since it began.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The time since the lab began, which is when this is called first.
pub(crate) fn elapsed() -> Duration {
    START.elapsed()
}

/// Says a line, with the time.
macro_rules! say {
    ($($words:tt)*) => {
        eprintln!("{:7.1} s  {}", $crate::progress::elapsed().as_secs_f32(), format_args!($($words)*))
    };
}
pub(crate) use say;
