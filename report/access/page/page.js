// The page at work: search, filters, sorting, the three views. The data is untrusted: it becomes text, never markup.
(() => {
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const { grants, principals, roles, scopes, nodes, measures } = data;
const $ = id => document.getElementById(id);
const form = $("filters"), table = document.querySelector("table"), body = table && table.tBodies[0];
const rows = body ? [...body.rows] : [];
const step = 100; // rows at a time
let via = -1, sort = "power", descending = true, limit = step;

// el makes an element with attributes and children: elements, and strings, which become text.
function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}
function svg(name, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}
function fill(e, attributes, children) {
  for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
  e.append(...children.filter(c => c));
  return e;
}
const power = p => el("span", { class: "power p" + p }, data.powers[p]);

// --- what the filters let pass

const text = grants.map(() => "");
function textOf(i) {
  if (!text[i]) {
    const g = grants[i], r = roles[g.role], s = scopes[g.scope];
    text[i] = [textOfPrincipal(g.principal), r.name, r.id, r.evidence, data.powers[r.power], s.name, s.note, s.id,
      g.plane, g.condition, g.maybe, g.note, g.at, g.root, g.resource, ...(g.sets || [])].join("\n").toLowerCase();
  }
  return text[i];
}
function textOfPrincipal(i) {
  const p = principals[i];
  return [p.name, p.kind, p.id, ...(p.hosts || []).flatMap(h => [h.name, h.type])].join("\n").toLowerCase();
}

// chosen reads the form.
function chosen() {
  const f = new FormData(form);
  return {
    words: f.get("q").toLowerCase().split(/\s+/).filter(Boolean), powers: f.getAll("power").map(Number),
    plane: f.get("plane"), level: f.get("level"), kind: f.get("kind"),
    condition: f.has("condition"), undecided: f.has("undecided"), view: f.get("view"),
  };
}
function passes(i, c) {
  const g = grants[i], p = principals[g.principal], r = roles[g.role], s = scopes[g.scope];
  return (!c.powers.length || c.powers.includes(r.power)) && (!c.plane || c.plane === g.plane) &&
    (!c.level || c.level === s.level) && (!c.kind || c.kind === p.kind) && (!c.condition || g.condition) &&
    (!c.undecided || !p.known) && (via < 0 || way(i).includes(via)) && c.words.every(w => textOf(i).includes(w));
}
// way lists the nodes that a grant goes through, wayTo those that a principal comes from.
const way = i => [...wayTo(grants[i].principal), grants[i].node, scopes[grants[i].scope].node];
const wayTo = p => [...(principals[p].from || []), principals[p].node];
// idle lists the principals without a grant, unless a filter asks for what only grants have.
function idle(c) {
  if (c.powers.length || c.plane || c.level || c.condition || c.undecided) return [];
  return data.idle.filter(i => (!c.kind || c.kind === principals[i].kind) &&
    (via < 0 || wayTo(i).includes(via)) &&
    c.words.every(w => textOfPrincipal(i).includes(w)));
}

// --- the table

const sortKeys = {
  principal: i => principals[grants[i].principal].name, power: i => roles[grants[i].role].power,
  role: i => roles[grants[i].role].name, scope: i => scopes[grants[i].scope].name,
  when: i => grants[i].condition || grants[i].maybe || grants[i].note || (grants[i].sets || []).join(),
  at: i => grants[i].at,
};
const compare = new Intl.Collator("en", { numeric: true }).compare;
function sorted(list) {
  const key = sortKeys[sort], by = sort === "power" ? (a, b) => a - b : compare, sign = descending ? -1 : 1;
  return list.map(i => [key(i), i]).sort((a, b) => sign * by(a[0], b[0]) || a[1] - b[1]).map(x => x[1]);
}
function drawTable(list) {
  if (!body) return;
  for (const th of table.tHead.rows[0].cells) {
    th.setAttribute("aria-sort", th.dataset.sort !== sort ? "none" : descending ? "descending" : "ascending");
  }
  body.replaceChildren(...sorted(list).slice(0, limit).flatMap(i => {
    wire(i);
    return open.has(i) ? [rows[i], open.get(i)] : [rows[i]];
  }));
}
// wire makes the name in a row a button, when the row is first shown.
function wire(i) {
  const name = rows[i].querySelector("span.name");
  if (!name) return;
  const button = el("button", { class: "name", type: "button", "aria-expanded": "false" }, name.textContent);
  button.addEventListener("click", () => toggle(i, button));
  name.replaceWith(button);
}
const open = new Map(); // rows with details
function toggle(i, button) {
  if (open.has(i)) {
    open.get(i).remove();
    open.delete(i);
  } else {
    open.set(i, el("tr", { class: "detail" }, el("td", { colspan: rows[i].cells.length }, details(i))));
    rows[i].after(open.get(i));
  }
  button.setAttribute("aria-expanded", open.has(i));
}
function details(i) {
  const g = grants[i], p = principals[g.principal], r = roles[g.role], s = scopes[g.scope], list = el("dl");
  const add = (term, ...what) => what.some(Boolean) && list.append(el("dt", null, term), el("dd", null, ...what));
  const code = x => x && el("code", null, x);
  const codes = l => l && l.length && el("ul", null, ...l.map(x => el("li", null, code(x))));
  add("Principal", code(p.id || p.name), !p.known && " undecided");
  add("Runs with it", p.hosts && el("ul", null, ...p.hosts.map(runs)));
  add("Kind of access", g.plane);
  add("Role", r.name, r.custom && " (defined by the templates)", " ", code(r.id));
  add("Power", power(r.power), r.evidence && " because of ", code(r.evidence),
    !r.known && " its permissions are not known");
  for (const x of r.permissions || []) {
    add("Actions", codes(x.actions));
    add("Not actions", codes(x.notActions));
    add("Data actions", codes(x.dataActions));
    add("Not data actions", codes(x.notDataActions));
    add("These only when", code(x.condition));
  }
  add("Scope", s.level, " ", code(s.id || s.name));
  add("Condition", code(g.condition));
  add("Deployed if", code(g.maybe));
  add("Note", g.note);
  add("Parameter sets", (g.sets || []).join(", "));
  add("Written at", code(g.at), " ", g.resource);
  add("Deployed by", code([g.root].concat(g.chain || []).filter((x, n, l) => x && x !== l[n - 1]).join(" → ")));
  add("Copies", g.count > 1 && String(g.count));
  return list;
}
function runs(h) {
  return el("li", null, h.name, " ", el("span", { class: "soft" }, h.type), " ", el("code", null, h.at),
    h.maybe && " if " + h.maybe);
}

// --- by principal

function drawPeople(list, others) {
  const of = new Map();
  for (const i of list) {
    if (!of.has(grants[i].principal)) of.set(grants[i].principal, []);
    of.get(grants[i].principal).push(i);
  }
  for (const p of others) of.set(p, []);
  $("people").replaceChildren(...[...of].slice(0, limit).map(([p, held]) => person(principals[p], held)));
  return of.size;
}
function person(p, held) {
  return el("article", null, el("h2", null, p.name), el("small", null, p.kind + (p.known ? "" : ", undecided")),
    p.hosts && el("p", null, "Runs with it: ", ...p.hosts.flatMap((h, n) => [n ? ", " : "", h.name, " ",
      el("span", { class: "soft" }, h.type)])),
    held.length ? el("ul", null, ...held.map(right)) : el("p", { class: "soft" }, "Nothing is granted to it."));
}
function right(i) {
  const g = grants[i], r = roles[g.role], s = scopes[g.scope];
  return el("li", null, power(r.power), el("span", null, r.name, el("span", { class: "soft" }, " on "), s.name),
    el("small", null, [s.note, g.condition && "condition: " + g.condition, g.maybe && "if " + g.maybe, g.note, g.at]
      .filter(Boolean).join(" · ")));
}

// --- the graph

// pick takes grants from the most powerful on, as long as they are not too many nodes.
function pick(list, others) {
  const seen = new Set(), taken = [];
  for (const i of list) {
    const fresh = way(i).filter(n => !seen.has(n));
    if (seen.size && seen.size + fresh.length > measures.limit) break;
    fresh.forEach(n => seen.add(n));
    taken.push(i);
  }
  const idle = [];
  for (const p of others) {
    if (seen.size + wayTo(p).length > measures.limit) break;
    wayTo(p).forEach(n => seen.add(n));
    idle.push(p);
  }
  return { seen, taken, idle };
}
// arrange puts nodes into columns, in the order they have in the graph of all. Where that is not shown, a few sweeps
// spare crossings that it needed.
function arrange(shown, taken) {
  const columns = data.columns.map((_, c) => shown.filter(n => nodes[n].column === c));
  columns.forEach(c => c.sort((a, b) => nodes[a].order - nodes[b].order));
  if (taken.length === grants.length) return columns;
  const ways = taken.map(way);
  const sweep = (c, beside) => {
    const place = new Map(columns[beside].map((n, k) => [n, k])), own = new Map(columns[c].map((n, k) => [n, k]));
    const mean = n => {
      const near = ways.filter(w => w.includes(n)).flat().filter(o => place.has(o)).map(o => place.get(o));
      return near.length ? near.reduce((a, b) => a + b) / near.length : own.get(n);
    };
    const means = new Map(columns[c].map(n => [n, mean(n)]));
    columns[c].sort((a, b) => means.get(a) - means.get(b) || own.get(a) - own.get(b));
  };
  for (let i = 0; i < 4; i++) {
    for (const c of [1, 2, 3]) sweep(c, c - 1);
    for (const c of [2, 1, 0]) sweep(c, c + 1);
  }
  return columns;
}
function drawGraph(list, others) {
  const { seen, taken, idle } = pick(list, others), m = measures;
  const columns = arrange([...seen], taken);
  const height = Math.max(1, ...columns.map(c => c.length)) * m.row, place = new Map();
  for (const c of columns) {
    c.forEach((n, k) => place.set(n, {
      x: m.margin + nodes[n].column * m.column, y: 34 + Math.round((2 * k + 1) * height / (2 * c.length)),
    }));
  }
  const edges = edgesOf(taken, idle), targets = new Set(edges.map(e => e.to));
  const heads = data.columns.map((c, k) => svg("text", { class: "head", x: m.margin + k * m.column, y: 20 }, c));
  const picture = svg("svg", { class: "graph", viewBox: `0 0 ${m.picture} ${height + 50}`, role: "group",
    "aria-label": "graph of the grants" }, ...heads, ...edges.map(e => curve(e, place.get(e.from), place.get(e.to))),
  ...columns.flat().map(n => box(n, place.get(n), targets.has(n))));
  const focused = document.activeElement.dataset.node;
  $("graph").querySelector("svg").replaceWith(picture);
  light(picture, taken, idle);
  const again = focused && picture.querySelector(`[data-node="${Number(focused)}"]`);
  if (again) again.focus();
  const left = list.length - taken.length;
  $("drawn").textContent = (left ? `Drawn are the ${taken.length} grants of the greatest power, ${left} are left out. ` : "") +
    "Choose a box to see only the grants that go through it; dashed lines hold only under a condition.";
}
// edgesOf lists the edges of grants and of principals without any, each once.
function edgesOf(taken, idle) {
  const edges = new Map();
  const add = (from, to, look) => edges.set(from + ">" + to, { from, to, look });
  const hosts = p => (p.from || []).forEach(h => add(h, p.node, "edge"));
  for (const i of taken) {
    const g = grants[i], p = principals[g.principal];
    const look = "edge p" + roles[g.role].power + (g.condition ? " dashed" : "");
    hosts(p);
    add(p.node, g.node, look);
    add(g.node, scopes[g.scope].node, look);
  }
  idle.forEach(p => hosts(principals[p]));
  return [...edges.values()];
}
function curve({ from, to, look }, a, b) {
  const left = a.x + measures.width, right = b.x - measures.tip, middle = (left + right) / 2;
  return svg("path", { class: look, "data-from": from, "data-to": to,
    d: `M${left} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${right} ${b.y}` },
  svg("title", null, nodes[from].label + " → " + nodes[to].label));
}
function box(n, { x, y }, target) {
  const m = measures, node = nodes[n], top = y - m.height / 2;
  const look = "node" + (node.column === 2 ? " p" + node.power : "") + (node.faint ? " faint" : "");
  const g = svg("g", { class: look, "data-node": n, tabindex: 0, role: "button", "aria-pressed": n === via },
  svg("title", null, node.title), target && svg("path", { class: "tip", d: `M${x} ${y}l-${m.tip}-4v8z` }),
  svg("rect", { class: "box", x, y: top, width: m.width, height: m.height, rx: 4 }),
  svg("rect", { class: "bar", x, y: top, width: m.bar, height: m.height, rx: 2 }),
  svg("text", { class: "name", x: x + m.text, y: top + 17 }, node.label),
  svg("text", { class: "note", x: x + m.text, y: top + 32 }, node.note));
  const choose = () => { via = via === n ? -1 : n; update(); };
  g.addEventListener("click", choose);
  g.addEventListener("keydown", e => {
    if (e.key === "Enter" || e.key === " ") { e.preventDefault(); choose(); }
  });
  return g;
}
// light shows the paths through the node that has the pointer or the focus.
function light(picture, taken, idle) {
  const ways = taken.map(way).concat(idle.map(wayTo));
  const on = n => {
    const lit = new Set(ways.filter(w => w.includes(n)).flat());
    picture.classList.add("lit");
    for (const g of picture.querySelectorAll("g")) g.classList.toggle("on", lit.has(Number(g.dataset.node)));
    for (const p of picture.querySelectorAll(".edge")) {
      const from = Number(p.dataset.from), to = Number(p.dataset.to);
      p.classList.toggle("on", ways.some(w => w.includes(n) && w.includes(from) && w.includes(to)));
    }
  };
  const off = () => picture.classList.remove("lit");
  for (const g of picture.querySelectorAll("g")) {
    const n = Number(g.dataset.node);
    g.addEventListener("mouseenter", () => on(n));
    g.addEventListener("focus", () => on(n));
    g.addEventListener("mouseleave", off);
    g.addEventListener("blur", off);
  }
}

// --- all together

function update() {
  const c = chosen(), list = grants.map((_, i) => i).filter(i => passes(i, c)), others = idle(c);
  let total = list.length;
  $("grants").hidden = c.view !== "table";
  $("people").hidden = c.view !== "principals";
  $("graph").hidden = c.view !== "graph";
  if (c.view === "table") drawTable(list);
  if (c.view === "principals") total = drawPeople(list, others);
  if (c.view === "graph") drawGraph(list, others);
  $("more").hidden = c.view === "graph" || total <= limit;
  $("more").textContent = `Show more (${Math.min(limit, total)} of ${total} shown)`;
  $("count").textContent = (list.length < grants.length ? list.length + " of " : "") + grants.length + " grants";
  $("via").hidden = via < 0;
  $("via").replaceChildren(via < 0 ? "" : el("button", { type: "button" }, "through " + nodes[via].label + " ✕"));
  keep();
}
// keep writes the state into the address, so that it can be sent on.
function keep() {
  const state = new URLSearchParams();
  for (const [k, v] of new FormData(form)) if (v && !(k === "view" && v === "table")) state.append(k, v);
  if (via >= 0) state.set("via", via);
  if (sort !== "power" || !descending) state.set("sort", (descending ? "-" : "") + sort);
  if (theme) state.set("theme", theme);
  history.replaceState(null, "", "#" + state);
}
function restore() {
  const state = new URLSearchParams(location.hash.slice(1));
  for (const e of form.elements) {
    if (e.type === "checkbox") e.checked = state.getAll(e.name).includes(e.value);
    else if (e.type === "radio") e.checked = e.value === (state.get(e.name) || "table");
    else if (e.name) e.value = state.get(e.name) || "";
    if (e.tagName === "SELECT" && e.selectedIndex < 0) e.value = "";
  }
  if (!form.querySelector("[name=view]:checked")) form.querySelector("[name=view]").checked = true;
  via = state.has("via") && nodes[state.get("via")] ? Number(state.get("via")) : -1;
  const key = (state.get("sort") || "-power").match(/^(-?)(\w+)$/);
  if (key && Object.hasOwn(sortKeys, key[2])) [sort, descending] = [key[2], key[1] === "-"];
  setTheme(state.get("theme"));
  update();
}
function clear() {
  const view = form.elements.view.value;
  form.reset();
  form.elements.view.value = view;
  via = -1;
  limit = step;
  update();
}

let theme = "";
function setTheme(name) {
  theme = name === "light" || name === "dark" ? name : "";
  document.documentElement.dataset.theme = theme;
  $("theme").textContent = "Colours: " + (theme || "as the system");
}

form.addEventListener("input", () => { limit = step; update(); });
form.addEventListener("submit", e => e.preventDefault());
$("clear").addEventListener("click", clear);
$("via").addEventListener("click", () => { via = -1; update(); form.elements.q.focus(); });
$("more").addEventListener("click", () => { limit += step * 2; update(); });
$("theme").addEventListener("click", () => { setTheme({ "": "light", light: "dark", dark: "" }[theme]); keep(); });
addEventListener("hashchange", restore);
addEventListener("beforeprint", () => { limit = Infinity; update(); });
addEventListener("afterprint", () => { limit = step; update(); });
addEventListener("keydown", e => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "Escape") clear();
  if (e.key === "/" && e.target.name !== "q") {
    e.preventDefault();
    form.elements.q.focus();
    form.elements.q.select();
  }
});
for (const th of table ? table.tHead.rows[0].cells : []) {
  const button = el("button", { type: "button" }, th.textContent), name = th.dataset.sort;
  button.addEventListener("click", () => {
    descending = sort === name ? !descending : name === "power";
    sort = name;
    update();
  });
  th.replaceChildren(button);
}
form.hidden = $("theme").hidden = false;
$("main").classList.add("ready");
restore();
})();
