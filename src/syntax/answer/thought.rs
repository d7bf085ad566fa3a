//! Replies that think aloud between tags before they answer: what stands outside of the tags.

/// The tags between which a reply thinks, the one that opens and the one that closes.
const TAGS: [(&str, &str); 8] = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<thoughts>", "</thoughts>"),
    ("<reasoning>", "</reasoning>"),
    ("<reflection>", "</reflection>"),
    ("<scratchpad>", "</scratchpad>"),
    ("◁think▷", "◁/think▷"),
];

/// The tags between which a reply answers.
const ANSWERS: [(&str, &str); 2] =
    [("<answer>", "</answer>"), ("<final_answer>", "</final_answer>")];

/// What a reply says outside of its thoughts: what stands between the tags of its answer where
/// it ends with them, or else everything. `None` where that is nothing.
pub fn outspoken(text: &str) -> Option<&str> {
    if !text.contains(['<', '◁']) {
        return Some(text);
    }
    let said = behind_thoughts(text)?;
    let answer = ANSWERS.iter().find_map(|(open, close)| {
        let inner = said.trim_end().strip_suffix(close)?;
        let (_, inner) = inner.split_once(open)?;
        (!inner.contains(open) && !inner.contains(close)).then_some(inner)
    });
    answer.or(Some(said))
}

/// What stands behind the last thoughts of a reply, or else before them and behind those before;
/// `None` where that is nothing, or where they do not end. A tag that opens may be missing.
fn behind_thoughts(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let last =
        TAGS.iter().filter_map(|(_, close)| Some(lower.rfind(close)? + close.len()));
    let behind = last.max().unwrap_or(0);
    let opens = |part: &str| TAGS.iter().filter_map(|(open, _)| part.find(open)).min();
    let is_said = |part: &&str| !part.trim().is_empty();
    // Between the last thoughts and those before them.
    let between = || {
        let end =
            TAGS.iter().filter_map(|(open, _)| lower[..behind].rfind(open)).max()?;
        let closed = TAGS
            .iter()
            .filter_map(|(_, close)| Some(lower[..end].rfind(close)? + close.len()));
        Some(&text[closed.max().unwrap_or(0)..end])
    };
    match opens(&lower[behind..]) {
        Some(_) => None,
        None if behind == 0 => Some(text),
        None => Some(&text[behind..])
            .filter(is_said)
            .or_else(|| between().filter(is_said))
            .or_else(|| Some(&text[..opens(&lower)?]).filter(is_said)),
    }
}

#[cfg(test)]
mod tests {
    use super::outspoken;

    #[test]
    fn thoughts_are_no_answers() {
        let rows = [
            ("x^2", Some("x^2")),
            ("a < b", Some("a < b")),
            ("<think>8</think> 7", Some(" 7")),
            ("<THINK>8</THINK> 7", Some(" 7")),
            ("8</think>7", Some("7")),
            ("<think>8</think><think>9</think>7", Some("7")),
            ("<think>8</think>6<think>9</think>7", Some("7")),
            ("7 <think>8</think>", Some("7 ")),
            ("<think>8</think>7<think>9</think>", Some("7")),
            ("6<think>8</think> <think>9</think>", Some("6")),
            ("7 <think>8</think>\n", Some("7 ")),
            ("<think>8</think>", None),
            ("<think>8", None),
            ("<think>8</think> 7 <think>9", None),
            ("8</think>", None),
            ("<answer>7</answer>", Some("7")),
            ("It is so. <answer>7</answer>\n", Some("7")),
            (
                "<answer>8</answer> or <answer>7</answer>",
                Some("<answer>8</answer> or <answer>7</answer>"),
            ),
            ("<think>8</think><answer>7</answer>", Some("7")),
            ("<thinking>\\boxed{8}</thinking> 7", Some(" 7")),
        ];
        for (text, expected) in rows {
            assert_eq!(outspoken(text), expected, "{text}");
        }
    }
}
