//! How long a bundle takes, and whether that grows faster than the bundle does: `make bench`. Fails
//! where a bar is not met.
#![allow(clippy::cast_precision_loss, clippy::unwrap_used, reason = "a few numbers, for people to read")]

mod topology;

use meshwright_core::{check, plan, render};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use topology::topology;

/// Clusters, and how often each round makes the bundle.
const SIZES: [(usize, usize); 3] = [(10, 20), (100, 5), (1000, 1)];
const ROUNDS: usize = 25;
/// Bars: milliseconds for the smallest size, and time per byte of the largest in terms of the smallest.
const MOST_MILLISECONDS: f64 = 1.0;
const MOST_GROWTH: f64 = 1.3;

/// The shortest times seen: what else the machine does only ever adds to them.
#[derive(Clone, Copy)]
struct Row {
    clusters: usize,
    bytes: usize,
    check: Duration,
    plan: Duration,
    render: Duration,
    all: Duration,
}

impl Row {
    fn new(clusters: usize) -> Self {
        let longest = Duration::MAX;
        Row { clusters, bytes: 0, check: longest, plan: longest, render: longest, all: longest }
    }

    fn time(&mut self) {
        let draft = topology(self.clusters);
        let start = Instant::now();
        let checked = check::check(black_box(&draft));
        let check = start.elapsed();
        let topology = checked.topology.unwrap();
        let started = Instant::now();
        let plan = plan::plan(&topology);
        let plan_only = started.elapsed();
        let started = Instant::now();
        let bundle = black_box(render::render(&plan));
        let render = started.elapsed();
        let all = start.elapsed();
        self.bytes = bundle.files.iter().map(|file| file.text.len()).sum();
        self.check = self.check.min(check);
        self.plan = self.plan.min(plan_only);
        self.render = self.render.min(render);
        self.all = self.all.min(all);
    }

    fn per_byte(&self) -> f64 {
        self.all.as_nanos() as f64 / self.bytes as f64
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Says whether a bar is met.
fn bar(what: &str, found: f64, most: f64) -> bool {
    let met = found <= most;
    println!("{}: {what} is {found:.2}, at most {most:.2}", if met { "met" } else { "NOT MET" });
    met
}

fn main() -> ExitCode {
    let mut rows = SIZES.map(|(clusters, times)| (Row::new(clusters), times));
    for _ in 0..ROUNDS {
        for (row, times) in &mut rows {
            (0..*times).for_each(|_| row.time());
        }
    }
    let [smallest, _, largest] = rows.map(|(row, _)| row);
    println!("clusters  check ms   plan ms  render ms    all ms       bytes  ns/byte  growth");
    for (row, _) in &rows {
        println!(
            "{:>8}  {:>8.3}  {:>8.3}  {:>9.3}  {:>8.3}  {:>10}  {:>7.3}  {:>6.2}",
            row.clusters,
            milliseconds(row.check),
            milliseconds(row.plan),
            milliseconds(row.render),
            milliseconds(row.all),
            row.bytes,
            row.per_byte(),
            row.per_byte() / smallest.per_byte()
        );
    }
    let fast = bar("milliseconds for 10 clusters", milliseconds(smallest.all), MOST_MILLISECONDS);
    let linear = bar("growth at 1,000 clusters", largest.per_byte() / smallest.per_byte(), MOST_GROWTH);
    if fast && linear { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
