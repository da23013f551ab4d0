//! JSON from parts of the server that answer everybody, read by the browser itself.

/// A JSON object.
pub struct Object(imp::Value);

impl Object {
    /// Reads a text; none when it isn't an object in JSON.
    pub fn parse(text: &str) -> Option<Self> {
        imp::parse(text).map(Self)
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Option<i64> {
        imp::number(&imp::member(&self.0, name)?)
    }

    /// A text.
    pub fn text(&self, name: &str) -> Option<String> {
        imp::text(&imp::member(&self.0, name)?)
    }

    /// The whole numbers of a list.
    pub fn numbers(&self, name: &str) -> Vec<i64> {
        imp::member(&self.0, name).map(|list| imp::items(&list).iter().filter_map(imp::number).collect()).unwrap_or_default()
    }
}

#[cfg(not(feature = "hydrate"))]
mod imp {
    pub(super) use serde_json::Value;

    pub(super) fn parse(text: &str) -> Option<Value> {
        serde_json::from_str(text).ok().filter(Value::is_object)
    }

    pub(super) fn member(object: &Value, name: &str) -> Option<Value> {
        object.get(name).cloned()
    }

    pub(super) fn number(value: &Value) -> Option<i64> {
        value.as_i64()
    }

    pub(super) fn text(value: &Value) -> Option<String> {
        value.as_str().map(str::to_owned)
    }

    pub(super) fn items(value: &Value) -> Vec<Value> {
        value.as_array().cloned().unwrap_or_default()
    }
}

#[cfg(feature = "hydrate")]
mod imp {
    pub(super) use wasm_bindgen::JsValue as Value;

    pub(super) fn parse(text: &str) -> Option<Value> {
        js_sys::JSON::parse(text).ok().filter(Value::is_object)
    }

    pub(super) fn member(object: &Value, name: &str) -> Option<Value> {
        js_sys::Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
    }

    /// JavaScript's numbers are whole up to 2⁵³, which ids and revisions don't reach.
    pub(super) fn number(value: &Value) -> Option<i64> {
        value.as_f64().filter(|number| number.fract() == 0.0).map(|number| number as i64)
    }

    pub(super) fn text(value: &Value) -> Option<String> {
        value.as_string()
    }

    pub(super) fn items(value: &Value) -> Vec<Value> {
        if js_sys::Array::is_array(value) { js_sys::Array::from(value).to_vec() } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests;
