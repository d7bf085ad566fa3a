//! Whether words present the formula behind them as the answer. Every word that may stand there
//! has a row, in all languages; a sentence with any other word presents nothing.

use super::super::language::{self, Sense};
use super::beside::{Words, sentence_before};
use super::reply::{PHRASES, SIGNS, Says, is_chinese};
use super::things::{QUANTITIES, THINGS};
use super::words::{CHANGING, CONCLUDING, NEARLY, SAYING, VERBS};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What is asked for, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A derivative.
    Derivative,
    /// Whatever has the right answer.
    Anything,
}

/// What a word does in a sentence that ends in a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// It names the answer.
    Answer,
    /// It names something of which the value may be asked for.
    Quantity,
    /// The same, where a verb or a colon stands behind it.
    Thing,
    /// It names something else, which a sentence about the answer may speak of.
    Other,
    /// It names a way to the answer.
    Way,
    /// What stands behind it is said of what stands before.
    Verb,
    /// What stands behind it comes of what stands before.
    Gives,
    /// It asks for something, where no verb stands behind it.
    Asks,
    /// All before leads to what follows.
    Conclusion,
    /// What stands behind it says more of the noun before.
    Of,
    /// What stands before it says more of the noun behind.
    Owns,
    /// It says when something is so.
    Condition,
    /// It says that what follows is not exact.
    Nearly,
    /// What stands behind it is what is said.
    That,
    /// It is not so, or not surely.
    Doubt,
    /// It changes the formula behind it.
    Change,
    /// It stands before a formula and leaves it as it is.
    Plain,
    /// It stands before a verb and says nothing of the answer.
    Known,
    /// A formula or a name.
    Name,
    /// The end of a part of the sentence.
    Comma,
}
use Class::{
    Answer, Asks, Change, Comma, Conclusion, Condition, Doubt, Gives, Known, Name,
    Nearly, Of, Other, Owns, Plain, Quantity, That, Thing, Verb, Way,
};

/// The words and phrases in small letters, beside those of the other tables.
#[rustfmt::skip]
const ROWS: [(Class, &[&str]); 18] = [
    (Answer, &[
        "answer", "answers", "ans", "result", "results", "solution", "solutions", "sol",
        "soln", "derivative", "derivatives", "gradient", "slope", "expression", "output",
        "outcome", "partials", "solución", "斜率", "解", "偏导数", "导数", "导函数", "correct option",
        "correct choice", "đáp án", "đáp số", "hệ số góc", "rate of change",
        "fourth derivative", "simplified form", "simplest form", "final form",
        "vectơ gradient", "value of the derivative", "form of the derivative",
        "right answer", "best answer", "end result", "bonne réponse", "réponse correcte",
        "réponse exacte", "richtige antwort", "endgültige antwort", "exakte antwort",
        "respuesta exacta", "respuesta correcta", "kết quả đúng", "đáp án đúng",
        "dérivée cherchée", "derivada buscada", "gesuchte ableitung", "導數", "答案",
        "correct derivative",
        "value of the expression", "value of the gradient", "value of the slope",
        "giá trị của đạo hàm", "giá trị đạo hàm", "导数的值", "偏导", "nghiệm",
    ]),
    (Quantity, &QUANTITIES),
    (Other, &[
        "function", "functions", "funktion", "fonction", "función", "formula", "constant",
        "constants", "definition", "identity", "theorem", "problem", "question", "exercise",
        "option", "choice", "variable", "variables", "given expression", "given derivative",
        "derivative of the derivative", "derivative of the answer",
        "derivative of the result", "root of the derivative", "roots of the derivative",
        "solution of the derivative", "hàm số", "hàm", "biểu thức", "công thức", "biến",
        "điểm", "phương trình", "bài", "函数", "公式", "变量", "题", "式", "原式", "乘积", "方程",
    ]),
    (Way, &[
        "rule", "rules", "line", "step", "steps", "chain", "kettenregel", "produktregel",
        "quotientenregel", "potenzregel", "regel", "règle", "regla", "cadena", "part",
        "method", "differentiation", "simplification", "quy tắc", "câu", "法则", "规则",
    ]),
    (Verb, &[
        "=", "is", "are", "was", "be", "get", "gets", "have", "has", "obtain", "obtains",
        "equals", "equal", "becomes", "es", "become", "got", "it's", "it’s", "that's",
        "that’s", "here's", "here’s", "erhält", "folgt", "obtiene", "obtuvo", "gleich",
        "có", "为", "是", "得", "有", "等于", "得到", "可得", "求得", "可得到", "得出", "is at", "occurs at",
        "holds for", "is true for", "simplifies to", "simplify to", "reduces to",
        "reduce to", "evaluates to", "evaluate to", "comes out at", "computes to",
        "equal to", "given by", "comes out as", "comes out to be", "comes out to",
        "turns out to be", "works out to be", "works out to", "left with", "end up with",
        "up with", "up at", "result in", "resulting in", "factors into", "factors as",
        "expands to", "amounts to", "comes to", "written as", "rewritten as", "factored as",
        "simplified to", "should be", "follows that", "on a", "igual a", "égale à",
        "égal à", "we find", "i find", "you find", "one finds", "we compute",
        "we calculate", "we derive", "we write", "must be", "needs to be",
        "differentiates to", "boils down to", "expressed as",
        "we're left with", "we’re left with", "are left with", "found to be", "arrive at",
        "calculated as", "je trouve", "nos queda", "queda", "se tiene que", "il vient",
        "soit", "c'est", "c’est", "beträgt", "lautet", "est donnée par", "est donné par",
        "daraus folgt", "ich bekomme", "esto da", "bekomme", "為", "chọn", "choose", "选",
        "故选", "所以选",
    ]),
    (Gives, &[
        "gives", "give", "yields", "yield", "giving", "yielding", "obtaining", "getting",
        "ergibt", "donne", "ergibt sich", "leads to", "results in", "ta được", "suy ra",
        "should get", "should obtain", "leading to", "implies that", "shows that", "on en déduit que", "gives us",
    ]),
    (Asks, &[
        "find", "differentiate", "compute", "calculate", "evaluate", "simplify", "solve",
        "derive", "write", "rewrite", "reduce", "take", "use", "apply", "combine", "tìm",
        "tính", "求", "求导", "计算", "化简", "ableiten",
    ]),
    (Conclusion, &[
        "so", "then", "thus", "hence", "therefore", "finally", "consequently", "d'où",
        "ergo", "in short", "in other words", "lastly", "ultimately", "bref", "bueno",
        "pues", "rồi", "voilà", "namely", "vereinfacht", "hence proved", "we're done",
        "we’re done", "here you go", "vì vậy", "donc",
        "d’où", "also", "por lo tanto", "即", "则", "那么",
    ]),
    (Of, &[
        "of", "to", "for", "in", "at", "on", "by", "with", "from", "wrt", "per", "inside",
        "after", "using", "via", "all", "any", "every", "each", "von", "der", "des", "nach",
        "de", "del", "du", "theo", "của", "tại", "với", "trong", "mọi", "bei", "für", "en",
        "para", "pour", "在", "对", "对于", "关于", "由", "根据", "利用", "使用", "as", "applying",
        "áp dụng", "sử dụng", "dùng", "trong đó", "with respect to", "respect to",
        "respecto a", "respecto de", "par rapport à", "theo biến", "variable is",
        "variables are", "biến là", "变量是",
    ]),
    (Owns, &[
        "的",
    ]),
    (Condition, &[
        "if", "let", "where", "whether", "when", "nếu", "đặt", "cho", "khi",
        "wenn", "falls", "si", "cuando", "quand", "当", "若", "设", "令", "其中", "given that",
        "assuming that", "provided that",
    ]),
    (That, &[
        "that",
    ]),
    (Doubt, &[
        "không", "chưa", "不是", "could", "might", "may", "no", "not", "doubt", "unlikely",
        "impossible", "unsure", "unless", "isn't", "isn’t", "cannot", "can't", "can’t", "never",
        "wrong", "incorrect", "false", "sai", "chẳng", "không phải",
        "if it was", "if it were", "and a constant", "only at", "only if", "only when",
        "only for", "from which", "to which", "of which", "by which", "first part",
        "second part", "first step", "second step", "first component", "first term",
        "at first", "your answer", "sign of",
    ]),
    (Plain, &[
        "the", "a", "an", "exactly", "precisely", "simply", "just", "now", "indeed",
        "following", "follows", "clearly", "directly", "us", "my", "our", "your", "we", "i",
        "you", "it", "this", "which", "but", "final", "correct", "required", "desired",
        "simplified", "first", "second", "again", "only", "die", "das", "el", "la", "le",
        "les", "los", "las", "un", "une", "una", "ein", "eine", "wir", "sought", "gesuchte",
        "ta", "em", "to be", "cuối cùng", "sau",
    ]),
    (Known, &[
        "his", "her", "their", "he", "she", "they", "there", "these", "those", "smallest",
        "largest", "greatest", "lowest", "highest", "possible", "common", "whole", "exact",
        "new", "unknown", "remaining", "combined", "general", "overall", "such", "positive",
        "right", "evidently", "basically", "actually", "in fact", "of course", "alright",
        "thanks to", "thanks", "note", "recall", "remember", "notice", "observe",
        "successfully", "shown", "easy", "confident", "nun", "hier", "voici", "aquí está",
        "aquí", "está", "bonne", "richtige", "endgültige", "exacte", "exakte", "exacta",
        "cherchée", "buscada", "這", "個", "這個", "函數", "的導數", "hey", "first of all",
        "as a result", "in conclusion", "in summary", "in total", "altogether",
        "to summarize", "after that",
        "instantaneous", "function's", "function’s", "man", "se", "sich", "d'une", "change",
        "unique", "dy", "dx", "df", "dt", "dz", "dv", "f'", "所求", "要求", "đã cho",
        "nhỏ nhất", "véc tơ", "lớn nhất", "all possible",
    ]),
    (Nearly, &[
        "nearly", "almost", "gần", "近",
    ]),
    (Change, &[
        "second power", "greater", "larger", "bigger", "smaller", "higher", "lower",
        "above", "below", "under", "beyond", "exceeding", "between", "within", "strictly",
        "multiple of", "power of", "absolute value of", "ít nhất", "nhiều nhất",
        "tối thiểu", "tối đa", "lớn hơn", "nhỏ hơn", "bé hơn", "trên", "dưới", "đôi",
        "hai lần", "ba lần", "至少", "至多", "最多", "最少", "至少是",
        "至多是", "最多是", "最少是", "至少为", "至多为", "最多为", "最少为", "大于", "小于", "超过", "不到", "不足", "接近",
        "大于等于", "小于等于", "或等于", "不等于", "不小于", "不大于", "up to", "close to", "or equal to",
        "hoặc bằng",
    ]),
    (Known, &[
        "factoring", "factored", "treating", "giải", "its", "hi", "hello", "computed",
        "computing", "calculating", "we've", "differentiating", "both", "sides", "form",
        "one", "will", "up", "believe", "am", "hope", "helps", "help", "sure", "okay", "ok",
        "well", "yes", "done", "can", "see", "me", "applied", "applies", "used", "uses",
        "differentiated", "deriving", "derived", "follow", "means", "finding", "found",
        "comes", "working", "resulting", "obtained", "evaluated", "computes", "writing",
        "combining", "collecting", "basic", "standard", "known", "calculus", "hợp", "vectơ",
        "chuỗi", "đã", "này", "như", "lời", "thức", "chúng", "dễ", "dàng", "thấy", "rằng",
        "các", "mỗi", "hai", "vế", "lấy", "nhận", "trực", "tiếp", "thế", "vào", "rút",
        "gọn", "valid", "real", "numbers", "cubic", "quadratic", "linear", "conclusion",
        "conclude", "simplest", "taking", "know", "obviously", "qed", "given", "next",
        "simplifying", "would", "here", "since", "think", "sí", "respect", "let's", "lets",
        "x", "y", "z", "t", "f", "g", "must", "application", "i'll", "i've", "you're",
        "reduces", "written", "áp", "dụng", "sử", "biểu", "cuối", "chúc", "bạn", "học",
        "tốt", "mong", "giúp", "ích", "véc", "tơ", "链式", "商的", "我们", "可以", "由此", "可知", "结合",
        "这个", "首先", "其次", "然后", "用", "可", "知", "偏", "数", "就", "了", "这", "此", "应用", "运用",
        "推导", "复合", "步骤", "直接", "我", "们", "到", "出", "述", "面", "如", "以", "于", "并", "注意",
        "容易", "易", "正确", "把", "将", "代入", "等式", "希望", "你", "帮助", "所", "其", "该", "本", "而",
        "也", "都", "已", "请", "再", "经", "过", "后", "两", "边", "阶", "微", "导", "时", "处", "点", "中",
        "同", "写", "做", "算",
    ]),
];

/// Names of rules, in which a word stands that would change a formula beside it, and other
/// phrases of such words, with what they say.
#[rustfmt::skip]
const PLAINER: [(&str, &str); 57] = [
    ("power rule", "rule"), ("rule for powers", "rule"), ("rule of powers", "rule"),
    ("third derivative", "derivative"), ("third line", "line"), ("third step", "step"),
    ("anything else", "anything"), ("from above", ""), ("the above", "the"), ("above we", "we"),
    ("quy tắc lũy thừa", "quy tắc"), ("quy tắc luỹ thừa", "quy tắc"),
    ("công thức lũy thừa", "công thức"), ("công thức luỹ thừa", "công thức"),
    ("hàm lũy thừa", "hàm số"), ("hàm số lũy thừa", "hàm số"), ("quy tắc tích", "quy tắc"),
    ("quy tắc thương", "quy tắc"), ("đạo hàm của tích", "đạo hàm"),
    ("đạo hàm của một tích", "đạo hàm"), ("đạo hàm của thương", "đạo hàm"),
    ("đạo hàm của một thương", "đạo hàm"), ("đạo hàm tích", "đạo hàm"),
    ("đạo hàm thương", "đạo hàm"), ("幂法则", "法则"), ("幂规则", "法则"), ("幂函数", "函数"), ("求幂法则", "法则"),
    ("logarithmic differentiation", "differentiation"),
    ("implicit differentiation", "differentiation"), ("should be", "is"), ("term by term", ""),
    ("rate of change", "derivative"), ("or, equivalently", "equivalently"),
    ("or equivalently", "equivalently"), ("slope of the tangent line", "slope"),
    ("slope of the tangent", "slope"), ("constant factor rule", "rule"),
    ("constant times a function", "function"), ("inverse function rule", "rule"),
    ("inverse function theorem", "rule"), ("hệ số góc của tiếp tuyến", "đạo hàm"),
    ("quy tắc nhân", "quy tắc"), ("quy tắc chia", "quy tắc"), ("quy tắc cộng", "quy tắc"),
    ("quy tắc trừ", "quy tắc"), ("phép nhân", "quy tắc"), ("phép chia", "quy tắc"),
    ("乘法法则", "法则"), ("除法法则", "法则"), ("加法法则", "法则"), ("减法法则", "法则"), ("加减法则", "法则"),
    ("乘积法则", "法则"), ("乘法公式", "公式"), ("除法公式", "公式"), ("切线的斜率", "导数"),
];

/// A text with plainer words for the names of rules.
pub(super) fn without_rules(text: &str) -> Cow<'_, str> {
    let lower = text.to_lowercase();
    if !PLAINER.iter().any(|(rule, _)| lower.contains(rule)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        PLAINER.iter().fold(lower, |text, (rule, plain)| text.replace(rule, plain)),
    )
}

/// The most words of a phrase.
const LONGEST: usize = 5;
/// How many words before a verb are looked at where any words may stand there.
const NEAR: usize = 3;
/// How many words directly before a box are looked at, where no verb stands before it.
const CLOSE: usize = 2;

/// What is a name where nothing says which ones are.
fn no_name(_: &str) -> bool {
    false
}

/// Words that say of an answer that it is one.
const PRAISE: [&str; 4] = ["correct", "right", "get", "đúng"];

/// What each word and phrase does.
static TABLE: LazyLock<HashMap<&str, Class>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    let mut add = |word, class| {
        table.entry(word).or_insert(class);
    };
    let listed = |says| match says {
        Says::Answer | Says::Derivative => Answer,
        Says::Verb | Says::Same => Verb,
        Says::Conclusion => Conclusion,
        Says::Where => Condition,
        Says::Denial => Doubt,
        Says::Change => Change,
        Says::Nothing => Known,
    };
    for (class, words) in ROWS {
        words.iter().for_each(|word| add(*word, class));
    }
    THINGS.iter().for_each(|word| add(*word, Thing));
    NEARLY.iter().for_each(|word| add(*word, Nearly));
    PHRASES.iter().chain(&SIGNS).for_each(|(word, says)| add(*word, listed(*says)));
    language::rows().for_each(|(sense, word)| add(word, of_language(sense)));
    VERBS.iter().for_each(|word| add(*word, Verb));
    CONCLUDING.iter().for_each(|word| add(*word, Conclusion));
    SAYING.iter().for_each(|word| add(*word, Known));
    CHANGING.iter().for_each(|word| add(*word, Change));
    table
});

/// What a word of German, French or Spanish does.
fn of_language(sense: Sense) -> Class {
    match sense {
        Sense::Answer | Sense::Derivative | Sense::Order(_) => Answer,
        Sense::Verb => Verb,
        Sense::Conclusion => Conclusion,
        Sense::Where => Condition,
        Sense::Denial => Doubt,
        Sense::Change => Change,
        Sense::Of | Sense::Respect => Of,
        Sense::Asks | Sense::Derives => Asks,
        Sense::Filler | Sense::Gives => Known,
    }
}

/// What the words of a sentence do; nothing for those without a row.
fn classes(sentence: &str, is_name: &dyn Fn(&str) -> bool) -> Vec<Option<Class>> {
    let plain: String = sentence
        .char_indices()
        .map(|(at, c)| match c {
            '(' | ')' if !sentence[..at].ends_with('\\') => ' ',
            c => c,
        })
        .collect();
    let text = Words::of(&without_rules(&plain)).text;
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let mut found = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if word.starts_with(is_chinese) {
            in_signs(word, &mut found);
            at += 1;
            continue;
        }
        let phrase = (1..=LONGEST.min(words.len() - at)).rev().find_map(|count| {
            let class = TABLE.get(&*words[at..at + count].join(" "))?;
            Some((count, *class))
        });
        let (count, class) = phrase.map_or((1, None), |(count, row)| (count, Some(row)));
        found.push(match *word {
            "," => Some(Comma),
            "#" => Some(Name),
            word if class.is_none()
                && (is_name(word) || crate::function::is_name(word)) =>
            {
                Some(Name)
            }
            _ => class,
        });
        at += count;
    }
    found
}

/// The same for a run of signs of Chinese, which has no blanks between its words.
fn in_signs(run: &str, found: &mut Vec<Option<Class>>) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let word =
            ends.take(LONGEST).filter_map(|end| Some((end, *TABLE.get(&rest[..end])?)));
        let (end, class) = word
            .last()
            .map_or((first.len_utf8(), None), |(end, class)| (end, Some(class)));
        found.push(class);
        rest = &rest[end..];
    }
}

/// Whether all words beside a formula have a row, and none of them changes it or takes it back.
pub(super) fn are_known(words: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    let all = classes(words, is_name);
    !all.iter().any(|class| matches!(class, None | Some(Doubt | Change | Thing)))
}

/// Whether words behind a formula tell another one, `hence $3x$`, or that it is not exact.
pub(super) fn tells_another(behind: &str) -> bool {
    let all = classes(behind, &no_name);
    let tells =
        |pair: &[_]| matches!(pair, [Some(Verb | Gives | Conclusion), Some(Name)]);
    all.last() == Some(&Some(Nearly)) || all.windows(2).any(tells)
}

/// Whether a text is words that have rows, and no formula.
pub(super) fn are_words(text: &str) -> bool {
    let all = classes(text, &no_name);
    are_known(text, &no_name) && all.iter().any(|class| *class != Some(Name))
}

/// Whether the words before a box say that it does not hold the answer. All other words may speak
/// of anything.
pub(super) fn is_denied(before: &str, answer: &str) -> bool {
    let all = classes(sentence_before(before), &no_name);
    let start =
        all.iter().rposition(|class| *class == Some(Comma)).map_or(0, |at| at + 1);
    let clause = &all[start..];
    let verb = clause.iter().rposition(|class| matches!(class, Some(Verb | Gives)));
    let near = verb.map_or(clause.len().saturating_sub(CLOSE), |at| at + 1);
    let front = &clause[..verb.unwrap_or(clause.len())];
    let told = clause.iter().rposition(|class| matches!(class, Some(That | Condition)));
    let is_doubt = |class: &Option<Class>| *class == Some(Doubt);
    let changes = |class: &Option<Class>| match class {
        Some(Doubt | Change) => true,
        Some(Nearly) => !answer.contains('.'),
        _ => false,
    };
    clause[near..].iter().any(changes)
        || front[front.len().saturating_sub(NEAR)..].iter().any(is_doubt)
        // `It is false that the answer is`.
        || told.is_some_and(|at| clause[..at].iter().any(is_doubt))
}

/// Whether words behind a formula say something of it, and not that it is the answer: `is real`.
pub(super) fn is_subject(behind: &str) -> bool {
    let all = classes(behind, &no_name);
    let is_told =
        || all.contains(&Some(Answer)) || PRAISE.iter().any(|word| behind.contains(word));
    all.first() == Some(&Some(Verb)) && !is_told()
}

/// Whether the words before a formula present it as the answer. `has_name` is whether it has a
/// name of its own, `f'(x) = 2x`, and `is_exact` whether it is no decimal.
pub(super) fn presents(before: &str, formula: &str, asked: Asked) -> bool {
    let sentence = sentence_before(before);
    // A cell of a table is said of the one before.
    let cell = sentence.trim_end().strip_suffix('|').map(|row| format!("{row}:"));
    let sentence = cell.as_deref().unwrap_or(sentence);
    let all = classes(sentence, &no_name);
    let verb = all.iter().rposition(|class| matches!(class, Some(Verb | Gives)));
    let is_way = verb.is_some_and(|at| all[at] == Some(Gives))
        || sentence.trim_end_matches([' ', '*']).ends_with([':', '：']);
    let (front, behind) = match verb {
        Some(at) => (&all[..at], &all[at + 1..]),
        None => (&all[..], &[][..]),
    };
    let has_name = formula.contains('=');
    let is_exact = !formula.contains('.');
    let leaves = |class: &Option<Class>| match class {
        Some(Plain | That | Answer | Conclusion) => true,
        Some(Quantity) => asked == Asked::Anything,
        Some(Nearly) => !is_exact,
        _ => false,
    };
    // `We get, by the chain rule, $2x$`.
    let parts: Vec<&[Option<Class>]> =
        behind.split(|class| *class == Some(Comma)).collect();
    let are_plain = parts.iter().enumerate().all(|(place, part)| {
        let is_aside = place > 0 && place + 1 < parts.len();
        part.iter().all(|class| if is_aside { class.is_some() } else { leaves(class) })
    });
    are_plain && leads(front, [verb.is_some(), is_way, has_name], asked)
}

/// Whether the words before the verb of a sentence, or before its formula where it has none,
/// speak of the answer.
fn leads(
    front: &[Option<Class>],
    [has_verb, is_way, has_name]: [bool; 3],
    asked: Asked,
) -> bool {
    let is_end = |class: &Option<Class>| *class == Some(Comma);
    let whole = front;
    let mut front = front;
    let mut is_apart = false;
    while let (false, [rest @ .., last]) = (has_verb, front)
        && is_end(last)
    {
        (front, is_apart) = (rest, true);
    }
    let start = front.iter().rposition(is_end).map_or(0, |at| at + 1);
    let clause = &front[start..];
    let first = clause.first().copied().flatten();
    // `Forgetting the chain rule, we get $2x$`.
    let is_led_by = |class: &Option<Class>| matches!(class, None | Some(Doubt));
    let is_remark = start > 0 && !whole[..start].contains(&Some(Name));
    if asked == Asked::Derivative && is_remark && whole.first().is_some_and(is_led_by) {
        return false;
    }
    if matches!(first, Some(Condition)) || whole.is_empty() && !has_verb {
        return whole.is_empty();
    }
    // In Chinese, what says more of a noun stands before it: `三角形的面积`.
    let is_named = |at: &usize| {
        let behind = &clause[at + 1..];
        clause[*at] == Some(Owns)
            && matches!(behind.first(), Some(Some(Quantity | Thing)))
    };
    let owner = (0..clause.len()).rfind(is_named).filter(|_| asked == Asked::Anything);
    let clause = &clause[owner.map_or(0, |at| at + 1)..];
    let mut noun = None;
    let mut is_beside = false;
    let mut is_free = false;
    let mut is_of = false;
    for (at, class) in clause.iter().enumerate() {
        let is_near = at + NEAR >= clause.len();
        match class {
            // Of something whose value is asked for anything may be said.
            None if is_free => {}
            None | Some(Condition) => return false,
            Some(Thing) if asked == Asked::Derivative => return false,
            Some(Doubt) if is_near || !is_free => return false,
            Some(Change) if at + 1 == clause.len() || !is_free => return false,
            Some(Asks) if !has_verb => return false,
            Some(Verb | Gives) => (is_free, is_of, is_beside) = (false, false, false),
            Some(Of) => (is_of, is_beside) = (true, false),
            Some(Owns) => (noun, is_of) = (None, false),
            Some(Answer | Quantity | Thing | Other | Way) if is_of => is_of = false,
            Some(Other | Way) if is_beside => {}
            Some(Answer | Quantity | Thing | Other | Way) if is_free => {}
            Some(found @ (Answer | Quantity | Thing | Other | Way)) => {
                noun = Some(*found);
                is_beside = *found == Answer;
                is_free = matches!(found, Quantity | Thing) && asked == Asked::Anything;
            }
            Some(_) => is_beside = false,
        }
    }
    let is_answer = match noun {
        Some(Answer) => true,
        Some(Quantity) => asked == Asked::Anything,
        Some(Thing) => asked == Asked::Anything && (has_verb || is_way),
        Some(Way) => has_name || is_way,
        Some(_) => has_name,
        None => has_verb || has_name || is_apart || clause.contains(&Some(Conclusion)),
    };
    let ends_open = !has_verb
        && !is_apart
        && match clause.last() {
            Some(Some(Of | Asks | Condition)) => true,
            Some(Some(Known)) => !has_name,
            _ => false,
        };
    is_answer && !ends_open
}

#[cfg(test)]
mod tests {
    use super::{Asked, is_denied, presents};

    #[test]
    fn sentences_present_formulas() {
        let rows = [
            ("The derivative is ", true),
            ("By the power rule, the derivative of the function is ", true),
            ("The inner derivative is ", false),
            ("The function is ", false),
            ("It is impossible to get ", false),
            ("If the answer is ", false),
            ("Die Ableitung der Funktion ist ", true),
            ("Die falsche Antwort ist ", false),
            ("La derivada de la función es ", true),
            ("Đạo hàm của hàm số là ", true),
            ("函数的导数为", true),
            ("函数为", false),
        ];
        for (before, expected) in rows {
            assert_eq!(presents(before, "2x", Asked::Derivative), expected, "{before}");
        }
        assert!(presents("The area of the larger garden is ", "5", Asked::Anything));
    }

    #[test]
    fn words_that_deny_a_box_are_found() {
        let rows = [
            ("The answer is at least ", true),
            ("The area of the larger triangle is ", false),
            ("It is not even, so the answer is ", false),
            ("It is false that the answer is ", true),
            ("I am not sure whether it is ", true),
            ("The square root of 25 is ", false),
            ("Đáp án không phải là ", true),
            ("答案至少是", true),
        ];
        for (before, expected) in rows {
            assert_eq!(is_denied(before, "5"), expected, "{before}5");
        }
    }
}
