//! In which form a picture is written.

use super::super::super::format::Format;
use super::super::super::report::Report;
use super::super::super::theme;
use super::data;
use calcgrad::plot::{self, Picture, Style, Theme};
use calcgrad::{Error, ErrorKind, Result};
use serde_json::json;
use std::io::IsTerminal;
use std::path::Path;

/// The sizes that are drawn, in pixels and in cells of a terminal.
const PIXELS: (usize, usize) = (80, 8000);
const CELLS: (usize, usize) = (20, 500);

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Svg,
    Terminal,
    Png,
    Data,
}

impl Form {
    /// What was asked for, else what the name of the file says, else what there is to see it.
    ///
    /// # Errors
    /// A format in which there are no pictures.
    pub(super) fn choose(format: Format, file: Option<&Path>) -> Result<Self> {
        let ending = file.and_then(Path::extension).and_then(|ending| ending.to_str());
        let ending = ending.map(str::to_ascii_lowercase);
        match (format, ending.as_deref()) {
            (Format::Svg, _) | (Format::Text, Some("svg")) => Ok(Self::Svg),
            (Format::Png, _) | (Format::Text, Some("png")) => Self::points(),
            (Format::Json, _) | (Format::Text, Some("json")) => Ok(Self::Data),
            (Format::Terminal, _) | (Format::Text, Some("txt")) => Ok(Self::Terminal),
            (Format::Text, Some(other)) => {
                let what = format!("pictures as `.{other}`");
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("the name of the file ends with .svg, .png, .json or .txt"))
            }
            (Format::Text, None) if file.is_none() && std::io::stdout().is_terminal() => {
                Ok(Self::Terminal)
            }
            (Format::Text, None) => Ok(Self::Svg),
            _ => {
                let what = "a picture in this format".to_owned();
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("pictures are svg, terminal, png or json"))
            }
        }
    }

    fn points() -> Result<Self> {
        if cfg!(feature = "png") {
            return Ok(Self::Png);
        }
        let what = "PNG: this calcgrad was built without the feature `png`".to_owned();
        Err(Error::from(ErrorKind::Unsupported(what))
            .help("write SVG, or build it with `cargo install --features png`"))
    }

    /// How large it is drawn.
    ///
    /// # Errors
    /// A size that is too small or too large to be drawn.
    pub(super) fn style(
        self,
        width: Option<usize>,
        height: Option<usize>,
        theme: Theme,
    ) -> Result<Style> {
        let (usual, (least, most)) = match self {
            Self::Terminal => {
                let size = terminal_size::terminal_size();
                let columns = size.map_or(80, |(width, _)| usize::from(width.0));
                ((columns.clamp(CELLS.0, 120), 24), CELLS)
            }
            _ => ((720, 480), PIXELS),
        };
        let fit = |asked: Option<usize>, usual: usize, least: usize| match asked {
            None => Ok(usual),
            Some(size) if (least..=most).contains(&size) => Ok(size),
            Some(size) => {
                let what = format!("a picture of the size {size}");
                Err(Error::from(ErrorKind::InvalidRequest(what))
                    .help(format!("sizes go from {least} to {most}")))
            }
        };
        let low = if self == Self::Terminal { 8 } else { least };
        Ok(Style {
            width: fit(width, usual.0, least)? as u32,
            height: fit(height, usual.1, low)? as u32,
            theme,
        })
    }

    /// The size of what is inside of the axes in pixels, about.
    pub(super) fn area(self, style: &Style) -> (f64, f64) {
        let (width, height) = (f64::from(style.width), f64::from(style.height));
        match self {
            Self::Terminal => (8.0 * width, 16.0 * height),
            _ => ((width - 70.0).max(40.0), (height - 80.0).max(40.0)),
        }
    }

    /// Puts a picture into a report.
    ///
    /// # Errors
    /// What cannot be drawn in points.
    pub(super) fn fill(
        self,
        picture: &Picture,
        style: &Style,
        report: &mut Report,
    ) -> Result<()> {
        let drawn = match self {
            Self::Svg => plot::svg(picture, style),
            Self::Terminal => plot::terminal(picture, style, theme::colours_answers()),
            Self::Png => return png(picture, style, report),
            Self::Data => String::new(),
        };
        let name = if self == Self::Svg { "svg" } else { "drawing" };
        report.field("title", picture.title.clone().into());
        report.field("description", picture.description.clone().into());
        data::fill(picture, report);
        if self == Self::Data {
            return Ok(());
        }
        report.field(name, json!(drawn));
        report.picture = Some(drawn.into_bytes());
        Ok(())
    }
}

#[cfg(feature = "png")]
fn png(picture: &Picture, style: &Style, report: &mut Report) -> Result<()> {
    report.picture = Some(plot::png(picture, style)?);
    Ok(())
}

#[cfg(not(feature = "png"))]
fn png(_: &Picture, _: &Style, _: &mut Report) -> Result<()> {
    Form::points().map(|_| ())
}
