//! `dateline new event`: title, date, importance, groups and sources, from flags or asked for.

use dateline::diagnostic::Diagnostics;
use dateline::error::Error;
use dateline::load;
use dateline::model::Site;
use dateline::model::date::Date;
use dateline::scaffold::{self, NewEvent, put};

use super::ask::Person;
use super::new::title_or_ask;
use super::{Common, report, today};

#[derive(clap::Args, Default)]
pub(super) struct Args {
    /// The title; asked for on a terminal where it is left out
    title: Option<String>,
    /// When it happened, as an EDTF date: 2019-08-05, 2019-08, 2019~, 2020/2021-06
    #[arg(long, value_name = "EDTF")]
    date: Option<String>,
    /// It carries the story: it is shown large
    #[arg(long)]
    key: bool,
    /// A group that it belongs to, by id; can be given several times
    #[arg(long = "group", value_name = "ID")]
    groups: Vec<String>,
    /// A source that it rests on, by id; can be given several times
    #[arg(long = "source", value_name = "ID")]
    sources: Vec<String>,
}

/// How a date is written, for those who are asked for one.
const DATES: &str = "A date is written year first, and only as exactly as it is known:
  2019-08-05   the day            2019~       about 2019
  2019-08      the month          2019?       perhaps 2019
  2019         the year           2020/2021   from 2020 to 2021
  2019-22      the summer         ../2021     until 2021";

pub(super) fn run(common: &Common, args: &Args, person: Option<&Person>) -> Result<(), Error> {
    scaffold::must_be_site(&common.root)?;
    let usage = "dateline new event \"TITLE\" --date 2019-08-05";
    let asked = args.title.is_none();
    let title = title_or_ask(args.title.clone(), person, usage)?;
    let date = match (&args.date, person) {
        (Some(date), _) => date.clone(),
        (None, Some(person)) => {
            report::note(common, DATES);
            person.text("When did it happen?", |text| {
                Date::parse(text).map(|_| ()).map_err(|fault| not_a_date(text, &fault))
            })?
        }
        (None, None) => return Err(Error::refused("an event needs a date").with_help(format!("write `{usage}`"))),
    };
    let date = Date::parse(&date).map_err(|fault| {
        let error = match fault.message.contains("is not a date") {
            true => Error::refused(format!("`--date {date}` is not a date")),
            false => Error::refused(format!("`--date {date}` is not a date: {}", fault.message)),
        };
        match fault.help {
            Some(help) => error.with_help(help),
            None => error,
        }
    })?;
    let mut event = NewEvent { title, date, key: args.key, groups: args.groups.clone(), sources: args.sources.clone() };
    if let (true, Some(person)) = (asked, person) {
        ask_the_rest(common, &mut event, person)?;
    }
    let file = scaffold::event(&event, today(None)?);
    let path = file.0.clone();
    put(&common.root, &[file], false)?;
    report::tell(common, &format!("made {path}; write its summary and text, then `dateline build`"));
    Ok(())
}

fn not_a_date(text: &str, fault: &dateline::model::date::DateError) -> String {
    match &fault.help {
        Some(help) => format!("`{text}`: {}; {help}", fault.message),
        None => format!("`{text}`: {}", fault.message),
    }
}

/// Asks for what an event can do without: importance, groups, sources, among those that the site has.
fn ask_the_rest(common: &Common, event: &mut NewEvent, person: &Person) -> Result<(), Error> {
    if !event.key {
        let kinds = ["context: it stands around the story", "key: it carries the story, and is shown large"];
        event.key = person.one("How much does it carry of the story?", &kinds)? == 1;
    }
    let Some(site) = read(common)? else { return Ok(()) };
    let pick = |chosen: Vec<usize>, ids: &[String]| chosen.into_iter().filter_map(|at| ids.get(at).cloned()).collect();
    if event.groups.is_empty() {
        let groups = site.config.groups.iter().flatten();
        let (ids, names): (Vec<String>, Vec<String>) =
            groups.map(|group| (group.id.value.to_string(), format!("{} ({})", group.title, group.id.value))).unzip();
        event.groups = pick(person.some("Which groups does it belong to?", &names)?, &ids);
    }
    if event.sources.is_empty() {
        let sources = site.sources.values();
        let (ids, names): (Vec<String>, Vec<String>) = sources
            .map(|source| (source.id.value.to_string(), format!("{}: {}", source.id.value, source.title)))
            .unzip();
        event.sources = pick(person.some("What does it rest on?", &names)?, &ids);
    }
    Ok(())
}

/// Reads the site as it is, for its groups and sources; what is wrong with it is for `build` to say.
fn read(common: &Common) -> Result<Option<Site>, Error> {
    let (files, _) = load::read(&common.root)?;
    Ok(load::site(&files, true, &mut Diagnostics::default()))
}
