//! Numbers in digits: `400`, `1,234,567`, `1 234 567`, `1.5`, `2½`.

use super::read::{Problem, ProblemKind};
use super::token::{Gap, Kind, Tokens};
use super::words::Written;

/// The most digits that are read; one more is too many for an exact decimal.
const MOST_DIGITS: usize = 28;

/// Reads a number in digits that starts at a token. Unless `doubtful`, an ordinary space separates thousands too, as in
/// strict text.
pub(super) fn digits(tokens: &Tokens<'_>, index: usize, doubtful: bool) -> Result<Option<Written>, Problem> {
    let Some(first) = tokens.digits(index) else { return Ok(None) };
    let mut text = first.to_owned();
    let mut end = groups(tokens, index, doubtful, &mut text);
    let whole = text.len();
    if pointed(tokens, end) {
        text.push_str(tokens.digits(end + 1).unwrap_or_default());
        end += 2;
    }
    let mut decimals = text.len() - whole;
    if let Some(fraction) = fraction(tokens, end).filter(|_| decimals == 0) {
        text.push_str(fraction);
        decimals = fraction.len();
        end += 1;
    }
    if runs_on(tokens, end) || (whole > 1 && text.starts_with('0')) {
        return Err(Problem::malformed(index, chain_end(tokens, end)));
    }
    let too_large = Problem { from: index, end, kind: ProblemKind::TooLarge };
    if text.len() > MOST_DIGITS {
        return Err(too_large);
    }
    let digits = text.parse().map_err(|_| too_large)?;
    let decimals = u32::try_from(decimals).map_err(|_| too_large)?;
    Ok(Some(Written { digits, decimals, scale: None, end }))
}

/// Reads the groups of three that follow the first digits; the index after them.
fn groups(tokens: &Tokens<'_>, index: usize, doubtful: bool, text: &mut String) -> usize {
    let mut end = index + 1;
    if text.len() > 3 {
        return end;
    }
    let group = |at: usize| tokens.digits(at).filter(|digits| digits.len() == 3);
    let spaced = |at: usize| match tokens.get(at).map(|token| token.gap) {
        Some(Gap::Fixed) => true,
        Some(Gap::Wide) => !doubtful,
        _ => false,
    };
    if tokens.mark(end) == Some(',') {
        while tokens.mark(end) == Some(',') && tokens.glued(end) && tokens.glued(end + 1) {
            let Some(digits) = group(end + 1) else { break };
            text.push_str(digits);
            end += 2;
        }
        return end;
    }
    while let Some(digits) = group(end).filter(|_| spaced(end)) {
        text.push_str(digits);
        end += 1;
    }
    end
}

/// Whether a point with digits after it is glued to what is before an index.
fn pointed(tokens: &Tokens<'_>, index: usize) -> bool {
    tokens.mark(index) == Some('.') && joined(tokens, index)
}

/// Whether the digits after an index belong to the same run of characters as what stands before it.
fn joined(tokens: &Tokens<'_>, index: usize) -> bool {
    tokens.glued(index) && tokens.glued(index + 1) && tokens.digits(index + 1).is_some()
}

/// Whether more digits follow in a way that no number is written: `1,5`, `1.2.3`, `10:30`, `9/11`.
fn runs_on(tokens: &Tokens<'_>, index: usize) -> bool {
    let mark = tokens.mark(index).is_some_and(|mark| matches!(mark, ',' | '.' | ':' | '/' | '\'' | '’' | '_'));
    mark && joined(tokens, index)
}

/// The end of a run of digits and marks, so that none of its parts is taken for a number.
fn chain_end(tokens: &Tokens<'_>, mut index: usize) -> usize {
    while tokens.glued(index) && matches!(tokens.get(index).map(|token| token.kind), Some(Kind::Digits | Kind::Mark(_)))
    {
        index += 1;
    }
    index
}

/// The decimals of a fraction sign that is glued to digits.
fn fraction(tokens: &Tokens<'_>, index: usize) -> Option<&'static str> {
    let mark = tokens.mark(index).filter(|_| tokens.glued(index))?;
    match mark {
        '¼' => Some("25"),
        '½' => Some("5"),
        '¾' => Some("75"),
        _ => None,
    }
}
