// The page to search from. Pagefind's indexes answer; words and filters stand in the address, so that a search can be
// kept and sent. "/" leads to the words, arrows through what was found, Enter to the first of it.
// There is an index for each language of the site. Pagefind knows one language at a time, so each has a copy of its
// program, and what is found in the page's own language comes first.
const search = document.querySelector(".search");
const form = search.querySelector("form");
const words = form.elements.q;
const status = search.querySelector("[role=status]");
const list = search.querySelector(".results");
const more = search.querySelector(".search-more");
const AT_ONCE = 10;
const SECTIONS = 3;
const PAUSE = 150;
const EXCERPT = 24;
// A letter of a script that puts no blanks between words; each is a word of its own in the index
const LETTER =
  /(?=[\p{L}\p{N}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]\p{M}*/gu;
const LETTERS = /^(zh|ja|th|lo|km|my)\b/;
const RUN = new RegExp(`(?:${LETTER.source})+`, "gu");
const said = JSON.parse(search.dataset.words);
const languages = JSON.parse(search.dataset.languages);
const [own] = languages;
const plural = new Intl.PluralRules(own.lang);
const filters = ["side", "play", "series"].map((name) => form.elements[name]);
const root = new URL(search.dataset.root, location.href);
const indexes = await Promise.all(languages.map(opened)).catch(() => null);
let found = [];
let asked = 0;

/** Open the index of a language. */
async function opened({ lang, dir, folder }) {
  const base = new URL(search.dataset.index, location.href);
  const { href: program } = new URL(folder ? `pagefind.js?${lang}` : "pagefind.js", base);
  const index = await import(program);
  const excerptLength = LETTERS.test(lang) ? 3 * EXCERPT : EXCERPT;
  const { pathname: basePath } = new URL(folder, base);
  await index.options({ basePath, baseUrl: root.pathname, excerptLength, noWorker: folder !== "" });
  return { index, lang, dir };
}

/** Return the searches that `what` stands for: its words, and each run of letters without blanks, all in a row. */
function searches(what) {
  const runs = (what.match(RUN) ?? []).map((run) => `"${run.match(LETTER).join(" ")}"`);
  const others = what.replace(RUN, " ").trim();
  return [...(/[\p{L}\p{N}]/u.test(others) || !runs.length ? [others || null] : []), ...runs];
}

/** Return the pages of one language that every search finds. */
async function foundIn({ index, lang, dir }, what, chosen) {
  const answers = await Promise.all(searches(what).map((each) => index.search(each, { filters: chosen })));
  const [first, ...others] = answers.map(({ results }) => results);
  const all = first.filter(({ id }) => others.every((results) => results.some((each) => each.id === id)));
  return all.map((result) => ({ score: result.score, data: async () => ({ ...(await result.data()), lang, dir }) }));
}

/** Return the pages of all languages: first those in the page's own, then the others by how well they fit. */
async function foundInAll(what, chosen) {
  const [first, ...others] = await Promise.all(indexes.map((each) => foundIn(each, what, chosen)));
  return [...first, ...others.flat().sort((one, other) => other.score - one.score)];
}

/** Show the text of an excerpt with its marks, and nothing else that may stand in it. */
function marked(element, excerpt) {
  for (const node of new DOMParser().parseFromString(excerpt, "text/html").body.childNodes) {
    const text = document.createTextNode(node.textContent);
    if (node.nodeName === "MARK") element.appendChild(document.createElement("mark")).append(text);
    else element.append(text);
  }
}

/** Show where a page stands: its series, its part and its side, or what kind of page it is, each in its own direction. */
function place(element, { kind, series, part, side }) {
  for (const words of [kind, series, part, side && said[side]].filter(Boolean)) {
    if (element.hasChildNodes()) element.append(" · ");
    element.appendChild(document.createElement("bdi")).append(words);
  }
}

function shown({ url, meta, excerpt, sub_results, lang, dir }) {
  const item = document.querySelector("#result").content.cloneNode(true).firstElementChild;
  const [kicker, link, text, sections] = item.querySelectorAll("p, a, ul");
  if (lang !== own.lang) for (const each of [link.parentElement, text, sections]) Object.assign(each, { lang, dir });
  place(kicker, meta);
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
  const forms = what ? said.foundWith : said.found;
  const text = count ? (forms[plural.select(count)] ?? forms.other) : what ? said.nothingWith : said.nothing;
  return text.replace("{count}", count.toLocaleString(own.lang)).replace("{words}", () => what);
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
  const answer = nothing ? [] : await foundInAll(what, chosen);
  if (number !== asked) return;
  found = answer;
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

if (indexes) {
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
  status.textContent = said.failed;
}
