// Reloads the page after each good build, and shows the problems while builds fail.
let seen = null;

function panel() {
  const found = document.querySelector("#preview-problems");
  if (found) return found;
  const made = document.createElement("dialog");
  made.id = "preview-problems";
  made.setAttribute("aria-labelledby", "preview-problems-title");
  made.innerHTML = '<h2 id="preview-problems-title">This is the last good page</h2><p>The sources have changed since, and cannot be built:</p><pre role="alert"></pre><form method="dialog"><button>Close</button></form>';
  document.body.append(made);
  return made;
}

function show(problems) {
  const open = panel();
  open.querySelector("pre").textContent = problems;
  if (!open.open) open.show();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector("#preview-problems")?.close();
});

new EventSource(`/_preview/events?${encodeURIComponent(location.pathname)}`).onmessage = (event) => {
  const { version, problems } = JSON.parse(event.data);
  if (seen !== null && version !== seen) location.reload();
  seen = version;
  if (problems) show(problems);
  else document.querySelector("#preview-problems")?.close();
};
