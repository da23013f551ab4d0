//! JSON, cards and XML: what is named becomes columns.

use domain::import::{Format, Reading};

use super::{super::*, make::*};

#[test]
fn a_list_of_objects_is_a_table_wherever_it_lies() {
    let objects = r#"{"Name":"Weber","ort":{"plz":"01067","name":"Dresden"}}, {"Name":"Roth","Themen":["A","B"]}"#;
    let expected = "Name|ort.plz|ort.name|Themen\n1: Weber|01067|Dresden|\n2: Roth|||A; B";
    assert_eq!(table(format!("[{objects}]").as_bytes()), expected);
    assert_eq!(table(format!("\u{feff} {{\"seite\":1,\"daten\":{{\"leer\":[],\"kontakte\":[{objects}]}}}}").as_bytes()), expected);
    assert_eq!(table(br#"{"Name":"Weber","Ort":"Bern","Ort":"Bonn"}"#), "Name|Ort\n1: Weber|Bonn");
}

#[test]
fn one_of_several_lists_is_chosen_like_a_sheet() {
    let file = br#"{"personen":[{"Name":"Weber"}],"firmen":[{"Firma":"Nordwerk"}]}"#;
    assert_eq!(parts_of(file, None).sheets, ["personen", "firmen"]);
    assert_eq!(table(file), "Name\n1: Weber");
    let second = Reading { format: Format::Json, sheet: 1, ..Reading::default() };
    assert_eq!(table_of(file, |_| second), "Firma\n1: Nordwerk");
}

#[test]
fn a_broken_object_is_refused_and_the_next_goes_on() {
    assert_eq!(table(br#"[{"a":1},{"a":},{"a":3}]"#), "a\n1: 1\n2! not_a_record \n3: 3");
    assert_eq!(table(b"{\"a\":1}\n{\"a\":2\n\n{\"a\":3}"), "a\n1: 1\n2! not_a_record \n3: 3");
    assert_eq!(table(br#"[{"a":1},{"a":"offen"#), "a\n1: 1\n2! not_a_record ");
}

#[test]
fn names_that_come_late_are_told() {
    let mut file = "{\"a\":1}\n".repeat(1_000);
    file.push_str("{\"a\":2,\"neu\":\"x\"}\n");
    let dir = tempfile::TempDir::new().unwrap();
    let path = dir.path().join("file");
    std::fs::write(&path, file).unwrap();
    let reading = sniff_file(&path).unwrap();
    assert_eq!(reading.format, Format::Ndjson);
    let mut reader = Reader::open(&path, &reading).unwrap();
    let (mut record, mut n) = (Record::default(), 0);
    while matches!(reader.read(&mut record).unwrap(), Next::Row) {
        n += 1;
    }
    assert_eq!((n, reader.late_names()), (1_001, &["neu".to_owned()][..]));
    let mut resumed = Reader::resume(&path, &reading, Position { byte: 0, row: 1_001 }).unwrap();
    assert!(matches!(resumed.read(&mut record).unwrap(), Next::End));
    assert_eq!(resumed.late_names(), ["neu"]);
}

#[test]
fn cards_of_all_versions_become_rows() {
    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Weber;Anna;;Dr.;\r\nFN:Dr. Anna We\r\n ber\r\nEMAIL;TYPE=work:anna@example.com\r\n\
        EMAIL;TYPE=home,pref:privat@example.com\r\nitem1.TEL;TYPE=\"cell,voice\":+49 151 1\r\nTEL;TYPE=work:+49 30 1\r\n\
        ADR;TYPE=work:;;Allee 1;Köln;;50667;Deutschland\r\nADR;TYPE=home:;;Weg 2;Bonn;;53111;Deutschland\r\n\
        CATEGORIES:Kunde,VIP\\, treu\r\nNOTE:Zeile 1\\nZeile 2\\; Ende\r\nPHOTO;ENCODING=b:AAAA\r\n BBBB=\r\nEND:VCARD\r\n\
        begin:vcard\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCl=\r\nler;J=F6rg\r\nTEL;CELL;VOICE:0171 2\r\n\
        BDAY:1990-12-31\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Offen\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nN:Roth;Bo;;;\r\nTEL;VALUE=uri;PREF=1:tel:+41-44-1\r\n\
        ORG:Nordwerk;Vertrieb\r\nEND:VCARD\r\n";
    let headings = "Nachname|Vorname|Namenspräfix|Anzeigename|Kategorien|Notiz|E-Mail|E-Mail 2|Mobil|Telefon|Straße|Ort|PLZ|Land|\
                    Straße 2|Ort 2|PLZ 2|Land 2|Geburtstag|Firma|Abteilung";
    assert_eq!(
        table(cards.as_bytes()),
        format!(
            "{headings}\n\
             1: Weber|Anna|Dr.|Dr. Anna Weber|Kunde; VIP, treu|Zeile 1\nZeile 2; Ende|privat@example.com|anna@example.com|+49 151 1|+49 30 1|\
             Allee 1|Köln|50667|Deutschland|Weg 2|Bonn|53111|Deutschland|||\n\
             2: Müller|Jörg|||||||0171 2||||||||||1990-12-31||\n\
             3! not_a_record \n\
             4: Roth|Bo||||||||+41-44-1||||||||||Nordwerk|Vertrieb"
        )
    );
}

#[test]
fn the_element_that_repeats_is_the_row() {
    let file = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><x:export xmlns:x=\"urn:x\"><stand>heute</stand><x:kontakte>\
        <x:kontakt nr=\"1\"><name>M\u{fc}ller &amp; S&#246;hne</name><adresse art=\"privat\"><ort>K\u{f6}ln</ort></adresse>\
        <thema>A</thema><thema><![CDATA[<B>]]></thema></x:kontakt><x:kontakt nr=\"2\" name=\"Roth\"/></x:kontakte></x:export>";
    let bytes: Vec<u8> = file.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(table(&bytes), "nr|name|adresse.art|adresse.ort|thema\n1: 1|Müller & Söhne|privat|Köln|A; <B>\n2: 2|Roth|||");
}

#[test]
fn a_file_of_one_element_or_of_bare_texts_is_a_table_too() {
    assert_eq!(table(b"<liste><kontakt><name>Weber</name></kontakt></liste>"), "name\n1: Weber");
    assert_eq!(table(b"<liste><mail>a@example.com</mail><mail>b@example.com</mail></liste>"), "mail\n1: a@example.com\n2: b@example.com");
}
