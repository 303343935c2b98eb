// Keeps the site for readers without a network. What stands above names every file that is kept, with a digest of what
// it holds: a new version fetches what has changed, and takes away what is gone. Pages are asked of the network first.
const KEPT = `kept ${self.registration.scope}`;
const VISITED = `visited ${self.registration.scope}`;
const NAMED_BY_CONTENT = /\.[0-9a-f]{10}\.[a-z0-9]+$|_[0-9a-f]{7,}\.pf_[a-z]+$/;
const PATIENCE = 4000;

const address = (path) => new URL(path, self.registration.scope);
const key = (path) => address(`${path}?${FILES[path]}`).href;
const path = (url) => decodeURI(url.href.slice(self.registration.scope.length).replace(/[?#].*$/, ""));
const isKept = (url) => Object.hasOwn(FILES, path(url));

async function keep() {
  const kept = await caches.open(KEPT);
  const before = new Set((await kept.keys()).map((request) => request.url));
  const missing = Object.keys(FILES).filter((each) => !before.has(key(each)));
  await Promise.all(
    missing.map(async (each) => {
      const answer = await fetch(address(each), { cache: "no-cache" });
      if (!answer.ok || answer.redirected) throw new TypeError(`${each}: ${answer.status}`);
      await kept.put(key(each), answer);
    }),
  );
}

async function tidy() {
  const kept = await caches.open(KEPT);
  const wanted = new Set(Object.keys(FILES).map(key));
  const old = (await kept.keys()).filter((request) => !wanted.has(request.url));
  await Promise.all([caches.delete(VISITED), ...old.map((request) => kept.delete(request))]);
  await self.clients.claim();
}

const found = async (url) =>
  (isKept(url) && (await (await caches.open(KEPT)).match(key(path(url))))) ||
  (await (await caches.open(VISITED)).match(url.href, { ignoreSearch: true }));

async function asked(request) {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) {
    await (await caches.open(VISITED)).put(new URL(request.url).href.replace(/[?#].*$/, ""), answer.clone());
  }
  return answer;
}

/** The network's answer; what is kept where it has none, or takes too long over it. */
async function page(request, url) {
  const fromNetwork = asked(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([fromNetwork.catch(() => null), late.then(() => found(url))]);
  return answer ?? (await found(url)) ?? (await fromNetwork.catch(() => null)) ?? (await found(address(OFFLINE)));
}

const file = async (request, url) => (await found(url)) ?? asked(request);

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(self.registration.scope)) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url));
  else if (isKept(url) || NAMED_BY_CONTENT.test(url.pathname)) event.respondWith(file(event.request, url));
  else event.respondWith(asked(event.request).catch(async () => (await found(url)) ?? Response.error()));
});
