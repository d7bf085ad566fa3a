//! Divergence, curl and Laplacian in orthogonal coordinates.
//!
//! Source: Arfken, Weber and Harris, Mathematical Methods for Physicists (7th ed.),
//! section 3.10: with scale factors h1, h2, h3 and H = h1*h2*h3,
//!
//! - div F = 1/H * sum of the derivatives of F_i*H/h_i in q_i,
//! - lap f = 1/H * sum of the derivatives of (H/h_i^2)*(df/dq_i) in q_i,
//! - (curl F)_1 = 1/(h2*h3) * (d(h3*F_3)/dq_2 - d(h2*F_2)/dq_3), and so on in a circle.

use super::differentiate;
use crate::error::Result;
use crate::kernel::{ExprId, Pool};
use crate::syntax::Template;

/// An orthogonal system of coordinates: a row of [`SYSTEMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coordinates {
    /// Its name on the command line.
    pub name: &'static str,
    /// The usual names of its variables: the distance from the axis or the origin comes
    /// first; `theta` is the angle about the axis in polar and cylindrical coordinates and the one
    /// from the axis in spherical ones, where `phi` goes about the axis (ISO 80000-2).
    pub names: &'static [&'static str],
    /// Other names that books have for each of them.
    pub others: &'static [&'static [&'static str]],
    /// What books have otherwise under the same names, as it stands behind a list of them.
    pub convention: &'static str,
    /// The scale factors over the letters u, v, w; none where all are 1.
    scales: Option<&'static [&'static str]>,
}

/// The systems that are known. Cartesian coordinates are the first.
#[rustfmt::skip]
pub static SYSTEMS: [Coordinates; 4] = [
    Coordinates { name: "cartesian",   names: &["x", "y", "z"],       others: &[],                        convention: "",
        scales: None },
    Coordinates { name: "polar",       names: &["r", "theta"],        others: &[&["rho"], &["phi"]],      convention: "",
        scales: Some(&["1", "u"]) },
    Coordinates { name: "cylindrical", names: &["r", "theta", "z"],   others: &[&["rho", "s"], &["phi"]], convention: "",
        scales: Some(&["1", "u", "1"]) },
    Coordinates { name: "spherical",   names: &["r", "theta", "phi"], others: &[&["rho"]],                convention: " (theta from the z axis)",
        scales: Some(&["1", "u", "u*sin(v)"]) },
];

impl Coordinates {
    /// How many variables it has; `None` for any number.
    pub fn dimensions(&self) -> Option<usize> {
        self.scales.map(|scales| scales.len())
    }

    /// The names that a variable may have: the usual one first.
    pub fn names_of(&self, place: usize) -> impl Iterator<Item = &'static str> {
        let others = self.others.get(place).copied().unwrap_or_default();
        self.names.get(place).into_iter().chain(others).copied()
    }

    /// The scale factors at variables.
    fn scales(&self, pool: &mut Pool, variables: &[ExprId]) -> Result<Vec<ExprId>> {
        let Some(rows) = self.scales else {
            return Ok(vec![Pool::ONE; variables.len()]);
        };
        let build = |formula: &&str| {
            Template::read(&["u", "v", "w"], formula)?.build(variables, pool)
        };
        rows.iter().map(build).collect()
    }

    /// The divergence of a field with as many components as there are variables.
    ///
    /// # Errors
    /// A function without a known derivative.
    pub fn divergence(
        &self,
        pool: &mut Pool,
        field: &[ExprId],
        variables: &[ExprId],
    ) -> Result<ExprId> {
        let scales = self.scales(pool, variables)?;
        let volume = pool.product(&scales);
        let mut terms = Vec::with_capacity(field.len());
        for ((component, variable), scale) in field.iter().zip(variables).zip(&scales) {
            let face = pool.quotient(volume, *scale);
            let flux = pool.product(&[*component, face]);
            terms.push(slope(pool, flux, *variable)?);
        }
        let sum = pool.sum(&terms);
        Ok(pool.quotient(sum, volume))
    }

    /// The Laplacian of a function.
    ///
    /// # Errors
    /// A function without a known derivative.
    pub fn laplacian(
        &self,
        pool: &mut Pool,
        function: ExprId,
        variables: &[ExprId],
    ) -> Result<ExprId> {
        let scales = self.scales(pool, variables)?;
        let mut gradient = Vec::with_capacity(variables.len());
        for (variable, scale) in variables.iter().zip(&scales) {
            let partial = slope(pool, function, *variable)?;
            gradient.push(pool.quotient(partial, *scale));
        }
        self.divergence(pool, &gradient, variables)
    }

    /// The curl of a field of three components, or the one of a plane field: the component
    /// of the curl that stands upright on the plane.
    ///
    /// # Errors
    /// A function without a known derivative.
    pub fn curl(
        &self,
        pool: &mut Pool,
        field: &[ExprId],
        variables: &[ExprId],
    ) -> Result<Vec<ExprId>> {
        let scales = self.scales(pool, variables)?;
        let mut component = |j: usize, k: usize| {
            let along = pool.product(&[scales[k], field[k]]);
            let against = pool.product(&[scales[j], field[j]]);
            let first = slope(pool, along, variables[j])?;
            let second = slope(pool, against, variables[k])?;
            let difference = pool.difference(first, second);
            let area = pool.product(&[scales[j], scales[k]]);
            Ok(pool.quotient(difference, area))
        };
        match field.len() {
            2 => Ok(vec![component(0, 1)?]),
            _ => (0..3).map(|i| component((i + 1) % 3, (i + 2) % 3)).collect(),
        }
    }
}

fn slope(pool: &mut Pool, of: ExprId, variable: ExprId) -> Result<ExprId> {
    differentiate(pool, of, variable, &mut ())
}
