//! The languages of sentences: each has every sentence, with no parts of its own.

use super::blocks;
use calcgrad::locale::Locale;
use std::collections::BTreeSet;

/// The text of the table of a language.
fn table(locale: Locale) -> String {
    let path = blocks::root().join(format!("src/locale/{}.ftl", locale.code()));
    std::fs::read_to_string(path).expect("a table of sentences")
}

/// The parts that a sentence has.
fn parts(table: &str, id: &str) -> BTreeSet<String> {
    let mut lines = table.lines();
    let line =
        lines.find(|line| line.split(" =").next() == Some(id)).expect("a sentence");
    line.split("{ $")
        .skip(1)
        .filter_map(|part| part.split(" }").next())
        .map(str::to_owned)
        .collect()
}

/// Parts that English has in an operator, `d/dx`, and other languages name in words.
const NAMED: [(&str, &str); 2] =
    [("both_sides", "variable"), ("both_sides_many", "variable")];

#[test]
fn every_language_has_every_sentence_with_its_parts() {
    let english = table(Locale::English);
    let ids = Locale::English.ids();
    assert_eq!(
        ids.len(),
        ids.iter().collect::<BTreeSet<_>>().len(),
        "an id stands twice"
    );
    for locale in Locale::all() {
        let own = table(locale);
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>(),
            locale.ids().iter().collect::<BTreeSet<_>>(),
            "{}",
            locale.code()
        );
        for id in &ids {
            let mut names = parts(&english, id);
            let named = NAMED.iter().filter(|(own, _)| own == id);
            names.extend(named.map(|(_, part)| (*part).to_owned()));
            // A language may say without a part what another one says with it.
            assert!(parts(&own, id).is_subset(&names), "{id} in {}", locale.code());
            let put: Vec<(&str, &str)> =
                names.iter().map(|name| (&name[..], "x^2")).collect();
            let sentence = locale.sentence(id, &put);
            let sentence =
                sentence.unwrap_or_else(|| panic!("{id} in {}", locale.code()));
            assert!(!sentence.is_empty() && !sentence.contains('$'), "{id}: {sentence}");
            assert!(locale == Locale::English || sentence.len() > 1);
        }
    }
}

#[test]
fn every_reason_of_the_sources_has_a_sentence() {
    let ids = Locale::English.ids();
    let mut seen = BTreeSet::new();
    for path in blocks::files(&blocks::root().join("src"), "rs") {
        let text = std::fs::read_to_string(&path).expect("a source file");
        for piece in text.split("Reason::new(\"").skip(1) {
            let id = piece.split('"').next().unwrap_or_default();
            assert!(ids.contains(&id), "`{id}` in {} has no sentence", path.display());
            seen.insert(id.to_owned());
        }
    }
    assert!(seen.len() > 25, "{seen:?}");
}

#[test]
fn locales_of_terminals_are_known() {
    for (name, code) in [
        ("vi_VN.UTF-8", "vi"),
        ("zh-CN", "zh"),
        ("zh_Hans_SG", "zh"),
        ("en_GB", "en"),
        ("VI", "vi"),
    ] {
        assert_eq!(Locale::of_locale(name).map(Locale::code), Some(code));
    }
    for name in ["C", "POSIX", "fr_FR.UTF-8", "", "vietnam", "zhx"] {
        assert_eq!(Locale::of_locale(name), None, "{name}");
    }
}

/// What stands between two signs.
fn between(text: &str, open: char, close: char) -> BTreeSet<String> {
    let pieces = text.split(open).skip(1);
    pieces.filter_map(|piece| piece.split(close).next()).map(str::to_owned).collect()
}

#[test]
fn every_mistake_is_explained_in_every_language_with_its_formulas() {
    let mut rows = Vec::new();
    for path in blocks::files(&blocks::root().join("src/check/mistakes/table"), "rs") {
        let text = std::fs::read_to_string(&path).expect("a table of mistakes");
        for piece in text.split("row(\"").skip(1) {
            let id = piece.split('"').next().expect("an id").to_owned();
            // The sentence stands on a line of its own.
            let lines = piece.lines().skip(1).map(str::trim_start);
            let sentence = lines
                .filter_map(|line| line.strip_prefix('"'))
                .find_map(|line| line.split('"').next())
                .expect("a sentence");
            rows.push((id, sentence.to_owned()));
        }
    }
    assert!(rows.len() > 90, "{}", rows.len());
    for locale in Locale::all().filter(|locale| *locale != Locale::English) {
        for (id, english) in &rows {
            let own = locale.mistake(id);
            let own = own.unwrap_or_else(|| panic!("{id} in {}", locale.code()));
            assert_eq!(
                between(english, '{', '}'),
                between(&own, '{', '}'),
                "{id} in {}",
                locale.code()
            );
        }
    }
    assert_eq!(Locale::English.mistake("product-minus"), None);
}

#[test]
fn sentences_that_were_said_in_english_are_said_in_other_languages() {
    for locale in Locale::all() {
        assert_eq!(
            Locale::English.phrase_ids(),
            locale.phrase_ids(),
            "{}",
            locale.code()
        );
    }
    let said = |text: &str| Locale::Vietnamese.said(text);
    assert_eq!(
        said("at x = 1 the derivative is 24 and the answer is 8"),
        "tại x = 1 đạo hàm là 24 còn câu trả lời là 8"
    );
    // A sentence inside of another one.
    assert_eq!(
        said("the answer cannot be read: the bracket `(` is never closed"),
        "không đọc được câu trả lời: ngoặc `(` chưa được đóng"
    );
    assert_eq!(said("nobody has said this"), "nobody has said this");
    assert_eq!(Locale::English.said("division by zero"), "division by zero");
    // What the sessions of the tests say of answers.
    let (mut known, mut unknown) = (0, Vec::new());
    for path in blocks::files(&blocks::root().join("tests/cases/cli"), "console") {
        let text = std::fs::read_to_string(&path).expect("a console file");
        for line in text.lines() {
            let sentence = ["equal: ", "different: ", "probably-equal: "]
                .iter()
                .find_map(|verdict| line.strip_prefix(verdict));
            let Some(sentence) = sentence else { continue };
            match said(sentence) == sentence {
                true => unknown.push(sentence.to_owned()),
                false => known += 1,
            }
        }
    }
    let all = known + unknown.len();
    assert!(
        all > 100 && unknown.len() * 20 < all,
        "{known} of {all}:\n{}",
        unknown.join("\n")
    );
}
