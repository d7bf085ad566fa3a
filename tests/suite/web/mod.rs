//! The page and what serves it: its files, its words, and which requests are answered.

mod examples;
mod files;
mod gate;
mod host;
mod shown;
