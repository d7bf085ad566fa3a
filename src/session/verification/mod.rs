//! Answers verified against the right one, for graders and for filters of large sets: formulas,
//! sets, intervals, tuples, several values, equations, inequalities, quantities, words.
//!
//! A text that can be read in several ways, as `(0, 1)`, is read in all of them: the verdict is
//! that on the readings that fit the other side, and undecided where these do not agree.

mod both;
mod compare;
mod condition;
mod constant;
mod formula;
mod inequality;
mod judged;
mod named;
mod names;
mod pair;
mod quantity;
mod read;
mod region;
mod several;
mod value;
mod vector;
mod whole;

use super::answers::answer::{is_known, is_word};
use super::engine::Engine;
use super::formula::Settings;
use crate::check::{Decision, Domain, Verdict};
use crate::error::Error;
use crate::function;
use crate::syntax::{self, Arguments, Contents};
use pair::{Outcome, Pair};
use value::Value;

/// On what terms answers are verified.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// How formulas are read.
    pub settings: Settings,
    /// How far decimals may be off, relative to values above 1.
    pub tolerance: Option<f64>,
    /// Whether values with commas between them have no order.
    pub any_order: bool,
    /// Whether a number without a unit has that of the other side.
    pub bare_units: bool,
}

/// Which answer is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The right answer.
    Gold,
    /// The answer that is verified.
    Answer,
}

/// How an answer was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it is: a formula, a set, an interval.
    pub kind: &'static str,
    /// What was read, in calcgrad's notation.
    pub text: String,
    /// What was left out, and what people read in two ways.
    pub notes: Vec<String>,
}

/// An answer that cannot be read.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// Which of both.
    pub party: Party,
    /// Why.
    pub error: Error,
}

/// What was found of an answer.
#[derive(Clone, Debug)]
pub struct Verification {
    /// The verdict and how it is known, or which side cannot be read.
    pub found: Result<Decision, Unreadable>,
    /// How the right answer and the answer were read, where they were.
    pub readings: [Option<Reading>; 2],
    /// What there is to say besides: of how many digits an answer in decimals is right.
    pub notes: Vec<String>,
}

/// What was found on some terms.
struct Verified {
    found: Verification,
    /// Whether an argument without brackets has factors that some do not take for its own.
    has_runs: bool,
    /// Whether unit vectors stand on a side.
    has_units: bool,
    /// Whether a word stands on one side only.
    has_words: bool,
}

impl Engine {
    /// Whether an answer is the right one, with how both were read. Each may be a formula in
    /// any notation, what stands in its box, or a whole reply.
    ///
    /// Everything that the engine knew before is forgotten first, and what is counted is work
    /// and never time: the same pair has the same verdict everywhere.
    ///
    /// ```
    /// use calcgrad::session::{Engine, Terms};
    ///
    /// let mut engine = Engine::default();
    /// let found = engine.verify_answer(r"\frac{x}{2}", "The answer is x/2.", &Terms::default());
    /// assert_eq!(found.verdict(), "equal");
    /// ```
    pub fn verify_answer(
        &mut self,
        gold: &str,
        answer: &str,
        terms: &Terms,
    ) -> Verification {
        let sides = [(gold, answer), (answer, gold)]
            .map(|(text, other)| syntax::contents(text, other));
        let found = self.in_every_reading([gold, answer], &sides, terms);
        let found = self.of_question(found, [gold, answer], terms);
        let found = self.of_decimal_commas(found, [gold, answer], terms);
        if is_equal(&found.found) && syntax::names_opposites(gold, answer) {
            let reason = "one says the smallest, the other the greatest";
            return Verification { found: Ok(compare::undecided(reason)), ..found };
        }
        if is_equal(&found.found) && syntax::counts_otherwise(gold, answer) {
            let reason = "one is a length, the other an area or a volume";
            return Verification { found: Ok(compare::undecided(reason)), ..found };
        }
        if is_equal(&found.found)
            && syntax::says_nearly(answer)
            && !syntax::says_nearly(gold)
        {
            let reason = "the answer says that it is nearly so";
            return Verification { found: Ok(compare::undecided(reason)), ..found };
        }
        let found = self.of_products([gold, answer], found, &sides, terms);
        let is_refuted = found.found.as_ref().is_ok_and(|found| {
            matches!(found.verdict, Verdict::Different(_) | Verdict::WrongShape { .. })
        });
        let explained =
            syntax::explained(answer, gold).or_else(|| syntax::explained(gold, answer));
        if let Some(name) = explained.filter(|_| is_refuted) {
            let reason = format!("`{name}` is explained beside the answer");
            return Verification { found: Ok(compare::undecided(&reason)), ..found };
        }
        self.true_in_itself(found, gold, &sides[1], terms)
    }

    /// The verdict, in the readings that are usual.
    fn in_every_reading(
        &mut self,
        [gold, answer]: [&str; 2],
        sides: &[Contents; 2],
        terms: &Terms,
    ) -> Verification {
        let Verified { mut found, has_runs, has_units, has_words } =
            self.verified(sides, terms);
        if is_equal(&found.found) {
            return found;
        }
        let is_real = terms.settings.domain == Domain::Real;
        if is_real && !has_units && self.pool.find_symbol("i").is_some() {
            // As in the question, letters stand for real numbers.
            let (domain, keeps_real) = (Domain::Complex, true);
            let settings = Settings { domain, keeps_real, ..terms.settings.clone() };
            let complex = Terms { settings, ..terms.clone() };
            let mut other = self.verified(sides, &complex).found;
            if other.found.is_ok() {
                other.notes.push("`i` is read as the imaginary unit".to_owned());
                found = other;
            }
        }
        // What is not equal by the convention is read in the other ways that are usual.
        let manners = [Arguments::Monomial, Arguments::Blank];
        for arguments in manners.into_iter().filter(|_| has_runs) {
            let settings = Settings { arguments, ..terms.settings.clone() };
            let terms = Terms { settings, ..terms.clone() };
            let other = self.verified(sides, &terms).found;
            if is_equal(&other.found) {
                return other;
            }
        }
        let found = self.of_doubtful(found, sides, terms);
        let found = self.of_either_base(found, sides, terms);
        self.of_reply(found, [gold, answer], has_words, terms)
    }

    /// What is not equal as it is read, and is equal as `check` reads a whole reply.
    fn of_reply(
        &mut self,
        found: Verification,
        [gold, answer]: [&str; 2],
        has_words: bool,
        terms: &Terms,
    ) -> Verification {
        // What is a formula on one side and no formula on the other was not understood.
        let kinds = found.readings.each_ref().map(|reading| {
            reading.as_ref().is_some_and(|reading| reading.kind == "formula")
        });
        let is_foreign = |party: Party| {
            let place = party as usize;
            kinds[1 - place] && !kinds[place]
        };
        let parties: &[Party] = match &found.found {
            Err(unreadable) => &[unreadable.party],
            Ok(decision) if decision.verdict.is_equal() => return found,
            Ok(_) => &[Party::Answer, Party::Gold],
        };
        let has_refused = found.found.is_err();
        let is_open = found
            .found
            .as_ref()
            .is_ok_and(|decision| matches!(decision.verdict, Verdict::Undecided { .. }));
        for party in parties {
            let has_words = is_open && has_words;
            let is_unread = has_refused || is_foreign(*party) || has_words;
            if is_open && !is_unread {
                continue;
            }
            let (text, by) = match party {
                Party::Gold => (gold, answer),
                Party::Answer => (answer, gold),
            };
            // What stands beside a box was looked at.
            let may_be_other = is_unread || !text.contains("box");
            let reply = syntax::concluded(text, by).filter(|_| may_be_other);
            let Some(reply) = reply else { continue };
            let mut compare = |one: &str, other: &str| {
                let sides = [(one, other), (other, one)]
                    .map(|(text, by)| syntax::contents(text, by));
                let found = self.verified(&sides, terms).found;
                Some(found).filter(|found| is_equal(&found.found))
            };
            // What it said before must be the same.
            let mut others = reply.others.iter();
            let are_same = others.all(|other| compare(&reply.text, other).is_some());
            let pair = match party {
                Party::Gold => [&*reply.text, answer],
                Party::Answer => [gold, &*reply.text],
            };
            let Some(other) = compare(pair[0], pair[1]).filter(|_| are_same) else {
                continue;
            };
            let side = syntax::contents(&reply.text, by);
            let mut other = self.true_in_itself(other, by, &side, terms);
            if !is_unread {
                let reason = format!("they are equal only if {}", reply.note);
                return Verification { found: Ok(compare::undecided(&reason)), ..found };
            }
            if let Some(reading) = &mut other.readings[*party as usize] {
                reading.notes.insert(0, reply.note);
            }
            return other;
        }
        found
    }

    /// What differs, and is equal in a reading that is less natural, is undecided.
    fn of_doubtful(
        &mut self,
        found: Verification,
        sides: &[Contents; 2],
        terms: &Terms,
    ) -> Verification {
        let is_different =
            found.found.as_ref().is_ok_and(|decision| decision.verdict.is_different());
        if !is_different {
            return found;
        }
        for (place, side) in sides.iter().enumerate() {
            for (content, when) in &side.doubtful {
                let mut others = sides.clone();
                others[place].readings = vec![content.clone()];
                if is_equal(&self.verified(&others, terms).found.found) {
                    let reason = format!("they are equal only if {when}");
                    return Verification {
                        found: Ok(compare::undecided(&reason)),
                        ..found
                    };
                }
            }
        }
        found
    }

    /// What differs with natural logarithms and is equal with those to the base 10, or the
    /// other way round, is undecided.
    fn of_either_base(
        &mut self,
        found: Verification,
        sides: &[Contents; 2],
        terms: &Terms,
    ) -> Verification {
        if found.found.is_err() || !sides.iter().any(|side| side.mentions("log")) {
            return found;
        }
        let log_ten = !terms.settings.log_ten;
        let settings = Settings { log_ten, ..terms.settings.clone() };
        let other = self.verified(sides, &Terms { settings, ..terms.clone() }).found;
        if !is_equal(&other.found) {
            return found;
        }
        let reason = match log_ten {
            true => "they are equal only if `log` is the logarithm to the base 10",
            false => "they are equal only if `log` is the natural logarithm",
        };
        Verification { found: Ok(compare::undecided(reason)), ..found }
    }

    /// The verdict on both sides over the numbers that the terms name.
    fn verified(&mut self, sides: &[Contents; 2], terms: &Terms) -> Verified {
        self.clear();
        let whole = with_whole_letters(sides, terms);
        let terms = whole.as_ref().unwrap_or(terms);
        let mut pair = match self.read_pair(sides, terms) {
            Ok(pair) => pair,
            Err(unreadable) => {
                let (readings, notes) = ([None, None], Vec::new());
                let found = Err(*unreadable);
                let found = Verification { found, readings, notes };
                return Verified {
                    found,
                    has_runs: false,
                    has_units: false,
                    has_words: false,
                };
            }
        };
        let has_units = self.out_of_units(&mut pair, &terms.settings).unwrap_or(false);
        let has_runs = pair.sides.iter().flatten().any(Value::has_runs);
        let mut notes = Vec::new();
        let outcome = self.outcome(&pair, terms, &mut notes);
        let mut decision = outcome.decision;
        let mut has_words = false;
        match decision.verdict {
            Verdict::Different(_) | Verdict::WrongShape { .. } => {
                if let Some(word) = self.strange_word(&pair) {
                    let reason =
                        format!("`{word}` is a word, or a name on one side only");
                    decision = compare::undecided(&reason);
                    has_words = true;
                }
            }
            _ if decision.verdict.is_equal() => {
                decision =
                    self.under_conditions(decision, sides, (&pair, outcome.places));
            }
            _ => {}
        }
        let readings = [0, 1].map(|side| {
            let value = pair.sides[side].get(outcome.places[side])?;
            let text = self.written(value);
            let mut notes = pair.notes[side].clone();
            notes.extend(value.notes());
            Some(Reading { kind: value.kind(), text, notes })
        });
        let found = Verification { found: Ok(decision), readings, notes };
        Verified { found, has_runs, has_units, has_words }
    }

    /// A name that is a word and stands on one side only.
    fn strange_word(&self, pair: &Pair) -> Option<String> {
        // The letters of a unit are no names.
        if pair.are_measured() {
            return None;
        }
        let names = pair.sides.each_ref().map(|side| {
            let mut names = self.names_of(side);
            // A factor 0 hides a word: `5 away from 0`.
            for formula in side.iter().flat_map(Value::formulas) {
                let typed = formula.program().names().iter();
                names.extend(typed.filter(|name| !function::is_name(name)).cloned());
            }
            names
        });
        let is_strange = |name: &&String, others: &[String]| {
            (is_word(name) || syntax::has_chinese(name)) && !is_known(others, name)
        };
        let first = names[0].iter().find(|name| is_strange(name, &names[1]));
        first
            .or_else(|| names[1].iter().find(|name| is_strange(name, &names[0])))
            .cloned()
    }

    /// The verdict on all ways to read both sides together.
    fn outcome(
        &mut self,
        pair: &Pair,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Outcome {
        let mut outcomes: Vec<Outcome> = Vec::new();
        for (first, gold) in pair.sides[0].iter().enumerate() {
            for (second, answer) in pair.sides[1].iter().enumerate() {
                if !pair.may_meet([first, second]) {
                    continue;
                }
                let compared = self.compare(gold, answer, terms, notes);
                let compared = compared.and_then(|found| {
                    self.check_limits()?;
                    Ok(found)
                });
                let is_open = !compared.as_ref().is_ok_and(|found| {
                    found.as_ref().is_some_and(|found| found.verdict.is_equal())
                });
                let together = match is_open {
                    true => self.compare_progressions([gold, answer], &pair.whole),
                    false => Ok(None),
                };
                let compared = match together {
                    Ok(None) => compared,
                    together => together,
                };
                let compared = match compared {
                    Ok(Some(found)) if found.verdict.is_different() => self
                        .under_other_name(gold, answer)
                        .map(|other| other.or(Some(found))),
                    compared => compared,
                };
                let decision = match compared {
                    Ok(Some(decision)) => decision,
                    Ok(None) => continue,
                    Err(error) => {
                        let reason = error.to_string();
                        let known = "neither proved nor refuted".to_owned();
                        let verdict = Verdict::Undecided { reason };
                        Decision { verdict, known }
                    }
                };
                // Ends that are no numbers are rather the entries of tuples.
                let is_unclear = matches!(decision.verdict, Verdict::Undecided { .. })
                    && matches!((gold, answer), (Value::Region(..), Value::Region(..)));
                if is_unclear && pair.has_tuples() {
                    continue;
                }
                outcomes.push(Outcome { decision, places: [first, second] });
            }
        }
        let mut found = pair.together(outcomes).unwrap_or_else(|| {
            let decision = match (pair.sides[0].first(), pair.sides[1].first()) {
                (Some(gold), Some(answer)) => compare::of_other_kinds(gold, answer),
                _ => compare::undecided("there is nothing to compare"),
            };
            Outcome { decision, places: [0, 0] }
        });
        if found.decision.verdict.is_different() && self.may_be_units(pair) {
            found.decision = compare::undecided("a name may be a unit");
        }
        found
    }
}

impl Verification {
    /// The verdict in a word: those of [`Verdict::id`], and `unreadable`.
    pub fn verdict(&self) -> &'static str {
        match &self.found {
            Ok(decision) => decision.verdict.id(),
            Err(_) => "unreadable",
        }
    }
}

impl Party {
    /// The name in JSON; it never changes.
    pub fn id(self) -> &'static str {
        match self {
            Self::Gold => "gold",
            Self::Answer => "answer",
        }
    }
}

/// The terms on which letters are whole numbers of which the answers say so; nothing where they
/// say it of none.
fn with_whole_letters(sides: &[Contents; 2], terms: &Terms) -> Option<Terms> {
    let letters = sides.iter().filter_map(|side| side.whole.as_deref());
    let said: Vec<String> = letters.map(|name| format!("{name} integer")).collect();
    if said.is_empty() {
        return None;
    }
    let mut terms = terms.clone();
    let known = std::mem::take(&mut terms.settings.assume);
    let known = Some(known).filter(|known| !known.trim().is_empty());
    terms.settings.assume = known.into_iter().chain(said).collect::<Vec<_>>().join(", ");
    Some(terms)
}

fn is_equal(found: &Result<Decision, Unreadable>) -> bool {
    found.as_ref().is_ok_and(|decision| decision.verdict.is_equal())
}
