//! Reads a topology that a person brings: JSON here; YAML, and what is wrong with either, in a worker
//! that is fetched for it.

use crate::json;
use js_sys::Array;
use meshwright_core::draft::{Draft, LARGEST};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Where Trunk puts src/bin/reader.rs.
const READER: &str = "./reader_loader.js";

type Done = Box<dyn FnOnce(Result<Draft, String>)>;

/// What is said of more text than any topology has.
pub(crate) const TOO_LARGE: &str = "This is larger than 1 MiB, and so than any topology.";

/// Reads `text`, then calls `done` with the topology or with what is wrong with the text.
pub(crate) fn read(text: &str, done: Done) {
    if text.trim().is_empty() {
        done(Err("There is no text to read.".to_owned()));
    } else if text.len() > LARGEST as usize {
        done(Err(TOO_LARGE.to_owned()));
    } else if let Some(draft) = json::read(text) {
        done(Ok(draft));
    } else {
        // The worker reads JSON too, and says of both what is wrong, and where.
        by_worker(text.to_owned(), done);
    }
}

fn by_worker(text: String, done: Done) {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let Ok(worker) = Worker::new_with_options(READER, &options) else {
        done(Err("This browser refuses the reader for YAML. Its JSON form can be read without it.".to_owned()));
        return;
    };
    let done = Rc::new(Cell::new(Some(done)));
    let finish = {
        let worker = worker.clone();
        move |outcome| {
            worker.terminate();
            if let Some(done) = done.take() {
                done(outcome);
            }
        }
    };
    let failed = finish.clone();
    let sender = worker.clone();
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Ok(reply) = event.data().dyn_into::<Array>() else {
            let _ = sender.post_message(&text.as_str().into());
            return;
        };
        let words = reply.get(1).as_string().unwrap_or_default();
        let draft = if reply.get(0).is_truthy() { json::read(&words) } else { None };
        finish(draft.ok_or_else(|| ["This is not a topology: ", &words].concat()));
    });
    let broke = Closure::<dyn FnMut()>::new(move || {
        failed(Err("This is no topology in JSON, and the reader for YAML could not be fetched. Try again when the connection is back.".to_owned()));
    });
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(broke.as_ref().unchecked_ref()));
    // They are needed for as long as the worker lives, and it ends by itself.
    heard.forget();
    broke.forget();
}
