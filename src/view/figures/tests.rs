//! Figures in the languages that the theme broadsheet has words for.

use super::FigureWriter;
use crate::model::figure::{Context, parse};
use crate::theme::{FigureWords, carried_file};

#[derive(serde::Deserialize)]
struct Words {
    figures: FigureWords,
}

fn words(language: &str) -> FigureWords {
    let text = carried_file(&format!("themes/broadsheet/i18n/{language}.yaml")).expect("the theme has the language");
    serde_yaml::from_str::<Words>(&text).expect("the words can be read").figures
}

fn written(language: &str, typed: &str) -> String {
    let figure = parse(typed, Context::default()).unwrap_or_else(|error| panic!("{typed}: {error:?}"));
    let words = words(language);
    assert_eq!(words.faults(), Vec::<String>::new(), "{language}");
    let view = FigureWriter::new(language, &words, &str::to_owned).write(&figure, false);
    view.text.replace('\u{a0}', " ")
}

#[test]
fn figures_are_written_in_german() {
    for (typed, text) in [
        ("up to 2 billion USD", "bis zu 2 Milliarden US-Dollar"),
        ("1 billion EUR", "1 Milliarde Euro"),
        ("almost 428.8 million USD", "knapp 428,8 Millionen US-Dollar"),
        ("an estimated 1500 attacks", "schätzungsweise 1500 attacks"),
        ("more than 12345 Angriffe", "mehr als 12.345 Angriffe"),
        ("7 to 31 million USD", "7–31 Millionen US-Dollar"),
        ("over 65%", "mehr als 65 %"),
        ("37 million CHF", "37 Millionen Franken"),
        ("37 million KPW", "37 Millionen KPW"),
    ] {
        assert_eq!(written("de", typed), text, "{typed}");
    }
}

#[test]
fn figures_are_written_in_korean_by_ten_thousands() {
    for (typed, text) in [
        ("up to 2 billion USD", "최대 20억 달러"),
        ("at least 7 건", "최소 7건"),
        ("more than 428.8 million USD", "4억 2880만 달러 초과"),
        ("less than 5%", "5% 미만"),
        ("about 140000 KRW", "약 14만 원"),
        ("7 to 31 million USD", "700만~3100만 달러"),
        ("an estimated 1.65 billion USD", "16억 5000만 달러 추산"),
    ] {
        assert_eq!(written("ko", typed), text, "{typed}");
    }
}

#[test]
fn figures_are_written_in_arabic_with_the_forms_of_its_numbers() {
    for (typed, text) in [
        ("up to 2 billion USD", "ما يصل إلى 2 مليار دولار"),
        ("3 billion USD", "3 مليارات دولار"),
        ("1.5 billion USD", "1.5 مليار دولار"),
        ("11 million USD", "11 مليون دولار"),
        ("5 USD", "5 دولارات"),
        ("15 USD", "15 دولارًا"),
        ("100 USD", "100 دولار"),
        ("at least 7 هجمات", "ما لا يقل عن 7 هجمات"),
        ("7 to 31 million USD", "7 إلى 31 مليون دولار"),
    ] {
        assert_eq!(written("ar", typed), text, "{typed}");
    }
}
