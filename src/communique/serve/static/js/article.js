// The marked text and its cards: choosing a card lights its words, touching words shows what was coded from them.
const LABELS = {
  did: "did", who: "who", whom: "to whom", when: "when", where: "where", status: "status", if: "if", about: "about",
  said: "said", cue: "said with", speaker: "speaker", source: "according to", addressee: "to", reporter: "reported by",
  medium: "through", party: "party",
};
const text = document.getElementById("text");
const sheet = document.getElementById("sheet");
const sheetBody = document.getElementById("sheet-body");
const narrow = matchMedia("(max-width: 60rem)");
// A stretch may stand in several roles of one record; the narrowest is told, the clause around ("words") least of all.
const TELLING = ["did", "cue", "who", "whom", "party", "speaker", "source", "addressee", "reporter", "when", "where", "status", "if", "medium", "said", "about", "words"];
function rolesOf(element) {
  const of = new Map();
  for (const pair of element.dataset.of.split(" ")) {
    const [id, role] = pair.split("=");
    if (!of.has(id) || TELLING.indexOf(role) < TELLING.indexOf(of.get(id))) of.set(id, role);
  }
  return of;
}
const segments = [...text.querySelectorAll("[data-of]")].map((element) => ({ element, of: rolesOf(element) }));
const bySegment = new Map(segments.map((each) => [each.element, each.of]));
const cards = new Map([...document.querySelectorAll(".card")].map((card) => [card.id, card]));

// Lights the words of one record; each run of words says its role once.
function light(id) {
  let before = "";
  for (const { element, of } of segments) {
    const role = of.get(id);
    element.classList.toggle("lit", role !== undefined);
    element.classList.toggle("strong", role !== undefined && role !== "words");
    if (role && role !== before && LABELS[role] && element.textContent.trim()) element.dataset.tag = LABELS[role];
    else delete element.dataset.tag;
    before = role || "";
  }
}

function choose(id, { scroll = "text" } = {}) {
  const card = cards.get(id);
  for (const each of cards.values()) each.classList.toggle("chosen", each === card);
  for (const each of cards.values()) each.querySelector(".choose").removeAttribute("aria-current");
  light(card ? id : "");
  if (!card) return;
  card.querySelector(".choose").setAttribute("aria-current", "true");
  card.closest("details.group").open = true;
  card.querySelector("details.how").open = true;
  const first = segments.find(({ of }) => ["did", "cue", "said", "about"].includes(of.get(id))) || segments.find(({ of }) => of.has(id));
  if (scroll === "text" && first) first.element.scrollIntoView({ block: "center" });
  if (!narrow.matches) {
    const column = card.closest(".coded");
    column.scrollTo({ top: column.scrollTop + card.getBoundingClientRect().top - column.getBoundingClientRect().top - 40 });
  }
}

function show(ids) {
  const shown = ids.map((id) => cards.get(id)).filter(Boolean);
  sheetBody.replaceChildren(...shown.map((card) => {
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
    copy.querySelector("details.how").open = shown.length === 1;
    return copy;
  }));
  sheet.hidden = shown.length === 0;
}

function touched(of) {
  for (const [id, card] of cards) card.classList.toggle("touched", Boolean(of && of.has(id)));
}

text.addEventListener("click", (event) => {
  const element = event.target.closest("[data-of]");
  if (!element) return;
  event.preventDefault();
  const of = bySegment.get(element);
  const opened = element.getAttribute("href")?.slice(1) || [...of.keys()][0];
  history.replaceState(null, "", `#${opened}`);
  choose(opened, { scroll: "none" });
  touched(of);
  if (narrow.matches) show([opened, ...[...of.keys()].filter((id) => id !== opened)]);
});
for (const kind of ["mouseover", "focusin"]) text.addEventListener(kind, (event) => touched(bySegment.get(event.target.closest("[data-of]"))));
text.addEventListener("mouseleave", () => touched(null));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.choose");
  if (!link) return;
  event.preventDefault();
  sheet.hidden = true;
  history.replaceState(null, "", link.getAttribute("href"));
  choose(link.getAttribute("href").slice(1));
});
document.getElementById("sheet-close").addEventListener("click", () => { sheet.hidden = true; });
addEventListener("keydown", (event) => { if (event.key === "Escape") sheet.hidden = true; });
addEventListener("hashchange", () => choose(location.hash.slice(1)));
if (location.hash.length > 1) choose(location.hash.slice(1));
