//! Words beside a formula that leave it as it is.

use super::super::super::language;
use super::super::words::{CONCLUDING, SAYING, VERBS};
use super::tongue::{PHRASES, SIGNS, Says, says};
use std::borrow::Cow;

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
pub(in super::super) fn without_rules(text: &str) -> Cow<'_, str> {
    let lower = text.to_lowercase();
    if !PLAINER.iter().any(|(rule, _)| lower.contains(rule)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        PLAINER.iter().fold(lower, |text, (rule, plain)| text.replace(rule, plain)),
    )
}

/// Words that leave a formula beside them as it is, beside those of the other lists.
#[rustfmt::skip]
const NEUTRAL: [&str; 215] = [
    "exactly", "precisely",
    "factoring", "factored", "treating", "constant", "dy", "dx", "df", "giải", "hàm", "of", "with",
    "respect", "function", "in", "on", "its", "wrt", "hi", "hello", "let's", "lets", "compute",
    "computed", "computing", "calculate", "calculating", "we've", "differentiate",
    "differentiating", "differentiation", "both", "sides", "each", "as", "form", "expression",
    "equal", "give", "giving", "now", "next", "one", "simply", "just", "variable", "variables", "x",
    "y", "z", "t", "f", "g", "value", "given", "required", "sure", "okay", "ok", "well", "yes",
    "done", "step", "steps", "second", "can", "see", "that's", "me", "you", "will", "must", "up",
    "has", "following", "below", "directly", "believe", "am", "hope", "helps", "help", "here's",
    "here’s", "question", "problem", "exercise", "any", "point", "line", "applied", "applies",
    "application", "used", "use", "uses", "differentiated", "derive", "deriving", "derived",
    "follows", "follow", "means", "mean", "gets", "getting", "us", "i'll", "i've", "you're", "note",
    "all", "finding", "found", "simplify", "reduce", "reduces", "comes", "work", "working",
    "resulting", "obtained", "obtaining", "yield", "yielding", "evaluated", "computes", "writing",
    "write", "written", "rewrite", "combined", "combining", "collecting", "combine", "general",
    "basic", "standard", "known", "definition", "formula", "identity", "theorem", "rules",
    "polynomial", "calculus", "áp", "dụng", "sử", "dùng", "hợp", "chuỗi", "đã", "trên", "này",
    "như", "lời", "biểu", "thức", "cuối", "chúng", "dễ", "dàng", "thấy", "rằng", "theo", "các",
    "mỗi", "hai", "vế", "lấy", "nhận", "trực", "tiếp", "thế", "vào", "rút", "gọn", "valid", "real",
    "every", "numbers", "chúc", "bạn", "học", "tốt", "mong", "giúp", "ích", "tại", "điểm", "vectơ",
    "véc", "tơ", "vector", "cubic", "quadratic", "linear",
    "conclusion", "conclude", "after", "simplification", "simplest", "taking", "clearly", "know",
    "obviously", "option", "choice", "choose", "desired", "qed", "indeed", "also",
];

/// The same in Chinese, of several signs first.
#[rustfmt::skip]
const NEUTRAL_SIGNS: [&str; 101] = [
    "根据", "法则", "乘积", "链式", "商的", "求导", "函数", "关于", "我们", "可以", "由此", "可知", "可得", "变量", "利用",
    "使用", "结合", "公式", "原式", "这个", "首先", "其次", "然后", "的", "对", "求", "由", "用", "可", "知", "解", "题",
    "偏", "数", "则", "就", "了", "这", "此", "规则", "应用", "运用", "计算", "推导", "得出", "那么", "复合", "步骤",
    "直接", "求得", "可得到", "我", "们", "到", "出", "述", "面", "如", "以", "于", "并", "注意", "容易", "易", "得",
    "正确", "把", "将", "代入", "等式", "希望", "你", "帮助", "所求", "所", "其", "该", "本", "而", "也", "都", "已",
    "请", "再", "经", "过", "后", "两", "边", "式", "阶", "微", "导", "时", "处", "点", "中", "同", "写", "做",
    "算",
];

/// Whether each word beside a formula is known to say nothing that changes it.
pub(in super::super) fn is_understood(
    text: &str,
    is_name: &dyn Fn(&str) -> bool,
) -> bool {
    if says(text, Says::Denial) || says(text, Says::Change) {
        return false;
    }
    let is_neutral = |row: &(&str, Says)| !matches!(row.1, Says::Denial | Says::Change);
    let mut signs: Vec<&str> =
        SIGNS.iter().filter(|row| is_neutral(row)).map(|row| row.0).collect();
    signs.extend(NEUTRAL_SIGNS);
    signs.sort_by_key(|sign| std::cmp::Reverse(sign.len()));
    let mut rest = without_rules(text).to_lowercase();
    for sign in signs {
        rest = rest.replace(sign, " ");
    }
    let is_part = |word: &str| {
        PHRASES
            .iter()
            .filter(|row| is_neutral(row))
            .any(|row| row.0.split(' ').any(|part| part == word))
    };
    let mut words = rest.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    words.all(|word| {
        word.is_empty()
            || SAYING.contains(&word)
            || VERBS.contains(&word)
            || CONCLUDING.iter().any(|own| own.split(' ').any(|part| part == word))
            || NEUTRAL.contains(&word)
            || language::is_neutral(word)
            || is_part(word)
            || is_name(word)
    })
}
