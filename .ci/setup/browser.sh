# shellcheck shell=bash
# A Chromium or Chrome with its ChromeDriver, and the npm packages that drive it. CHROME and
# CHROMEDRIVER name others than those found.

find_browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable \
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' \
        /Applications/Chromium.app/Contents/MacOS/Chromium; do
        if have "$name"; then
            command -v "$name"
            return
        fi
    done
}

CHROME=${CHROME:-$(find_browser)}
CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver || :)}
if [ -z "$CHROME" ] || [ -z "$CHROMEDRIVER" ]; then
    debian 'the browser tests' chromium chromium-driver ||
        fail "need Chromium and ChromeDriver: install them (macOS: 'brew install --cask chromium chromedriver'), then run make again"
    CHROME=$(command -v chromium)
    CHROMEDRIVER=$(command -v chromedriver)
fi
export CHROME CHROMEDRIVER

# What wasm-bindgen-test-runner asks of ChromeDriver; tests/browser/ starts Chromium the same way.
mkdir -p "$root/target"
export WASM_BINDGEN_TEST_WEBDRIVER_JSON=$root/target/webdriver.json
cat >"$WASM_BINDGEN_TEST_WEBDRIVER_JSON" <<JSON
{
  "goog:chromeOptions": {
    "binary": "$CHROME",
    "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"]
  }
}
JSON

need node
browser_tests=$root/tests/browser
if ! cmp -s "$browser_tests/package-lock.json" "$browser_tests/node_modules/.installed-lock.json"; then
    install_packages() {
        npm ci --prefix "$browser_tests" --no-fund --no-audit
        cp "$browser_tests/package-lock.json" "$browser_tests/node_modules/.installed-lock.json"
    }
    step browser-packages "installing the browser tests' packages (half a minute)" install_packages
fi
