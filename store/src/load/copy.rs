//! PostgreSQL's own way to take many rows: `copy`, in its text format.

use std::sync::Arc;

use domain::value::Value;

use crate::error::Result;
use crate::load::ahead::{Ahead, Taker};
use crate::load::insert::NewRows;
use crate::profiles::columns::join;
use crate::tx::Tx;

/// Bytes that are sent at once.
const PIECE: usize = 256 * 1024;

/// Copies new profiles.
pub(crate) async fn copy_rows(tx: &mut Tx, table: &str, new: &Arc<NewRows>) -> Result<()> {
    let sql = format!("copy {table} ({}) from stdin", new.columns());
    let new = Arc::clone(new);
    let ready = in_pieces(move |pieces| {
        let import = new.import().map_or_else(|| "\\N".to_owned(), |import| import.to_string());
        let head = format!("\t{}\t{}\t{import}", new.revision, new.now.get());
        for (n, row) in new.rows.iter().enumerate() {
            pieces.line(|line| {
                line.push_str(&new.id(n).to_string());
                line.push_str(&head);
                for (_, value) in new.values(row) {
                    line.push('\t');
                    push_value(line, value);
                }
            });
        }
    });
    copy(tx, &sql, ready).await
}

/// Copies `(field, option, profile)`.
pub(crate) async fn copy_choices(tx: &mut Tx, table: &str, chosen: Vec<(i64, i64, i64)>) -> Result<()> {
    if chosen.is_empty() {
        return Ok(());
    }
    let sql = format!("copy {table} (field_id, option_id, profile_id) from stdin");
    let ready = in_pieces(move |pieces| {
        for (field, option, profile) in &chosen {
            pieces.line(|line| line.push_str(&format!("{field}\t{option}\t{profile}")));
        }
    });
    copy(tx, &sql, ready).await
}

/// Copies texts of profiles that are not in this search table yet.
pub(crate) async fn copy_texts(tx: &mut Tx, table: &str, texts: Vec<(i64, String)>) -> Result<()> {
    let sql = format!("copy {table} (profile_id, body) from stdin");
    let ready = in_pieces(move |pieces| {
        for (id, text) in &texts {
            pieces.line(|line| {
                line.push_str(&format!("{id}\t"));
                push_text(line, text);
            });
        }
    });
    copy(tx, &sql, ready).await
}

/// Lines on their way to the connection.
struct Pieces<'a> {
    filled: String,
    taker: &'a Taker<String>,
}

impl Pieces<'_> {
    fn line(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.filled);
        self.filled.push('\n');
        if self.filled.len() >= PIECE {
            self.send();
        }
    }

    fn send(&mut self) {
        let next = String::with_capacity(PIECE + 4_096);
        // Nobody takes it when the copy has failed; the error is told there.
        let _ = self.taker.hand(std::mem::replace(&mut self.filled, next));
    }
}

fn in_pieces(write: impl FnOnce(&mut Pieces<'_>) + Send + 'static) -> Ahead<String> {
    Ahead::make(move |taker| {
        let mut pieces = Pieces { filled: String::new(), taker };
        write(&mut pieces);
        pieces.send();
    })
}

async fn copy(tx: &mut Tx, sql: &str, mut ready: Ahead<String>) -> Result<()> {
    let Some(connection) = tx.postgres() else { return Ok(()) };
    let mut copy = connection.copy_in_raw(sql).await?;
    while let Some(piece) = ready.next().await? {
        copy.send(piece.as_bytes()).await?;
    }
    copy.finish().await?;
    Ok(())
}

fn push_value(line: &mut String, value: Option<&Value>) {
    match value {
        None => line.push_str("\\N"),
        Some(Value::Text(text)) => push_text(line, text),
        Some(Value::Int(n)) => line.push_str(&n.to_string()),
        Some(Value::Bool(true)) => line.push('t'),
        Some(Value::Bool(false)) => line.push('f'),
        Some(Value::Set(options)) => line.push_str(&join(options)),
    }
}

/// A text with what means something in the format written out.
fn push_text(line: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            c => line.push(c),
        }
    }
}
