//! Currencies: the codes of ISO 4217, and the signs and words that stand for them.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// The active codes of ISO 4217, without funds, metals and tests, as of 2026; sorted.
#[rustfmt::skip]
const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD",
    "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP",
    "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP",
    "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD",
    "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN",
    "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
    "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL",
    "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES",
    "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

/// Codes that are also words or names in capitals: in running text they need a scale or a point beside them.
const ALSO_WORDS: &[&str] =
    &["ALL", "BAM", "COP", "CUP", "CVE", "LAK", "MAD", "MOP", "PEN", "RON", "SOS", "TOP", "TRY"];

/// Currencies whose own sign at home is `$`.
const DOLLARS: &[&str] = &[
    "ARS", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD",
    "MXN", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "USD", "UYU", "XCD",
];

/// What stands before `$` to say whose dollars they are; the first for a code is the one to write.
const PREFIXES: &[(&str, &str)] = &[
    ("US", "USD"),
    ("USD", "USD"),
    ("A", "AUD"),
    ("AU", "AUD"),
    ("AUD", "AUD"),
    ("C", "CAD"),
    ("CA", "CAD"),
    ("CAN", "CAD"),
    ("CAD", "CAD"),
    ("HK", "HKD"),
    ("HKD", "HKD"),
    ("NZ", "NZD"),
    ("NZD", "NZD"),
    ("S", "SGD"),
    ("SG", "SGD"),
    ("SGD", "SGD"),
    ("NT", "TWD"),
    ("R", "BRL"),
    ("MX", "MXN"),
];

/// Signs of one character; `$`, `¥` and `₩` may mean another at home.
const SIGNS: &[(char, &str)] = &[
    ('$', "USD"),
    ('£', "GBP"),
    ('€', "EUR"),
    ('¥', "JPY"),
    ('￥', "JPY"),
    ('₩', "KRW"),
    ('₹', "INR"),
    ('₽', "RUB"),
    ('₴', "UAH"),
    ('₺', "TRY"),
    ('₫', "VND"),
    ('₪', "ILS"),
    ('₱', "PHP"),
    ('₦', "NGN"),
    ('₸', "KZT"),
];

/// Names in words, in lower case, the longer before the shorter that ends like it.
const NAMES: &[(&str, &str)] = &[
    ("us dollar", "USD"),
    ("american dollar", "USD"),
    ("australian dollar", "AUD"),
    ("canadian dollar", "CAD"),
    ("hong kong dollar", "HKD"),
    ("new zealand dollar", "NZD"),
    ("singapore dollar", "SGD"),
    ("taiwan dollar", "TWD"),
    ("british pound", "GBP"),
    ("pound sterling", "GBP"),
    ("egyptian pound", "EGP"),
    ("south korean won", "KRW"),
    ("north korean won", "KPW"),
    ("korean won", "KRW"),
    ("japanese yen", "JPY"),
    ("chinese yuan", "CNY"),
    ("russian rouble", "RUB"),
    ("russian ruble", "RUB"),
    ("indian rupee", "INR"),
    ("swiss franc", "CHF"),
    ("turkish lira", "TRY"),
    ("mexican peso", "MXN"),
    ("philippine peso", "PHP"),
    ("swedish krona", "SEK"),
    ("swedish kronor", "SEK"),
    ("norwegian krone", "NOK"),
    ("norwegian kroner", "NOK"),
    ("danish krone", "DKK"),
    ("danish kroner", "DKK"),
    ("saudi riyal", "SAR"),
    ("uae dirham", "AED"),
    ("dollar", "$"),
    ("euro", "EUR"),
    ("pound", "GBP"),
    ("sterling", "GBP"),
    ("yen", "JPY"),
    ("won", "KRW"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("rouble", "RUB"),
    ("ruble", "RUB"),
    ("rupee", "INR"),
    ("lira", "TRY"),
    ("zloty", "PLN"),
    ("hryvnia", "UAH"),
    ("shekel", "ILS"),
    ("baht", "THB"),
    ("ringgit", "MYR"),
    ("naira", "NGN"),
    ("rupiah", "IDR"),
    ("tenge", "KZT"),
    ("rand", "ZAR"),
];

/// A name in words, parted.
pub(super) struct Name {
    /// The words before the last; empty where there are none.
    pub(super) before: &'static str,
    pub(super) last: &'static str,
    pub(super) code: &'static str,
}

/// The names by the word that they begin with in a text, singular or plural, in the order of [`NAMES`].
static NAMES_BY_START: LazyLock<HashMap<String, Vec<Name>>> = LazyLock::new(|| {
    let mut by_start: HashMap<String, Vec<Name>> = HashMap::new();
    for (name, code) in NAMES {
        let (before, last) = name.rsplit_once(' ').unwrap_or(("", name));
        let starts = match before.split(' ').next() {
            Some(first) if !first.is_empty() => vec![first.to_owned()],
            _ => vec![last.to_owned(), format!("{last}s")],
        };
        for start in starts {
            by_start.entry(start).or_default().push(Name { before, last, code });
        }
    }
    by_start
});

/// Returns the names that may begin with a word in lower case, the longer before the shorter that ends like it.
pub(super) fn names_from(word: &str) -> &'static [Name] {
    NAMES_BY_START.get(word).map_or(&[], Vec::as_slice)
}

/// A currency of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static str);

impl Currency {
    /// The US dollar.
    pub const USD: Self = Self("USD");

    /// Reads a code of ISO 4217, in capitals; `None` where no active currency has it.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = Some(code).filter(|code| code.len() == 3)?;
        CODES.binary_search(&code).ok().and_then(|index| CODES.get(index)).map(|code| Self(code))
    }

    /// Returns the code: three capitals.
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Returns what to write before a number, `$`, `US$`, `£`, for a site whose own currency is `home`.
    ///
    /// It reads back as this currency with the same `home`. `None` where no sign is widely understood: the code then
    /// stands before the number.
    pub fn sign(self, home: Option<Self>) -> Option<String> {
        if self == home_dollar(home) {
            return Some("$".to_owned());
        }
        let prefix = PREFIXES.iter().find(|(_, code)| *code == self.0).map(|(prefix, _)| format!("{prefix}$"));
        prefix.or_else(|| {
            let mut signs = SIGNS.iter().map(|(sign, _)| *sign);
            signs.find(|sign| Self::from_sign(*sign, home) == Some(self)).map(String::from)
        })
    }

    /// Reads a sign of one character.
    pub(super) fn from_sign(sign: char, home: Option<Self>) -> Option<Self> {
        let code = SIGNS.iter().find(|(known, _)| *known == sign).map(|(_, code)| *code)?;
        Some(match (sign, home.map(Self::code)) {
            ('$', _) => home_dollar(home),
            ('¥' | '￥', Some("CNY")) => Self("CNY"),
            ('₩', Some("KPW")) => Self("KPW"),
            _ => Self(code),
        })
    }

    /// Reads what stands before `$`: `US`, `HK`.
    pub(super) fn from_prefix(prefix: &str) -> Option<Self> {
        PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(_, code)| Self(code))
    }

    /// Makes a currency of the second half of an entry of [`NAMES`].
    pub(super) fn from_name(code: &'static str, home: Option<Self>) -> Self {
        if code == "$" { home_dollar(home) } else { Self(code) }
    }

    /// Whether a bare `$` can mean it somewhere.
    pub(super) fn is_dollar(self) -> bool {
        DOLLARS.contains(&self.0)
    }

    /// Whether its code is also a word.
    pub(super) fn is_also_word(self) -> bool {
        ALSO_WORDS.contains(&self.0)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What a bare `$` means: the site's currency where its sign is `$`, the US dollar elsewhere.
fn home_dollar(home: Option<Currency>) -> Currency {
    home.filter(|home| home.is_dollar()).unwrap_or(Currency::USD)
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_are_sorted_for_the_search() {
        assert!(super::CODES.is_sorted());
    }
}
