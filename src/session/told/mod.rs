//! Derivations: how answers come about, each line compared with an independent path.

mod critical;
mod derivative;
mod form;
mod implicit;
mod taylor;

pub use derivative::Told;
pub use taylor::Expanded;
