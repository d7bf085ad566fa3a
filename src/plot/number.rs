//! Numbers beside axes and points.

/// A number with so many significant digits at most, without zeros at its end.
pub fn number(x: f64, digits: usize) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 { "0".to_owned() } else { x.to_string() };
    }
    let text = format!("{x:.*e}", digits.saturating_sub(1));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let power: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&power) {
        let places = (digits as i32 - 1 - power).max(0) as usize;
        let plain = format!("{x:.places$}");
        return match plain.contains('.') {
            true => plain.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => plain,
        };
    }
    let mantissa = match mantissa.contains('.') {
        true => mantissa.trim_end_matches('0').trim_end_matches('.'),
        false => mantissa,
    };
    let power = if power < 0 { format!("({power})") } else { power.to_string() };
    match mantissa {
        "1" => format!("10^{power}"),
        "-1" => format!("-10^{power}"),
        _ => format!("{mantissa}*10^{power}"),
    }
}

/// The same without powers of ten, with so many digits behind the point at most.
pub(super) fn plain(x: f64, places: usize) -> String {
    let text = format!("{x:.places$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
