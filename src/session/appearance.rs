//! In which order names stand in what was typed.

use super::engine::Formula;
use crate::syntax::Ast;
use rustc_hash::FxHashMap;

impl Formula {
    /// Names in the order in which they first stand in what was typed; those that do not
    /// stand there come last.
    pub fn by_appearance(&self, names: &[String]) -> Vec<String> {
        let program = self.program();
        let mut places: FxHashMap<&str, u32> = FxHashMap::default();
        for definition in program.definitions() {
            for id in definition.first..=definition.body {
                let Ast::Name(name) = program.node(id) else { continue };
                if !definition.parameters.contains(&name) {
                    let start = program.span(id).start;
                    let first = places.entry(program.name(name)).or_insert(start);
                    *first = start.min(*first);
                }
            }
        }
        let mut found = names.to_vec();
        found.sort_by_key(|name| places.get(name.as_str()).copied().unwrap_or(u32::MAX));
        found
    }
}
