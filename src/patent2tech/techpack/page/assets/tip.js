// What a mention stands for, shown beside it: the name at a numeral, the drawing at a figure.
const tip = $("#tip");
const roomForDrawings = matchMedia("(hover: hover) and (min-width: 64rem)");
let tipWait = 0;
let told = null;

for (const mention of $$(".num[title]")) {
  mention.dataset.name = mention.title;
  mention.setAttribute("aria-description", mention.title);
  mention.removeAttribute("title");
}
function drawingOf(link) {
  const figure = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const sheet = figure && $("a[href^='#sheet']", figure);
  return sheet && $("[data-zoom]", document.getElementById(sheet.hash.slice(1)));
}
function hideTip() {
  clearTimeout(tipWait);
  tip.hidden = true;
  told = null;
}
function showTip(mention) {
  clearTimeout(tipWait);
  const drawing = mention.dataset.name ? null : drawingOf(mention);
  if (!mention.dataset.name && !(drawing && roomForDrawings.matches)) return hideTip();
  tip.className = drawing ? `drawing ${drawing.classList.contains("line") ? "line" : ""}` : "";
  if (drawing) {
    const image = $("img", drawing).cloneNode();
    apply(tip, turned(drawing));
    tip.replaceChildren(image);
  } else {
    tip.textContent = mention.dataset.name;
    tip.lang = mention.closest("[lang]").lang;
  }
  tip.hidden = false;
  told = mention;
  placeTip();
}
function placeTip() {
  const box = told.getClientRects()[0];
  const left = box.left + box.width / 2 - tip.offsetWidth / 2;
  const above = box.top - tip.offsetHeight - 4;
  tip.style.left = `${Math.min(Math.max(8, left), root.clientWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${above > 60 ? above : Math.min(box.bottom + 4, innerHeight - tip.offsetHeight - 4)}px`;
}
// The pointer may wander onto what is shown without losing it, so leaving takes a moment to count.
addEventListener("mouseover", (event) => {
  const over = event.target.closest?.("main .num, main .ref, #tip");
  clearTimeout(tipWait);
  if (!over) tipWait = setTimeout(hideTip, 200);
  else if (over !== tip) tipWait = setTimeout(showTip, over.matches(".ref") ? 300 : 60, over);
});
addEventListener("focusin", (event) => {
  if (event.target.matches?.("main .num, main .ref") && event.target.matches(":focus-visible")) showTip(event.target);
  else hideTip();
});
// Scrolling takes the tip along while its mention stays under the pointer or in focus.
addEventListener("scroll", () => {
  if (told?.matches(":hover, :focus-visible")) placeTip();
  else if (told) hideTip();
}, { passive: true });
addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });
