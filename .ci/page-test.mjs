// Opens the pages of report/access in Chromium, works with them as people do, and takes pictures of them.
//
//   node .ci/page-test.mjs CHROMIUM FOLDER
//
// FOLDER holds the pages that the tests of report/access write (ROLECALL_PAGES). It speaks the DevTools protocol over a
// pipe, so that Node and Chromium suffice: https://chromedevtools.github.io/devtools-protocol/
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [program, folder] = [process.argv[2], resolve(process.argv[3])];
const profile = mkdtempSync(join(tmpdir(), "page-test-"));
const browser = spawn(program, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
  "--hide-scrollbars", "--disable-features=IsolateSandboxedIframes", "--remote-debugging-pipe",
  `--user-data-dir=${profile}`], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });

// --- the protocol

let number = 0, received = "", faults = [];
const pending = new Map(), waiting = [];
browser.on("error", e => stop(`${program}: ${e.message}`));
browser.on("exit", () => stop("the browser has ended"));
browser.stdio[4].setEncoding("utf8").on("data", chunk => {
  received += chunk;
  const messages = received.split("\0");
  received = messages.pop();
  messages.forEach(m => hear(JSON.parse(m)));
});
function hear(message) {
  if (message.id) {
    const { done, failed } = pending.get(message.id);
    pending.delete(message.id);
    return message.error ? failed(new Error(message.error.message)) : done(message.result);
  }
  const { method, params } = message;
  if (method === "Runtime.exceptionThrown") {
    const { exception, text } = params.exceptionDetails;
    faults.push(exception?.description ?? text);
  }
  if (method === "Runtime.consoleAPICalled") faults.push(`console.${params.type}`);
  if (method === "Log.entryAdded") faults.push(params.entry.text);
  if (method === "Page.javascriptDialogOpening") faults.push(`dialog: ${params.message}`);
  if (method === "Network.requestWillBeSent" && !/^(file|data):/.test(params.request.url)) {
    faults.push(`request: ${params.request.url}`);
  }
  for (const w of waiting.filter(w => w.method === method)) {
    waiting.splice(waiting.indexOf(w), 1);
    w.done();
  }
}
let session;
function send(method, params = {}) {
  const id = ++number;
  browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId: session }) + "\0");
  return new Promise((done, failed) => pending.set(id, { done, failed }));
}
const event = method => new Promise(done => waiting.push({ method, done }));
function stop(message) {
  if (message) console.error(`page-test: ${message}`);
  browser.removeAllListeners("exit");
  browser.on("exit", () => {
    rmSync(profile, { recursive: true, force: true });
    process.exit(message ? 1 : 0);
  });
  if (!browser.kill()) process.exit(1);
}
setTimeout(() => stop("out of time"), 120_000).unref();

// --- what people do

async function show(name, hash = "", { width = 1400, height = 900, dark = false } = {}) {
  await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 500 });
  await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
  await open("about:blank");
  await open(pathToFileURL(join(folder, name)) + hash);
}
async function open(url) {
  const loaded = event("Page.loadEventFired");
  await send("Page.navigate", { url });
  await loaded;
}
async function ask(expression, contextId) {
  const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, contextId, returnByValue: true });
  if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception.description}`);
  return result.value;
}
async function press(key, text) {
  const code = { Enter: 13, Escape: 27, Tab: 9, " ": 32 }[key];
  await send("Input.dispatchKeyEvent", { type: "keyDown", key, text, windowsVirtualKeyCode: code });
  await send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode: code });
}
async function type(text) {
  for (const c of text) await press(c, c);
}
const click = selector => ask(`document.querySelector(${JSON.stringify(selector)}).click()`);
const rows = () => ask(`document.querySelectorAll("tbody tr:not(.detail)").length`);
const text = selector => ask(`document.querySelector(${JSON.stringify(selector)}).textContent`);
const visible = selector => ask(`document.querySelector(${JSON.stringify(selector)}).checkVisibility()`);
async function picture(name) {
  const { data } = await send("Page.captureScreenshot", { format: "png" });
  writeFileSync(join(folder, `${name}.png`), Buffer.from(data, "base64"));
}
function same(got, want, what) {
  const [g, w] = [JSON.stringify(got), JSON.stringify(want)];
  if (g !== w) throw new Error(`${what}: got ${g}, want ${w}`);
}

// --- what is tested

const tests = {
  async "search and keyboard"() {
    await show("sample.html");
    same(await rows(), 9, "rows");
    await press("/", "/");
    same(await ask("document.activeElement.name"), "q", "/ goes to");
    await type("kv-shop");
    same([await rows(), await text("#count")], [3, "3 of 9 grants"], "search");
    same(await ask("location.hash"), "#q=kv-shop", "address");
    await press("Escape");
    same([await rows(), await text("#count")], [9, "9 grants"], "Escape");
    const order = [];
    for (let i = 0; i < 7; i++) {
      await press("Tab");
      order.push(await ask("document.activeElement.name || document.activeElement.id"));
    }
    same(order, ["plane", "level", "kind", "condition", "undecided", "clear", "view"], "Tab goes to");
  },
  async "filters"() {
    await show("sample.html");
    await click("[name=condition]");
    same(await rows(), 1, "with a condition");
    await press("Escape");
    await click("[name=undecided]");
    same(await rows(), 1, "undecided");
    await press("Escape");
    await click("[name=power][value='5']");
    await click("[name=power][value='8']");
    same(await rows(), 4, "two powers");
    await show("sample.html", "#plane=Azure+role&level=resource&kind=user-assigned+identity");
    same(await rows(), 2, "from the address");
    await show("sample.html", "#plane=nonsense&via=99999&view=nonsense&sort=constructor");
    same(await rows(), 9, "from nonsense");
  },
  async "sorting"() {
    await show("sample.html");
    const names = () => ask(`[...document.querySelectorAll("tbody .name")].map(x => x.textContent)`);
    await click("[data-sort=principal] button");
    const up = await names();
    same(up, [...up].sort((a, b) => a.localeCompare(b, "en", { numeric: true })), "sorted");
    same(await ask(`document.querySelector("[data-sort=principal]").ariaSort`), "ascending", "aria-sort");
    same(await ask(`document.querySelector("[data-sort=power]").ariaSort`), "none", "aria-sort of the other");
    await click("[data-sort=principal] button");
    same((await names())[0], up.at(-1), "sorted the other way");
    same(await ask("location.hash"), "#sort=-principal", "address");
  },
  async "details"() {
    await show("sample.html", "#q=pipeline");
    await ask(`document.querySelector("button.name").focus()`);
    await press("Enter", "\r");
    same(await ask(`document.querySelector("button.name").ariaExpanded`), "true", "aria-expanded");
    const told = await text(".detail");
    for (const part of ["Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "modules/pipeline.json:12:31",
      "main.json → modules/pipeline.json", "prod"]) {
      if (!told.includes(part)) throw new Error(`details lack ${part}: ${told}`);
    }
    await press("Enter", "\r");
    same(await ask(`document.querySelector(".detail")`), null, "closed");
  },
  async "by principal"() {
    await show("sample.html", "#view=principals");
    same(await ask(`document.querySelectorAll("article").length`), 5, "principals");
    if (!(await text("#people")).includes("Nothing is granted to it.")) throw new Error("the idle identity is missing");
    await picture("principals");
  },
  async "graph"() {
    await show("sample.html", "#view=graph");
    await picture("graph");
    const nodes = await ask(`document.querySelectorAll("#graph g[role=button]").length`);
    same(nodes, 21, "nodes");
    await ask(`[...document.querySelectorAll("#graph g")].find(g => g.textContent.includes("stshop")).focus()`);
    await picture("graph-focus");
    await press("Enter");
    same(await text("#count"), "2 of 9 grants", "grants through a node");
    same(await ask(`document.activeElement.getAttribute("aria-pressed")`), "true", "focus stays");
    await click("[name=view][value=table]");
    same(await rows(), 2, "rows through a node");
    await click("#via button");
    same(await rows(), 9, "rows again");
  },
  async "colours"() {
    const back = () => ask("getComputedStyle(document.body).backgroundColor");
    await show("sample.html");
    const light = await back();
    await picture("light");
    await click("#theme");
    same(await back(), light, "light");
    await click("#theme");
    const dark = await back();
    if (dark === light) throw new Error("the switch does nothing");
    await show("sample.html", "", { dark: true });
    same(await back(), dark, "dark as the system");
    await picture("dark");
  },
  async "phone"() {
    for (const name of ["sample", "hostile", "many", "empty"]) {
      for (const view of ["table", "principals", "graph"]) {
        await show(`${name}.html`, `#view=${view}`, { width: 360, height: 780 });
        same(await ask("document.documentElement.scrollWidth"), 360, `width of ${name}, ${view}`);
      }
    }
    await show("sample.html", "", { width: 390, height: 2600 });
    await click("button.name");
    await picture("phone");
  },
  async "without a script"() {
    await send("Emulation.setScriptExecutionDisabled", { value: true });
    await show("sample.html");
    await send("Emulation.setScriptExecutionDisabled", { value: false });
    same([await rows(), await visible("table"), await visible("#graph svg"), await visible("#filters")], [9, true, true, false],
      "is there");
    await picture("plain");
    // Where scripts are off for good, which a frame without leave for them is like, all rows of many are there.
    writeFileSync(join(folder, "frame.html"), `<!DOCTYPE html><iframe sandbox src="many.html"></iframe>`);
    await show("frame.html");
    const { frameTree } = await send("Page.getFrameTree");
    const { executionContextId: contextId } = await send("Page.createIsolatedWorld",
      { frameId: frameTree.childFrames[0].frame.id });
    same(await ask(`document.querySelector("tbody tr:last-child").checkVisibility()`, contextId), true,
      "the last of many rows");
    faults = faults.filter(f => !f.startsWith("Blocked script execution"));
  },
  async "hostile names"() {
    for (const view of ["table", "principals", "graph"]) {
      await show("hostile.html", `#view=${view}`);
      same(await ask("document.scripts.length"), 2, "scripts");
      const intruders = "img,iframe,object,embed,base,a[href^=javascript],[onload],[onerror]";
      same(await ask(`document.querySelectorAll("${intruders}").length`), 0, "intruders");
      await picture(`hostile-${view}`);
    }
    await show("hostile.html");
    await ask(`document.querySelectorAll("button.name").forEach(b => b.click())`);
    same(await ask(`document.querySelectorAll("tr.detail").length`), 17, "details");
    same(await ask(`document.querySelectorAll("img").length`), 0, "intruders in details");
  },
  async "many grants"() {
    await show("many.html");
    same([await rows(), await text("#count")], [100, "2000 grants"], "first rows");
    await picture("many");
    await click("#more");
    same(await rows(), 300, "more rows");
    const time = view => ask(`(() => { const start = performance.now(); document.querySelector("[name=view][value=${view}]").click();
      document.body.offsetHeight; return Math.round(performance.now() - start); })()`);
    console.log(`2000 grants: principals ${await time("principals")} ms, graph ${await time("graph")} ms, table ${await time("table")} ms, ` +
      `loaded in ${await ask("Math.round(performance.timing.loadEventEnd - performance.timing.navigationStart)")} ms`);
    await show("many.html", "#view=graph");
    same((await text("#drawn")).includes("are left out"), true, "says what is left out");
    await picture("many-graph");
  },
  async "printing"() {
    await show("many.html");
    await ask(`dispatchEvent(new Event("beforeprint"))`);
    same(await rows(), 2000, "printed rows");
    await show("sample.html", "", { width: 720, height: 1000 });
    await send("Emulation.setEmulatedMedia", { media: "print" });
    same([await visible("#filters"), await ask(`getComputedStyle(document.querySelector("tr")).display`)], [false, "table-row"],
      "printed");
    await picture("print");
    await send("Emulation.setEmulatedMedia", { media: "" });
  },
  async "nothing granted"() {
    for (const view of ["table", "principals", "graph"]) {
      await show("empty.html", `#view=${view}`);
      same(await text("#count"), "0 grants", "count");
    }
    await show("empty.html");
    await picture("empty");
  },
};

try {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  ({ sessionId: session } = await send("Target.attachToTarget", { targetId, flatten: true }));
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
  for (const [name, test] of Object.entries(tests)) {
    await test().catch(e => { throw new Error([`${name}: ${e.message}`, ...faults].join("; ")); });
    if (faults.length) throw new Error(`${name}: ${faults.join("; ")}`);
    console.log(`ok ${name}`);
  }
  stop();
} catch (e) {
  stop(e.message);
}
