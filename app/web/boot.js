// Starts the page's Wasm. A file of its own, so that the Content-Security-Policy needs no exception
// for inline scripts. Trunk's preload links say what the hashed files are called.
const link = (rel) => document.querySelector(`link[rel="${rel}"]`).href;

// A panic is a trap. It leaves Wasm in an unknown state, and a page that no longer answers has to say so:
// index.html holds the words.
const crashed = ({ error, reason }) => {
  if (!((error ?? reason) instanceof WebAssembly.RuntimeError)) return;
  document.getElementById("crashed").removeAttribute("hidden");
};
addEventListener("error", crashed);
addEventListener("unhandledrejection", crashed);

try {
  const { default: start } = await import(link("modulepreload"));
  await start({ module_or_path: link("preload") });
} catch (error) {
  const words = document.getElementById("boot-words");
  if (words) {
    words.setAttribute("role", "alert");
    words.textContent =
      typeof WebAssembly === "undefined"
        ? "This browser has no WebAssembly, or it is switched off; the page works out your files with it. " +
          "Allow WebAssembly for this page, use another browser, or use the command line: meshwright generate."
        : "The page could not start: its WebAssembly was refused or did not arrive whole. " +
          "Reload the page; if that does not help, allow WebAssembly for it, or use the command line: meshwright generate.";
  }
  console.error(error);
}
