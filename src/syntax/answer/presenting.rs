//! Whether words present the formula behind them as the answer. Every word that may stand there
//! has a row, in all languages; a sentence with any other word presents nothing.

use super::super::language::{self, Sense};
use super::beside::{Words, sentence_before};
use super::reply::{PHRASES, SIGNS, Says, is_chinese, without_rules};
use super::words::{CONCLUDING, NEARLY, SAYING, VERBS};
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
    /// It is not so, or not surely.
    Doubt,
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
    Answer, Asks, Comma, Conclusion, Condition, Doubt, Gives, Known, Name, Nearly, Of,
    Other, Owns, Plain, Quantity, Verb, Way,
};

/// The words and phrases in small letters, beside those of the other tables.
#[rustfmt::skip]
const ROWS: [(Class, &[&str]); 15] = [
    (Answer, &[
        "answer", "answers", "ans", "result", "results", "solution", "solutions", "sol",
        "soln", "derivative", "derivatives", "gradient", "slope", "expression", "output",
        "outcome", "partials", "solución", "斜率", "解", "偏导数", "导数", "导函数", "correct option",
        "correct choice", "đáp án", "đáp số", "hệ số góc", "rate of change",
        "simplified form", "simplest form", "final form", "vectơ gradient",
        "value of the derivative", "form of the derivative", "value of the expression",
        "value of the gradient", "value of the slope", "giá trị của đạo hàm",
        "giá trị đạo hàm", "导数的值", "偏导", "nghiệm",
    ]),
    (Quantity, &[
        "value", "values", "root", "roots", "值", "valor", "wert", "valeur", "number",
        "total", "sum", "product", "quotient", "difference", "remainder", "ratio", "rate",
        "percentage", "fraction", "amount", "area", "volume", "perimeter", "circumference",
        "length", "width", "height", "depth", "thickness", "radius", "diameter", "distance",
        "displacement", "speed", "velocity", "acceleration", "time", "duration", "age",
        "angle", "measure", "cost", "price", "profit", "loss", "income", "revenue",
        "salary", "tax", "discount", "interest", "mean", "average", "median", "mode",
        "range", "variance", "probability", "chance", "odds", "maximum", "minimum", "limit",
        "determinant", "rank", "trace", "divisor", "integer", "digit", "digits", "weight",
        "mass", "density", "force", "work", "energy", "power", "pressure", "temperature",
        "charge", "voltage", "current", "resistance", "frequency", "wavelength", "period",
        "magnitude", "norm", "dimension", "equation", "interval", "domain", "inequality",
        "pair", "polynomial", "matrix", "vector", "point", "points", "center", "vertex",
        "count", "size", "score", "surface area", "solution set", "standard deviation",
        "expected value", "giá trị", "diện tích", "thể tích", "chu vi", "tổng", "chiều dài",
        "chiều rộng", "chiều cao", "bán kính", "đường kính", "vận tốc", "xác suất",
        "quãng đường", "số tiền", "tập nghiệm", "giới hạn", "khoảng cách", "面积", "体积", "周长",
        "长度", "半径", "直径", "速度", "距离", "概率", "总和", "总数", "最大值", "最小值", "fläche",
        "flächeninhalt", "volumen", "länge", "summe", "wahrscheinlichkeit", "aire", "somme",
        "probabilité", "suma", "área", "probabilidad", "longitud",
    ]),
    (Other, &[
        "function", "functions", "funktion", "fonction", "función", "formula", "definition",
        "identity", "theorem", "problem", "question", "exercise", "option", "choice",
        "variable", "variables", "given expression", "given derivative",
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
        "reduce to", "evaluates to", "equal to", "given by", "comes out as",
        "comes out to be", "comes out to", "turns out to be", "works out to be",
        "works out to", "left with", "end up with", "up with", "up at", "result in",
        "resulting in", "factors into", "factors as", "expands to", "amounts to",
        "comes to", "written as", "rewritten as", "factored as", "simplified to",
        "should be", "follows that", "on a", "igual a", "égale à", "égal à", "we find",
        "i find", "you find", "one finds", "we compute", "we calculate", "we derive",
        "we write", "must be", "needs to be", "differentiates to", "boils down to",
        "expressed as",
    ]),
    (Gives, &[
        "gives", "give", "yields", "yield", "giving", "yielding", "obtaining", "getting",
        "ergibt", "donne", "leads to", "results in", "ta được", "suy ra",
    ]),
    (Asks, &[
        "find", "differentiate", "compute", "calculate", "evaluate", "simplify", "solve",
        "derive", "write", "rewrite", "reduce", "take", "use", "apply", "combine", "tìm",
        "tính", "求", "求导", "计算", "化简", "ableiten",
    ]),
    (Conclusion, &[
        "so", "then", "thus", "hence", "therefore", "finally", "consequently", "d'où",
        "d’où", "also", "por lo tanto", "即", "则", "那么",
    ]),
    (Of, &[
        "of", "to", "for", "in", "at", "on", "by", "with", "from", "wrt", "per", "under",
        "between", "inside", "after", "using", "via", "all", "any", "every", "each", "von",
        "der", "des", "nach", "de", "del", "du", "theo", "của", "tại", "với", "trong",
        "mọi", "bei", "für", "en", "para", "pour", "在", "对", "对于", "关于", "由", "根据", "利用",
        "使用", "as", "applying", "áp dụng", "sử dụng", "dùng", "trong đó", "with respect to",
        "respect to", "respecto a", "respecto de", "par rapport à", "theo biến",
        "variable is", "variables are", "biến là", "变量是",
    ]),
    (Owns, &[
        "的",
    ]),
    (Condition, &[
        "if", "let", "where", "whether", "when", "unless", "nếu", "đặt", "cho", "khi",
        "wenn", "falls", "si", "cuando", "quand", "当", "若", "设", "令", "其中",
    ]),
    (Doubt, &[
        "could", "might", "may", "no", "not", "doubt", "unlikely", "impossible", "unsure",
    ]),
    (Plain, &[
        "the", "a", "an", "exactly", "precisely", "simply", "just", "now", "indeed",
        "following", "follows", "clearly", "directly", "us", "my", "our", "your", "we", "i",
        "you", "it", "this", "which", "that", "final", "correct", "required", "desired",
        "simplified", "first", "second", "third", "fourth", "again", "only", "die", "das",
        "el", "la", "le", "les", "los", "las", "un", "une", "una", "ein", "eine", "wir",
        "sought", "gesuchte", "ta", "em", "to be", "cuối cùng", "sau",
    ]),
    (Known, &[
        "his", "her", "their", "he", "she", "they", "there", "these", "those", "smallest",
        "largest", "greatest", "lowest", "highest", "possible", "common", "whole", "exact",
        "new", "unknown", "remaining", "combined", "general", "overall", "such", "positive",
        "instantaneous", "function's", "function’s", "man", "se", "sich", "d'une", "change",
        "unique", "dy", "dx", "df", "dt", "dz", "dv", "f'", "所求", "要求", "đã cho",
        "nhỏ nhất", "véc tơ", "lớn nhất", "all possible",
    ]),
    (Known, &[
        "factoring", "factored", "treating", "constant", "giải", "its", "hi", "hello",
        "computed", "computing", "calculating", "we've", "differentiating", "both", "sides",
        "form", "one", "will", "up", "below", "believe", "am", "hope", "helps", "help",
        "sure", "okay", "ok", "well", "yes", "done", "can", "see", "me", "applied",
        "applies", "used", "uses", "differentiated", "deriving", "derived", "follow",
        "means", "finding", "found", "comes", "working", "resulting", "obtained",
        "evaluated", "computes", "writing", "combining", "collecting", "basic", "standard",
        "known", "calculus", "hợp", "vectơ", "chuỗi", "đã", "trên", "này", "như", "lời",
        "thức", "chúng", "dễ", "dàng", "thấy", "rằng", "các", "mỗi", "hai", "vế", "lấy",
        "nhận", "trực", "tiếp", "thế", "vào", "rút", "gọn", "valid", "real", "numbers",
        "cubic", "quadratic", "linear", "conclusion", "conclude", "simplest", "taking",
        "know", "obviously", "qed", "given", "next", "simplifying", "would", "here",
        "since", "think", "sí",
    ]),
];
/// The most words of a phrase.
const LONGEST: usize = 5;
/// How many words before a verb are looked at where any words may stand there.
const NEAR: usize = 3;

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
        Says::Denial | Says::Change => Doubt,
        Says::Nothing => Known,
    };
    for (class, words) in ROWS {
        words.iter().for_each(|word| add(*word, class));
    }
    NEARLY.iter().for_each(|word| add(*word, Nearly));
    PHRASES.iter().chain(&SIGNS).for_each(|(word, says)| add(*word, listed(*says)));
    language::rows().for_each(|(sense, word)| add(word, of_language(sense)));
    VERBS.iter().for_each(|word| add(*word, Verb));
    CONCLUDING.iter().for_each(|word| add(*word, Conclusion));
    SAYING.iter().for_each(|word| add(*word, Known));
    table
});

/// What a word of German, French or Spanish does.
fn of_language(sense: Sense) -> Class {
    match sense {
        Sense::Answer | Sense::Derivative | Sense::Order(_) => Answer,
        Sense::Verb => Verb,
        Sense::Conclusion => Conclusion,
        Sense::Where => Condition,
        Sense::Denial | Sense::Change => Doubt,
        Sense::Of | Sense::Respect => Of,
        Sense::Asks | Sense::Derives => Asks,
        Sense::Filler | Sense::Gives => Known,
    }
}

/// What the words of a sentence do; nothing for those without a row.
fn classes(sentence: &str) -> Vec<Option<Class>> {
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
            word if class.is_none() && crate::function::is_name(word) => Some(Name),
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

/// Whether all words before a formula have a row, and none of them takes it back.
pub(super) fn are_known(words: &str) -> bool {
    classes(words).iter().all(|class| !matches!(class, None | Some(Doubt)))
}

/// Whether a text is words that have rows, and no formula.
pub(super) fn are_words(text: &str) -> bool {
    let all = classes(text);
    are_known(text) && all.iter().any(|class| *class != Some(Name))
}

/// Whether one of some words takes back what stands beside it.
pub(super) fn has_doubt(words: &str) -> bool {
    classes(words).contains(&Some(Doubt))
}

/// Whether words behind a formula say something of it, and not that it is the answer: `is real`.
pub(super) fn is_subject(behind: &str) -> bool {
    let all = classes(behind);
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
    let all = classes(sentence);
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
        Some(Plain | Answer | Conclusion) => true,
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
    if matches!(first, Some(Condition)) || whole.is_empty() && !has_verb {
        return whole.is_empty();
    }
    // In Chinese, what says more of a noun stands before it: `三角形的面积`.
    let is_named = |at: &usize| {
        let behind = &clause[at + 1..];
        clause[*at] == Some(Owns) && behind.first() == Some(&Some(Quantity))
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
            Some(Doubt) if is_near || !is_free => return false,
            Some(Asks) if !has_verb => return false,
            Some(Verb | Gives) => (is_free, is_of, is_beside) = (false, false, false),
            Some(Of) => (is_of, is_beside) = (true, false),
            Some(Owns) => (noun, is_of) = (None, false),
            Some(Answer | Quantity | Other | Way) if is_of => is_of = false,
            Some(Other | Way) if is_beside => {}
            Some(Answer | Quantity | Other | Way) if is_free => {}
            Some(found @ (Answer | Quantity | Other | Way)) => {
                noun = Some(*found);
                is_beside = *found == Answer;
                is_free = *found == Quantity && asked == Asked::Anything;
            }
            Some(_) => is_beside = false,
        }
    }
    let is_answer = match noun {
        Some(Answer) => true,
        Some(Quantity) => asked == Asked::Anything,
        Some(Way) => has_name || is_way,
        Some(_) => has_name,
        None => {
            has_verb
                || has_name
                || is_apart
                || clause.iter().any(|class| *class == Some(Conclusion))
        }
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
