//! The language in which sentences are said: what `--lang` asks for, else that of a terminal.

use calcgrad::locale::Locale;
use clap::ValueEnum;
use std::cell::Cell;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU8, Ordering};

/// The place of the chosen language among all.
static CHOSEN: AtomicU8 = AtomicU8::new(0);

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
pub(crate) fn choose(asked: Option<LangName>, is_for_people: bool) {
    let of_terminal = || {
        let is_terminal = is_for_people && std::io::stdout().is_terminal();
        let locale = is_terminal.then(sys_locale::get_locale).flatten()?;
        Locale::of_locale(&locale)
    };
    let locale = asked.map(LangName::locale).or_else(of_terminal).unwrap_or_default();
    CHOSEN.store(locale as u8, Ordering::Relaxed);
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
    let place = CHOSEN.load(Ordering::Relaxed);
    Locale::all().find(|locale| *locale as u8 == place).unwrap_or_default()
}
