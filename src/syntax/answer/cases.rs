//! Cases in words: `x^2 if x > 0, 0 otherwise`.

use super::spoken::Spoken;

/// Words between a formula and its condition.
const IF: [&str; 8] =
    [" if ", " when ", " for ", " where ", " khi ", " nếu ", " với ", "当"];
/// Words behind the formula of all other cases.
const ELSE: [&str; 9] = [
    "otherwise",
    "else",
    "if otherwise",
    "elsewhere",
    "nếu ngược lại",
    "trong trường hợp khác",
    "否则",
    "其他",
    "其它",
];
/// Words between two cases.
const BETWEEN: [&str; 4] = ["and ", "và ", "or ", "且"];
/// The longest text that is read, in bytes.
const LONGEST: usize = 400;

/// Cases with their conditions behind them as one formula in the notation of calcgrad, certain
/// where there is one for every number; `None` for a text that is nothing of the kind.
pub(super) fn in_signs(text: &str) -> Option<Spoken> {
    if text.len() > LONGEST || text.contains(['\\', '$']) {
        return None;
    }
    let mut arguments = Vec::new();
    let mut is_closed = false;
    let mut count = 0;
    for part in text.split([',', ';', '\n']) {
        let part = part.trim().trim_end_matches('.');
        let part = BETWEEN.iter().fold(part, |part, word| {
            part.strip_prefix(word).unwrap_or(part).trim_start()
        });
        if part.is_empty() {
            continue;
        }
        // Nothing stands behind what holds in all other cases.
        if is_closed {
            return None;
        }
        count += 1;
        let behind = IF.iter().find_map(|word| part.split_once(word));
        let compares = |text: &str| text.contains(['<', '>', '=', '≤', '≥', '≠']);
        match behind.filter(|(_, condition)| compares(condition)) {
            Some((formula, condition)) if !compares(formula) => {
                arguments.extend([condition.trim(), formula.trim()]);
            }
            _ => {
                let formula = ELSE.iter().find_map(|word| part.strip_suffix(word))?;
                arguments.push(formula.trim_end_matches([' ', ':']));
                is_closed = true;
            }
        }
    }
    let is_whole = count > 1 && arguments.iter().all(|part| !part.is_empty());
    is_whole.then(|| Spoken {
        text: format!("piecewise({})", arguments.join(", ")),
        is_certain: is_closed || is_everywhere(&arguments),
    })
}

/// Whether the conditions of cases, which stand before their formulas, compare one name with
/// one number and leave nothing out.
fn is_everywhere(arguments: &[&str]) -> bool {
    const SIGNS: [(&str, &str); 9] = [
        ("<=", "<="),
        (">=", ">="),
        ("!=", "<>"),
        ("≤", "<="),
        ("≥", ">="),
        ("≠", "<>"),
        ("<", "<"),
        (">", ">"),
        ("=", "="),
    ];
    let mut sides = None;
    let mut held = String::new();
    for condition in arguments.iter().step_by(2) {
        let found = SIGNS.iter().find_map(|(sign, holds)| {
            let (left, right) = condition.split_once(sign)?;
            Some(((left.trim(), right.trim()), holds))
        });
        let Some((own, holds)) = found else { return false };
        let is_plain =
            own.0.chars().all(char::is_alphabetic) && own.1.parse::<f64>().is_ok();
        if !is_plain || *sides.get_or_insert(own) != own {
            return false;
        }
        held += holds;
    }
    ['<', '=', '>'].iter().all(|sign| held.contains(*sign))
}

#[cfg(test)]
mod tests {
    use super::in_signs;

    #[test]
    fn cases_are_read() {
        let rows = [
            ("1 if x > 0, -1 if x < 0", Some(("piecewise(x > 0, 1, x < 0, -1)", false))),
            (
                "1 khi x > 0, -1 khi x <= 0",
                Some(("piecewise(x > 0, 1, x <= 0, -1)", true)),
            ),
            (
                "1 if x > 0, -1 if x <= 1",
                Some(("piecewise(x > 0, 1, x <= 1, -1)", false)),
            ),
            ("x^2 for x > 0; 0 otherwise", Some(("piecewise(x > 0, x^2, 0)", true))),
            ("2x if x > 0", None),
            ("1, 2", None),
            ("1 otherwise, 2 if x > 0", None),
            ("x > 0 if y > 0, 2 otherwise", None),
        ];
        for (text, expected) in rows {
            let found = in_signs(text);
            let found = found.as_ref().map(|found| (&*found.text, found.is_certain));
            assert_eq!(found, expected, "{text}");
        }
    }
}
