//! Passwords in addresses, blotted out: what is said of a line may end where many read it, as in the log of a CI.
//!
//! Hidden is what stands before the `@` of an address (RFC 3986, 3.2.1), also where a password holds a `/` or an `@` that
//! should have been encoded. Rather too much is hidden than too little: it is only the showing that loses by it. A secret
//! that stands anywhere else is not recognised.

use std::borrow::Cow;
use std::ops::Range;

use super::lines::floor;

/// How far an address is looked through for its `@`, in bytes: no password is longer.
pub(super) const LONGEST: usize = 2048;

/// Tells whether a text holds an address with a password or a token: `https://user:secret@host/`.
pub fn holds_secret(text: &str) -> bool {
    !secrets(text).is_empty()
}

/// Writes a text without the passwords in its addresses.
pub(crate) fn without_secrets(text: String) -> String {
    let mut clean = text;
    for secret in secrets(&clean).into_iter().rev() {
        clean.replace_range(secret, "…");
    }
    clean
}

/// Does the same to a part of a file, and leaves every byte behind a password at its place.
pub(super) fn blotted(part: &str) -> Cow<'_, str> {
    let secrets = secrets(part);
    if secrets.is_empty() {
        return Cow::Borrowed(part);
    }
    let mut clean = part.to_owned();
    for secret in secrets {
        let stars = "*".repeat(secret.len());
        clean.replace_range(secret, &stars);
    }
    Cow::Owned(clean)
}

/// Finds who signs in, and with which password, in the addresses of a text.
fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, sign) in text.match_indices("://") {
        let start = at + sign.len();
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        if let Some(length) = signs_in(&text[..at], &text[start..]) {
            found.push(start..start + length);
        }
    }
    found
}

/// Returns how many bytes of an address say who signs in, by what stands before its `://` and after it. `ssh://git@host` holds
/// no secret; over `http`, what stands alone may be a token.
fn signs_in(before: &str, after: &str) -> Option<usize> {
    let host = after.split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '?' | '#')).next()?;
    let named = host.rfind('@').map(|at| &host[..at]);
    let has_password = match (named, host.split_once(':')) {
        (Some(named), _) => named.contains(':'),
        // No host is followed by a colon and letters: a password is, whose `/` was not encoded.
        (None, Some((_, port))) => !host.starts_with('[') && !port.bytes().all(|letter| letter.is_ascii_digit()),
        (None, None) => false,
    };
    if has_password {
        let address = after[..floor(after, LONGEST)].split(char::is_whitespace).next()?;
        return address.rfind('@');
    }
    let scheme = before.rsplit(|letter: char| !letter.is_ascii_alphanumeric()).next()?;
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    named.filter(|_| is_web).map(str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_password_or_a_token_is_seen() {
        for address in [
            "https://me:s3cret@example.org/x.git",
            "https://ghp_token@example.org/x.git",
            "HTTP://me:@host",
            "ssh://me:s3cret@example.org",
            "https://KEY:wJalr/XUtn+F/EMI@s3.example.org",
            "'https://me:p@ss/word@example.org'",
        ] {
            assert!(holds_secret(address), "{address}");
        }
        for address in [
            "ssh://git@example.org/x.git",
            "git@example.org:x.git",
            "origin",
            "/srv/x@y.git",
            "https://example.org:8443/@me/x",
            "https://example.org/a:b@c",
            "http://[::1]:8080/@x",
            "https://example.org, or write to me@example.org",
        ] {
            assert!(!holds_secret(address), "{address}");
        }
    }

    #[test]
    fn passwords_are_taken_out_and_nothing_else() {
        let said = "`https://me:s3cret@a.example/x` and http://t0ken@b.example, not https://c.example/@d".to_owned();
        let clean = "`https://…@a.example/x` and http://…@b.example, not https://c.example/@d";
        assert_eq!(without_secrets(said), clean);
        assert_eq!(blotted("ö https://ü:é@b.example 북한"), "ö https://*****@b.example 북한");
        assert!(matches!(blotted("https://example.org"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_long_text_of_many_addresses_is_looked_through_once() {
        let text = "://".repeat(1 << 18);
        assert!(!holds_secret(&text));
        assert!(holds_secret(&(text + "https://me:s3cret@example.org")));
    }
}
