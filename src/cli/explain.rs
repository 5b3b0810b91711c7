//! `dateline explain CODE`: the long story of a message.

use dateline::diagnostic::{Code, explain, nearest};
use dateline::error::Error;

use super::{Ending, report};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The code in the brackets of a message, such as unknown-claim; without one, all codes are listed
    code: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Ending, Error> {
    let Some(name) = &args.code else {
        let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
        Code::ALL.iter().for_each(|code| report::say(&format!("{:width$}  {}", code.name(), code.summary())));
        return Ok(Ending::Well);
    };
    let Some(code) = Code::by_name(name) else {
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let help = match near {
            Some(near) => format!("write `dateline explain {near}`"),
            None => "`dateline explain` lists all codes".to_owned(),
        };
        return Err(Error::refused(format!("there is no code `{name}`")).with_help(help));
    };
    report::say(&format!("# {code}\n\n{}", explain(code).unwrap_or("Its story is not written yet.")));
    Ok(Ending::Well)
}
