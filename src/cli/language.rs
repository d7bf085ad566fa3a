//! The language in which sentences are said: what `--lang` asks for, else that of a terminal.

use calcgrad::locale::Locale;
use clap::ValueEnum;
use std::cell::Cell;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// The place of the chosen language among all.
static CHOSEN: AtomicU8 = AtomicU8::new(0);

/// Whether it is that of the terminal, which nobody asked for.
static OF_TERMINAL: AtomicBool = AtomicBool::new(false);
/// Whether what is written now is read by a program.
static FOR_PROGRAMS: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// The language that the request asks for that is being answered.
    static ASKED: Cell<Option<Locale>> = const { Cell::new(None) };
}

/// A language of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangName {
    /// English
    En,
    /// Vietnamese
    Vi,
    /// Chinese
    Zh,
}

impl LangName {
    fn locale(self) -> Locale {
        match self {
            Self::En => Locale::English,
            Self::Vi => Locale::Vietnamese,
            Self::Zh => Locale::Chinese,
        }
    }
}

/// Chooses the language of this run. Without a word it is that of the terminal; what goes into
/// a pipe or is read by a program is English.
pub(crate) fn choose(asked: Option<LangName>) {
    let of_terminal = || {
        let is_terminal = std::io::stdout().is_terminal();
        let locale = is_terminal.then(sys_locale::get_locale).flatten()?;
        Locale::of_locale(&locale)
    };
    let asked = asked.map(LangName::locale);
    OF_TERMINAL.store(asked.is_none(), Ordering::Relaxed);
    let locale = asked.or_else(of_terminal).unwrap_or_default();
    CHOSEN.store(locale as u8, Ordering::Relaxed);
}

/// Says whether what is written from now on is read by a program, which gets the language of
/// the terminal never.
pub(crate) fn address_programs(are_programs: bool) {
    FOR_PROGRAMS.store(are_programs, Ordering::Relaxed);
}

/// Does something in the language that a request asks for, or in that of this run.
pub(crate) fn within<T>(asked: Option<LangName>, work: impl FnOnce() -> T) -> T {
    ASKED.set(asked.map(LangName::locale));
    let found = work();
    ASKED.set(None);
    found
}

/// The language that was chosen.
pub(crate) fn chosen() -> Locale {
    if let Some(asked) = ASKED.get() {
        return asked;
    }
    if FOR_PROGRAMS.load(Ordering::Relaxed) && OF_TERMINAL.load(Ordering::Relaxed) {
        return Locale::default();
    }
    let place = CHOSEN.load(Ordering::Relaxed);
    Locale::all().find(|locale| *locale as u8 == place).unwrap_or_default()
}
