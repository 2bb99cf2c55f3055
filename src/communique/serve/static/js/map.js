// Events by place, drawn from a boundary file of this server: nothing is asked of anybody else.
const { geoNaturalEarth1, geoPath } = globalThis.d3;
const MOST_PAGES = 5;
const WIDTH = 960;
const HEIGHT = 500;
const figure = document.querySelector("figure.map");
const svg = figure.querySelector(":scope > svg");
const note = figure.querySelector(".chart-note");
const tip = figure.querySelector(".tip");
const spots = new Map();
const state = { scale: 1, x: 0, y: 0, drag: null };

const projection = geoNaturalEarth1().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: "Sphere" });
const make = (tag, attributes, parent, text) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  parent.append(element);
  return element;
};
const world = make("g", {}, svg);
const land = make("g", { "aria-hidden": "true" }, world);
const marks = make("g", {}, world);

async function fetched(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

async function draw() {
  const told = await fetched(figure.dataset.boundaries);
  const shapes = told.type === "Topology" ? globalThis.topojson.feature(told, told.objects.countries || Object.values(told.objects)[0]) : told;
  const path = geoPath(projection);
  for (const each of shapes.features || [shapes]) make("path", { d: path(each) || "", class: "land" }, land);
  let address = figure.dataset.places;
  for (let page = 0; address && page < MOST_PAGES; page += 1) {
    const part = await fetched(address);
    for (const each of part.places) {
      const key = `${each.name}|${each.country}`;
      const known = spots.get(key);
      if (known) for (const field of ["claims", "cooperation", "conflict"]) known[field] += each[field];
      else spots.set(key, { ...each });
    }
    address = part.next;
  }
  show();
  frame();
  const claims = [...spots.values()].reduce((sum, each) => sum + each.claims, 0);
  note.textContent = spots.size ? `${spots.size.toLocaleString("en")} places, ${claims.toLocaleString("en")} claims${address ? " (the first of many; filter to see others)" : ""}` : "No place fits.";
}

const heaviest = () => Math.max(1, ...[...spots.values()].map((each) => each.claims));
const radius = (each, most) => (3 + 13 * Math.sqrt(each.claims / most)) / state.scale;

function show() {
  marks.replaceChildren();
  const most = heaviest();
  const taken = [];
  const listed = [...spots.values()].sort((one, other) => other.claims - one.claims);
  const drawn = listed.map((each) => ({ each, at: projection([each.longitude, each.latitude]) })).filter((one) => one.at);
  for (const { each, at } of drawn) {
    const size = radius(each, most);
    const link = make("a", { href: each.href, "aria-label": `${each.name}: ${each.claims} claims, ${each.cooperation} cooperative, ${each.conflict} conflictual` }, marks);
    const look = `spot ${each.conflict > each.cooperation ? "bad" : "good"}${each.precision === "town" ? "" : " vague"}`;
    if (each.conflict > each.cooperation) make("path", { d: `M${at[0]} ${at[1] - size}L${at[0] + size} ${at[1] + size * 0.8}H${at[0] - size}Z`, class: look }, link);
    else make("circle", { cx: at[0], cy: at[1], r: size, class: look }, link);
    link.dataset.key = `${each.name}|${each.country}`;
  }
  for (const { each, at } of drawn.slice(0, 60)) {
    const size = radius(each, most);
    const wide = (each.name.length * 6.4) / state.scale;
    const high = 12 / state.scale;
    const box = [at[0] + size + 3 / state.scale, at[1] - high / 2, at[0] + size + wide, at[1] + high / 2];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    const label = make("text", { x: box[0], y: at[1] + 4 / state.scale, "aria-hidden": "true" }, marks, each.name);
    label.style.fontSize = `${12 / state.scale}px`;
    label.style.strokeWidth = `${3 / state.scale}px`;
  }
}

function place() {
  const limit = (value, size) => Math.min(size * 0.3, Math.max(size * 0.7 - size * state.scale, value));
  state.x = limit(state.x, WIDTH);
  state.y = limit(state.y, HEIGHT);
  world.setAttribute("transform", `translate(${state.x} ${state.y}) scale(${state.scale})`);
}

// Opens on where most of it happens.
function frame() {
  const drawn = [...spots.values()].map((each) => ({ at: projection([each.longitude, each.latitude]), claims: each.claims })).filter((each) => each.at);
  const axis = (which) => drawn.flatMap((each) => Array(Math.min(each.claims, 50)).fill(each.at[which])).sort((one, other) => one - other);
  const [xs, ys] = [axis(0), axis(1)];
  if (!xs.length) return;
  const part = (list, share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
  const wide = Math.max(60, part(xs, 0.95) - part(xs, 0.05)) * 1.35;
  const high = Math.max(40, part(ys, 0.95) - part(ys, 0.05)) * 1.6;
  zoom(Math.max(1, Math.min(8, WIDTH / wide, HEIGHT / high)), [(part(xs, 0.95) + part(xs, 0.05)) / 2, (part(ys, 0.95) + part(ys, 0.05)) / 2], [WIDTH / 2, HEIGHT / 2]);
}

function zoom(scale, about, to) {
  const from = about || [(WIDTH / 2 - state.x) / state.scale, (HEIGHT / 2 - state.y) / state.scale];
  const target = to || [WIDTH / 2, HEIGHT / 2];
  state.scale = Math.min(40, Math.max(1, scale));
  state.x = target[0] - from[0] * state.scale;
  state.y = target[1] - from[1] * state.scale;
  show();
  place();
}

const inside = (event) => {
  const box = svg.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
};
svg.addEventListener("pointerdown", (event) => { if (event.pointerType !== "touch") state.drag = { at: inside(event), x: state.x, y: state.y, far: false }; });
addEventListener("pointermove", (event) => {
  if (!state.drag) return;
  const at = inside(event);
  state.drag.far = state.drag.far || Math.hypot(at[0] - state.drag.at[0], at[1] - state.drag.at[1]) > 4;
  state.x = state.drag.x + at[0] - state.drag.at[0];
  state.y = state.drag.y + at[1] - state.drag.at[1];
  place();
});
addEventListener("pointerup", () => { const far = state.drag?.far; state.drag = null; if (far) svg.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true }); });
svg.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const at = inside(event);
  zoom(state.scale * (event.deltaY > 0 ? 0.8 : 1.25), [(at[0] - state.x) / state.scale, (at[1] - state.y) / state.scale], at);
}, { passive: false });
svg.addEventListener("dragstart", (event) => event.preventDefault());
figure.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-do]")?.dataset.do;
  if (asked === "in") zoom(state.scale * 1.6);
  if (asked === "out") zoom(state.scale / 1.6);
  if (asked === "all") zoom(1, [WIDTH / 2, HEIGHT / 2]);
});
function hint(event) {
  const each = spots.get(event.target.closest("[data-key]")?.dataset.key);
  tip.hidden = !each;
  if (!each) return;
  const line = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  tip.replaceChildren(line("strong", each.country && each.country !== each.name ? `${each.name}, ${each.country}` : each.name), line("small", `${each.claims} claims: ${each.cooperation} cooperative, ${each.conflict} conflictual`));
  const box = event.target.getBoundingClientRect();
  const own = figure.getBoundingClientRect();
  tip.style.left = `${Math.max(0, Math.min(box.right - own.left + 8, own.width - tip.offsetWidth))}px`;
  tip.style.top = `${box.bottom - own.top + 8}px`;
}
for (const kind of ["mouseover", "focusin"]) svg.addEventListener(kind, hint);
for (const kind of ["mouseleave", "focusout"]) svg.addEventListener(kind, () => { tip.hidden = true; });
draw().catch((error) => { note.textContent = `The map could not be drawn (${error.message}); the list below says the same.`; });
