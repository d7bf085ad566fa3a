//! The files of the page, which are in the program: where each is, and what is in it.

use rustc_hash::FxHasher;
use std::hash::Hasher;

/// A file of the page.
pub(super) struct File {
    /// Where a browser asks for it.
    path: &'static str,
    /// What is in it.
    pub(super) bytes: &'static [u8],
}

/// Rows of files: the path at which each is, and where it stands in `web/`.
macro_rules! files {
    ($($path:literal: $place:literal,)*) => {
        &[$(File {
            path: $path,
            bytes: include_bytes!(concat!("../../../web/", $place)),
        }),*]
    };
}

static FILES: &[File] = files! {
    "engine.js": "engine/native.js",
    "ask.js": "page/ask.js",
    "commands.js": "page/commands.js",
    "copy.js": "page/copy.js",
    "dom.js": "page/dom.js",
    "examples.js": "page/examples.js",
    "field.js": "page/field.js",
    "icon.svg": "page/icon.svg",
    "index.html": "page/index.html",
    "main.js": "page/main.js",
    "mathml.js": "page/mathml.js",
    "options.js": "page/options.js",
    "print.css": "page/print.css",
    "problem.js": "page/problem.js",
    "requests.js": "page/requests.js",
    "shapes.js": "page/shapes.js",
    "state.js": "page/state.js",
    "style.css": "page/style.css",
    "tabs.js": "page/tabs.js",
    "words.js": "page/words.js",
    "worker.js": "page/worker.js",
    "locale/en.json": "page/locale/en.json",
    "locale/vi.json": "page/locale/vi.json",
    "locale/zh.json": "page/locale/zh.json",
    "vendor/LICENSE-mathlive.txt": "page/vendor/LICENSE-mathlive.txt",
    "vendor/LICENSE-stix-two-math.txt": "page/vendor/LICENSE-stix-two-math.txt",
    "vendor/mathlive.min.mjs": "page/vendor/mathlive.min.mjs",
    "views/answer.js": "page/views/answer.js",
    "views/check.js": "page/views/check.js",
    "views/code.js": "page/views/code.js",
    "views/drawing.js": "page/views/drawing.js",
    "views/graph.js": "page/views/graph.js",
    "views/picture.js": "page/views/picture.js",
    "views/steps.js": "page/views/steps.js",
    "vendor/fonts/KaTeX_AMS-Regular.woff2": "page/vendor/fonts/KaTeX_AMS-Regular.woff2",
    "vendor/fonts/KaTeX_Caligraphic-Bold.woff2": "page/vendor/fonts/KaTeX_Caligraphic-Bold.woff2",
    "vendor/fonts/KaTeX_Caligraphic-Regular.woff2": "page/vendor/fonts/KaTeX_Caligraphic-Regular.woff2",
    "vendor/fonts/KaTeX_Fraktur-Bold.woff2": "page/vendor/fonts/KaTeX_Fraktur-Bold.woff2",
    "vendor/fonts/KaTeX_Fraktur-Regular.woff2": "page/vendor/fonts/KaTeX_Fraktur-Regular.woff2",
    "vendor/fonts/KaTeX_Main-Bold.woff2": "page/vendor/fonts/KaTeX_Main-Bold.woff2",
    "vendor/fonts/KaTeX_Main-BoldItalic.woff2": "page/vendor/fonts/KaTeX_Main-BoldItalic.woff2",
    "vendor/fonts/KaTeX_Main-Italic.woff2": "page/vendor/fonts/KaTeX_Main-Italic.woff2",
    "vendor/fonts/KaTeX_Main-Regular.woff2": "page/vendor/fonts/KaTeX_Main-Regular.woff2",
    "vendor/fonts/KaTeX_Math-BoldItalic.woff2": "page/vendor/fonts/KaTeX_Math-BoldItalic.woff2",
    "vendor/fonts/KaTeX_Math-Italic.woff2": "page/vendor/fonts/KaTeX_Math-Italic.woff2",
    "vendor/fonts/KaTeX_SansSerif-Bold.woff2": "page/vendor/fonts/KaTeX_SansSerif-Bold.woff2",
    "vendor/fonts/KaTeX_SansSerif-Italic.woff2": "page/vendor/fonts/KaTeX_SansSerif-Italic.woff2",
    "vendor/fonts/KaTeX_SansSerif-Regular.woff2": "page/vendor/fonts/KaTeX_SansSerif-Regular.woff2",
    "vendor/fonts/KaTeX_Script-Regular.woff2": "page/vendor/fonts/KaTeX_Script-Regular.woff2",
    "vendor/fonts/KaTeX_Size1-Regular.woff2": "page/vendor/fonts/KaTeX_Size1-Regular.woff2",
    "vendor/fonts/KaTeX_Size2-Regular.woff2": "page/vendor/fonts/KaTeX_Size2-Regular.woff2",
    "vendor/fonts/KaTeX_Size3-Regular.woff2": "page/vendor/fonts/KaTeX_Size3-Regular.woff2",
    "vendor/fonts/KaTeX_Size4-Regular.woff2": "page/vendor/fonts/KaTeX_Size4-Regular.woff2",
    "vendor/fonts/KaTeX_Typewriter-Regular.woff2": "page/vendor/fonts/KaTeX_Typewriter-Regular.woff2",
    "vendor/fonts/stix-two-math.woff2": "page/vendor/fonts/stix-two-math.woff2",
};

/// What a file is, by the end of its name.
const KINDS: [(&str, &str); 7] = [
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("woff2", "font/woff2"),
];

/// The file at a path.
pub(super) fn find(path: &str) -> Option<&'static File> {
    let path = if path == "/" { "/index.html" } else { path };
    let path = path.strip_prefix('/')?;
    FILES.iter().find(|file| file.path == path)
}

impl File {
    /// What kind of file it is, as browsers call it.
    pub(super) fn kind(&self) -> &'static str {
        let end = self.path.rsplit('.').next().unwrap_or_default();
        let row = KINDS.iter().find(|(known, _)| *known == end);
        row.map_or("text/plain; charset=utf-8", |(_, kind)| kind)
    }

    /// A name of what is in it, which is another one as soon as that changes.
    pub(super) fn tag(&self) -> String {
        let mut digest = FxHasher::default();
        digest.write(self.bytes);
        format!("\"{:016x}-{}\"", digest.finish(), self.bytes.len())
    }
}
