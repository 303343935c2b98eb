// The page to search from. Pagefind's index answers; words and filters stand in the address, so that a search can be
// kept and sent. "/" leads to the words, arrows through what was found, Enter to the first of it.
const search = document.querySelector(".search");
const form = search.querySelector("form");
const words = form.elements.q;
const status = search.querySelector("[role=status]");
const list = search.querySelector(".results");
const more = search.querySelector(".search-more");
const AT_ONCE = 10;
const SECTIONS = 3;
const PAUSE = 150;
const SIDES = { cost: "− Cost", benefit: "+ Benefit" };
const filters = ["side", "play", "series"].map((name) => form.elements[name]);
const root = new URL(search.dataset.root, location.href);
const index = await import(new URL("pagefind.js", new URL(search.dataset.index, location.href)).href).catch(() => null);
let found = [];
let asked = 0;

/** Show the text of an excerpt with its marks, and nothing else that may stand in it. */
function marked(element, excerpt) {
  for (const node of new DOMParser().parseFromString(excerpt, "text/html").body.childNodes) {
    const text = document.createTextNode(node.textContent);
    if (node.nodeName === "MARK") element.appendChild(document.createElement("mark")).append(text);
    else element.append(text);
  }
}

/** Return where a page stands: its series, its part and its side, or what kind of page it is. */
function place({ kind, series, part, side }) {
  return [kind, series, part, side && SIDES[side]].filter(Boolean).join(" · ");
}

function shown({ url, meta, excerpt, sub_results }) {
  const item = document.querySelector("#result").content.cloneNode(true).firstElementChild;
  const [kicker, link, text, sections] = item.querySelectorAll("p, a, ul");
  kicker.textContent = place(meta);
  link.textContent = meta.title;
  link.href = url;
  marked(text, excerpt);
  for (const section of sub_results.filter((each) => each.url.includes("#")).slice(0, SECTIONS)) {
    const entry = sections.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
    entry.textContent = section.title;
    entry.href = section.url;
  }
  if (!sections.children.length) sections.remove();
  if (!kicker.textContent) kicker.remove();
  return item;
}

function told(count) {
  const what = words.value.trim();
  const pages = `${count} page${count === 1 ? "" : "s"}`;
  if (!count) return `Nothing${what && ` with “${what}”`}. Try fewer or shorter words, or take a filter away.`;
  return what ? `${pages} with “${what}”` : pages;
}

/** Show some more of what was found. */
async function show(number) {
  const first = list.children.length;
  const pages = await Promise.all(found.slice(first, first + AT_ONCE).map((result) => result.data()));
  if (number !== asked) return;
  list.append(...pages.map(shown));
  more.hidden = list.children.length >= found.length;
}

/** Search for what form and filters say now; a later search takes the place of an earlier one. */
async function run(pause = PAUSE) {
  const number = ++asked;
  const chosen = Object.fromEntries(filters.filter((each) => each.value).map((each) => [each.name, each.value]));
  const what = words.value.trim();
  history.replaceState(null, "", address({ ...(what && { q: what }), ...chosen }));
  await new Promise((resolve) => setTimeout(resolve, pause));
  if (number !== asked) return;
  const nothing = !what && !Object.keys(chosen).length;
  const answer = nothing ? { results: [] } : await index.search(what || null, { filters: chosen });
  if (number !== asked) return;
  found = answer.results;
  list.replaceChildren();
  more.hidden = true;
  await show(number);
  if (number === asked) status.textContent = nothing ? "" : told(found.length);
}

function address(said) {
  const query = new URLSearchParams(said).toString();
  return location.pathname + (query && `?${query}`);
}

/** Let the keyboard go from the words through all links that were found, and back. */
function step(event) {
  const links = [words, ...list.querySelectorAll("a")];
  const here = links.indexOf(document.activeElement);
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "/" && (event.target === words ? !words.value : !event.target.closest("select"))) words.select();
  else if (event.key === "Escape" && here > 0) words.focus();
  else if (way && here >= 0 && links[here + way]) links[here + way].focus();
  else return;
  event.preventDefault();
}

/** Search for what the address says, unless somebody has begun to search meanwhile. */
async function begin() {
  if (asked) return;
  const said = new URLSearchParams(location.search);
  for (const filter of filters) {
    const values = [...filter.options].map((option) => option.value);
    filter.value = values.includes(said.get(filter.name)) ? said.get(filter.name) : "";
  }
  words.value ||= said.get("q") ?? "";
  await run(0);
}

if (index) {
  await index.options({ baseUrl: root.pathname, excerptLength: 24 });
  form.addEventListener("input", () => run());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await run(0);
    list.querySelector("a")?.focus();
  });
  more.addEventListener("click", async () => {
    const next = list.children.length;
    await show(asked);
    list.children[next]?.querySelector("a").focus();
  });
  document.addEventListener("keydown", step);
  await begin();
} else {
  form.hidden = true;
  status.textContent = "The index to search in could not be loaded. There are other ways.";
}
