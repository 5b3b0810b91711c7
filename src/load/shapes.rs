//! The shapes of the files, made once from the types that read them.

use std::sync::LazyLock;

use super::raw::{RawPage, RawQuestions, RawSite, RawSources};
use crate::yaml::Shape;

pub(super) static PAGE: LazyLock<Shape> = LazyLock::new(Shape::of::<RawPage>);
pub(super) static SITE: LazyLock<Shape> = LazyLock::new(Shape::of::<RawSite>);
pub(super) static SOURCES: LazyLock<Shape> = LazyLock::new(Shape::of::<RawSources>);
pub(super) static QUESTIONS: LazyLock<Shape> = LazyLock::new(Shape::of::<RawQuestions>);
