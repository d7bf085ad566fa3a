//! What words beside a formula say of it, in English, Vietnamese and Chinese, and in the languages
//! of the common table.

use super::super::super::language::{self, Sense};
use super::super::around::Found;
use super::super::beside::without_things;
use super::super::presenting::{Asked, presents, without_rules};
use super::super::words::{CHANGING, CONCLUDING, SAYING, VERBS};

/// What a word or a phrase says of the formula behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Says {
    /// It is the answer.
    Answer,
    /// It is a derivative.
    Derivative,
    /// It follows directly: `is`.
    Verb,
    /// It is what all before leads to.
    Conclusion,
    /// It is another form of the formula before.
    Same,
    /// It says where or when something holds.
    Where,
    /// It is not so.
    Denial,
    /// It changes the formula beside it, or offers another one.
    Change,
    /// Nothing.
    Nothing,
}

/// Phrases of English beside the lists of single words, and those of Vietnamese.
#[rustfmt::skip]
pub(in super::super) const PHRASES: [(&str, Says); 148] = [
    ("used to be", Says::Denial), ("giả sử", Says::Denial), ("gần", Says::Change),
    ("tuyệt đối", Says::Change), ("phần", Says::Change), ("answer", Says::Answer),
    ("ans", Says::Answer), ("đs", Says::Answer), ("result", Says::Answer),
    ("derivative", Says::Derivative), ("derivatives", Says::Derivative),
    ("gradient", Says::Derivative), ("this gives", Says::Verb), ("which is", Says::Verb),
    ("factored as", Says::Same), ("factors as", Says::Same), ("written as", Says::Same),
    ("rewritten as", Says::Same), ("simplifies to", Says::Same), ("simplified to", Says::Same),
    ("equivalently", Says::Same), ("that is", Says::Same), ("i e", Says::Same),
    ("at", Says::Where), ("when", Says::Where), ("where", Says::Where), ("if", Says::Where),
    ("for", Says::Where), ("not", Says::Denial), ("wrong", Says::Denial),
    ("incorrect", Says::Denial), ("cannot", Says::Denial), ("never", Says::Denial),
    ("false", Says::Denial), ("mistake", Says::Denial), ("mistaken", Says::Denial),
    ("instead", Says::Denial), ("should", Says::Denial), ("actually", Says::Denial),
    ("but", Says::Denial), ("however", Says::Denial), ("friend", Says::Denial),
    ("nobody", Says::Denial), ("maybe", Says::Denial), ("perhaps", Says::Denial),
    ("otherwise", Says::Denial), ("else", Says::Denial), ("whereas", Says::Denial),
    ("says", Says::Denial), ("said", Says::Denial), ("oops", Says::Denial),
    ("guess", Says::Denial), ("thought", Says::Denial), ("let", Says::Where),
    ("set", Says::Where), ("setting", Says::Where), ("solve", Says::Where),
    ("solving", Says::Where), ("given", Says::Where), ("đáp án", Says::Answer),
    ("đáp số", Says::Answer), ("kết quả", Says::Answer), ("kết luận", Says::Answer),
    ("trả lời", Says::Answer), ("đạo hàm", Says::Derivative),
    ("đạo hàm riêng", Says::Derivative), ("gradien", Says::Derivative), ("là", Says::Verb),
    ("bằng", Says::Verb), ("được", Says::Verb), ("ta có", Says::Verb), ("thu được", Says::Verb),
    ("ta được", Says::Verb), ("vậy", Says::Conclusion), ("suy ra", Says::Conclusion),
    ("do đó", Says::Conclusion), ("nên", Says::Conclusion), ("vì vậy", Says::Conclusion),
    ("cuối cùng", Says::Conclusion), ("hay", Says::Same), ("tức là", Says::Same),
    ("tại", Says::Where), ("khi", Says::Where), ("với", Says::Where), ("trong đó", Says::Where),
    ("nếu", Says::Where), ("đặt", Says::Where), ("cho", Says::Where), ("không", Says::Denial),
    ("sai", Says::Denial), ("chưa", Says::Denial), ("nhưng", Says::Denial),
    ("tuy nhiên", Says::Denial), ("nhầm", Says::Denial), ("có lẽ", Says::Denial),
    ("ngược lại", Says::Denial), ("bạn em", Says::Denial), ("trừ", Says::Change),
    ("cộng", Says::Change), ("nhân", Says::Change), ("chia", Says::Change),
    ("gấp", Says::Change), ("nửa", Says::Change), ("hoặc", Says::Change), ("lần", Says::Change),
    ("âm", Says::Change), ("căn", Says::Change), ("nghịch đảo", Says::Change),
    ("nguyên hàm", Says::Change), ("tích phân", Says::Change), ("số đối", Says::Change),
    ("tử số", Says::Change), ("mẫu số", Says::Change), ("bình phương", Says::Change),
    ("lập phương", Says::Change), ("sin của", Says::Change), ("cos của", Says::Change),
    ("logarit", Says::Change), ("số mũ", Says::Change), ("hệ số", Says::Change),
    ("số hạng", Says::Change), ("hơn", Says::Change), ("khác", Says::Change),
    ("hàm", Says::Nothing), ("hàm số", Says::Nothing), ("của", Says::Nothing),
    ("ta", Says::Nothing), ("có", Says::Nothing), ("em", Says::Nothing),
    ("theo", Says::Nothing), ("cho nên", Says::Conclusion), ("và", Says::Nothing),
    ("thì", Says::Nothing), ("mọi", Says::Nothing), ("quy", Says::Nothing),
    ("quy tắc", Says::Nothing), ("công thức", Says::Nothing), ("câu", Says::Nothing),
    ("bài", Says::Nothing), ("tính", Says::Nothing), ("tìm", Says::Nothing),
    ("nhé", Says::Nothing), ("sau", Says::Nothing), ("ra", Says::Nothing),
    ("cần", Says::Nothing), ("theo biến", Says::Nothing), ("xong", Says::Nothing),
    ("i think", Says::Nothing),
];

/// Signs of Chinese, which has no blanks between its words.
#[rustfmt::skip]
pub(in super::super) const SIGNS: [(&str, Says); 77] = [
    ("假设", Says::Denial), ("绝对值", Says::Change), ("次方", Says::Change), ("约", Says::Change),
    ("答案", Says::Answer), ("答", Says::Answer), ("结果", Says::Answer), ("结论", Says::Answer),
    ("导数", Says::Derivative), ("导函数", Says::Derivative), ("偏导", Says::Derivative),
    ("梯度", Says::Derivative), ("为", Says::Verb), ("是", Says::Verb), ("得", Says::Verb),
    ("得到", Says::Verb), ("有", Says::Verb), ("等于", Says::Verb), ("因此", Says::Conclusion),
    ("所以", Says::Conclusion), ("故", Says::Conclusion), ("于是", Says::Conclusion),
    ("综上", Says::Conclusion), ("最终", Says::Conclusion), ("最后", Says::Conclusion),
    ("从而", Says::Conclusion), ("即", Says::Same), ("也就是", Says::Same), ("化简", Says::Same),
    ("整理", Says::Same), ("当", Says::Where), ("在", Says::Where), ("其中", Says::Where),
    ("若", Says::Where), ("设", Says::Where), ("令", Says::Where), ("不", Says::Denial),
    ("错", Says::Denial), ("没", Says::Denial), ("非", Says::Denial), ("误", Says::Denial),
    ("未", Says::Denial), ("但", Says::Denial), ("可能", Says::Denial), ("也许", Says::Denial),
    ("否则", Says::Denial), ("应该", Says::Denial), ("或", Says::Change), ("负", Says::Change),
    ("减", Says::Change), ("加", Says::Change), ("乘", Says::Change), ("除", Says::Change),
    ("倍", Says::Change), ("半", Says::Change), ("反", Says::Change), ("倒数", Says::Change),
    ("平方", Says::Change), ("积分", Says::Change), ("原函数", Says::Change), ("根号", Says::Change),
    ("方根", Says::Change), ("吗", Says::Denial), ("立方", Says::Change), ("对数", Says::Change),
    ("正弦", Says::Change), ("余弦", Says::Change), ("正切", Says::Change), ("分子", Says::Change),
    ("分母", Says::Change), ("之一", Says::Change), ("系数", Says::Change), ("指数", Says::Change),
    ("大", Says::Change), ("小", Says::Change), ("差", Says::Change), ("和的", Says::Change),
];

/// Whether a letter is one of Chinese.
pub(in super::super::super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// Whether a name has signs of Chinese in it.
pub fn has_chinese(name: &str) -> bool {
    name.contains(is_chinese)
}

/// Whether a letter stands in Vietnamese only.
fn is_vietnamese(c: char) -> bool {
    matches!(
        c,
        'Ă' | 'ă'
            | 'Â'
            | 'â'
            | 'Đ'
            | 'đ'
            | 'Ê'
            | 'ê'
            | 'Ô'
            | 'ô'
            | 'Ơ'
            | 'ơ'
            | 'Ư'
            | 'ư'
    ) || matches!(c, 'À'..='Ã' | 'È'..='É' | 'Ì'..='Í' | 'Ò'..='Õ' | 'Ù'..='Ú' | 'Ý')
        || matches!(c, 'à'..='ã' | 'è'..='é' | 'ì'..='í' | 'ò'..='õ' | 'ù'..='ú' | 'ý')
        || matches!(c, 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | '\u{1EA0}'..='\u{1EF9}')
}

/// Whether a run of letters is a word of a language and not one of mathematics.
pub(in super::super) fn is_word(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_listed = |list: &[&str]| list.contains(&lower.as_str());
    let is_part = |row: &(&str, Says)| row.0.split(' ').any(|part| part == lower);
    text.chars().any(|c| is_chinese(c) || is_vietnamese(c))
        || text.chars().count() > 1
            && !crate::function::is_name(&lower)
            && (is_listed(&SAYING)
                || is_listed(&CONCLUDING)
                || is_listed(&CHANGING)
                || PHRASES.iter().any(is_part)
                || language::is_word(&lower))
}

/// The words of a text in small letters, with one blank around each.
pub(super) fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |all, word| all + &word.to_lowercase() + " ")
}

/// Whether words say a thing.
pub(in super::super) fn says(text: &str, what: Says) -> bool {
    let text = &*without_rules(text);
    let words = plain(text);
    let is_said =
        |row: &(&str, Says)| row.1 == what && words.contains(&format!(" {} ", row.0));
    let list: &[&str] = match what {
        Says::Verb => &VERBS,
        Says::Conclusion => &CONCLUDING,
        Says::Change => &CHANGING,
        _ => &[],
    };
    let sense = match what {
        Says::Answer => Some(Sense::Answer),
        Says::Derivative => Some(Sense::Derivative),
        Says::Verb => Some(Sense::Verb),
        Says::Conclusion => Some(Sense::Conclusion),
        Says::Where => Some(Sense::Where),
        Says::Denial => Some(Sense::Denial),
        Says::Change => Some(Sense::Change),
        Says::Same | Says::Nothing => None,
    };
    list.iter().any(|word| words.contains(&format!(" {word} ")))
        || sense.is_some_and(|sense| language::says(&words, sense))
        || PHRASES.iter().any(is_said)
        || !text.is_ascii() && says_in_signs(&without_things(text), what)
        || what == Says::Denial && (text.contains("n't") || text.contains("n’t"))
}

fn says_in_signs(text: &str, what: Says) -> bool {
    SIGNS.iter().any(|row| row.1 == what && text.contains(row.0))
}

/// Whether words end with one behind which a formula stands: `is`, `:`, the side of a cell.
pub(in super::super) fn leads(text: &str) -> bool {
    let text = text.trim_end_matches([' ', '\n', '*', ',', '(']);
    // `The answer is (B)`.
    let choice =
        text.strip_suffix(')').and_then(|text| text.strip_suffix(['A', 'B', 'C', 'D']));
    let text = choice.and_then(|text| text.strip_suffix('(')).map_or(text, str::trim_end);
    let words = plain(text);
    let ends = |row: &&(&str, Says)| {
        matches!(row.1, Says::Verb | Says::Answer)
            && words.ends_with(&format!(" {} ", row.0))
    };
    text.ends_with([':', '|'])
        || VERBS.iter().any(|word| words.ends_with(&format!(" {word} ")))
        || PHRASES.iter().any(|row| ends(&row))
        || language::ends_with(&words, &[Sense::Verb, Sense::Answer])
        || SIGNS.iter().any(|row| row.1 == Says::Verb && text.ends_with(row.0))
}

/// Words behind which the variable of a derivative stands.
const IN: [&str; 4] = ["theo biến ", "theo ", "对", "关于"];

/// The variable in which words say that something is differentiated, in Vietnamese or Chinese.
pub(super) fn variable<'t>(
    text: &'t str,
    is_name: &dyn Fn(&str) -> bool,
) -> Option<&'t str> {
    let lower = text.to_lowercase();
    IN.iter().find_map(|word| {
        let rest = text.get(lower.rfind(word)? + word.len()..)?;
        let rest = rest.trim_start_matches([' ', '$', '\\', '(']);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        Some(&rest[..end]).filter(|name| is_name(name))
    })
}

/// What stands behind the words of Vietnamese or Chinese with which an answer begins:
/// `Vậy y' = 2x`.
pub(in super::super) fn behind_foreign(text: &str, asked: Asked) -> Found<'_> {
    let mut rest = text;
    loop {
        let next = rest.trim_start_matches([' ', ',', ':', '，', '：']);
        let first = next.chars().next().unwrap_or(' ');
        let goes_on = |c: char| c.is_alphabetic() && is_chinese(c) == is_chinese(first);
        let end = next.find(|c: char| !goes_on(c)).unwrap_or(next.len());
        if end == 0 || !is_word(&next[..end]) {
            rest = next;
            break;
        }
        rest = &next[end..];
    }
    let words = &text[..text.len() - rest.len()];
    let is_foreign = words.contains(|c: char| is_chinese(c) || is_vietnamese(c));
    let said = words.trim_end();
    let is_said = [Says::Answer, Says::Derivative, Says::Verb, Says::Conclusion];
    let tells =
        said.ends_with([':', '：']) || is_said.iter().any(|what| says(words, *what));
    let turns =
        [Says::Change, Says::Denial, Says::Where].iter().any(|what| says(words, *what));
    if !is_foreign
        || !tells
        || turns
        || !presents(words, rest, asked)
        || rest.is_empty()
        || said.ends_with("của")
        || said.ends_with('的')
    {
        return (text, None);
    }
    let said = said.trim_end_matches([',', ':', '，', '：']);
    (rest, Some(format!("the answer is what stands behind `{said}`")))
}

/// Words of orders from the second on.
#[rustfmt::skip]
const ORDERS: [(&str, usize); 10] = [
    ("cấp hai", 2), ("cấp 2", 2), ("cấp ba", 3), ("cấp 3", 3), ("bậc hai", 2), ("bậc ba", 3),
    ("二阶", 2), ("三阶", 3), ("2阶", 2), ("3阶", 3),
];

/// The order of a derivative that words of Vietnamese or Chinese name.
pub(in super::super) fn order_of(lower: &str) -> Option<usize> {
    ORDERS.iter().find(|(word, _)| lower.contains(word)).map(|(_, order)| *order)
}

/// Whether words of Vietnamese or Chinese turn around or change what they stand beside.
pub(in super::super) fn is_foreign_turn(text: &str) -> bool {
    let text = &*without_rules(text);
    let turns = |row: &&(&str, Says)| matches!(row.1, Says::Denial | Says::Change);
    let is_foreign =
        |row: &&(&str, Says)| !row.0.is_ascii() || row.0 == "chia" || row.0 == "sai";
    let words = || plain(text);
    text.contains(|c: char| is_chinese(c) || is_vietnamese(c))
        && (SIGNS.iter().filter(turns).any(|row| text.contains(row.0))
            || PHRASES
                .iter()
                .filter(turns)
                .filter(is_foreign)
                .any(|row| words().contains(&format!(" {} ", row.0))))
}

/// Whether words of a sentence stand in a text behind a formula: `2x nên f'(3)`.
pub(in super::super) fn says_more(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let mut words = words.skip_while(|word| is_word(word));
    let is_foreign =
        |word: &str| word.contains(|c: char| is_chinese(c) || is_vietnamese(c));
    words.any(|word| {
        is_foreign(word) || CONCLUDING.contains(&word.to_lowercase().as_str())
    })
}
