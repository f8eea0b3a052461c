// Parts: all mentions of one part, and a table that filters and sorts.
for (const button of $$("[data-mentions]")) {
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const off = button.getAttribute("aria-pressed") === "true";
    findInput.value = "";
    search("");
    if (off) return;
    button.setAttribute("aria-pressed", "true");
    const ranges = $$(".num").filter((mention) => mention.dataset.part === button.dataset.mentions).map((mention) => {
      const range = new Range();
      range.selectNodeContents(mention);
      return range;
    });
    present(ranges, button.dataset.mentions);
  });
}

const partsBody = $(".parts tbody");
if (partsBody) {
  const rows = $$("tr", partsBody);
  const filter = $("#filter-parts");
  const filterRows = () => {
    const wanted = filter.value.normalize("NFC").trim().toLowerCase();
    let left = 0;
    for (const row of rows) {
      const text = `${$(".numeral button", row).lastChild.data} ${$(".names", row).textContent}`.toLowerCase();
      row.hidden = !text.includes(wanted);
      left += !row.hidden;
    }
    $("#filter-count").textContent = wanted ? `${left} / ${rows.length}` : "";
  };
  filter.addEventListener("input", filterRows);

  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const keys = {
    numeral: (row) => $(".numeral button", row).lastChild.data,
    name: (row) => $(".names", row).textContent,
    figures: (row) => $(".in-figures", row).textContent || "\uffff",
    places: (row) => $(".in-places", row).dataset.count,
  };
  for (const head of $$(".parts th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of $$(".parts th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = keys[head.dataset.column];
      partsBody.append(...rows.sort((one, two) => (up ? 1 : -1) * order.compare(key(one), key(two))));
    });
  }
}
