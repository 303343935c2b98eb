// Lets the site be read without a network, from the second page on.
const { worker } = document.currentScript.dataset;
addEventListener("load", () => navigator.serviceWorker?.register(worker, { updateViaCache: "none" }).catch(() => {}));
