"use strict";
const root = document.documentElement;
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

function keep(name, value) {
  try { localStorage.setItem(name, value); } catch {}
}

// Language and theme
$("#switch-ui").addEventListener("click", (event) => keep("p2t.ui", event.currentTarget.hreflang));
$("#switch-theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  keep("p2t.theme", root.dataset.theme);
});

// A page that the browser kept whole comes back without its first script.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  try {
    const { "p2t.ui": ui, "p2t.theme": theme } = localStorage;
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if ((ui === "en" || ui === "ko") && ui !== root.lang) location.replace(`/?lang=${ui}`);
  } catch {}
});

// The filter
const find = $("#find");
const folded = (text) => text.normalize("NFKC").toLocaleLowerCase();
function filter() {
  if (!find || !$("#patents")) return;
  const words = folded(find.value).split(/\s+/).filter(Boolean);
  const rows = $$(".patent");
  let shown = 0;
  for (const row of rows) {
    const text = folded($(".about", row).textContent);
    row.hidden = !words.every((word) => text.includes(word));
    shown += !row.hidden;
  }
  $("#find-count").textContent = words.length ? `${shown} / ${rows.length}` : "";
  const none = $("#no-match");
  if (none) none.hidden = shown > 0 || !words.length;
  const partial = $("#partial");
  if (partial) partial.hidden = !words.length;
}
if (find) {
  find.addEventListener("input", (event) => { if (!event.isComposing) filter(); });
  find.addEventListener("compositionend", filter);
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    find.value = "";
    filter();
    find.blur();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    find.focus();
    find.select();
  });
  // A browser brings the text back when the reader returns to the page.
  filter();
}

// The list
async function pageAt(address) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(response.statusText);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}
async function showLatest(numbers) {
  const page = await pageAt(`/?lang=${root.lang}`);
  $("#patents").replaceWith(document.adoptNode($("#patents", page)));
  for (const row of $$(".patent")) row.classList.toggle("new", numbers.has(row.dataset.number));
  filter();
}
document.addEventListener("click", async (event) => {
  const more = event.target.closest("[data-more]");
  if (!more || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  more.setAttribute("aria-busy", "true");
  try {
    const page = await pageAt(more.href);
    const rows = $$(".patent", page).map((row) => document.adoptNode(row));
    $("ol.patents").append(...rows);
    const next = $(".more", page);
    if (next) $(".more").replaceWith(document.adoptNode(next));
    else $(".more").remove();
    $("h3 a", rows[0])?.focus();
    filter();
  } catch {
    location.assign(more.href);
  }
});
