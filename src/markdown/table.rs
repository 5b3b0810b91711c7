//! Tables, whose cells are aligned by class: a `style` is forbidden by the Content-Security-Policy.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::Hole;
use super::writer::Writer;

impl<'a> Writer<'_, 'a> {
    /// Writes the start or end of a table, a row or a cell.
    pub(super) fn table(&mut self, event: &Event<'a>, table: &mut Table, out: &mut Vec<Event<'a>>) {
        let html = match event {
            Event::Start(Tag::Table(alignments)) => {
                table.alignments.clone_from(alignments);
                format!("{}<table>", self.mark(Hole::Table(false)))
            }
            Event::End(TagEnd::Table) => format!("</tbody></table>{}\n", self.mark(Hole::Table(true))),
            Event::Start(Tag::TableHead) => {
                table.start_row(true);
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => "</tr></thead><tbody>\n".to_owned(),
            Event::Start(Tag::TableRow) => {
                table.start_row(false);
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(_) => table.start_cell(),
            _ => table.end_cell().to_owned(),
        };
        out.push(Event::Html(html.into()));
    }
}

/// What a table is at.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    head: bool,
    cell: usize,
}

impl Table {
    /// Tells whether an event is a part of a table.
    pub(super) fn takes(&self, event: &Event<'_>) -> bool {
        matches!(
            event,
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)
                | Event::End(TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell)
        )
    }

    fn start_row(&mut self, head: bool) {
        self.head = head;
        self.cell = 0;
    }

    fn start_cell(&mut self) -> String {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.cell += 1;
        if self.head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") }
    }

    fn end_cell(&self) -> &'static str {
        if self.head { "</th>" } else { "</td>" }
    }
}
