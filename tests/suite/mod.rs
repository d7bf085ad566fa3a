//! What is tested: cases and errors are files of blocks, the command line is files of console
//! sessions, and laws, tables, limits and tidiness are code.

mod array;
mod blocks;
mod bounds;
mod cases;
mod chain;
mod cli;
mod code;
mod components;
mod console;
mod errors;
mod extrema;
mod fields;
mod formulas;
mod grade;
mod identities;
mod interpreter;
mod katex;
mod laws;
mod library;
mod limits;
mod matrices;
mod matrix;
mod mistakes;
mod numeric;
mod polynomial;
mod polynomial_text;
mod robust;
mod signs;
mod speller;
mod streams;
mod tables;
mod taylor;
mod textbook;
mod tidy;
mod verdicts;
