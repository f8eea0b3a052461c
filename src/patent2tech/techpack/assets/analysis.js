// Citations: a chip leads to its place and marks the quoted words there.
const CLAIM_NUMBER = /^\s*\d{1,4}(?:\s*[-\u2013\u2014]\s*\d{1,4})?\s*[.)]?\s*/u;
addEventListener("click", (event) => {
  const chip = event.target.closest("a.cite[data-quote]");
  if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = document.getElementById(decodeURIComponent(chip.getAttribute("href").slice(1)));
  if (!place) return;
  event.preventDefault();
  history.pushState(null, "", chip.getAttribute("href"));
  unfold(place);
  place.scrollIntoView({ block: "center" });
  // The page shows a claim's number beside its text, and a quotation may begin with it.
  const marked = quoted(place, chip.dataset.quote);
  const ranges = marked.length ? marked : quoted(place, chip.dataset.quote.replace(CLAIM_NUMBER, ""));
  present(ranges, "");
  finder.now = ranges.length - 1;
  showCount();
  light("current", ranges);
  if (ranges[0]) {
    const box = ranges[0].getBoundingClientRect();
    if (box.top < 80 || box.bottom > innerHeight - 40) scrollBy({ top: box.top - innerHeight * 0.35, behavior: "instant" });
  }
});
// The page lays a text out in its own blocks, so white space is left aside when the words are looked for.
function quoted(place, quote) {
  const nodes = [];
  let text = "";
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const aside = walker.currentNode.parentElement.closest(".paragraph-number, .claim-head, .dependents, .hints");
    // A dependent claim lies itself within the dependents of another.
    if (aside && place.contains(aside)) continue;
    for (const match of walker.currentNode.data.matchAll(/\S/gu)) {
      nodes.push({ node: walker.currentNode, at: match.index, length: match[0].length });
      text += match[0].length === 1 ? match[0] : "\uffff";
    }
  }
  const wanted = [...quote.normalize("NFC").replace(/\s+/gu, "")].map((letter) => letter.length === 1 ? letter : "\uffff").join("");
  const start = wanted ? text.indexOf(wanted) : -1;
  if (start < 0) return [];
  const last = nodes[start + wanted.length - 1];
  const range = new Range();
  range.setStart(nodes[start].node, nodes[start].at);
  range.setEnd(last.node, last.at + last.length);
  return [range];
}
