// The timeline's graphic: one mark an event, cooperation above the line and conflict below it, announced events in a band of their own.
// Marks are drawn on a canvas, so thousands stay smooth; where days are too narrow for marks, bars with counts take their place.
const DAY = 86400000;
const MOST_PAGES = 5;
const RADIUS = 4.2;
const GAP = 10;
const AHEAD = 34; // height of the band of announced events
const AXIS = 20; // height of the labels below

const figure = document.querySelector("figure.timeline");
const canvas = figure.querySelector("canvas");
const note = figure.querySelector(".chart-note");
const tip = figure.querySelector(".tip");
const pen = canvas.getContext("2d");
const state = { points: [], from: 0, to: 1, whole: [0, 1], drawn: [], chosen: null, more: false, drag: null };

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const written = (time) => new Date(time).toISOString().slice(0, 10);
const x = (time) => ((time - state.from) / (state.to - state.from)) * canvas.clientWidth;
const timeAt = (place) => state.from + (place / canvas.clientWidth) * (state.to - state.from);

async function load() {
  let address = figure.dataset.points;
  for (let page = 0; address && page < MOST_PAGES; page += 1) {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    if (!answer.ok) { note.textContent = "The graphic could not be loaded; the list below is complete."; break; }
    const told = await answer.json();
    state.points.push(...told.points.map((each) => ({ ...each, time: Date.parse(each.day) })));
    address = told.next;
    frame();
    draw();
  }
  state.more = Boolean(address);
  say();
}

// Opens on the days that most events lie in: a remembered treaty of 1945 must not squeeze the week that the record is about.
function frame() {
  state.points.sort((one, other) => one.time - other.time);
  const times = state.points.map((each) => each.time);
  if (!times.length) return;
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  const pad = (first, last) => [first - Math.max(DAY, (last - first) * 0.03), last + Math.max(2 * DAY, (last - first) * 0.04)];
  state.whole = pad(times[0], times[times.length - 1]);
  [state.from, state.to] = state.whole;
  if (at(0.97) - at(0.08) < (times[times.length - 1] - times[0]) / 3) [state.from, state.to] = pad(at(0.08), at(0.97));
}

function say(text) {
  if (text) { note.textContent = text; return; }
  const seen = state.points.filter((each) => each.time >= state.from && each.time <= state.to).length;
  const all = state.more ? `the first ${state.points.length.toLocaleString("en")}` : state.points.length.toLocaleString("en");
  note.textContent = state.points.length ? `${written(state.from)} to ${written(state.to)}: ${seen.toLocaleString("en")} of ${all} dated events${state.more ? "; filter to see others" : ""}` : "No dated event fits.";
  const link = figure.querySelector("[data-do=list]");
  const rest = figure.dataset.rest;
  link.href = `${rest}${rest.endsWith("?") ? "" : "&"}since=${written(state.from)}&until=${written(state.to)}`;
}

// Bins of whole days, weeks, months or years, as wide as a mark at least.
function binDays() {
  const wide = canvas.clientWidth / ((state.to - state.from) / DAY);
  return [1, 7, 30, 91, 365, 730, 1826, 3652].find((days) => days * wide >= GAP) || 36500;
}

function draw() {
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = 280;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.height = `${height}px`;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = "11px Libre Franklin, sans-serif";
  state.drawn = [];
  const middle = AHEAD + (height - AHEAD - AXIS) * 0.5;
  axis(width, height, middle);
  const days = binDays();
  const bins = new Map();
  for (const each of state.points) {
    if (each.time < state.from - days * DAY || each.time > state.to) continue;
    const lane = each.status === "scheduled" ? "ahead" : each.quad > 2 ? "below" : "above";
    const key = `${lane}${Math.floor(each.time / (days * DAY))}`;
    if (!bins.has(key)) bins.set(key, { lane, time: Math.floor(each.time / (days * DAY)) * days * DAY, members: [] });
    bins.get(key).members.push(each);
  }
  const room = { ahead: Math.floor((AHEAD - 8) / GAP), above: Math.floor((middle - AHEAD - 6) / GAP), below: Math.floor((height - AXIS - middle - 6) / GAP) };
  const fullest = Math.max(1, ...[...bins.values()].filter((bin) => bin.lane !== "ahead").map((bin) => bin.members.length));
  const wide = Math.max(GAP - 2, x(days * DAY + state.from) - 2);
  for (const bin of bins.values()) {
    const place = x(bin.time) + (days === 1 ? x(state.from + DAY) / 2 : wide / 2);
    bin.members.sort((one, other) => one.quad % 2 - other.quad % 2 || one.time - other.time);
    const fits = bin.lane === "ahead" ? bin.members.length <= room.ahead : fullest <= room[bin.lane];
    if (fits) bin.members.forEach((each, number) => mark(each, place, placeOf(bin.lane, number, middle)));
    else bar(bin, place, wide, (room[bin.lane] * GAP * bin.members.length) / (bin.lane === "ahead" ? bin.members.length : fullest), middle, days);
  }
  lanes(height);
  ring();
}

function lanes(height) {
  for (const [text, down] of [["announced", 12], ["cooperation", AHEAD + 14], ["conflict", height - AXIS - 6]]) {
    pen.fillStyle = colour("--sheet");
    pen.fillRect(2, down - 10, pen.measureText(text).width + 6, 13);
    pen.fillStyle = colour("--soft");
    pen.fillText(text, 4, down);
  }
}

const placeOf = (lane, number, middle) => lane === "ahead" ? AHEAD - 8 - number * GAP : lane === "above" ? middle - 8 - number * GAP : middle + 8 + number * GAP;

function mark(each, across, down) {
  const ink = colour(each.quad > 2 ? "--conflict" : each.quad ? "--cooperation" : "--neutral");
  pen.beginPath();
  if (each.quad > 2) { pen.moveTo(across, down - RADIUS); pen.lineTo(across + RADIUS, down + RADIUS * 0.8); pen.lineTo(across - RADIUS, down + RADIUS * 0.8); pen.closePath(); }
  else pen.arc(across, down, RADIUS - 0.4, 0, 7);
  pen.setLineDash(each.status === "scheduled" ? [2, 1.6] : []);
  pen.strokeStyle = pen.fillStyle = ink;
  pen.lineWidth = 1.5;
  if (each.quad % 2 === 0 && each.quad) pen.fill();
  pen.stroke();
  if (each.disputed) { pen.setLineDash([]); pen.lineWidth = 1; pen.strokeStyle = colour("--ink"); pen.beginPath(); pen.arc(across, down, RADIUS + 2, 0, 7); pen.stroke(); }
  state.drawn.push({ across, down, reach: 7, events: [each] });
}

function bar(bin, place, wide, tall, middle, days) {
  const ink = colour(bin.lane === "below" ? "--conflict" : "--cooperation");
  const high = Math.max(2, tall);
  const top = bin.lane === "below" ? middle + 2 : (bin.lane === "ahead" ? AHEAD - 2 : middle - 2) - high;
  const material = bin.members.filter((each) => each.quad % 2 === 0).length / bin.members.length;
  pen.setLineDash([]);
  pen.fillStyle = pen.strokeStyle = ink;
  pen.lineWidth = 1.2;
  pen.strokeRect(place - wide / 2, top, wide, high);
  const filled = high * material; // the outer part of a bar is material, the inner one words
  pen.fillRect(place - wide / 2, bin.lane === "below" ? top + high - filled : top, wide, filled);
  state.drawn.push({ across: place, down: top + high / 2, reach: wide / 2, tall: high / 2, events: bin.members, days, time: bin.time });
}

function axis(width, height, middle) {
  pen.setLineDash([]);
  pen.strokeStyle = colour("--rule");
  pen.fillStyle = colour("--soft");
  pen.lineWidth = 1;
  const rule = (down) => { pen.beginPath(); pen.moveTo(0, down + 0.5); pen.lineTo(width, down + 0.5); pen.stroke(); };
  rule(AHEAD);
  const span = (state.to - state.from) / DAY;
  const wanted = Math.max(2, width / 110);
  const months = [0.25, 1, 3, 6, 12, 24, 60, 120, 600].find((each) => span / (each * 30.4) <= wanted) || 1200;
  const stepDays = [1, 2, 7, 14].find((days) => span / days <= wanted);
  const first = new Date(state.from);
  const years = Math.max(1, months / 12);
  let time = stepDays ? Math.ceil(state.from / (stepDays * DAY)) * stepDays * DAY : Date.UTC(Math.floor(first.getUTCFullYear() / years) * years, 0, 1);
  for (let number = 0; time <= state.to && number < 400; number += 1) {
    if (time >= state.from) {
      const place = x(time);
      pen.strokeStyle = colour("--hair");
      pen.beginPath(); pen.moveTo(place + 0.5, 0); pen.lineTo(place + 0.5, height - AXIS); pen.stroke();
      const day = new Date(time);
      const label = stepDays ? day.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: span < 20 ? undefined : "numeric", timeZone: "UTC" }) : months < 12 ? day.toLocaleDateString("en-GB", { month: "short", year: "numeric", timeZone: "UTC" }) : String(day.getUTCFullYear());
      pen.fillText(label, place + 3, height - 6);
    }
    if (stepDays) time += stepDays * DAY;
    else { const at = new Date(time); time = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + Math.max(1, months), 1); }
  }
  pen.strokeStyle = colour("--ink");
  rule(middle);
}

function ring() {
  const found = state.chosen && state.drawn.find((each) => each.events.includes(state.chosen));
  if (!found) return;
  pen.setLineDash([]);
  pen.strokeStyle = colour("--link");
  pen.lineWidth = 2;
  pen.beginPath(); pen.arc(found.across, found.down, 9, 0, 7); pen.stroke();
}

function at(event) {
  const box = canvas.getBoundingClientRect();
  const across = event.clientX - box.left;
  const down = event.clientY - box.top;
  let best = null;
  for (const each of state.drawn) {
    const away = Math.hypot(Math.max(0, Math.abs(each.across - across) - (each.tall ? each.reach : 0)), Math.max(0, Math.abs(each.down - down) - (each.tall || 0)));
    if (away <= 9 && (!best || away < best.away)) best = { ...each, away };
  }
  return best;
}

function hover(found) {
  canvas.classList.toggle("over", Boolean(found));
  tip.hidden = !found;
  if (!found) return;
  const line = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const [each] = found.events;
  if (found.tall) tip.replaceChildren(line("strong", `${found.events.length.toLocaleString("en")} events`), line("small", `${written(found.time)} to ${written(found.time + (found.days - 1) * DAY)}; choose to look closer`));
  else tip.replaceChildren(line("strong", each.title), line("small", `${each.type}${each.status === "occurred" ? "" : `, ${each.status}`} · ${each.when}${each.reports > 1 ? ` · ${each.reports} reports` : ""}${each.disputed ? " · reports differ" : ""}`));
  const left = Math.min(found.across + 10, canvas.clientWidth - tip.offsetWidth);
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${canvas.offsetTop + found.down + 12}px`;
}

function zoom(factor, about = (state.from + state.to) / 2) {
  const span = Math.min(Math.max((state.to - state.from) * factor, 3 * DAY), Math.max(state.whole[1] - state.whole[0], 3 * DAY) * 1.2);
  const share = (about - state.from) / (state.to - state.from);
  state.from = about - span * share;
  state.to = state.from + span;
  draw();
  say();
}

function step(direction) {
  if (!state.points.length) return;
  const now = state.points.indexOf(state.chosen);
  const first = state.points.findIndex((each) => each.time >= state.from);
  const next = now < 0 ? Math.max(0, first) : Math.min(state.points.length - 1, Math.max(0, now + direction));
  const each = state.chosen = state.points[next];
  const span = state.to - state.from;
  if (each.time < state.from || each.time > state.to) { state.from = each.time - span / 2; state.to = state.from + span; }
  draw();
  hover(state.drawn.find((drawn) => drawn.events.includes(each)));
  say(`${each.when}: ${each.title}, ${each.type}, ${each.status}`);
}

function open(found) {
  if (found.tall) { state.from = found.time - DAY; state.to = found.time + found.days * DAY + DAY; tip.hidden = true; draw(); say(); }
  else location.href = found.events[0].href;
}

canvas.addEventListener("pointermove", (event) => {
  if (state.drag) {
    const moved = timeAt(state.drag.x) - timeAt(event.clientX);
    state.drag.far = state.drag.far || Math.abs(state.drag.start - event.clientX) > 4;
    state.drag.x = event.clientX;
    state.from += moved; state.to += moved;
    draw();
  } else hover(at(event));
});
canvas.addEventListener("pointerdown", (event) => { if (event.pointerType !== "touch") { state.drag = { x: event.clientX, start: event.clientX, far: false }; canvas.setPointerCapture(event.pointerId); } });
canvas.addEventListener("pointerup", (event) => {
  const far = state.drag?.far;
  state.drag = null;
  if (far) { say(); return; }
  const found = at(event);
  if (found && event.pointerType === "touch" && tip.hidden) hover(found);
  else if (found) open(found);
});
canvas.addEventListener("pointerleave", () => hover(null));
canvas.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(event.clientX - canvas.getBoundingClientRect().left));
}, { passive: false });
canvas.addEventListener("keydown", (event) => {
  const act = { ArrowRight: () => step(1), ArrowLeft: () => step(-1), "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1.6), Enter: () => state.chosen && (location.href = state.chosen.href), Escape: () => hover(null) }[event.key];
  if (act) { event.preventDefault(); act(); }
});
figure.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-do]")?.dataset.do;
  if (asked === "in") zoom(0.5);
  if (asked === "out") zoom(2);
  if (asked === "all") { [state.from, state.to] = state.whole; draw(); say(); }
});
new ResizeObserver(() => draw()).observe(canvas);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());
await load();
