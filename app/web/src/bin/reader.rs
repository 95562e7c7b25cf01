//! Reads meshwright.yaml for the page, in a worker that is fetched when somebody loads YAML: the
//! parser is as large as the rest of the page. Text comes in, the same topology as JSON goes out.

use js_sys::Array;
use meshwright_core::draft::File;
use meshwright_core::yaml;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let page: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let reply = page.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let (good, text) = match read(&event.data().as_string().unwrap_or_default()) {
            Ok(json) => (true, json),
            Err(why) => (false, why),
        };
        let _ = reply.post_message(&Array::of2(&good.into(), &text.into()));
    });
    page.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    // What is sent before anybody listens is lost: the page waits for this.
    let _ = page.post_message(&JsValue::NULL);
}

fn read(text: &str) -> Result<String, String> {
    let draft = yaml::read(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&File::from(&draft)).map_err(|error| error.to_string())
}
