//! `dateline check --external`: the web is asked, and how far that is can be seen.

use std::time::Duration;

use dateline::diagnostic::Diagnostics;
use dateline::error::Error;
use dateline::file::Files;
use dateline::model::Site;

use super::Common;

#[derive(clap::Args)]
pub(super) struct Outside {
    /// Also ask every address outside whether it is still there
    #[arg(long)]
    pub(super) external: bool,
    /// Ask again what earlier runs learnt (.dateline/links.json)
    #[arg(long, requires = "external")]
    fresh: bool,
    /// How long one request may take
    #[arg(long, requires = "external", value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=300))]
    timeout: u64,
    /// Ask addresses of this computer and of private networks too
    #[arg(long, requires = "external")]
    allow_private: bool,
}

/// What asking gave.
pub(super) struct Asked {
    /// The messages.
    pub(super) found: Diagnostics,
    /// Why it could not be done, or not wholly.
    pub(super) failure: Option<Error>,
}

#[cfg(not(feature = "web"))]
pub(super) fn ask(_: &Common, args: &Outside, _: bool, _: &Site, _: &Files) -> Result<Asked, Error> {
    let _ = (args.fresh, args.allow_private, Duration::from_secs(args.timeout));
    Err(Error::refused("this program was built without the part that asks the web")
        .with_help("build it with `--features web`, or leave out `--external`"))
}

#[cfg(feature = "web")]
pub(super) use asking::ask;

#[cfg(feature = "web")]
mod asking {
    use std::io::IsTerminal;
    use std::time::SystemTime;

    use dateline::check::apply_levels;
    use dateline::links::{self, Answer, Cache, Heard, Options, Step, addresses, diagnostics};
    use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

    use super::super::report::{self, plural};
    use super::*;

    /// After how many answers a line is printed where there is no terminal.
    const LINE_EACH: usize = 50;

    /// Asks every address outside of a site. Where `visible`, how far it is and what came of it is told.
    pub(in super::super) fn ask(
        common: &Common,
        args: &Outside,
        visible: bool,
        site: &Site,
        files: &Files,
    ) -> Result<Asked, Error> {
        let options = Options {
            allow_private: args.allow_private,
            fresh: args.fresh,
            patience: Duration::from_secs(args.timeout),
            ..Options::default()
        };
        let visible = visible && !common.quiet;
        let (mut cache, remark) = Cache::read(&common.root);
        remark.iter().filter(|_| visible).for_each(|remark| report::note(common, remark));
        let addresses = addresses(site, files);
        let mut progress = Progress { common, visible, bar: ProgressBar::hidden(), line: 0 };
        let heard = links::ask(&addresses, &mut cache, &options, &now, &mut |step| progress.show(step));
        progress.bar.finish_and_clear();
        if visible && !heard.offline {
            report::note(common, &summary(&heard));
            if let Some(error) = &heard.not_kept {
                report::note(common, &format!("what was learnt is not kept: {error}"));
            }
        }
        let mut found = diagnostics(&addresses, &heard, &options);
        apply_levels(site, &mut found);
        Ok(Asked { found, failure: failure(&heard) })
    }

    fn now() -> u64 {
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs())
    }

    fn failure(heard: &Heard) -> Option<Error> {
        heard.offline.then(|| {
            Error::refused("no address outside could be reached: this computer seems to be offline")
                .with_help("connect it and check again; behind a proxy, `--external` does not work")
        })
    }

    /// How far it is: a bar on a terminal, lines elsewhere.
    struct Progress<'a> {
        common: &'a Common,
        visible: bool,
        bar: ProgressBar,
        line: usize,
    }

    impl Progress<'_> {
        fn show(&mut self, step: Step) {
            if !self.visible || step.of == 0 {
                return;
            }
            if step.done == 0 {
                self.begin(step);
            }
            self.bar.set_position(step.done as u64);
            let line = step.done / LINE_EACH;
            if self.bar.is_hidden() && line > self.line {
                report::note(self.common, &format!("asked {} of {}", step.done, step.of));
                self.line = line;
            }
        }

        fn begin(&mut self, step: Step) {
            let (of, hosts) = (step.of, step.hosts);
            report::note(self.common, &format!("asking {} on {}", counted(of), plural(hosts, "host")));
            if std::io::stderr().is_terminal() {
                self.bar = ProgressBar::with_draw_target(Some(of as u64), ProgressDrawTarget::stderr());
                let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}");
                self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            }
        }
    }

    fn counted(addresses: usize) -> String {
        format!("{addresses} address{}", if addresses == 1 { "" } else { "es" })
    }

    /// Returns `12 addresses outside: 9 fine, 1 dead, 2 blocked (5 known from before)`.
    fn summary(heard: &Heard) -> String {
        let kinds = ["fine", "moved", "dead", "blocked", "slow", "unclear"];
        let mut counts = [0_usize; 6];
        for told in heard.answers.values() {
            let kind = match told.answer {
                Answer::Fine => 0,
                Answer::Moved { .. } => 1,
                Answer::Dead(_) => 2,
                Answer::Blocked(_) => 3,
                Answer::Slow => 4,
                Answer::Unclear(_) => 5,
            };
            counts[kind] += 1;
        }
        let counts = counts.iter().zip(kinds).filter(|(count, _)| **count > 0);
        let parts: Vec<String> = counts.map(|(count, kind)| format!("{count} {kind}")).collect();
        let mut text = format!("{} outside", counted(heard.answers.len()));
        if !parts.is_empty() {
            text += &format!(": {}", parts.join(", "));
        }
        if heard.known > 0 {
            text += &format!(" ({} known from before)", heard.known);
        }
        if heard.left > 0 {
            text += &format!("; {} left for the next run, because this one took too long", heard.left);
        }
        text
    }
}
