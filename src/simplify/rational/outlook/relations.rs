//! Whether relations between circular or hyperbolic functions of one argument could make
//! something of what occurs.

use super::kernels::{Member, Secant};
use super::view::{View, power_in};
use crate::polynomial::Sketch;
use crate::simplify::families::{PAIRS, over_basic};
use smallvec::SmallVec;

/// Products of factors with more terms are not looked at.
const MAX_TERMS: usize = 3;

/// The functions of one argument.
struct Group<'m> {
    /// With the exponent that is one of the function, because its root is the variable.
    members: SmallVec<[(&'m Member, i32); 4]>,
    /// The variable that is `tan(u)^2 + 1`, and the powers of sine and cosine that it is.
    secant: Option<(usize, [i32; 2])>,
}

/// A product of powers of the functions of a group.
#[derive(Clone, Copy, Default)]
struct Product {
    /// How many functions it is written with.
    functions: u32,
    /// The powers of sine and cosine that it is.
    powers: [i32; 2],
}

impl Product {
    /// Whether it can be written with fewer functions.
    fn is_long(self) -> bool {
        let [sine, cosine] = self.powers;
        let least = match (sine, cosine) {
            (0, 0) => 0,
            (0, _) | (_, 0) => 1,
            _ if sine == -cosine => 1,
            _ => 2,
        };
        self.functions > least
    }
}

impl Group<'_> {
    fn variables(&self) -> impl Iterator<Item = usize> {
        let members = self.members.iter().map(|m| m.0.variable);
        members.chain(self.secant.map(|known| known.0))
    }

    fn product(&self, exponent: impl Fn(usize) -> i32) -> Product {
        let mut found = Product::default();
        let whole = self.members.iter().fold(1, |n, (_, m)| num_integer::lcm(n, *m));
        let basic = |m: &Member, scale: i32| over_basic(m.name).map(|n| n * scale);
        let members =
            self.members.iter().map(|(m, n)| (m.variable, basic(m, whole / *n)));
        let secant = self.secant.map(|(at, n)| (at, n.map(|n| n * whole)));
        for (variable, powers) in members.chain(secant) {
            let n = exponent(variable);
            found.functions += u32::from(n != 0);
            found.powers[0] += n * powers[0];
            found.powers[1] += n * powers[1];
        }
        found
    }
}

impl View<'_> {
    /// Whether there are relations between functions of one argument that could make
    /// something of what occurs. The factors `tan(u)^2 + 1` of derivatives are none of that.
    pub(super) fn is_related(&self, places: &[(usize, i32)]) -> bool {
        let families = &self.kernels.families;
        families.iter().enumerate().any(|(at, first)| {
            let same = |m: &&Member| (m.kind, m.argument) == (first.kind, first.argument);
            if families[..at].iter().any(|m| same(&m)) {
                return false;
            }
            let secant =
                self.kernels.secants.iter().find(|s| s.argument == first.argument);
            let degree = |m: &Member| self.kernels.keys[m.variable].2 as i32;
            let members = families.iter().filter(same);
            let squares = |s: &Secant| over_basic(s.name).map(|n| -2 * n);
            let group = Group {
                members: members.map(|m| (m, degree(m))).collect(),
                secant: secant.map(|s| (s.variable, squares(s))),
            };
            self.is_related_group(&group, places)
        })
    }

    fn is_related_group(&self, group: &Group<'_>, places: &[(usize, i32)]) -> bool {
        let outer = |at: usize| power_in(&self.root, at as u16);
        let whole = group.product(outer);
        if whole.is_long() || group.secant.is_some_and(|(at, _)| outer(at) < 0) {
            return true;
        }
        let members: SmallVec<[usize; 4]> = group.variables().collect();
        let within: SmallVec<[(&Sketch, i32); 4]> = places
            .iter()
            .map(|(place, n)| (&self.factors[*place], *n))
            .filter(|(factor, _)| factor.degree_in(&members) > 0)
            .collect();
        if !within.is_empty()
            && group.has_several_pairs()
            && !within.iter().all(|(factor, _)| group.is_slope(factor, outer))
        {
            return true;
        }
        // Sine times cosine is half the sine of twice the angle.
        let [sine, cosine] = whole.powers;
        if within.is_empty() && sine == cosine && sine != 0 {
            return true;
        }
        let is_open = |(factor, n): &(&Sketch, i32)| {
            // 1 - cos(u) or 1 + cos(u) against the square of the sine.
            let across = |at: &usize| outer(*at) * n.signum() < -1;
            factor.is_one_and(&members) && members.iter().any(across)
                || factor.terms().any(|(exponent, _)| {
                    let own = |at: usize| exponent(at) as i32;
                    let all = |at: usize| own(at) + outer(at);
                    group.product(own).is_long() || *n > 0 && group.product(all).is_long()
                })
        };
        // The same among other terms.
        let is_double = |(factor, n): &(&Sketch, i32)| {
            let powers = factor.terms().map(|(exponent, _)| {
                group.product(|at| exponent(at) as i32 + outer(at)).powers
            });
            *n == 1 && powers.into_iter().all(|[sine, cosine]| sine == cosine)
        };
        within.iter().any(is_open)
            || within.len() == 1 && within.iter().any(is_double)
            || within.iter().any(|(factor, _)| {
                group.has_square(factor) || group.is_open_square(factor, &members, outer)
            })
            || within.iter().enumerate().any(|(at, (a, n))| {
                within[..at].iter().any(|(b, m)| {
                    n.signum() == m.signum()
                        && a.number_of_terms().max(b.number_of_terms()) <= MAX_TERMS
                        && a.times(b).is_none_or(|product| group.has_square(&product))
                })
            })
    }
}

impl Group<'_> {
    /// Whether functions of different pairs occur, as tangent and sine.
    fn has_several_pairs(&self) -> bool {
        self.members.iter().any(|(member, _)| member.pair != self.members[0].0.pair)
    }

    /// Whether all of a factor is in a tangent and `1/cos(u)^2`, as derivatives of tangents
    /// are: they are as short as with `tan(u)^2 + 1`.
    fn is_slope(&self, factor: &Sketch, outer: impl Fn(usize) -> i32) -> bool {
        let name = |at: usize| self.members[at].0.name;
        let cosine = match self.members.len() {
            2 => [0, 1].into_iter().find(|at| {
                matches!((name(1 - at), name(*at)), ("tan", "cos") | ("cot", "sin"))
            }),
            _ => None,
        };
        cosine.is_some_and(|at| {
            let (member, degree) = self.members[at];
            let mut powers = factor.terms().map(|(exponent, _)| {
                exponent(member.variable) as i32 + outer(member.variable)
            });
            powers.all(|n| n == 0 || n == -2 * degree)
        })
    }

    /// Whether a square may be replaced because the other function of its pair is there too:
    /// beside the factor, or in it with nothing else.
    fn is_open_square(
        &self,
        factor: &Sketch,
        members: &[usize],
        outer: impl Fn(usize) -> i32,
    ) -> bool {
        let several = self.members.len() > 1;
        let is_over = factor.is_over(members);
        // sin(u)^4 - cos(u)^4 is a difference of squares.
        let is_even = || {
            self.members.iter().all(|(member, n)| {
                let (at, square) = square(member, *n);
                factor.terms().all(|(exponent, _)| exponent(at) % square == 0)
            })
        };
        several && is_over && is_even()
            || several
                && self.members.iter().any(|(member, n)| {
                    factor.has_beside(square(member, *n), None, None)
                        && (is_over
                            || self.members.iter().any(|(other, _)| {
                                other.variable != member.variable
                                    && outer(other.variable) != 0
                            }))
                })
    }

    /// Whether a square meets the number or the other square that it has a relation to.
    fn has_square(&self, factor: &Sketch) -> bool {
        self.members.iter().any(|(member, n)| {
            let pair = PAIRS[member.pair];
            // member^2 = constant + sign*other^2
            let constant = match pair.names[0] == member.name {
                true => pair.constant,
                false => -pair.constant * pair.sign,
            };
            let own = square(member, *n);
            let others = self.members.iter().filter(|m| m.0.pair == member.pair);
            factor.has_beside(own, None, Some((-constant, 1)))
                || factor.vanishes(own, constant)
                // 2*cos(u)^2 - 1 is cos(2*u).
                || member.pair % 3 == 0
                    && factor.has_beside(own, None, Some((-constant, 2)))
                || others.filter(|m| m.0.variable != own.0).any(|(other, m)| {
                    factor.has_beside(own, Some(square(other, *m)), None)
                })
        })
    }
}

/// The square of a function as a power of its variable.
fn square(member: &Member, degree: i32) -> (usize, u32) {
    (member.variable, 2 * degree.unsigned_abs())
}
