//! Passkeys: the browser is asked, its answer goes to the server as a plain form.

/// What the browser is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A new passkey.
    New,
    /// A signature of one that there is.
    Signature,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser knows no passkeys, or not the way in which they are asked for.
    TooOld,
    /// The person cancelled, took too long, or has none here.
    Stopped,
    /// The device has one of this person already.
    ThereAlready,
    /// The server wants no more attempts for now.
    Throttled,
    /// The server does not answer.
    NoAnswer,
}

/// Where what the browser is told comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Options {
    /// It stands in the page, as JSON.
    Here(String),
    /// The server is asked for it at this address.
    At(&'static str),
}

#[cfg(not(feature = "hydrate"))]
mod imp {
    use super::{Failure, Options, Wanted};

    /// There are no passkeys on the server.
    pub fn ask(_wanted: Wanted, _options: Options, _done: impl FnOnce(Result<String, Failure>) + 'static) {}

    /// There is no document on the server.
    pub fn post(_to: &str, _fields: &[(&str, &str)]) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use js_sys::{Function, JSON, Object, Promise, Reflect};
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{HtmlFormElement, HtmlInputElement};

    use super::{Failure, Options, Wanted};

    /// Asks the browser and gives its answer as JSON.
    pub fn ask(wanted: Wanted, options: Options, done: impl FnOnce(Result<String, Failure>) + 'static) {
        spawn_local(async move {
            let answer = match options {
                Options::Here(json) => credential(wanted, &json).await,
                Options::At(address) => match fetched(address).await {
                    Ok(json) => credential(wanted, &json).await,
                    Err(failure) => Err(failure),
                },
            };
            done(answer);
        });
    }

    async fn fetched(address: &str) -> Result<String, Failure> {
        let answer = gloo_net::http::Request::post(address).send().await.map_err(|_| Failure::NoAnswer)?;
        match answer.status() {
            200 => answer.text().await.map_err(|_| Failure::NoAnswer),
            429 => Err(Failure::Throttled),
            _ => Err(Failure::NoAnswer),
        }
    }

    async fn credential(wanted: Wanted, json: &str) -> Result<String, Failure> {
        let promise = asked(wanted, json).ok_or(Failure::TooOld)?;
        let credential = JsFuture::from(promise).await.map_err(|error| failure(&error))?;
        // The object writes itself as the standard's JSON.
        let text = JSON::stringify(&credential).map_err(|_| Failure::TooOld)?;
        text.as_string().filter(|text| text.len() > 2).ok_or(Failure::TooOld)
    }

    /// What the browser promises; nothing where it lacks a part of this.
    fn asked(wanted: Wanted, json: &str) -> Option<Promise> {
        let (parse, method) = match wanted {
            Wanted::New => ("parseCreationOptionsFromJSON", "create"),
            Wanted::Signature => ("parseRequestOptionsFromJSON", "get"),
        };
        let window = window();
        let class = member(&window, "PublicKeyCredential")?;
        let options = call(&class, parse, &JSON::parse(json).ok()?)?;
        let whole = Object::new();
        Reflect::set(&whole, &"publicKey".into(), &options).ok()?;
        let container = member(&window.navigator(), "credentials")?;
        call(&container, method, &whole)?.dyn_into().ok()
    }

    fn member(of: &JsValue, name: &str) -> Option<JsValue> {
        Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
    }

    fn call(of: &JsValue, name: &str, argument: &JsValue) -> Option<JsValue> {
        member(of, name)?.dyn_into::<Function>().ok()?.call1(of, argument).ok()
    }

    fn failure(error: &JsValue) -> Failure {
        let name = member(error, "name").and_then(|name| name.as_string()).unwrap_or_default();
        match name.as_str() {
            "InvalidStateError" => Failure::ThereAlready,
            "NotSupportedError" => Failure::TooOld,
            _ => Failure::Stopped,
        }
    }

    /// Sends a plain form.
    pub fn post(to: &str, fields: &[(&str, &str)]) {
        _ = posted(to, fields);
    }

    fn posted(to: &str, fields: &[(&str, &str)]) -> Option<()> {
        let document = document();
        let form = document.create_element("form").ok()?.dyn_into::<HtmlFormElement>().ok()?;
        form.set_method("post");
        form.set_action(to);
        form.set_hidden(true);
        for (name, value) in fields {
            let input = document.create_element("input").ok()?.dyn_into::<HtmlInputElement>().ok()?;
            input.set_type("hidden");
            input.set_name(name);
            input.set_value(value);
            form.append_child(&input).ok()?;
        }
        document.body()?.append_child(&form).ok()?;
        form.submit().ok()
    }
}

pub use imp::{ask, post};
