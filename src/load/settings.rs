//! site.yaml.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span, holds_secret, nearest};
use crate::file::Files;
use crate::markdown::Html;
use crate::model::figure::{Context, Currency};
use crate::model::{Config, Edition, Group, Id, Level, NavigationItem, NavigationTarget, Outputs};

use super::normalise::Normaliser;
use super::raw::{RawEdition, RawGroup, RawHtml, RawLevel, RawNavigation, RawOutputs, RawSite};
use super::shapes;
use crate::yaml::{self, Node};

/// What stands for a site.yaml that is missing, so that everything else is told all the same.
const NOTHING: &str = "title: ''\n";

/// Reads content/site.yaml. `None` where it cannot be read, which is reported, as it is where it is missing.
pub(super) fn config(files: &Files, diagnostics: &mut Diagnostics) -> Option<Config> {
    let file: Arc<str> = "content/site.yaml".into();
    let text = files.text(&file).map(|text| &**text);
    if text.is_none() {
        let missing = Diagnostic::new(Code::MissingFile, "there is no `content/site.yaml`")
            .help("make it: a line `title: …` is enough to begin with");
        diagnostics.push(missing);
    }
    let text = text.unwrap_or(NOTHING);
    let yaml::Read { value: raw, node, .. } = yaml::read::<RawSite>(&file, text, 0, &shapes::SITE, diagnostics)?;
    let html = html(raw.html);
    let mut normaliser = Normaliser { file: &file, text, html, figures: Context::default(), diagnostics };
    Some(normaliser.config(raw, &node))
}

impl Normaliser<'_> {
    fn config(&mut self, raw: RawSite, node: &Node) -> Config {
        let theme_span = node.get("theme").map(|node| self.span(Some(node)));
        let variables = raw.variables.into_iter().map(|(name, value)| {
            let place = node.get("variables").and_then(|variables| variables.get(&name));
            let value = self.spanned(value, place);
            (name, value)
        });
        let variables = variables.collect();
        let id = match &raw.id {
            Some(id) => self.id(id, node.get("id")).value,
            None => Id::nearest(&raw.title),
        };
        let has_url = raw.url.is_some();
        Config {
            id,
            title: raw.title,
            description_block: self.plain_block(&raw.description, node.get("description")),
            description: raw.description,
            url: self.url(raw.url, node.get("url")),
            language: self.language(raw.language, node.get("language")),
            currency: self.currency(raw.currency, node.get("currency")),
            authors: raw.authors,
            publisher: raw.publisher,
            licence: raw.licence,
            theme: raw.theme.unwrap_or_else(|| "broadsheet".to_owned()),
            theme_span,
            variables,
            navigation: self.navigation(raw.navigation, node.get("navigation")),
            groups: raw.groups.map(|groups| self.groups(groups, node.get("groups"))),
            rules: self.rules(&raw.rules, node.get("rules")),
            html: self.html,
            publish_evidence: raw.publish_evidence,
            outputs: outputs(raw.outputs, has_url),
            targets: self.targets(raw.targets, node.get("targets")),
            editions: editions(&raw.editions),
        }
    }

    fn url(&mut self, url: Option<String>, node: Option<&Node>) -> Option<String> {
        let url = url?;
        if holds_secret(&url) {
            let label = "every reader gets this address, which must hold no name and no password";
            self.bad_value("url", "…", node, label, "write the address alone: `https://example.org/explainer`");
            return None;
        }
        let is_odd = |letter: char| letter.is_whitespace() || letter.is_control();
        // It stands in files that hosts and search engines read line by line.
        let label = match url.starts_with("https://") || url.starts_with("http://") {
            true if !url.contains(is_odd) => return Some(url.trim_end_matches('/').to_owned()),
            true => "an address has no spaces and is one line",
            false => "an address starts with `https://`",
        };
        self.bad_value(
            "url",
            &url,
            node,
            label,
            "write the whole address: `https://example.org/explainer`, or remove the line",
        );
        None
    }

    fn language(&mut self, language: String, node: Option<&Node>) -> String {
        if language.parse::<icu_locale::Locale>().is_ok() {
            return language;
        }
        self.bad_value(
            "language",
            &language,
            node,
            "not the tag of a language (BCP 47)",
            "write a tag such as `en`, `en-US`, `ko` or `de`",
        );
        "en".to_owned()
    }

    fn currency(&mut self, currency: Option<String>, node: Option<&Node>) -> Option<Currency> {
        let currency = currency?;
        if let Some(currency) = Currency::from_code(&currency) {
            return Some(currency);
        }
        self.bad_value(
            "currency",
            &currency,
            node,
            "not the code of a currency (ISO 4217)",
            "write three capital letters: `USD`, `CAD`, `AUD`",
        );
        None
    }

    pub(super) fn bad_value(&mut self, field: &str, value: &str, node: Option<&Node>, label: &str, help: &str) {
        let diagnostic = Diagnostic::new(Code::BadValue, format!("`{value}` cannot be the `{field}`"))
            .at(self.span(node), label)
            .help(help);
        self.diagnostics.push(diagnostic);
    }

    fn navigation(&mut self, items: Vec<RawNavigation>, node: Option<&Node>) -> Vec<NavigationItem> {
        let mut navigation = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            let node = node.and_then(|node| node.item(at));
            let get = |key: &str| node.and_then(|node| node.get(key));
            let target = match (item.file, item.url) {
                (Some(file), None) => NavigationTarget::File(self.spanned(file, get("file"))),
                (None, Some(url)) => NavigationTarget::Url(self.spanned(url, get("url"))),
                _ => {
                    let diagnostic = Diagnostic::new(
                        Code::MissingField,
                        format!("the link `{}` needs either `file` or `url`", item.title),
                    )
                    .at(self.span(node), "it leads nowhere")
                    .help("write `file: pages/about.md` for a page of the site, or `url: https://…` for one outside");
                    self.diagnostics.push(diagnostic);
                    continue;
                }
            };
            navigation.push(NavigationItem { title: item.title, target });
        }
        navigation
    }

    /// Reads groups in the order in which they are typed.
    fn groups(&mut self, mut raw: BTreeMap<String, RawGroup>, node: Option<&Node>) -> Vec<Group> {
        let mut groups = Vec::new();
        for entry in node.iter().flat_map(|node| node.entries()) {
            let Some(raw) = raw.remove(&entry.key) else { continue };
            groups.push(Group {
                id: self.key_id(&entry.key, entry.key_span.clone()),
                title: raw.title,
                summary: self.line(raw.summary.as_deref(), entry.node.get("summary")),
            });
        }
        groups
    }

    fn rules(&mut self, raw: &BTreeMap<String, RawLevel>, node: Option<&Node>) -> BTreeMap<Code, Level> {
        let mut rules = BTreeMap::new();
        for entry in node.iter().flat_map(|node| node.entries()) {
            let key = entry.key.as_str();
            let Some(level) = raw.get(key) else { continue };
            match Code::by_name(key) {
                Some(code) if code.is_rule() => {
                    rules.insert(code, self::level(*level));
                }
                known => self.unknown_rule(key, known.is_some(), Span::new(self.file, entry.key_span.clone())),
            }
        }
        rules
    }

    fn unknown_rule(&mut self, key: &str, is_code: bool, span: Span) {
        let rules = || Code::ALL.iter().filter(|code| code.is_rule()).map(|code| code.name());
        let (message, label) = if is_code {
            (format!("the level of `{key}` cannot be set"), "what it reports would be lost or broken")
        } else {
            (format!("there is no rule `{key}`"), "no message has this code")
        };
        let help = match nearest(key, rules()) {
            Some(near) => format!("write `{near}`"),
            None => format!("the rules are: {}", rules().collect::<Vec<_>>().join(", ")),
        };
        self.diagnostics.push(Diagnostic::new(Code::UnknownRule, message).at(span, label).help(help));
    }
}

fn level(raw: RawLevel) -> Level {
    match raw {
        RawLevel::Error => Level::Say(Severity::Error),
        RawLevel::Warn => Level::Say(Severity::Warning),
        RawLevel::Off => Level::Off,
    }
}

fn html(raw: RawHtml) -> Html {
    match raw {
        RawHtml::Sanitize => Html::Sanitize,
        RawHtml::Allow => Html::Allow,
        RawHtml::Deny => Html::Deny,
    }
}

fn editions(raw: &[RawEdition]) -> Vec<Edition> {
    let wanted = |edition: &Edition| {
        raw.iter().any(|raw| match raw {
            RawEdition::Single => *edition == Edition::Single,
            RawEdition::Zip => *edition == Edition::Zip,
            RawEdition::Epub => *edition == Edition::Epub,
        })
    };
    Edition::ALL.into_iter().filter(wanted).collect()
}

/// Settles what is written: cards need an address, unless they are asked for.
fn outputs(raw: RawOutputs, has_url: bool) -> Outputs {
    Outputs {
        all: raw.all,
        cards: raw.cards.unwrap_or(has_url),
        offline: raw.offline,
        data: raw.data,
        feeds: raw.feeds,
    }
}
