//! The page: a form on the left, the map and the files that follow from it on the right. Everything
//! is worked out here, in the browser, by `meshwright-core`; no request is made after the load.

mod diagram;
mod dom;
mod edit;
mod files;
mod highlight;
mod history;
mod json;
mod keep;
mod link;
mod made;
mod now;
mod page;
mod paint;
mod read;
mod ui;
mod view;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    view::mount();
}
