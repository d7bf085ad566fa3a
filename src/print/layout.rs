//! LaTeX in which arguments have places of their own: templates of the function table, and
//! cases.

/// A piece of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<Id> {
    /// What stands there as it is.
    Token(&'static str),
    /// An argument.
    Argument(Id, Stand),
}

/// What stands beside an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// Brackets of some kind.
    Open,
    /// A sign, so that a product would be read in part only.
    Beside,
    /// Nothing before it, and behind it a sign that belongs to it alone.
    Leading,
}

/// A template of the function table with its arguments.
pub(super) fn template<Id: Copy>(
    template: &'static str,
    arguments: &[Id],
) -> Vec<Piece<Id>> {
    let mut pieces = Vec::new();
    let is_sign = template.contains("\\bmod");
    let mut rest = template;
    while let Some(at) = rest.find('#') {
        pieces.push(Piece::Token(&rest[..at]));
        let digit = rest[at + 1..].chars().next().and_then(|c| c.to_digit(10));
        let place = digit.map_or(0, |digit| digit as usize).saturating_sub(1);
        let stand = match at == 0 && rest.len() == template.len() {
            true => Stand::Leading,
            false if is_sign => Stand::Beside,
            false => Stand::Open,
        };
        pieces.extend(arguments.get(place).map(|id| Piece::Argument(*id, stand)));
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    pieces.push(Piece::Token(rest));
    pieces
}

/// Conditions with their values, and what holds otherwise.
pub(super) fn cases<Id: Copy>(arguments: &[Id]) -> Vec<Piece<Id>> {
    let open = |id: &Id| Piece::Argument(*id, Stand::Open);
    let mut pieces = vec![Piece::Token("\\begin{cases} ")];
    let mut rest = arguments;
    while let [condition, value, tail @ ..] = rest {
        rest = tail;
        pieces.extend([open(value), Piece::Token(" & \\text{if } "), open(condition)]);
        pieces.push(Piece::Token(if rest.is_empty() { "" } else { " \\\\ " }));
    }
    if let [otherwise] = rest {
        pieces.extend([open(otherwise), Piece::Token(" & \\text{otherwise}")]);
    }
    pieces.push(Piece::Token(" \\end{cases}"));
    pieces
}
