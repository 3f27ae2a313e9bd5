//! What a twin has done, one JSON line each, on disk before the answer is given: a twin survives SIGKILL like the
//! service it stands for.

use serde_json::Value;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

/// An append-only file of JSON lines.
#[derive(Debug)]
pub struct Journal {
    file: File,
}

impl Journal {
    /// Opens `dir/name.ndjson` and reads what it holds. A line that SIGKILL tore is cut off.
    ///
    /// # Errors
    /// The file cannot be opened, read or written.
    pub fn open(dir: &Path, name: &str) -> io::Result<(Self, Vec<Value>)> {
        std::fs::create_dir_all(dir)?;
        let path = dir.join(format!("{name}.ndjson"));
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let (lines, whole) = whole_lines(&mut file)?;
        file.set_len(whole)?;
        file.seek(SeekFrom::End(0))?;
        Ok((Self { file }, lines))
    }

    /// Appends a line and waits for the disk.
    ///
    /// # Errors
    /// The line is not on disk.
    pub fn append(&mut self, line: &Value) -> io::Result<()> {
        self.append_all(std::slice::from_ref(line))
    }

    /// Appends a line without waiting for the disk; the next [`Journal::append`] waits for both.
    ///
    /// # Errors
    /// The line cannot be written.
    pub fn append_lazily(&mut self, line: &Value) -> io::Result<()> {
        self.file.write_all(format!("{line}\n").as_bytes())
    }

    /// Appends several lines as one write.
    ///
    /// # Errors
    /// The lines are not all on disk.
    pub fn append_all(&mut self, lines: &[Value]) -> io::Result<()> {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.file.write_all(text.as_bytes())?;
        self.file.sync_data()
    }
}

/// The lines that are whole, and how many bytes they take.
fn whole_lines(file: &mut File) -> io::Result<(Vec<Value>, u64)> {
    let mut reader = BufReader::new(file);
    let (mut lines, mut whole, mut text) = (Vec::new(), 0u64, String::new());
    loop {
        text.clear();
        let read = reader.read_line(&mut text)?;
        match serde_json::from_str(&text) {
            Ok(value) if text.ends_with('\n') => lines.push(value),
            _ => return Ok((lines, whole)),
        }
        whole += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whole_lines_survive_and_a_torn_one_is_cut_off() {
        let dir = tempfile::tempdir().unwrap();
        let (mut journal, lines) = Journal::open(dir.path(), "x").unwrap();
        assert!(lines.is_empty());
        journal.append_all(&[json!({"n": 1}), json!({"n": 2})]).unwrap();
        journal.file.write_all(b"{\"n\": 3").unwrap();
        drop(journal);
        let (mut journal, lines) = Journal::open(dir.path(), "x").unwrap();
        assert_eq!(lines, [json!({"n": 1}), json!({"n": 2})]);
        journal.append(&json!({"n": 4})).unwrap();
        drop(journal);
        assert_eq!(Journal::open(dir.path(), "x").unwrap().1.len(), 3);
    }
}
