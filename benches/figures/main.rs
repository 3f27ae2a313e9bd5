//! Figures, printed as ratios of what was measured side by side in one run; nothing here passes or fails by time.
//!
//! `cargo bench` prints all of them, `cargo bench -- intake turn` those whose names begin so; with `--short` each is a
//! few seconds' look at whether it still runs. Times differ from machine to machine and from minute to minute; what is
//! compared runs in turns on the same cores.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement reads the machine's clock, prints what it finds, and ends when something is missing"
)]

mod bodies;
mod child;
mod crowd;
mod ehr;
mod gateway;
mod intake;
mod load;
mod memory;
mod parts;
mod servers;
mod talk;
mod turn;

/// A figure: its name, and what prints it.
type Figure = (&'static str, fn());

const FIGURES: &[Figure] = &[
    ("intake-sqlite", intake::sqlite),
    ("intake-postgresql", intake::postgresql),
    ("intake-pywa", intake::pywa),
    ("turn-sqlite", turn::sqlite),
    ("turn-postgresql", turn::postgresql),
    ("memory", memory::print),
    ("crowd", crowd::print),
];

fn main() {
    if let Ok(role) = std::env::var(child::ROLE) {
        return servers::run(&role);
    }
    if std::env::args().any(|it| it == "--short") {
        parts::be_short();
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let unknown =
        wanted.iter().find(|name| !FIGURES.iter().any(|(known, _)| known.starts_with(name.as_str())));
    if let Some(name) = unknown {
        let known: Vec<&str> = FIGURES.iter().map(|(name, _)| *name).collect();
        panic!("no figure {name}: {known:?}");
    }
    parts::describe_machine();
    for (name, print) in FIGURES {
        if wanted.is_empty() || wanted.iter().any(|it| name.starts_with(it.as_str())) {
            println!("\n## {name}\n");
            print();
        }
    }
}
