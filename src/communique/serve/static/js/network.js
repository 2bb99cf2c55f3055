// Who deals with whom: laid out once by d3-force (the same data always gives the same picture), drawn as links that open what they stand for.
const { forceSimulation, forceLink, forceManyBody, forceX, forceY, forceCollide } = globalThis.d3;
const told = JSON.parse(document.getElementById("network-data").textContent);
const svg = document.querySelector(".network > svg");
const WIDTH = 760;
const HEIGHT = 520;
const name = "http://www.w3.org/2000/svg";

const make = (tag, attributes, parent, text) => {
  const element = document.createElementNS(name, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  parent.append(element);
  return element;
};

const heaviest = Math.max(...told.nodes.map((each) => each.weight));
const radius = (node) => 3 + 9 * Math.sqrt(node.weight / heaviest);
const thick = (link) => Math.min(7, 1 + Math.log2(link.claims));

forceSimulation(told.nodes)
  .force("link", forceLink(told.links).id((each) => each.id).distance((each) => 70 / (1 + Math.log2(each.claims) / 4)).strength(0.35))
  .force("apart", forceManyBody().strength(-190))
  .force("x", forceX(WIDTH / 2).strength(0.07))
  .force("y", forceY(HEIGHT / 2).strength(0.11))
  .force("collide", forceCollide((each) => radius(each) + 12))
  .stop()
  .tick(320);

const spread = (axis, size, margin) => {
  const values = told.nodes.map((each) => each[axis]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const scale = Math.min(2.2, (size - 2 * margin) / Math.max(1, high - low));
  for (const each of told.nodes) each[axis] = size / 2 + (each[axis] - (low + high) / 2) * scale;
};
spread("x", WIDTH, 64);
spread("y", HEIGHT, 26);

for (const link of told.links) {
  const { source, target } = link;
  const tie = make("a", { href: link.href, "aria-label": `${source.name} and ${target.name}: ${link.claims} claims, score ${link.score}`, tabindex: "-1", "data-ends": `${source.id} ${target.id}` }, svg);
  make("title", {}, tie, `${source.name} – ${target.name}: ${link.claims} claims, score ${link.score > 0 ? "+" : ""}${link.score}`);
  const path = `M${source.x.toFixed(1)} ${source.y.toFixed(1)}L${target.x.toFixed(1)} ${target.y.toFixed(1)}`;
  make("path", { d: path, class: "reach" }, tie);
  make("path", { d: path, class: `tie ${link.score < 0 ? "bad" : "good"}`, "stroke-width": thick(link).toFixed(1) }, tie);
}
// Labels are given to the weightiest first, wherever they cover no other label and no other actor.
const taken = told.nodes.map((each) => ({ left: each.x - radius(each), right: each.x + radius(each), top: each.y - radius(each), bottom: each.y + radius(each), id: each.id }));
function place(node, text) {
  const width = text.length * 6.4;
  const gap = radius(node) + 4;
  for (const [x, y, anchor] of [[node.x + gap, node.y + 4, "start"], [node.x - gap, node.y + 4, "end"], [node.x, node.y - gap, "middle"], [node.x, node.y + gap + 9, "middle"]]) {
    const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
    const box = { left, right: left + width, top: y - 10, bottom: y + 3, id: node.id };
    const free = box.left > 2 && box.right < WIDTH - 2 && box.top > 2 && box.bottom < HEIGHT - 2 && taken.every((each) => each.id === node.id || each.right < box.left || each.left > box.right || each.bottom < box.top || each.top > box.bottom);
    if (free) { taken.push({ ...box, id: "" }); return { x, y, anchor }; }
  }
  return null;
}
for (const node of [...told.nodes].sort((one, other) => other.weight - one.weight)) {
  const link = make("a", { href: node.href, "aria-label": node.name, "data-node": node.id }, svg);
  make("title", {}, link, node.name);
  make("circle", { cx: node.x.toFixed(1), cy: node.y.toFixed(1), r: radius(node).toFixed(1) }, link);
  const text = node.name;
  const found = place(node, text);
  if (found) make("text", { x: found.x.toFixed(1), y: found.y.toFixed(1), "text-anchor": found.anchor, "aria-hidden": "true" }, link, text);
}

// Pointing at an actor leaves only its own ties in sight.
function focus(id) {
  const near = new Set([id]);
  for (const tie of svg.querySelectorAll("[data-ends]")) {
    const ends = tie.dataset.ends.split(" ");
    const own = !id || ends.includes(id);
    tie.classList.toggle("faded", !own);
    if (own) ends.forEach((each) => near.add(each));
  }
  for (const node of svg.querySelectorAll("[data-node]")) node.classList.toggle("faded", Boolean(id) && !near.has(node.dataset.node));
}
for (const kind of ["mouseover", "focusin"]) svg.addEventListener(kind, (event) => focus(event.target.closest("[data-node]")?.dataset.node));
for (const kind of ["mouseleave", "focusout"]) svg.addEventListener(kind, () => focus(null));
