//! Publishing into a folder: on this machine, on a stick, on a mounted share. The room `write` does the work.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::output::Output;
use crate::write::{Preview, WriteOptions, preview, write};

use super::plan::{Act, Plan};
use super::{Options, Progress, Step};

pub(super) struct Work<'o> {
    output: &'o Output,
    dir: PathBuf,
    options: WriteOptions,
}

pub(super) fn prepare<'o>(output: &'o Output, path: &str, options: &Options<'_>) -> Result<(Plan, Work<'o>), Error> {
    let dir = options.root.join(path);
    must_have_parent(&dir)?;
    let write = WriteOptions {
        adopt: options.adopt,
        protected: options.protected.clone(),
        enclosing: options.enclosing.clone(),
    };
    let Preview { new, changed, removed, unchanged, sums_differ } = preview(output, &dir, &write)?;
    let mut plan = Plan {
        place: format!("the folder {}", dir.strip_prefix(".").unwrap_or(&dir).display()),
        unchanged,
        ..Plan::default()
    };
    plan.add(Act::New, new, output);
    plan.add(Act::Changed, changed, output);
    plan.add(Act::Deleted, removed, output);
    plan.idle = plan.changes.is_empty() && !sums_differ;
    Ok((plan, Work { output, dir, options: write }))
}

/// Refuses a folder in a place that is not there: a stick that is not plugged in, a share that is not mounted.
fn must_have_parent(dir: &Path) -> Result<(), Error> {
    match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() && !parent.is_dir() => Err(Error::refused(format!(
            "the folder `{}` cannot be made: `{}` is not there",
            dir.display(),
            parent.display()
        ))
        .with_help("plug in the stick or mount the share, or mend `path` of the target in site.yaml")),
        _ => Ok(()),
    }
}

impl Work<'_> {
    pub(super) fn apply(&self, plan: &Plan, progress: Progress<'_>) -> Result<(), Error> {
        // Renaming is so quick that only the whole is worth telling.
        write(self.output, &self.dir, &self.options)?;
        for change in &plan.changes {
            progress(if change.act == Act::Deleted { Step::Deleted } else { Step::Sent { bytes: change.bytes } });
        }
        Ok(())
    }
}
