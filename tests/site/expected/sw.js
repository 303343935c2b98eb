// This site keeps nothing for readers without a network any more: what an earlier version kept is taken away.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) =>
  event.waitUntil(
    Promise.all(["kept", "visited"].map((name) => caches.delete(`${name} ${self.registration.scope}`))).then(() =>
      self.registration.unregister(),
    ),
  ),
);
