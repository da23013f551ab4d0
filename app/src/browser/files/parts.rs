//! A file is sent in parts (tus 1.0): a lost connection costs one of them, and who chooses the file again goes on there.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures::channel::oneshot;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Blob, File, ProgressEvent, XmlHttpRequest};

use super::{Upload, Way};
use crate::browser::connection::suspect;
use crate::browser::json::Object;

/// Bytes of a part. Larger ones are not faster, smaller ones cost less when they are lost.
const PART: f64 = (8 << 20) as f64;
/// Whoever hears nothing for so many milliseconds asks anew; what arrived meanwhile stays there.
const PATIENCE: u32 = 300_000;
/// Seconds between two attempts, growing.
const PAUSES: [u64; 5] = [1, 2, 5, 10, 20];
/// So often a server that fails is asked again, and a part sent that it had already.
const ATTEMPTS: usize = 20;

/// What an answer means for the way on.
enum Next {
    /// So much has arrived.
    At(f64),
    /// All of it has, and this import was made of it.
    Made(String),
    /// Nobody answered, or somebody who will be well again.
    Later,
    /// The place was wrong: it has to be asked for.
    Look,
    /// It has expired: from the beginning.
    Anew,
    /// The server's sentence, or nothing.
    Refused(String),
}

/// Sends a file and opens the page of its import, or says why not.
pub(super) async fn send(way: Way, file: File, upload: RwSignal<Upload>) {
    let (Some(uploads), Some(page)) = (way.uploads.try_get_value(), way.page.try_get_value()) else { return };
    let place = Place::of(&uploads, &file);
    let show = move |at: f64, waits: bool, name: &str, size: f64| {
        let percent = (size > 0.0).then(|| (at / size * 100.0).min(100.0) as u8);
        // Given back: the page was left; whoever chooses the file again goes on.
        upload.try_set(Upload::Sending { name: name.to_owned(), percent, waits }).is_none()
    };
    let (name, size) = (file.name(), file.size());
    let (mut at, mut known, mut failures) = (0.0, false, 0_usize);
    loop {
        if !show(at, failures > 0, &name, size) {
            return;
        }
        let moved = {
            let (name, from) = (name.clone(), at);
            move |sent: f64| _ = show(from + sent, false, &name, size)
        };
        let next = match place.get() {
            None => begin(&uploads, &file, &place, moved).await,
            Some(address) if !known => look(&address).await,
            Some(address) => append(&address, &file, at, moved).await,
        };
        match next {
            Next::At(now) => {
                // An answer that brings nothing forward must not go on for ever.
                failures = if now > at { 0 } else { failures + usize::from(known) };
                (at, known) = (now, true);
                if failures > ATTEMPTS {
                    _ = upload.try_set(Upload::Failed(String::new()));
                    return;
                }
            }
            Next::Made(import) => {
                place.forget();
                if upload.try_get_untracked().is_some() {
                    crate::browser::document::visit(&[page.as_str(), "/", import.as_str()].concat());
                }
                return;
            }
            Next::Anew => {
                place.forget();
                (at, known, failures) = (0.0, false, failures + 1);
                if failures > ATTEMPTS {
                    _ = upload.try_set(Upload::Failed(String::new()));
                    return;
                }
            }
            Next::Refused(sentence) => {
                place.forget();
                _ = upload.try_set(Upload::Failed(sentence));
                return;
            }
            Next::Look => {
                known = false;
                failures += 1;
                pause(failures).await;
            }
            Next::Later => {
                suspect();
                known = false;
                failures += 1;
                show(at, true, &name, size);
                pause(failures).await;
            }
        }
    }
}

/// Where a file is on its way, remembered by the browser, where it does such things, until it has arrived.
struct Place {
    key: String,
    address: RefCell<Option<String>>,
}

impl Place {
    fn of(uploads: &str, file: &File) -> Self {
        let about = [file.name(), file.size().to_string(), file.last_modified().to_string()].join(" ");
        let key = ["lagune-upload", uploads, &about].join(" ");
        let address = Self::storage().and_then(|storage| storage.get_item(&key).ok().flatten());
        Self { key, address: RefCell::new(address) }
    }

    fn storage() -> Option<web_sys::Storage> {
        window().local_storage().ok().flatten()
    }

    fn get(&self) -> Option<String> {
        self.address.borrow().clone()
    }

    fn keep(&self, address: String) {
        if let Some(storage) = Self::storage() {
            _ = storage.set_item(&self.key, &address);
        }
        self.address.replace(Some(address));
    }

    fn forget(&self) {
        if let Some(storage) = Self::storage() {
            _ = storage.remove_item(&self.key);
        }
        self.address.replace(None);
    }
}

async fn begin(uploads: &str, file: &File, place: &Place, moved: impl Fn(f64) + 'static) -> Next {
    let length = file.size().to_string();
    // Names have letters that a header has not.
    let bytes: String = file.name().bytes().map(char::from).collect();
    let name = window().btoa(&bytes).map(|name| ["filename", &name].join(" ")).unwrap_or_default();
    let headers = [("upload-length", length.as_str()), ("upload-metadata", &name), ("content-type", "application/offset+octet-stream")];
    let answer = call("POST", uploads, &headers, part_of(file, 0.0).as_ref(), moved).await;
    if let Some(address) = answer.as_ref().and_then(|answer| header(answer, "location")) {
        place.keep(address);
    }
    next(answer)
}

async fn look(address: &str) -> Next {
    next(call("HEAD", address, &[], None, |_| {}).await)
}

async fn append(address: &str, file: &File, at: f64, moved: impl Fn(f64) + 'static) -> Next {
    let offset = at.to_string();
    let headers = [("upload-offset", offset.as_str()), ("content-type", "application/offset+octet-stream")];
    next(call("PATCH", address, &headers, part_of(file, at).as_ref(), moved).await)
}

fn part_of(file: &File, at: f64) -> Option<Blob> {
    file.slice_with_f64_and_f64(at, (at + PART).min(file.size())).ok()
}

fn next(answer: Option<XmlHttpRequest>) -> Next {
    let Some(answer) = answer else { return Next::Later };
    match answer.status().unwrap_or(0) {
        200..300 => match (header(&answer, "lagune-import"), header(&answer, "upload-offset").and_then(|at| at.parse().ok())) {
            (Some(import), _) => Next::Made(import),
            (None, Some(at)) => Next::At(at),
            (None, None) => Next::Later,
        },
        404 | 410 => Next::Anew,
        409 | 423 | 460 => Next::Look,
        // Too slow, signed out, restarted, or a proxy whose server is restarted: what was sent stays where it is.
        0 | 401 | 408 | 429 | 500 | 502..=504 => Next::Later,
        _ => {
            let said = answer.response_text().ok().flatten().and_then(|text| Object::parse(&text));
            Next::Refused(said.and_then(|said| said.text("detail")).unwrap_or_default())
        }
    }
}

fn header(answer: &XmlHttpRequest, name: &str) -> Option<String> {
    answer.get_response_header(name).ok().flatten().filter(|text| !text.is_empty())
}

/// Asks and waits for the answer; none when there is no connection. `fetch` can't tell how much of a part has been sent; this
/// older way can.
async fn call(
    method: &str,
    address: &str,
    headers: &[(&str, &str)],
    body: Option<&Blob>,
    moved: impl Fn(f64) + 'static,
) -> Option<XmlHttpRequest> {
    let request = XmlHttpRequest::new().ok()?;
    let (tells, ended) = oneshot::channel::<bool>();
    let tells = Rc::new(Cell::new(Some(tells)));
    let ends = |well: bool| {
        let tells = tells.clone();
        Closure::<dyn Fn()>::new(move || {
            if let Some(tells) = tells.take() {
                _ = tells.send(well);
            }
        })
    };
    let (answered, failed) = (ends(true), ends(false));
    let progressed = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| moved(event.loaded()));
    if let Ok(sent) = request.upload() {
        sent.set_onprogress(Some(progressed.as_ref().unchecked_ref()));
    }
    request.set_onload(Some(answered.as_ref().unchecked_ref()));
    request.set_onerror(Some(failed.as_ref().unchecked_ref()));
    request.set_ontimeout(Some(failed.as_ref().unchecked_ref()));
    request.open(method, address).ok()?;
    request.set_timeout(PATIENCE);
    for (name, value) in [("accept", "application/json"), ("tus-resumable", "1.0.0")].iter().chain(headers) {
        request.set_request_header(name, value).ok()?;
    }
    match body {
        Some(body) => request.send_with_opt_blob(Some(body)).ok()?,
        None => request.send().ok()?,
    }
    ended.await.ok().filter(|well| *well).map(|_| request)
}

async fn pause(failures: usize) {
    let seconds = PAUSES[failures.saturating_sub(1).min(PAUSES.len() - 1)];
    let (tells, over) = oneshot::channel::<()>();
    set_timeout(move || _ = tells.send(()), Duration::from_secs(seconds));
    _ = over.await;
}
