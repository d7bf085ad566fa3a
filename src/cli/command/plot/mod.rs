//! `calcgrad plot`.

mod data;
mod form;
mod subject;

use super::super::args::{Common, count, whole};
use super::super::report::Report;
use super::Task;
use calcgrad::plot::Theme;
use calcgrad::session::{Engine, View, parse_point};
use calcgrad::{Error, ErrorKind, Note, Result};
use clap::{Args, ValueEnum};
use form::Form;
use std::path::{Path, PathBuf};

/// The highest order of a derivative that is drawn.
const MAX_ORDER: u32 = 12;

#[derive(Args, Debug)]
pub(crate) struct Plot {
    #[command(flatten)]
    common: Common,
    /// The variable along the horizontal axis [default: the one that there is]
    #[arg(short, long, value_name = "NAME")]
    wrt: Vec<String>,
    /// Draw derivatives too, of these orders, as 1,2
    #[arg(short, long, value_name = "ORDERS", num_args = 0..=1, default_missing_value = "1", value_delimiter = ',', value_parser = whole)]
    derivative: Vec<u32>,
    /// Draw the Taylor polynomial of this order at the point of --at, or at 0
    #[arg(long, value_name = "N", value_parser = whole)]
    taylor: Option<u32>,
    /// Of two variables: draw the way downhill from this point, as x=1,y=2
    #[arg(long, value_name = "POINT")]
    descend: Option<String>,
    /// Of two variables: draw the surface in space, with the tangent plane at the point of --at,
    /// or with the Taylor polynomial of --taylor
    #[arg(long)]
    surface: bool,
    /// What is seen of the horizontal axis, as -3..3 or 0..2*pi [default: where something happens]
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    x: Option<String>,
    /// What is seen of the vertical axis
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    y: Option<String>,
    /// The file into which the picture is written; its name says which format it has
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The width in pixels, or in columns [default: 720, or as the terminal]
    #[arg(long, value_name = "N", value_parser = count)]
    width: Option<usize>,
    /// The height in pixels, or in rows [default: 480, or 24]
    #[arg(long, value_name = "N", value_parser = count)]
    height: Option<usize>,
    /// The colours: those of the page, dark on white, or light on black
    #[arg(long, value_enum, default_value_t = ThemeName::Auto)]
    theme: ThemeName,
}

/// The colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ThemeName {
    /// Those of the page on which it stands
    Auto,
    /// Dark on white
    Light,
    /// Light on black
    Dark,
}

impl ThemeName {
    pub(crate) fn theme(self) -> Theme {
        match self {
            Self::Auto => Theme::Auto,
            Self::Light => Theme::Light,
            Self::Dark => Theme::Dark,
        }
    }
}

impl Task for Plot {
    fn common(&self) -> &Common {
        &self.common
    }

    fn draws(&self) -> bool {
        true
    }

    fn destination(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        let form = Form::choose(self.common.format(), self.output.as_deref())?;
        let style = form.style(self.width, self.height, self.theme.theme())?;
        let (show, points, mut notes) = self.subject(engine, text)?;
        let view = View {
            x: self.x.as_deref().map(ends).transpose()?,
            y: self.y.as_deref().map(ends).transpose()?,
            orders: self.orders()?,
            at: points,
            taylor: self.taylor,
            surface: self.surface,
            descend: self.descend.as_deref().map(parse_point).transpose()?,
            size: form.area(&style),
        };
        let picture = engine.picture(&show, &view)?;
        let told = picture.notes.iter();
        notes.extend(told.map(|message| Note { message: message.clone(), span: None }));
        let mut report = Report::new(notes);
        form.fill(&picture, &style, &mut report)?;
        Ok(report)
    }
}

impl Plot {
    /// The orders of the derivatives that are drawn, each once.
    fn orders(&self) -> Result<Vec<u32>> {
        let mut found: Vec<u32> = Vec::new();
        for order in &self.derivative {
            if *order > MAX_ORDER {
                let what = "the order of a derivative that is drawn";
                return Err(ErrorKind::OverLimit { what, limit: MAX_ORDER.into() }.into());
            }
            if *order > 0 && !found.contains(order) {
                found.push(*order);
            }
        }
        Ok(found)
    }
}

/// The ends of a range: `-3..3`.
fn ends(text: &str) -> Result<[String; 2]> {
    match text.split_once("..") {
        Some((low, high)) if !low.trim().is_empty() && !high.trim().is_empty() => {
            Ok([low.trim().to_owned(), high.trim_start_matches('.').trim().to_owned()])
        }
        _ => {
            let what = format!("`{text}` is no range");
            Err(Error::from(ErrorKind::InvalidRequest(what))
                .help("write it as `-3..3` or `0..2*pi`"))
        }
    }
}
