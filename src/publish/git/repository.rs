//! The `git` command, kept away from everything that is the editor's: its own index, its own store of new objects, no
//! reference, no working tree.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::error::Error;

/// A repository to work through. New objects live in a folder that goes with the value.
pub(super) struct Repository {
    /// Where git is run: the site's folder, or an empty repository of our own.
    at: PathBuf,
    /// The store whose objects can be read besides.
    objects: Option<PathBuf>,
    holder: TempDir,
}

/// What git said on both streams, and whether it ended well.
pub(super) struct Said {
    pub(super) well: bool,
    pub(super) out: Vec<u8>,
    pub(super) err: String,
}

impl Repository {
    /// Opens the repository that holds a folder, for its settings and credentials, or makes an empty one.
    pub(super) fn open(root: &Path) -> Result<Self, Error> {
        let holder = tempfile::Builder::new().prefix("dateline-").tempdir();
        let holder = holder.map_err(|cause| Error::io("make", Path::new("a temporary folder"), cause))?;
        let mut new = Self { at: root.to_owned(), objects: None, holder };
        let inside = new.plain(&["rev-parse", "--path-format=absolute", "--git-path", "objects"])?;
        if inside.well {
            new.objects = Some(PathBuf::from(text(&inside.out)));
        } else {
            let bare = new.holder.path().join("repository");
            new.plain(&["init", "--quiet", "--bare", &bare.to_string_lossy()])?.or_refuse("make a repository")?;
            new.at = bare;
        }
        // An object store has these two folders, even an empty one.
        for folder in ["objects/info", "objects/pack"] {
            let path = new.holder.path().join(folder);
            make_folder(&path)?;
        }
        Ok(new)
    }

    /// Runs git on the repository as it is.
    fn plain(&self, arguments: &[&str]) -> Result<Said, Error> {
        said(self.command().args(arguments))
    }

    /// Runs git with an index and an object store of our own.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<Said, Error> {
        said(self.apart().args(arguments))
    }

    /// Runs git, gives it bytes to read, and returns what it answers.
    pub(super) fn feed(
        &self,
        arguments: &[&str],
        input: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()> + Send,
    ) -> Result<Said, Error> {
        let failed = |cause| Error::io("run", Path::new("git"), cause);
        let mut command = self.apart();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let mut stdin = std::io::BufWriter::new(child.stdin.take().expect("it is piped"));
        let (mut stdout, mut stderr) =
            (child.stdout.take().expect("it is piped"), child.stderr.take().expect("it is piped"));
        // Three pipes at once: git answers while it reads, and a full one on either side would wait for ever.
        std::thread::scope(|scope| {
            let writer = scope.spawn(move || input(&mut stdin).and_then(|()| stdin.flush()));
            let complaints = scope.spawn(move || {
                let mut bytes = Vec::new();
                stderr.read_to_end(&mut bytes).map(|_| bytes)
            });
            let mut out = Vec::new();
            stdout.read_to_end(&mut out).map_err(failed)?;
            let err = complaints.join().expect("reading does not panic").map_err(failed)?;
            let written = writer.join().expect("writing does not panic");
            let well = child.wait().map_err(failed)?.success() && written.is_ok();
            Ok(Said { well, out, err: String::from_utf8_lossy(&err).into_owned() })
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        // A run inside a hook would otherwise work on that hook's repository.
        for name in
            ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"]
        {
            command.env_remove(name);
        }
        command.arg("-C").arg(&self.at).env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null());
        command
    }

    fn apart(&self) -> Command {
        let mut command = self.command();
        command.args(["-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.autocrlf=false"]);
        command.env("GIT_INDEX_FILE", self.holder.path().join("index"));
        command.env("GIT_OBJECT_DIRECTORY", self.holder.path().join("objects"));
        if let Some(objects) = &self.objects {
            command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", objects);
        }
        command
    }
}

#[expect(clippy::disallowed_methods, reason = "the folders lie in a temporary one of our own")]
fn make_folder(path: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(path).map_err(|cause| Error::io("create the folder", path, cause))
}

fn said(command: &mut Command) -> Result<Said, Error> {
    let output = command.output().map_err(|cause| {
        let missing = cause.kind() == std::io::ErrorKind::NotFound;
        let error = Error::io("run", Path::new("git"), cause);
        if missing { error.with_help("install git: a target of this kind is published through it") } else { error }
    })?;
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(Said { well: output.status.success(), out: output.stdout, err })
}

/// Returns what git printed, without the line break at its end.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

impl Said {
    /// Returns what was printed, or an error that names the act and what git said.
    pub(super) fn or_refuse(self, act: &str) -> Result<Vec<u8>, Error> {
        if self.well {
            return Ok(self.out);
        }
        Err(Error::refused(format!("git cannot {act}: {}", self.complaint())))
    }

    /// Returns the line of git's complaint that tells most, without passwords in addresses.
    pub(super) fn complaint(&self) -> String {
        let lines = || self.err.lines().map(str::trim).filter(|line| !line.is_empty());
        let told = lines().find_map(|line| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")));
        let told = told.or_else(|| lines().next()).unwrap_or("it did not say why");
        without_passwords(told)
    }
}

/// Blots out what stands before the `@` of an address.
fn without_passwords(text: &str) -> String {
    let mut clean = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        clean.push_str(before);
        let end = after.find(|c: char| c == '/' || c == '\'' || c.is_whitespace()).unwrap_or(after.len());
        let (authority, tail) = after.split_at(end);
        clean.push_str(authority.rsplit_once('@').map_or(authority, |(_, host)| host));
        rest = tail;
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::without_passwords;

    #[test]
    fn a_password_in_an_address_is_not_repeated() {
        let said = "unable to access 'https://me:s3cret@example.org/x.git/': refused by http://t0ken@host";
        assert_eq!(without_passwords(said), "unable to access 'https://example.org/x.git/': refused by http://host");
    }
}
