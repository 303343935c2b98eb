// The search page, on top of Pagefind. Words and filters are in the address, so that a search can be saved and shared.
// "/" focuses the input, arrow keys move through the results, and Enter focuses the first one.
// Each language of the site has its own index and its own copy of Pagefind, which handles one language at a time. Results
// in the page's language come first.
const search = document.querySelector(".search");
const form = search.querySelector("form");
const input = form.elements.q;
const status = search.querySelector("[role=status]");
const list = search.querySelector(".results");
const more = search.querySelector(".search-more");
const PAGE_SIZE = 10;
const MAX_SECTIONS = 3;
const DELAY = 150;
const EXCERPT_LENGTH = 24;
// A character of a script without spaces between words; each is a word of its own in the index
const LETTER =
  /(?=[\p{L}\p{N}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]\p{M}*/gu;
const LETTERS = /^(zh|ja|th|lo|km|my)\b/;
const RUN = new RegExp(`(?:${LETTER.source})+`, "gu");
const messages = JSON.parse(search.dataset.words);
const languages = JSON.parse(search.dataset.languages);
const [own] = languages;
const plural = new Intl.PluralRules(own.lang);
const filters = ["side", "play", "series"].map((name) => form.elements[name]);
const root = new URL(search.dataset.root, location.href);
const indexes = await Promise.all(languages.map(openIndex)).catch(() => null);
let found = [];
let latest = 0;

/** Open the index of a language. */
async function openIndex({ lang, dir, folder }) {
  const base = new URL(search.dataset.index, location.href);
  const { href: program } = new URL(folder ? `pagefind.js?${lang}` : "pagefind.js", base);
  const index = await import(program);
  const excerptLength = LETTERS.test(lang) ? 3 * EXCERPT_LENGTH : EXCERPT_LENGTH;
  const { pathname: basePath } = new URL(folder, base);
  await index.options({ basePath, baseUrl: root.pathname, excerptLength, noWorker: folder !== "" });
  return { index, lang, dir };
}

/** Return the queries for `text`: its words together, and each run of characters without spaces as a phrase. */
function queriesFor(text) {
  const runs = (text.match(RUN) ?? []).map((run) => `"${run.match(LETTER).join(" ")}"`);
  const others = text.replace(RUN, " ").trim();
  return [...(/[\p{L}\p{N}]/u.test(others) || !runs.length ? [others || null] : []), ...runs];
}

/** Return the pages of one language that every query finds. */
async function searchIndex({ index, lang, dir }, text, chosen) {
  const answers = await Promise.all(queriesFor(text).map((each) => index.search(each, { filters: chosen })));
  const [first, ...others] = answers.map(({ results }) => results);
  const all = first.filter(({ id }) => others.every((results) => results.some((each) => each.id === id)));
  return all.map((result) => ({ score: result.score, data: async () => ({ ...(await result.data()), lang, dir }) }));
}

/** Return the results in the page's language, then those in all others by score. */
async function searchAll(text, chosen) {
  const [first, ...others] = await Promise.all(indexes.map((each) => searchIndex(each, text, chosen)));
  return [...first, ...others.flat().sort((one, other) => other.score - one.score)];
}

/** Show the text of an excerpt with its highlights, and no other markup. */
function fillExcerpt(element, excerpt) {
  for (const node of new DOMParser().parseFromString(excerpt, "text/html").body.childNodes) {
    const text = document.createTextNode(node.textContent);
    if (node.nodeName === "MARK") element.appendChild(document.createElement("mark")).append(text);
    else element.append(text);
  }
}

/** Show a page's kind, or its series, part and side, each in its own direction. */
function fillPlace(element, { kind, series, part, side }) {
  for (const text of [kind, series, part, side && messages[side]].filter(Boolean)) {
    if (element.hasChildNodes()) element.append(" · ");
    element.appendChild(document.createElement("bdi")).append(text);
  }
}

/** Return the list item of a result. */
function resultItem({ url, meta, excerpt, sub_results, lang, dir }) {
  const item = document.querySelector("#result").content.cloneNode(true).firstElementChild;
  const [kicker, link, text, sections] = item.querySelectorAll("p, a, ul");
  if (lang !== own.lang) for (const each of [link.parentElement, text, sections]) Object.assign(each, { lang, dir });
  fillPlace(kicker, meta);
  link.textContent = meta.title;
  link.href = url;
  fillExcerpt(text, excerpt);
  for (const section of sub_results.filter((each) => each.url.includes("#")).slice(0, MAX_SECTIONS)) {
    const entry = sections.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
    entry.textContent = section.title;
    entry.href = section.url;
  }
  if (!sections.children.length) sections.remove();
  if (!kicker.textContent) kicker.remove();
  return item;
}

/** Return the message on the number of results. */
function statusText(count) {
  const text = input.value.trim();
  const forms = text ? messages.foundWith : messages.found;
  const message = count ? (forms[plural.select(count)] ?? forms.other) : text ? messages.nothingWith : messages.nothing;
  return message.replace("{count}", count.toLocaleString(own.lang)).replace("{words}", () => text);
}

/** Show the next results of the search `number`, unless it is outdated. */
async function show(number) {
  const first = list.children.length;
  const pages = await Promise.all(found.slice(first, first + PAGE_SIZE).map((result) => result.data()));
  if (number !== latest) return;
  list.append(...pages.map(resultItem));
  more.hidden = list.children.length >= found.length;
}

/** Search for the words and filters in the form; a later search replaces an earlier one. */
async function run(pause = DELAY) {
  const number = ++latest;
  const chosen = Object.fromEntries(filters.filter((each) => each.value).map((each) => [each.name, each.value]));
  const text = input.value.trim();
  history.replaceState(null, "", address({ ...(text && { q: text }), ...chosen }));
  await new Promise((resolve) => setTimeout(resolve, pause));
  if (number !== latest) return;
  const nothing = !text && !Object.keys(chosen).length;
  const answer = nothing ? [] : await searchAll(text, chosen);
  if (number !== latest) return;
  found = answer;
  list.replaceChildren();
  more.hidden = true;
  await show(number);
  if (number === latest) status.textContent = nothing ? "" : statusText(found.length);
}

/** Return the address of a search. */
function address(parameters) {
  const query = new URLSearchParams(parameters).toString();
  return location.pathname + (query && `?${query}`);
}

/** Move the focus by keyboard between the input and the links of the results. */
function moveFocus(event) {
  const links = [input, ...list.querySelectorAll("a")];
  const here = links.indexOf(document.activeElement);
  const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "/" && (event.target === input ? !input.value : !event.target.closest("select"))) input.select();
  else if (event.key === "Escape" && here > 0) input.focus();
  else if (direction && here >= 0 && links[here + direction]) links[here + direction].focus();
  else return;
  event.preventDefault();
}

/** Run the search in the address, unless the reader has already started one. */
async function searchFromAddress() {
  if (latest) return;
  const parameters = new URLSearchParams(location.search);
  for (const filter of filters) {
    const values = [...filter.options].map((option) => option.value);
    filter.value = values.includes(parameters.get(filter.name)) ? parameters.get(filter.name) : "";
  }
  input.value ||= parameters.get("q") ?? "";
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
    await show(latest);
    list.children[next]?.querySelector("a").focus();
  });
  document.addEventListener("keydown", moveFocus);
  await searchFromAddress();
} else {
  form.hidden = true;
  status.textContent = messages.failed;
}
