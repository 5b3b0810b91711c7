//! `dateline new source URL`: a stub in sources.yaml, filled from a saved page where there is one.

use std::path::PathBuf;

use dateline::error::Error;
use dateline::load::raw::RawSourceKind;
use dateline::metadata::{self, Metadata, NewSource, SOURCES, with_source};
use dateline::scaffold::{self, put};

use super::ask::Person;
use super::new::said;
use super::{Common, report, today};

#[derive(clap::Args, Default)]
pub(super) struct Args {
    /// The address, as copied from the browser; asked for on a terminal where it is left out
    url: Option<String>,
    /// The page as your browser saved it: title, authors, publisher and date are read from it
    #[arg(long, value_name = "FILE.html")]
    from: Option<PathBuf>,
    /// The title, where no saved page has it
    #[arg(long)]
    title: Option<String>,
    /// The id; without one, made of the host and the year
    #[arg(long)]
    id: Option<String>,
    /// The type, in CSL's words: article-newspaper, report, book, …
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
}

pub(super) fn run(common: &Common, args: &Args, person: Option<&Person>) -> Result<(), Error> {
    scaffold::must_be_site(&common.root)?;
    let mut page = saved(args)?;
    let url = address(args, &page, person)?;
    if let Some(own) = page.url.as_ref().filter(|own| **own != url) {
        report::note(common, &format!("the saved page gives its address as {own}"));
    }
    page.title = args.title.clone().filter(|title| !title.trim().is_empty()).or(page.title);
    if let (None, Some(person)) = (&page.title, person) {
        page.title = Some(person.text("Title, as it stands there", |text| said(text, "write the title"))?);
    }
    let untitled = page.title.is_none();
    let source = NewSource { url, id: args.id.clone(), kind: kind(args)?, page, accessed: today(None)? };
    scaffold::must_stay_inside(&common.root, [SOURCES])?;
    let path = common.root.join(SOURCES);
    let old = match scaffold::contents(&path) {
        None => String::new(),
        Some(bytes) => String::from_utf8(bytes).map_err(|_| {
            Error::refused(format!("`{SOURCES}` is no text in UTF-8")).with_help("save it again as UTF-8")
        })?,
    };
    let (new, id) = with_source(&old, &source)?;
    put(&common.root, &[(SOURCES.to_owned(), new.clone().into_bytes())], true)?;
    report::tell(common, &format!("added `{id}` to {SOURCES}:\n"));
    report::say(new[old.len()..].trim());
    let next = if untitled { "write its title there, then cite it" } else { "cite it" };
    report::tell(common, &format!("\nnow {next}: [@{id}], or `sources: [{id}]`"));
    Ok(())
}

/// Reads the page that was saved; nothing where there is none.
fn saved(args: &Args) -> Result<Metadata, Error> {
    let Some(path) = &args.from else { return Ok(Metadata::default()) };
    let bytes = scaffold::read_page(path)?;
    let page = metadata::read(&bytes);
    if page == Metadata::default() {
        return Err(Error::refused(format!("`{}` says nothing of itself: it has no title", path.display()))
            .with_help("save the page in your browser as \"web page, HTML only\"; or leave `--from` out, and write `--title \"…\"`"));
    }
    Ok(page)
}

fn address(args: &Args, page: &Metadata, person: Option<&Person>) -> Result<String, Error> {
    let check = |url: &str| {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match rest {
            Some(rest) if !rest.is_empty() && !url.contains(char::is_whitespace) => Ok(()),
            _ => Err(format!("`{url}` is not a whole address: it begins with `https://`")),
        }
    };
    let url = match (&args.url, &page.url, person) {
        (Some(url), _, _) => url.trim().to_owned(),
        (None, Some(own), _) => own.clone(),
        (None, None, Some(person)) => person.text("Address, as copied from the browser", check)?,
        (None, None, None) => {
            return Err(Error::refused("a source needs an address")
                .with_help("write `dateline new source https://…`; a source without an address is written into content/sources.yaml by hand"));
        }
    };
    check(&url).map_err(|fault| Error::refused(fault).with_help("copy the address from the browser"))?;
    Ok(url)
}

fn kind(args: &Args) -> Result<Option<String>, Error> {
    let Some(name) = &args.kind else { return Ok(None) };
    match RawSourceKind::by_name(name) {
        Ok(kind) => Ok(Some(kind.name())),
        Err(near) => {
            let help = near.map_or_else(
                || "`dateline schema sources` lists them".to_owned(),
                |near| format!("write `--type {near}`"),
            );
            Err(Error::refused(format!("there is no type `{name}`")).with_help(help))
        }
    }
}
