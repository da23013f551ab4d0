//! PostgreSQL's own way to take many rows: `copy`, in its text format.

use domain::value::Value;

use crate::error::Result;
use crate::load::insert::NewRows;
use crate::profiles::columns::join;
use crate::tx::Tx;

/// Bytes that are sent at once.
const PIECE: usize = 256 * 1024;

/// Copies new profiles.
pub(crate) async fn copy_rows(tx: &mut Tx, table: &str, new: &NewRows<'_>) -> Result<()> {
    let sql = format!("copy {table} ({}) from stdin", new.columns());
    let head = format!("\t{}\t{}\t{}", new.ids.revision, new.now.get(), new.import);
    let lines = new.rows.iter().enumerate().map(|(n, row)| {
        let mut line = new.id(n).to_string();
        line.push_str(&head);
        for value in new.values(row) {
            line.push('\t');
            push_value(&mut line, value);
        }
        line.push('\n');
        line
    });
    copy(tx, &sql, lines).await
}

/// Copies texts of profiles that are not in this search table yet.
pub(crate) async fn copy_texts(tx: &mut Tx, table: &str, texts: Vec<(i64, String)>) -> Result<()> {
    let sql = format!("copy {table} (profile_id, body) from stdin");
    let lines = texts.into_iter().map(|(id, text)| {
        let mut line = format!("{id}\t");
        push_text(&mut line, &text);
        line.push('\n');
        line
    });
    copy(tx, &sql, lines).await
}

async fn copy(tx: &mut Tx, sql: &str, lines: impl Iterator<Item = String>) -> Result<()> {
    let Some(connection) = tx.postgres() else { return Ok(()) };
    let mut copy = connection.copy_in_raw(sql).await?;
    let mut piece = Vec::with_capacity(PIECE + 4_096);
    for line in lines {
        piece.extend_from_slice(line.as_bytes());
        if piece.len() >= PIECE {
            copy.send(piece.as_slice()).await?;
            piece.clear();
        }
    }
    copy.send(piece.as_slice()).await?;
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
