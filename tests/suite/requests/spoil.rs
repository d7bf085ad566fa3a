//! Careless and hostile spellings: signs too many, too few, or from elsewhere.

use super::Random;

const STRAY: [&str; 32] = [
    "|", "(", ")", "[", "]", "{", "}", ",", ";", "=", "^", "²", "∂", "$", "\\frac",
    "\u{0}", "💥", "'", "_", ".", "..", "e", "x", "0", "!", "∞", "√", "−", "\n", "#",
    "''", "π",
];

/// A text, in one of ten cases with faults.
pub(super) fn sometimes(random: &mut Random, text: String) -> String {
    if !random.chance(10) {
        return text;
    }
    let mut chars: Vec<String> = text.chars().map(String::from).collect();
    for _ in 0..random.between(1, 3) {
        let place = random.place(chars.len() + 1);
        match random.between(0, 4) {
            0 | 1 => chars.insert(place, random.pick(&STRAY).to_owned()),
            2 if place < chars.len() => drop(chars.remove(place)),
            3 if place < chars.len() => chars.insert(place, chars[place].clone()),
            _ => {
                let count = random.pick(&[2, 20, 300, 5_000]);
                chars.insert(place, random.pick(&STRAY).repeat(count));
            }
        }
    }
    chars.concat()
}
