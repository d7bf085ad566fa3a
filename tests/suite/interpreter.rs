//! Expressions of NumPy, PyTorch, Julia and MATLAB, as far as code for answers uses them. What
//! these languages refuse is an error here.

use super::array::{Array, Dialect, Found};
use super::axes;
use super::functions;
use calcgrad::function::Language;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Name(String),
    Text(String),
    Sign(&'static str),
}

const SIGNS: [&str; 38] = [
    "**", ".*", "./", ".^", ".+", ".-", ".==", "==", ".T", "=", "+", "-", "*", "/", "@",
    "^", "'", "\\", "(", ")", "[", "]", ",", ":", ".(", ".", "<", "<=", ".<", ".<=",
    "!=", ".!=", "~=", "&", "|", ".&", ".|", "?",
];

fn tokens(text: &str, dialect: Dialect) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(' ');
        let Some(first) = rest.chars().next() else { return Ok(found) };
        let word = |c: char| c.is_alphanumeric() || c == '_';
        if first.is_ascii_digit() {
            let mut end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let bytes = rest.as_bytes();
            if bytes.get(end) == Some(&b'.')
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
            {
                end += 1;
                end += rest[end..]
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(rest.len() - end);
            }
            if bytes.get(end) == Some(&b'e')
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
            {
                let tail = &rest[end + 1..];
                end += 1 + tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
            }
            found.push(Token::Number(rest[..end].parse().map_err(|e| format!("{e}"))?));
            rest = &rest[end..];
        } else if word(first) {
            let mut end = rest.find(|c: char| !word(c)).unwrap_or(rest.len());
            // What Python joins by points.
            while dialect.flat
                && rest[end..].starts_with('.')
                && !rest[end..].starts_with(".T")
            {
                let tail = &rest[end + 1..];
                end += 1 + tail.find(|c: char| !word(c)).unwrap_or(tail.len());
            }
            found.push(Token::Name(rest[..end].to_owned()));
            rest = &rest[end..];
        } else if first == '\'' && matches!(found.last(), Some(Token::Sign("," | "="))) {
            let end = rest[1..].find('\'').ok_or("an open text")? + 1;
            found.push(Token::Text(rest[1..end].to_owned()));
            rest = &rest[end + 1..];
        } else {
            let sign = SIGNS.iter().filter(|sign| rest.starts_with(**sign));
            let sign =
                sign.max_by_key(|sign| sign.len()).ok_or_else(|| rest.to_owned())?;
            found.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        }
    }
}

/// The value of an expression.
pub(crate) fn read(
    text: &str,
    values: &BTreeMap<String, Array>,
    dialect: Dialect,
) -> Found {
    let tokens = tokens(text, dialect)?;
    let mut reader = Reader { tokens, at: 0, values, dialect };
    let value = reader.comparison()?;
    match reader.at == reader.tokens.len() {
        true => Ok(value),
        false => Err(format!("{:?} is left", &reader.tokens[reader.at..])),
    }
}

struct Reader<'v> {
    tokens: Vec<Token>,
    at: usize,
    values: &'v BTreeMap<String, Array>,
    dialect: Dialect,
}

impl Reader<'_> {
    fn sign(&mut self, all: &[&str]) -> Option<&'static str> {
        match self.tokens.get(self.at) {
            Some(Token::Sign(sign)) if all.contains(sign) => {
                self.at += 1;
                Some(sign)
            }
            _ => None,
        }
    }

    /// A comparison, or several with `&` and `|` between, or `c ? a : b`.
    fn comparison(&mut self) -> Found {
        let mut left = self.one_comparison()?;
        while let Some(sign) = self.sign(&["&", "|", ".&", ".|"]) {
            let right = self.one_comparison()?;
            let is_both = sign.ends_with('&');
            left = left.zip(&right, |x, y| {
                let holds = if is_both { x * y != 0.0 } else { x + y != 0.0 };
                f64::from(u8::from(holds))
            })?;
        }
        if self.sign(&["?"]).is_none() {
            return Ok(left);
        }
        if !left.dims.is_empty() {
            return Err("a choice by an array".into());
        }
        let then = self.sum()?;
        self.sign(&[":"]).ok_or("`:`")?;
        let other = self.sum()?;
        Ok(if left.data[0] == 0.0 { other } else { then })
    }

    fn one_comparison(&mut self) -> Found {
        let mut left = self.sum()?;
        if self.sign(&[":"]).is_some() {
            let to = self.sum()?.data[0] as usize;
            let numbers = (1..=to).map(|k| k as f64).collect();
            left = match self.dialect.julia {
                true => Array::new(&[to], numbers),
                false => Array::new(&[1, to], numbers),
            };
        }
        let signs = ["==", ".==", "<", "<=", ".<", ".<=", "!=", ".!=", "~="];
        let Some(sign) = self.sign(&signs) else { return Ok(left) };
        let right = self.sum()?;
        let is_array = !left.dims.is_empty() || !right.dims.is_empty();
        if self.dialect.julia && sign != "==" && sign.starts_with('.') != is_array {
            return Err(format!("the dot of {sign}"));
        }
        left.zip(&right, |x, y| {
            let holds = match sign.trim_start_matches('.') {
                "<" => x < y,
                "<=" => x <= y,
                "==" => x == y,
                _ => x != y,
            };
            f64::from(u8::from(holds))
        })
    }

    fn sum(&mut self) -> Found {
        let mut left = match self.sign(&["-"]) {
            Some(_) => {
                let first = self.term()?;
                Array { is_adjoint: first.is_adjoint, ..first.map(|x| -x) }
            }
            None => self.term()?,
        };
        while let Some(sign) = self.sign(&["+", "-", ".+", ".-"]) {
            let right = self.term()?;
            let mixed = left.dims.is_empty() != right.dims.is_empty();
            if self.dialect.julia && mixed && !sign.starts_with('.') {
                return Err("a number and an array need a dot".into());
            }
            let minus = sign.ends_with('-');
            left = left.zip(&right, |x, y| if minus { x - y } else { x + y })?;
            left.is_adjoint &= !sign.starts_with('.');
        }
        Ok(left)
    }

    fn term(&mut self) -> Found {
        let mut left = self.factor()?;
        while let Some(sign) = self.sign(&["*", "/", "@", ".*", "./", "\\"]) {
            let right = self.factor()?;
            left = self.product(sign, &left, &right)?;
        }
        Ok(left)
    }

    /// Whether an array goes with all entries of another one: in MATLAB every matrix of one entry.
    fn is_number(&self, a: &Array) -> bool {
        a.dims.is_empty() || self.dialect.language == Language::Matlab && a.is_scalar()
    }

    fn product(&self, sign: &str, a: &Array, b: &Array) -> Found {
        let scaled =
            |a: &Array, c: f64| Array { is_adjoint: a.is_adjoint, ..a.map(|x| x * c) };
        match sign {
            "*" | ".*" if self.dialect.flat || sign == ".*" => a.zip(b, |x, y| x * y),
            "/" | "./" if self.dialect.flat || sign == "./" => a.zip(b, |x, y| x / y),
            "/" if self.is_number(b) => Ok(scaled(a, 1.0 / b.data[0])),
            "/" => Err("division by an array".into()),
            "\\" => Ok(Array::new(&b.dims, a.inverse().0.times(b)?.data)),
            "*" if self.is_number(a) => Ok(scaled(b, a.data[0])),
            "*" if self.is_number(b) => Ok(scaled(a, b.data[0])),
            "@" => match (a.dims.len(), b.dims.len()) {
                (0, _) | (_, 0) => Err("`@` with a number".into()),
                (1, n) => {
                    let row = Array::new(&[1, a.rows()], a.data.clone());
                    let found = row.times(b)?;
                    let dims: &[usize] = if n == 1 { &[] } else { &[b.cols()] };
                    Ok(Array::new(dims, found.data))
                }
                (_, 1) => Ok(Array::new(&[a.rows()], a.times(b)?.data)),
                _ => a.times(b),
            },
            _ if self.dialect.julia => {
                let found = a.times(b)?;
                Ok(match (a.dims.len(), b.dims.len()) {
                    (1, 1) => return Err("a vector times a vector".into()),
                    (2, 1) if a.is_adjoint => Array::scalar(found.data[0]),
                    (2, 1) => Array::new(&[found.rows()], found.data),
                    _ => Array { is_adjoint: a.is_adjoint, ..found },
                })
            }
            _ => a.times(b),
        }
    }

    fn factor(&mut self) -> Found {
        if self.sign(&["-"]).is_some() {
            return Ok(self.factor()?.map(|x| -x));
        }
        let mut base = self.postfix()?;
        while let Some(sign) = self.sign(&["**", "^", ".^"]) {
            // From the right in Python and Julia, from the left in MATLAB.
            let exponent = match self.dialect.language {
                Language::Matlab => self.postfix()?,
                _ => self.factor()?,
            };
            if sign == "^" && !base.is_scalar() {
                let n = exponent.data[0] as i32;
                let factor = if n < 0 { base.inverse().0 } else { base.clone() };
                base = (1..n.abs()).try_fold(factor.clone(), |p, _| p.times(&factor))?;
            } else {
                if self.dialect.julia && sign == "^" && !exponent.is_scalar() {
                    return Err("a power of entries needs a dot".into());
                }
                base = base.zip(&exponent, f64::powf)?;
            }
            if self.dialect.language == Language::Matlab {
                base = self.turned(base)?;
            }
        }
        Ok(base)
    }

    fn turned(&mut self, mut value: Array) -> Found {
        while let Some(sign) = self.sign(&["'", ".T", "["]) {
            value = match sign {
                "[" => self.index(&value)?,
                ".T" if value.dims.len() != 2 => return Err("`.T` of one axis".into()),
                "'" if self.dialect.julia && value.dims.len() == 1 => {
                    let row = Array::new(&[1, value.rows()], value.data);
                    Array { is_adjoint: true, ..row }
                }
                "'" if self.dialect.julia && value.is_adjoint => {
                    Array::new(&[value.cols()], value.data)
                }
                _ => value.transposed(),
            };
        }
        Ok(value)
    }

    /// `[1]` of a list or a matrix, `[:, None]` and `[None, :]` of a vector.
    fn index(&mut self, value: &Array) -> Found {
        if self.tokens.get(self.at) == Some(&Token::Name("None".to_owned())) {
            self.at += 4;
            return Ok(Array::new(&[1, value.rows()], value.data.clone()));
        }
        if self.sign(&[":"]).is_some() {
            self.at += 3;
            return Ok(Array::new(&[value.rows(), 1], value.data.clone()));
        }
        let at = self.sum()?.data[0] as usize;
        self.sign(&["]"]).ok_or("`]`")?;
        if at >= value.rows() {
            return Err(format!("the place {at} of {}", value.rows()));
        }
        match value.dims.len() {
            1 => Ok(Array::scalar(value.data[at])),
            _ => {
                let row = &value.data[at * value.cols()..(at + 1) * value.cols()];
                Ok(Array::new(&[value.cols()], row.to_vec()))
            }
        }
    }

    fn postfix(&mut self) -> Found {
        let token = self.tokens.get(self.at).cloned().ok_or("the end")?;
        self.at += 1;
        let value = match token {
            Token::Number(n) => Array::scalar(n),
            Token::Sign("(") => {
                let mut list = self.arguments()?.0;
                match list.len() {
                    1 => list.remove(0),
                    n => Array::new(&[n], list.iter().map(|a| a.data[0]).collect()),
                }
            }
            Token::Name(name) => self.name(&name)?,
            other => return Err(format!("{other:?}")),
        };
        if self.dialect.flat && self.sign(&["."]).is_some() {
            // `.to(x)`
            self.at += 2;
            self.arguments()?;
        }
        self.turned(value)
    }

    /// Arguments up to the closing bracket; names of arguments of Python and Julia.
    fn arguments(&mut self) -> Result<(Vec<Array>, Vec<String>), String> {
        let (mut list, mut words) = (Vec::new(), Vec::new());
        loop {
            match self.tokens.get(self.at..self.at + 2) {
                Some([Token::Sign("["), Token::Sign("]")]) => {
                    self.at += 2;
                    words.push("any".to_owned());
                }
                Some([Token::Text(text), _]) => {
                    self.at += 1;
                    words.push(text.clone());
                }
                Some([Token::Name(name), Token::Sign("=")]) => {
                    self.at += 2;
                    let name = name.clone();
                    match self.tokens.get(self.at) {
                        Some(Token::Text(_) | Token::Name(_)) => {
                            self.at += 1;
                            words.push(name);
                        }
                        _ => words.push(format!("{name}={}", self.sum()?.data[0])),
                    }
                }
                _ => list.push(self.comparison()?),
            }
            match self.sign(&[",", ")"]) {
                Some(",") => {}
                Some(_) => return Ok((list, words)),
                None => return Err("`)`".into()),
            }
        }
    }

    fn name(&mut self, name: &str) -> Found {
        let (base, attribute) = name.split_once('.').unwrap_or((name, ""));
        if let Some(value) = self.values.get(base) {
            if attribute == "shape" {
                let dims: Vec<f64> = value.dims.iter().map(|n| *n as f64).collect();
                return Ok(Array::new(&[dims.len()], dims));
            }
            return match attribute {
                "" => Ok(value.clone()),
                _ => Err(format!("attribute {name}")),
            };
        }
        let short = name.rsplit('.').next().unwrap_or(name);
        match short {
            "pi" => return Ok(Array::scalar(std::f64::consts::PI)),
            "e" => return Ok(Array::scalar(std::f64::consts::E)),
            "nan" | "NaN" => return Ok(Array::scalar(f64::NAN)),
            "feval" => return self.choice(),
            _ => {}
        }
        let dotted = match self.sign(&["(", ".("]) {
            Some(sign) => sign == ".(",
            None => return Err(format!("the name {name}")),
        };
        let (list, words) = self.arguments()?;
        let value = self.call(name, short, dotted, &list, &words)?;
        if short == "slogdet" {
            self.at += 3;
        }
        Ok(value)
    }

    /// `feval(@(v) v(1 + (c)), [b, a])`: `a` if `c`, else `b`.
    fn choice(&mut self) -> Found {
        for wanted in ["(", "@", "(", "v", ")", "v", "("] {
            let is_there = match &self.tokens[self.at] {
                Token::Sign(sign) => *sign == wanted,
                Token::Name(name) => name == wanted,
                _ => false,
            };
            if !is_there {
                return Err(format!("{wanted} of a choice"));
            }
            self.at += 1;
        }
        let place = self.sum()?;
        for wanted in [")", ",", "["] {
            self.sign(&[wanted]).ok_or(wanted)?;
        }
        let mut list = vec![self.sum()?];
        while self.sign(&[","]).is_some() {
            list.push(self.sum()?);
        }
        self.sign(&["]"]).ok_or("`]`")?;
        self.sign(&[")"]).ok_or("`)`")?;
        if !place.is_scalar() || list.iter().any(|one| !one.is_scalar()) {
            return Err("a choice between arrays".into());
        }
        list.get(place.data[0] as usize - 1).cloned().ok_or("a place".into())
    }

    /// The axes of a column.
    fn column(&self, n: usize) -> Vec<usize> {
        if self.dialect.language == Language::Matlab { vec![n, 1] } else { vec![n] }
    }

    fn call(
        &self,
        name: &str,
        short: &str,
        dotted: bool,
        list: &[Array],
        words: &[String],
    ) -> Found {
        let is_array = list.iter().any(|a| !a.dims.is_empty());
        let is_whole =
            self.dialect.julia && !dotted && list.iter().all(|a| a.dims.len() == 2);
        if let Some(found) = functions::of_matrix(short, list, is_whole) {
            return Ok(found);
        }
        let is_of_entries = !words.iter().any(|word| word == "any");
        if let Some(f) =
            functions::entries(name, short, list.len(), self.dialect.language)
            && is_of_entries
        {
            if self.dialect.julia && dotted != is_array {
                return Err(format!("the dot of {name}"));
            }
            return match list {
                [a] => Ok(a.map(|x| f(&[x]))),
                [a, b] => a.zip(b, |x, y| f(&[x, y])),
                [a, b, c] if b.is_scalar() && c.is_scalar() => {
                    Ok(a.map(|x| f(&[x, b.data[0], c.data[0]])))
                }
                _ => Err(format!("arguments of {name}")),
            };
        }
        if let ("where" | "ifelse", [c, a, b]) = (short, list) {
            if self.dialect.julia && !dotted {
                return Err("`ifelse` without a dot".into());
            }
            let held = c.zip(a, |c, a| if c == 0.0 { 0.0 } else { a })?;
            let other = c.zip(b, |c, b| if c == 0.0 { b } else { 0.0 })?;
            return held.zip(&other, |a, b| a + b);
        }
        if dotted {
            return Err(format!("a dot behind {name}"));
        }
        let sum = |a: &Array| Array::scalar(a.data.iter().sum());
        let n_of = |a: &Array| a.data[0] as usize;
        let flat = self.dialect.flat;
        let one = list.first().ok_or("no arguments")?;
        let vector = match self.dialect.language {
            // What has one row or one column is a vector there, whatever was meant.
            Language::Matlab => one.rows() == 1 || one.cols() == 1,
            _ => one.dims.len() == 1 || one.is_adjoint,
        };
        let n = one.data[0] as usize;
        let made = |value: f64| {
            let dims: Vec<usize> = match list {
                [one] => one.data.iter().map(|n| *n as usize).collect(),
                _ => list.iter().map(|n| n.data[0] as usize).collect(),
            };
            Array::new(&dims, vec![value; dims.iter().product()])
        };
        let rows = |f: &dyn Fn(&[f64]) -> Vec<f64>| match one.dims.len() {
            2 if !vector => one.data.chunks(one.cols()).flat_map(f).collect::<Vec<f64>>(),
            _ => f(&one.data),
        };
        Ok(match short {
            "trace" | "tr" => Array::scalar((0..one.rows()).map(|i| one.at(i, i)).sum()),
            "det" => Array::scalar(one.inverse().1),
            "logdet" | "slogdet" => Array::scalar(one.inverse().1.ln()),
            "inv" => one.inverse().0,
            "solve" => self.product("\\", one, &list[1])?,
            "matrix_power" => {
                let n = list[1].data[0] as i32;
                let factor = if n < 0 { one.inverse().0 } else { one.clone() };
                (1..n.abs()).try_fold(factor.clone(), |p, _| p.times(&factor))?
            }
            "norm" if self.dialect.language == Language::Matlab && !vector => match words
                .iter()
                .any(|word| word == "fro")
            {
                true => Array::scalar(one.data.iter().map(|x| x * x).sum::<f64>().sqrt()),
                false => return Err("the spectral norm".into()),
            },
            "norm" => {
                let p = list.get(1).map_or(2.0, |p| p.data[0]);
                let total: f64 = one.data.iter().map(|x| x.abs().powf(p)).sum();
                Array::scalar(total.powf(1.0 / p))
            }
            "sum" | "mean" | "prod" | "max" | "maximum" | "amax" | "min" | "minimum"
            | "cumsum" => axes::reduced(self.dialect, short, list, words, vector),
            "cross" => {
                axes::crossed(self.dialect, one, list.get(1).ok_or("one argument")?)
            }
            "repmat" => Array::from(one.rows(), n_of(&list[2]), |i, _| one.at(i, 0)),
            "tril" => axes::triangle(one, |i, j| i >= j),
            "triu" => axes::triangle(one, |i, j| i <= j),
            "diag" | "Diagonal" if vector => {
                if self.dialect.julia && (short == "diag" || one.dims.len() != 1) {
                    return Err("diag of a vector".into());
                }
                let n = one.data.len();
                Array::from(n, n, |i, j| if i == j { one.data[i] } else { 0.0 })
            }
            "diag" => {
                let data = (0..one.rows()).map(|i| one.at(i, i)).collect();
                let n = one.rows();
                Array::new(&self.column(n), data)
            }
            "outer" => {
                if list.iter().any(|a| a.dims.len() != 1) {
                    return Err("outer of what is no vector".into());
                }
                Array::from(one.rows(), list[1].rows(), |i, j| {
                    one.data[i] * list[1].data[j]
                })
            }
            "dot" => sum(&one.zip(&list[1], |x, y| x * y)?),
            "kron" => {
                let b = &list[1];
                let wide = |a: &Array| match a.dims.len() {
                    1 if flat => Array::new(&[1, a.rows()], a.data.clone()),
                    _ => a.clone(),
                };
                let both = (one.dims.len(), b.dims.len()) == (1, 1);
                let (a, b) = (wide(one), wide(b));
                let (r, c) = (b.rows(), b.cols());
                let entry = |i, j| a.at(i / r, j / c) * b.at(i % r, j % c);
                let found = Array::from(a.rows() * r, a.cols() * c, entry);
                match both {
                    true => Array::new(&[found.data.len()], found.data),
                    false => found,
                }
            }
            "reshape" if is_of_entries => axes::reshaped(name, list),
            "vec" | "reshape" | "ravel" => {
                // PyTorch goes row by row.
                let torch = name.starts_with("torch");
                let data = if torch { one.data.clone() } else { one.transposed().data };
                let n = data.len();
                Array::new(&self.column(n), data)
            }
            "softmax" => {
                let share = |row: &[f64]| {
                    let total: f64 = row.iter().map(|x| x.exp()).sum();
                    row.iter().map(|x| x.exp() / total).collect()
                };
                Array::new(&one.dims, rows(&share))
            }
            "logsumexp" => {
                let log =
                    |row: &[f64]| vec![row.iter().map(|x| x.exp()).sum::<f64>().ln()];
                let data = rows(&log);
                let dims: &[usize] = if vector { &[] } else { &[one.rows()] };
                Array::new(dims, data)
            }
            "ones" => made(1.0),
            "zeros" => made(0.0),
            "ones_like" => one.map(|_| 1.0),
            "zeros_like" => one.map(|_| 0.0),
            "eye" | "I" => Array::from(n, n, |i, j| f64::from(u8::from(i == j))),
            "len" | "length" => Array::scalar(one.data.len() as f64),
            "numel" => Array::scalar(one.data.len() as f64),
            "size" => match list.get(1) {
                Some(axis) => Array::scalar(one.dims[axis.data[0] as usize - 1] as f64),
                None => {
                    let dims: Vec<f64> = one.dims.iter().map(|n| *n as f64).collect();
                    Array::new(&[dims.len()], dims)
                }
            },
            "double" | "tensor" => one.clone(),
            _ => return Err(format!("the function {name}")),
        })
    }
}
