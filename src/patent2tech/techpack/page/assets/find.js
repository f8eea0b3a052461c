// Finding: matches run across inline links, so each block's text is searched as one string and mapped back to nodes.
const findInput = $("#find");
const findCount = $("#find-count");
const MOST = 5000;
const finder = { blocks: null, ranges: [], now: -1 };

function blocks() {
  finder.blocks ??= $$("main [data-t]").map((block) => {
    const nodes = [];
    let text = "";
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest(".paragraph-number")) continue;
      nodes.push({ node: walker.currentNode, start: text.length });
      text += walker.currentNode.data;
    }
    return { nodes, text };
  });
  return finder.blocks;
}
function spot(nodes, offset, closing) {
  let low = 0;
  for (let high = nodes.length - 1; low < high;) {
    const middle = (low + high + 1) >> 1;
    if (closing ? nodes[middle].start < offset : nodes[middle].start <= offset) low = middle; else high = middle - 1;
  }
  return [nodes[low].node, offset - nodes[low].start];
}
function rangesOf(query) {
  const words = query.normalize("NFC").trim().split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|\/-]/g, "\\$&"));
  const pattern = new RegExp(words.join("\\s+"), "giu");
  const ranges = [];
  for (const { nodes, text } of blocks()) {
    for (const match of text.matchAll(pattern)) {
      const range = new Range();
      range.setStart(...spot(nodes, match.index, false));
      range.setEnd(...spot(nodes, match.index + match[0].length, true));
      if (ranges.push(range) >= MOST) return ranges;
    }
  }
  return ranges;
}
function light(name, ranges) {
  // Without the highlight interface the current place is still shown, as the selection.
  if (globalThis.Highlight) CSS.highlights.set(name, new Highlight(...ranges));
  else if (name === "current") {
    getSelection().removeAllRanges();
    if (ranges[0]) getSelection().addRange(ranges[0]);
  }
}
function showCount(label = "") {
  const total = finder.ranges.length;
  findCount.textContent = label === "" && total === 0 ? "" : `${finder.now + 1} / ${total}${total >= MOST ? "+" : ""}`;
  $("#find-next").disabled = $("#find-previous").disabled = total === 0;
}
function present(ranges, label) {
  finder.ranges = ranges;
  finder.now = -1;
  light("found", ranges);
  light("current", []);
  showCount(label);
}
function step(by) {
  const total = finder.ranges.length;
  if (!total) return;
  finder.now = finder.now < 0 && by < 0 ? total - 1 : (finder.now + by + total) % total;
  const range = finder.ranges[finder.now];
  unfold(range.startContainer.parentElement);
  light("current", [range]);
  const box = range.getBoundingClientRect();
  if (box.top < 80 || box.bottom > innerHeight - 40) scrollBy({ top: box.top - innerHeight * 0.35, behavior: "instant" });
  showCount("step");
}
function firstBelow() {
  // The search goes on from where the reader is.
  const at = finder.ranges.findIndex((range) => range.getBoundingClientRect().bottom > 60);
  finder.now = (at < 0 ? 0 : at) - 1;
  step(1);
}
function search(query) {
  for (const pressed of $$(".numeral [aria-pressed='true']")) pressed.setAttribute("aria-pressed", "false");
  const text = query.trim();
  const enough = text.length > 1 || /[^\p{Script=Latin}\s]/u.test(text);
  present(enough ? rangesOf(text) : [], enough ? text : "");
  if (finder.ranges.length) firstBelow();
}
let waiting = 0;
function searchSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(search, 120, findInput.value);
}
// A syllable that is still being composed is not yet what the reader asks for.
findInput.addEventListener("input", (event) => { if (!event.isComposing) searchSoon(); });
findInput.addEventListener("compositionend", searchSoon);
findInput.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter") {
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape") {
    event.preventDefault();
    clearTimeout(waiting);
    findInput.value = "";
    search("");
    findInput.blur();
  }
});
$("#find-form").addEventListener("submit", (event) => event.preventDefault());
$("#find-next").addEventListener("click", () => step(1));
$("#find-previous").addEventListener("click", () => step(-1));

const shortcuts = $("#shortcuts");
shortcuts.checked = kept("p2t.shortcuts") !== "off";
shortcuts.addEventListener("change", () => keep("p2t.shortcuts", shortcuts.checked ? "on" : "off"));
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !shortcuts.checked) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  event.preventDefault();
  findInput.focus();
  findInput.select();
});
addEventListener("click", (event) => {
  const term = event.target.closest("[data-find]");
  if (!term) return;
  findInput.value = term.dataset.find;
  search(term.dataset.find);
});
