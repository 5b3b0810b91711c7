//! The table of codes: every kind of diagnostic, with its name and its gravity.

use std::fmt;

/// How grave a diagnostic is. With an error there is no output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not built.
    Error,
    /// The site is built; somebody should look.
    Warning,
    /// Said for information.
    Note,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $severity:ident;)+) => {
        /// The kind of a diagnostic. `dateline explain CODE` tells the long story of each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the name: kebab-case, stable.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Returns the severity it has unless site.yaml says otherwise.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// Returns what it says, in a sentence with its full stop.
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii(),)+ }
            }
        }
    };
}

codes! {
    /// The text of a file is not UTF-8, or holds a control character.
    NotText "not-text" Error;
    /// A file is larger than what is read.
    TooLarge "too-large" Error;
    /// The YAML cannot be read.
    BadYaml "bad-yaml" Error;
    /// YAML reads something else than what was typed, without a word.
    YamlTrap "yaml-trap" Error;
    /// A key stands twice in one map.
    DuplicateKey "duplicate-key" Error;
    /// Something in a file to import could not be read.
    BadImport "bad-import" Error;
    /// Front matter is missing or not closed.
    BadFrontMatter "bad-front-matter" Error;
    /// A field that the format does not know.
    UnknownField "unknown-field" Error;
    /// A value of another type than the field takes.
    WrongType "wrong-type" Error;
    /// A value that is not among those that the field takes.
    BadValue "bad-value" Error;
    /// A field that must be there is not.
    MissingField "missing-field" Error;
    /// A file that every site has is not there.
    MissingFile "missing-file" Error;
    /// An id that is no id.
    BadId "bad-id" Error;
    /// Two things of one kind have the same id.
    DuplicateId "duplicate-id" Error;
    /// A date that is not EDTF level 0 or 1.
    BadDate "bad-date" Error;
    /// A source that is dated in the future.
    FutureDate "future-date" Warning;
    /// A figure that cannot be read.
    BadFigure "bad-figure" Error;
    /// A text states another number than its claim.
    FigureMismatch "figure-mismatch" Error;
    /// A text states another unit than its claim.
    UnitMismatch "unit-mismatch" Error;
    /// A text rounds its claim without saying so, or shows digits that the claim does not have.
    FalsePrecision "false-precision" Error;
    /// A text leaves out its claim's hedge.
    DroppedHedge "dropped-hedge" Error;
    /// A text hedges where its claim does not.
    AddedHedge "added-hedge" Error;
    /// A figure in prose that leads to no claim.
    UnsourcedFigure "unsourced-figure" Warning;
    /// A claim that nobody is said to have made.
    NoAttribution "no-attribution" Error;
    /// A claim that rests on no source.
    NoSource "no-source" Error;
    /// A claim with neither a figure nor a statement.
    EmptyClaim "empty-claim" Error;
    /// A claim called disputed that nothing disputes.
    Undisputed "undisputed" Error;
    /// A quotation that is not in the stored copy of its source.
    QuoteNotFound "quote-not-found" Error;
    /// One speaker spelt in two ways.
    SpeakerSpelling "speaker-spelling" Warning;
    /// A claim that changed without a correction.
    SilentChange "silent-change" Warning;
    /// A claim that no text links to.
    UnusedClaim "unused-claim" Warning;
    /// A source that nothing cites.
    UnusedSource "unused-source" Warning;
    /// A question that no claim answers.
    UnusedQuestion "unused-question" Warning;
    /// A cited source is not in sources.yaml.
    UnknownSource "unknown-source" Error;
    /// A claim that no page has.
    UnknownClaim "unknown-claim" Error;
    /// A question that is not in questions.yaml.
    UnknownQuestion "unknown-question" Error;
    /// A group that site.yaml does not list.
    UnlistedGroup "unlisted-group" Error;
    /// A theme that is not there.
    UnknownTheme "unknown-theme" Error;
    /// A rule in site.yaml that no code has.
    UnknownRule "unknown-rule" Error;
    /// A bracket that holds `@id` and is no citation.
    BadCitation "bad-citation" Error;
    /// A link to a page that is not there.
    BrokenLink "broken-link" Error;
    /// A link to an anchor that its page does not have.
    BrokenAnchor "broken-anchor" Error;
    /// A link whose address would run code or leave the site's rules.
    UnsafeLink "unsafe-link" Error;
    /// A link that shows no text.
    EmptyLink "empty-link" Error;
    /// An address outside at which there is nothing any more.
    DeadLink "dead-link" Warning;
    /// An address outside that has another one now.
    MovedLink "moved-link" Note;
    /// A host outside that turns programs away.
    BlockedLink "blocked-link" Note;
    /// A host outside that does not answer in time.
    SlowLink "slow-link" Note;
    /// An address outside of which it is not clear how it is.
    UnclearLink "unclear-link" Note;
    /// A picture or document that is not there.
    MissingMedia "missing-media" Error;
    /// A picture without a description.
    MissingAlt "missing-alt" Error;
    /// A picture that cannot be shown.
    BadPicture "bad-picture" Error;
    /// A photograph whose metadata tell where it was taken.
    PicturePlace "picture-place" Warning;
    /// A social card that cannot be drawn.
    NoCard "no-card" Warning;
    /// The program was built without what the site needs.
    MissingFeature "missing-feature" Error;
    /// A footnote mark without its footnote.
    UndefinedFootnote "undefined-footnote" Error;
    /// A footnote that nothing refers to.
    UnusedFootnote "unused-footnote" Warning;
    /// Raw HTML where site.yaml denies it, too deep or never closed.
    RawHtml "raw-html" Error;
    /// Two files would be written to one place.
    SameOutput "same-output" Error;
    /// A file name that some systems cannot hold.
    BadFileName "bad-file-name" Error;
    /// A file that a browser would run or a host obey, among those that are published as they are.
    ActiveFile "active-file" Error;
    /// Sources that report on each other in a circle.
    OriginCycle "origin-cycle" Error;
    /// The site has days of publication and no address, so that what needs whole addresses is left out.
    NoUrl "no-url" Note;
    /// Events that feeds leave out, because nothing says when they were published.
    NotInFeed "not-in-feed" Note;
    /// A text that `dateline new` wrote, for an editor to write a better one.
    Placeholder "placeholder" Warning;
    /// A template that cannot be read, or fails on a page.
    BadTemplate "bad-template" Error;
    /// A theme file that cannot be read.
    BadTheme "bad-theme" Error;
}

/// The codes whose level site.yaml may set: rules of judgement. All others say that something cannot be read, does not
/// exist, or would be lost.
const RULES: [Code; 29] = [
    Code::FutureDate,
    Code::FigureMismatch,
    Code::UnitMismatch,
    Code::FalsePrecision,
    Code::DroppedHedge,
    Code::AddedHedge,
    Code::UnsourcedFigure,
    Code::NoAttribution,
    Code::NoSource,
    Code::EmptyClaim,
    Code::Undisputed,
    Code::QuoteNotFound,
    Code::SpeakerSpelling,
    Code::SilentChange,
    Code::UnusedClaim,
    Code::UnusedSource,
    Code::UnusedQuestion,
    Code::BrokenAnchor,
    Code::DeadLink,
    Code::MovedLink,
    Code::BlockedLink,
    Code::SlowLink,
    Code::UnclearLink,
    Code::MissingAlt,
    Code::PicturePlace,
    Code::UnusedFootnote,
    Code::NoUrl,
    Code::NotInFeed,
    Code::Placeholder,
];

impl Code {
    /// Tells whether `rules` in site.yaml may set its level.
    pub fn is_rule(self) -> bool {
        RULES.contains(&self)
    }

    /// Finds a code by its name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
