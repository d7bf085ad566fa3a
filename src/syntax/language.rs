//! Words of German, French and Spanish beside a formula, in replies and in tasks: one row for each
//! thing that words say. Those of English, Vietnamese and Chinese stand where they are asked for.

/// What a word says beside a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// It is the answer.
    Answer,
    /// It is a derivative.
    Derivative,
    /// A derivative of this order.
    Order(usize),
    /// What stands behind it is said of what stands before: `ist`.
    Verb,
    /// It is what all before leads to.
    Conclusion,
    /// It says where something holds, or what is given.
    Where,
    /// It is not so.
    Denial,
    /// It changes the formula beside it.
    Change,
    /// It says nothing of it.
    Filler,
    /// In a task it says what is given.
    Gives,
    /// In a task it asks for what stands behind it.
    Asks,
    /// In a task it asks for a derivative.
    Derives,
    /// It stands between a derivative and what is differentiated.
    Of,
    /// The variables of a derivative stand behind it.
    Respect,
}
use Sense::{
    Answer, Asks, Change, Conclusion, Denial, Derivative, Derives, Filler, Gives, Of,
    Order, Respect, Verb, Where,
};

/// The words in small letters.
#[rustfmt::skip]
const ROWS: [(Sense, &[&str]); 37] = [
    // German
    (Answer, &["antwort", "ergebnis", "lösung", "endergebnis"]),
    (Derivative, &["ableitung"]),
    (Order(2), &["zweite ableitung", "zweiten ableitung"]),
    (Order(3), &["dritte ableitung", "dritten ableitung"]),
    (Verb, &["ist", "lautet", "gilt", "ergibt", "beträgt", "erhalten"]),
    (Conclusion, &["somit", "daher", "damit", "folglich", "dann"]),
    (Where, &["wobei", "falls", "wenn", "bei", "für", "en", "cuando", "si", "para", "quand", "pour"]),
    (Denial, &["nicht", "kein", "keine", "falsch", "aber", "sondern", "nie", "niemals"]),
    (Change, &["oder", "stammfunktion", "stammfunktionen", "integral", "hälfte", "doppelte", "quadrat", "wurzel", "kehrwert"]),
    (Filler, &["die", "das", "des", "sie", "funktion", "wir", "erste", "gesuchte", "es", "sich", "nach", "mit", "und", "kettenregel", "produktregel", "quotientenregel"]),
    (Gives, &["sei", "gegeben"]),
    (Asks, &["berechne", "berechnen", "bestimme", "bestimmen", "bilde", "bilden"]),
    (Derives, &["ableiten", "leiten", "leite"]),
    (Of, &["von", "der"]),
    // French
    (Answer, &["réponse", "résultat"]),
    (Derivative, &["dérivée"]),
    (Order(2), &["dérivée seconde", "deuxième dérivée", "seconde dérivée"]),
    (Order(3), &["dérivée troisième", "troisième dérivée"]),
    (Verb, &["est", "vaut", "donne", "obtient", "obtenons", "avons", "trouve"]),
    (Conclusion, &["donc", "ainsi", "alors", "finalement"]),
    (Denial, &["pas", "faux", "fausse", "jamais", "mais"]),
    (Change, &["moitié", "opposé", "négatif", "négative", "moins", "carré", "racine", "inverse", "primitive", "intégrale"]),
    (Filler, &["la", "le", "les", "un", "une", "fonction", "on", "nous", "cette", "ce", "dérivant", "règle", "finale", "première"]),
    (Gives, &["soit"]),
    (Asks, &["calcule", "calculer", "calculez", "trouver", "trouvez", "déterminer", "déterminez"]),
    (Derives, &["dériver", "dérivez"]),
    (Respect, &["par rapport à", "respecto a", "respecto de"]),
    // Spanish; `de` is French, too.
    (Answer, &["respuesta", "resultado", "solución"]),
    (Derivative, &["derivada"]),
    (Order(2), &["segunda derivada", "derivada segunda"]),
    (Order(3), &["tercera derivada", "derivada tercera"]),
    (Verb, &["es", "obtenemos", "tenemos", "queda", "resulta", "vale"]),
    (Conclusion, &["entonces", "luego", "finalmente", "así", "por lo tanto", "por tanto"]),
    (Denial, &["nunca", "pero", "falso", "incorrecto", "no es"]),
    (Change, &["primitiva", "antiderivada", "integral", "mitad", "doble", "opuesto", "negativo", "negativa", "menos", "cuadrado", "raíz", "inversa"]),
    (Filler, &["el", "los", "las", "del", "función", "una", "lo", "correcta", "primera"]),
    (Of, &["de"]),
];
/// Words of tasks of Spanish.
#[rustfmt::skip]
const TASKS: [(Sense, &[&str]); 3] = [
    (Gives, &["sea", "dada"]),
    (Asks, &["calcula", "calcular", "halla", "hallar", "encuentra", "encontrar", "determina"]),
    (Derives, &["derivar", "deriva"]),
];
/// The fewest letters of a word that is none of mathematics: `es` may be a product.
const WORD: usize = 3;

/// The words with what each says.
pub(super) fn rows() -> impl Iterator<Item = (Sense, &'static str)> {
    let rows = ROWS.iter().chain(&TASKS);
    rows.flat_map(|(sense, words)| words.iter().map(|word| (*sense, *word)))
}

/// Whether a word in small letters has one of these senses.
pub(super) fn means(word: &str, senses: &[Sense]) -> bool {
    rows().any(|(sense, own)| own == word && senses.contains(&sense))
}

/// The sense of a word of a task, in small letters, of its own or of a reply.
pub(super) fn sense_in_task(word: &str) -> Option<Sense> {
    const TASK: [Sense; 6] = [Gives, Asks, Derives, Derivative, Of, Filler];
    let mut found = rows().filter(|(sense, own)| *own == word && TASK.contains(sense));
    found.next().map(|(sense, _)| sense)
}

/// Whether words in small letters, with one blank around each, say a thing.
pub(super) fn says(words: &str, sense: Sense) -> bool {
    rows().any(|(own, word)| own == sense && words.contains(&format!(" {word} ")))
}

/// Whether such words end with one of a sense.
pub(super) fn ends_with(words: &str, senses: &[Sense]) -> bool {
    rows().any(|(sense, word)| {
        senses.contains(&sense) && words.ends_with(&format!(" {word} "))
    })
}

/// The order of a derivative that words in small letters name.
pub(super) fn order(words: &str) -> Option<usize> {
    rows().find_map(|(sense, word)| match sense {
        Order(order) if words.contains(word) => Some(order),
        _ => None,
    })
}

/// What stands behind words of a sense, of which the variables of a derivative are told.
pub(super) fn respects() -> impl Iterator<Item = &'static str> {
    rows().filter(|(sense, _)| *sense == Respect).map(|(_, words)| words)
}

/// Whether a run of small letters is a word of one of these languages and none of mathematics.
pub(super) fn is_word(word: &str) -> bool {
    word.chars().count() >= WORD
        && rows().any(|(_, own)| own.split(' ').any(|part| part == word))
}
