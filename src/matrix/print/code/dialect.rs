//! What the languages differ in, one row each.

use crate::function::Language;

/// How a language writes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dialect {
    pub(super) language: Language,
    /// Whether a vector has one axis and no direction.
    pub(super) is_flat: bool,
    /// Whether functions of entries need a point: `sin.(x)`.
    pub(super) has_dots: bool,
    /// Factors of a matrix product.
    pub(super) product: &'static str,
    /// Products, quotients, powers and sums of entries: of arrays, `…` between.
    pub(super) times: &'static str,
    pub(super) over: &'static str,
    /// A power of a scalar, and of entries.
    pub(super) power: &'static str,
    pub(super) powers: &'static str,
    pub(super) transpose: &'static str,
    /// `inv(A)*x` of a vector.
    pub(super) solve: &'static str,
    /// `x*y'` of two vectors without direction.
    pub(super) outer: &'static str,
    /// A whole power of a matrix.
    pub(super) matrix_power: &'static str,
    /// A column `#1` as the columns of a matrix of `#2` rows and `#3` columns.
    pub(super) reshape: &'static str,
    /// The number of entries of a vector; rows and columns of a matrix.
    pub(super) length: &'static str,
    pub(super) rows: &'static str,
    pub(super) cols: &'static str,
    /// Arrays `NAME` of ones or zeros: like another one, of one size, of two, a row.
    pub(super) like: &'static str,
    pub(super) filled: &'static str,
    pub(super) filled_matrix: &'static str,
    pub(super) filled_row: &'static str,
    pub(super) eye: &'static str,
    /// The unit vector of place `#1` of `#2`.
    pub(super) unit: &'static str,
    /// The signs of `<`, `<=`, `=`, `!=`, `and`, `or`.
    pub(super) relations: [&'static str; 6],
    /// The value `#2` if `#1`, else `#3`: of numbers, and of entries; empty where there is none.
    /// The first is that of two numbers which are no tensors.
    pub(super) choice_of_plain: &'static str,
    pub(super) choice: &'static str,
    pub(super) choices: &'static str,
    /// What has no value.
    pub(super) nothing: &'static str,
    /// The place `#1` from the end.
    pub(super) from_end: &'static str,
    /// The first place.
    pub(super) first: i64,
    pub(super) e: &'static str,
    pub(super) pi: &'static str,
    /// A derivative of an abstract function: its name, and the order above the first.
    pub(super) end: &'static str,
    /// What comes first when one of the words is used.
    pub(super) imports: &'static [(&'static str, &'static [&'static str])],
    /// Words that are no names.
    pub(super) keywords: &'static [&'static str],
}

const PYTHON_WORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
    "continue", "def", "del", "elif", "else", "except", "finally", "for", "from",
    "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
    "raise", "return", "try", "while", "with", "yield", "jax", "jnp", "len", "math",
    "np", "scipy", "torch",
];

const PYTHON: Dialect = Dialect {
    language: Language::Python,
    is_flat: true,
    has_dots: false,
    product: " @ ",
    times: " * ",
    over: " / ",
    power: "**",
    powers: "**",
    transpose: "%1.T",
    solve: "np.linalg.solve(#1, #2)",
    outer: "np.outer(#1, #2)",
    matrix_power: "np.linalg.matrix_power(#1, #2)",
    reshape: "np.reshape(#1, (#2, #3), order='F')",
    length: "len(#1)",
    rows: "#1.shape[0]",
    cols: "#1.shape[1]",
    like: "np.NAME(#1.shape)",
    filled: "np.NAME(#1)",
    filled_matrix: "np.NAME((#1, #2))",
    filled_row: "np.NAME(#1)",
    eye: "np.eye(#1)",
    unit: "np.eye(#2)[#1]",
    relations: ["<", "<=", "==", "!=", "&", "|"],
    choice_of_plain: "np.where(#1, #2, #3)",
    choice: "np.where(#1, #2, #3)",
    choices: "np.where(#1, #2, #3)",
    nothing: "np.nan",
    from_end: "-#1",
    first: 0,
    e: "np.e",
    pi: "np.pi",
    end: "",
    imports: &[
        ("import numpy as np", &["np"]),
        ("import scipy.linalg", &["scipy.linalg"]),
        ("import scipy.special", &["scipy.special"]),
    ],
    keywords: PYTHON_WORDS,
};

const PYTORCH: Dialect = Dialect {
    language: Language::Pytorch,
    solve: "torch.linalg.solve(#1, #2)",
    outer: "torch.outer(#1, #2)",
    matrix_power: "torch.linalg.matrix_power(#1, #2)",
    reshape: "torch.reshape(#1, (#3, #2)).T",
    like: "torch.NAME_like(#1)",
    filled: "torch.NAME(#1).to(#3)",
    filled_matrix: "torch.NAME(#1, #2).to(#3)",
    filled_row: "torch.NAME(#1).to(#3)",
    eye: "torch.eye(#1).to(#3)",
    unit: "torch.eye(#2).to(#3)[#1]",
    // Two numbers alone would be numbers of a few digits.
    choice_of_plain: "torch.where(#1, torch.tensor(#2, dtype=torch.float64), #3)",
    choice: "torch.where(#1, #2, #3)",
    choices: "torch.where(#1, #2, #3)",
    nothing: "torch.nan",
    e: "torch.e",
    pi: "torch.pi",
    imports: &[("import math", &["math"]), ("import torch", &["torch"])],
    ..PYTHON
};

const JULIA: Dialect = Dialect {
    language: Language::Julia,
    is_flat: false,
    has_dots: true,
    product: "*",
    times: " .* ",
    over: " ./ ",
    power: "^",
    powers: ".^",
    transpose: "%1'",
    solve: "$1 \\ $2",
    outer: "$1*%2'",
    matrix_power: "%1^#2",
    reshape: "reshape(#1, #2, #3)",
    length: "length(#1)",
    rows: "size(#1, 1)",
    cols: "size(#1, 2)",
    like: "NAME(size(#1))",
    filled: "NAME(#1)",
    filled_matrix: "NAME(#1, #2)",
    filled_row: "NAME(#1)'",
    eye: "I(#1)",
    unit: "(1:$2 .== #1)",
    relations: ["<", "<=", "==", "!=", "&", "|"],
    choice_of_plain: "(#1 ? #2 : #3)",
    choice: "(#1 ? #2 : #3)",
    choices: "ifelse.(#1, #2, #3)",
    nothing: "NaN",
    from_end: "end + 1 - #1",
    first: 1,
    e: "exp(1)",
    pi: "pi",
    end: "",
    imports: &[
        (
            "using LinearAlgebra",
            &[
                "dot",
                "norm",
                "tr",
                "det",
                "logdet",
                "inv",
                "diag",
                "Diagonal",
                "I",
                "kron",
                "cross",
                "tril",
                "triu",
                "pinv",
                "opnorm",
                "svd",
                "svdvals",
                "eigmax",
                "eigmin",
                "eigvals",
                "eigvecs",
                "Symmetric",
            ],
        ),
        ("using Statistics", &["mean"]),
        (
            "using SpecialFunctions",
            &[
                "erf",
                "erfc",
                "erfi",
                "erfinv",
                "erfcinv",
                "gamma",
                "logabsgamma",
                "digamma",
                "polygamma",
                "beta",
                "sinint",
                "cosint",
                "expinti",
                "airyai",
                "airyaiprime",
                "airybi",
                "airybiprime",
                "besselj",
                "bessely",
                "besseli",
                "besselk",
                "sphericalbesselj",
                "sphericalbessely",
                "ellipk",
                "ellipe",
            ],
        ),
    ],
    keywords: &[
        "baremodule",
        "begin",
        "break",
        "catch",
        "const",
        "continue",
        "do",
        "else",
        "elseif",
        "end",
        "export",
        "false",
        "finally",
        "for",
        "function",
        "global",
        "if",
        "import",
        "in",
        "isa",
        "let",
        "local",
        "macro",
        "module",
        "quote",
        "return",
        "struct",
        "true",
        "try",
        "using",
        "where",
        "while",
    ],
};

const MATLAB: Dialect = Dialect {
    language: Language::Matlab,
    has_dots: false,
    filled: "NAME(#1, 1)",
    filled_row: "NAME(1, #1)",
    length: "numel(#1)",
    eye: "eye(#1)",
    unit: "double((1:$2)' == #1)",
    relations: ["<", "<=", "==", "~=", "&", "|"],
    // It has no such function: the place in a list is counted.
    choice_of_plain: "feval(@(v) v(1 + (#1)), [#3, #2])",
    choice: "feval(@(v) v(1 + (#1)), [#3, #2])",
    choices: "",
    end: ";",
    imports: &[],
    keywords: &[
        "break",
        "case",
        "catch",
        "classdef",
        "continue",
        "else",
        "elseif",
        "end",
        "for",
        "function",
        "global",
        "if",
        "otherwise",
        "parfor",
        "persistent",
        "return",
        "spmd",
        "switch",
        "try",
        "while",
    ],
    ..JULIA
};

/// How a language writes.
pub(super) fn of(language: Language) -> &'static Dialect {
    match language {
        Language::Python => &PYTHON,
        Language::Julia => &JULIA,
        Language::Matlab => &MATLAB,
        Language::Pytorch => &PYTORCH,
    }
}
