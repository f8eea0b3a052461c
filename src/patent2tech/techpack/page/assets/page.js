"use strict";
const root = document.documentElement;
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

function keep(name, value) {
  try { localStorage.setItem(name, value); } catch {}
}
function kept(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

// Language and theme
$("#switch-ui").addEventListener("click", () => {
  root.lang = root.dataset.ui = root.dataset.ui === "ko" ? "en" : "ko";
  keep("p2t.ui", root.dataset.ui);
});
$("#switch-theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  keep("p2t.theme", root.dataset.theme);
});

// A place may lie in a folded part of the page.
function unfold(element) {
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}
function arrive() {
  let anchor = "";
  try { anchor = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const place = anchor && document.getElementById(anchor);
  if (!place) return;
  unfold(place);
  place.scrollIntoView({ behavior: "instant" });
}
addEventListener("hashchange", arrive);
arrive();
// Fonts and images settle after the first layout and move the place away.
addEventListener("load", () => { if (location.hash) arrive(); });

addEventListener("click", (event) => {
  const button = event.target.closest("[data-fold]");
  if (!button) return;
  for (const fold of $$("details.dependents", $(button.dataset.fold))) fold.open = button.dataset.open === "true";
});

let folded = [];
addEventListener("beforeprint", () => {
  folded = $$("details:not([open])");
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => { for (const fold of folded) fold.open = false; });

// The contents follow the reader; on a phone they start folded.
const contents = $(".contents");
const narrow = matchMedia("(max-width: 63.99rem)");
const foldContents = () => { $("details", contents).open = !narrow.matches; };
narrow.addEventListener("change", foldContents);
foldContents();
contents.addEventListener("click", (event) => {
  if (event.target.closest("a")) foldContents();
});
const marks = $$("a", contents)
  .map((link) => ({ link, place: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
  .filter(({ place }) => place && !place.matches(".claim"));
let following = false;
function follow() {
  following = false;
  const line = 140;
  let here = null;
  for (const mark of marks) if (mark.place.getBoundingClientRect().top <= line) here = mark;
  for (const { link } of marks) link.toggleAttribute("aria-current", link === here?.link);
  if (here) {
    here.link.setAttribute("aria-current", "location");
    const box = here.link.getBoundingClientRect();
    const frame = contents.getBoundingClientRect();
    if (contents.scrollHeight > contents.clientHeight && (box.top < frame.top || box.bottom > frame.bottom)) {
      contents.scrollTop += box.top - frame.top - frame.height / 2;
    }
  }
}
addEventListener("scroll", () => {
  if (!following) { following = true; requestAnimationFrame(follow); }
}, { passive: true });
follow();
