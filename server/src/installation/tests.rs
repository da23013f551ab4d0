//! Archives that are damaged, or mean harm.

use std::{
    fs::File,
    io::{Seek as _, SeekFrom, Write as _},
};

use domain::time::Millis;
use store::dump::{CellKind, Column, Contents, Table};

use crate::backup::Keys;

use super::{DataFile, FORMAT, Fault, MANIFEST, Manifest, SUMS, check, file_name, is_plain, write::Archive};

/// The entries of an archive: names and bytes.
type Files = Vec<(String, Vec<u8>)>;

fn manifest() -> Manifest {
    let column = |name: &str| Column { name: name.to_owned(), kind: CellKind::Integer };
    let table = |name: &str, rows| Table { name: name.to_owned(), client: None, rows, last_id: None, columns: vec![column("id")] };
    Manifest {
        format: FORMAT.to_owned(),
        format_version: 1,
        product_version: "1.2.3".to_owned(),
        made_at: Millis::new(1_795_343_400_000),
        contents: Contents { engine: "sqlite".to_owned(), schema: 17, tables: vec![table("a", 3), table("b", 0), table("c", 1)] },
        files: vec![DataFile { path: "uploads/x.csv".to_owned(), bytes: 5, named: "/data/uploads/x.csv".to_owned() }],
    }
}

/// What lies in an archive, in order.
fn entries(manifest: &Manifest) -> Files {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    vec![
        (MANIFEST.to_owned(), serde_json::to_vec(manifest).unwrap()),
        file("tables/a/000001.csv", "id\n1\n2\n"),
        file("tables/a/000002.csv", "id\n3\n"),
        file("tables/c/000001.csv", "id\n1\n"),
        file("files/uploads/x.csv", "a,b\n\n"),
    ]
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    file
}

fn packed(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = Archive::begin(Vec::new(), 1).unwrap();
    for (path, bytes) in entries {
        archive.add(path, bytes).unwrap();
    }
    archive.finish().unwrap()
}

fn sentence(bytes: &[u8]) -> String {
    let fault = check(&file(bytes), &Keys::default()).expect_err("it is not as Lagune writes it");
    let (de, en) = (fault.message(domain::lang::Lang::De), fault.message(domain::lang::Lang::En));
    assert!(de.is_some_and(|de| de.ends_with(['.', '-'])));
    en.unwrap()
}

#[test]
fn what_was_written_is_read() {
    let whole = packed(&entries(&manifest()));
    let checked = check(&file(&whole), &Keys::default()).unwrap();
    assert_eq!((checked.manifest.rows(), checked.name.len()), (4, 64));
    assert_eq!(check(&file(&whole), &Keys::default()).unwrap().name, checked.name);
    let now = Millis::new(1_795_343_400_000);
    assert_eq!(file_name(now, false), "lagune-2026-11-22T103000Z.tar.zst");
    assert_eq!(file_name(now, true), "lagune-2026-11-22T103000Z.tar.zst.age");
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused() {
    let whole = packed(&entries(&manifest()));
    for end in (0..whole.len()).step_by(7).chain([whole.len() - 1, whole.len() - 4]) {
        sentence(&whole[..end]);
    }
}

#[test]
fn a_byte_that_changed_anywhere_is_noticed() {
    let whole = packed(&entries(&manifest()));
    let unpacked = zstd::decode_all(whole.as_slice()).unwrap();
    let mut noticed = 0;
    for at in (0..whole.len()).step_by(3) {
        let mut broken = whole.clone();
        broken[at] ^= 0x20;
        match check(&file(&broken), &Keys::default()) {
            // Some bits say how to unpack the others, and may say the same in two ways.
            Ok(_) => assert_eq!(zstd::decode_all(broken.as_slice()).unwrap(), unpacked, "byte {at}"),
            Err(_) => noticed += 1,
        }
    }
    assert!(noticed * 3 > whole.len() - whole.len() / 10, "{noticed} of {}", whole.len() / 3);
}

#[test]
fn what_nobody_expects_is_refused() {
    let base = entries(&manifest());
    let refused = |what: &str, change: &dyn Fn(&mut Files)| {
        let mut entries = base.clone();
        change(&mut entries);
        let said = sentence(&packed(&entries));
        assert!(said.contains("damaged") || said.contains("no backup"), "{what}: {said}");
    };
    refused("no manifest", &|entries| drop(entries.remove(0)));
    refused("two manifests", &|entries| entries.insert(1, entries[0].clone()));
    refused("a missing part", &|entries| drop(entries.remove(2)));
    refused("parts in another order", &|entries| entries.swap(1, 2));
    refused("tables in another order", &|entries| entries.swap(2, 3));
    refused("a part of an unknown table", &|entries| entries[3].0 = "tables/d/000001.csv".to_owned());
    refused("fewer rows", &|entries| entries[2].1 = b"id\n".to_vec());
    refused("more rows", &|entries| entries[2].1 = b"id\n3\n4\n".to_vec());
    refused("a row without an end", &|entries| entries[2].1 = b"id\n3".to_vec());
    refused("a file of another size", &|entries| entries[4].1 = b"a,b".to_vec());
    refused("a missing file", &|entries| drop(entries.pop()));
    refused("another file", &|entries| entries.push(("evil.sh".to_owned(), b"x".to_vec())));
    for path in ["uploads/../../evil", "/etc/passwd", "uploads/.ssh", "uploads/a/b", "backups/x", "uploads/", "uploads/a b"] {
        refused(path, &|entries| {
            let mut evil = manifest();
            evil.files[0].path = path.to_owned();
            entries[0].1 = serde_json::to_vec(&evil).unwrap();
            entries[4].0 = format!("files/{}", path.trim_start_matches('/').replace("..", "x"));
        });
    }
    assert!(is_plain("a-B_9.csv") && !is_plain("") && !is_plain("..") && !is_plain("ä") && !is_plain(&"x".repeat(80)));
}

#[test]
fn links_and_wrong_sums_are_refused() {
    let base = entries(&manifest());
    let by_hand = |change: &dyn Fn(&mut tar::Header, usize), sums: &str| {
        let mut tar = tar::Builder::new(zstd::Encoder::new(Vec::new(), 1).unwrap());
        let sums = (SUMS.to_owned(), sums.as_bytes().to_vec());
        for (n, (path, bytes)) in base.iter().chain([&sums]).enumerate() {
            let mut header = tar::Header::new_ustar();
            header.set_path(path).unwrap();
            header.set_size(bytes.len() as u64);
            change(&mut header, n);
            header.set_cksum();
            tar.append(&header, bytes.as_slice()).unwrap();
        }
        tar.into_inner().unwrap().finish().unwrap()
    };
    assert!(sentence(&by_hand(&|_, _| {}, "")).contains(SUMS));
    assert!(sentence(&by_hand(&|_, _| {}, "0000  manifest.json\n")).contains(SUMS));
    for kind in
        [tar::EntryType::Symlink, tar::EntryType::Link, tar::EntryType::GNULongName, tar::EntryType::XHeader, tar::EntryType::Directory]
    {
        let said = sentence(&by_hand(&|header, n| header.set_entry_type(if n == 4 { kind } else { tar::EntryType::Regular }), ""));
        assert!(said.contains("uploads/x.csv"), "{kind:?}: {said}");
    }
}

#[test]
fn a_bomb_is_given_up() {
    let mut about = manifest();
    about.files[0].bytes = 16 << 20;
    let mut archive = Archive::begin(Vec::new(), 1).unwrap();
    for (path, bytes) in &entries(&about)[..4] {
        archive.add(path, bytes).unwrap();
    }
    archive.add_from("files/uploads/x.csv", about.files[0].bytes, std::io::repeat(0)).unwrap();
    let bomb = archive.finish().unwrap();
    assert!(bomb.len() < 16 << 10, "{}", bomb.len());
    assert!(matches!(check(&file(&bomb), &Keys::default()), Err(Fault::Bomb)));
}

#[test]
fn something_else_is_called_what_it_is() {
    assert!(sentence(b"").contains("no backup"));
    assert!(sentence(b"id,name\n1,Ada\n").contains("no backup"));
    assert!(sentence(b"age-encryption.org/v1\n-> X25519 abc\n").contains("--age-identity"));
    let mut newer = manifest();
    newer.format_version = 2;
    assert!(sentence(&packed(&entries(&newer))).contains("newer version"));
    newer.format = "something".to_owned();
    assert!(sentence(&packed(&entries(&newer))).contains("no backup"));
    assert!(sentence(&zstd::encode_all(&b"hello"[..], 1).unwrap()).contains("damaged"));
}
