// Figures: pointing at a numeral lights its part up in every figure and tells where else the part is named.
{
  const mosaic = $(".fig-mosaic");
  const panel = $(".fig-panel");
  const spots = $$("a.fig-spot", mosaic);
  let pinned = null;
  let leaving = 0;

  const light = (part) => {
    clearTimeout(leaving);
    for (const spot of spots) spot.classList.toggle("lit", spot.dataset.part === part);
    for (const card of $$(".fig-card", mosaic)) card.classList.toggle("shows", Boolean($("a.fig-spot.lit", card)));
    const told = panel && $$(".fig-part", panel).filter((row) => (row.hidden = row.dataset.part !== part, !row.hidden));
    if (panel) panel.hidden = !told.length;
    mosaic.classList.toggle("lighting", Boolean(told?.length));
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => light(pinned), 250);
  };
  const pin = (part) => {
    pinned = pinned === part ? null : part;
    light(pinned ?? part);
  };

  // The way to the panel must not put out what it tells.
  for (const place of [mosaic, panel]) {
    place?.addEventListener("pointerover", (event) => {
      const spot = event.target.closest("a.fig-spot");
      if (spot) light(spot.dataset.part);
      else if (place === panel) clearTimeout(leaving);
      else leave();
    });
    place?.addEventListener("pointerleave", leave);
  }
  mosaic.addEventListener("focusin", (event) => {
    const spot = event.target.closest("a.fig-spot");
    if (spot) light(spot.dataset.part);
  });
  mosaic.addEventListener("focusout", (event) => {
    if (!panel?.contains(event.relatedTarget)) leave();
  });
  panel?.addEventListener("focusin", () => clearTimeout(leaving));
  panel?.addEventListener("focusout", (event) => {
    if (!panel.contains(event.relatedTarget)) leave();
  });
  mosaic.addEventListener("click", (event) => {
    const spot = event.target.closest("a.fig-spot");
    if (!spot || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    pin(spot.dataset.part);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !mosaic.classList.contains("lighting")) return;
    pinned = null;
    light(null);
  });

  // One stop of the Tab key for each figure; the arrows walk through its numerals.
  for (const card of $$(".fig-card", mosaic)) {
    const own = $$("a.fig-spot", card);
    own.forEach((spot, index) => spot.setAttribute("tabindex", index ? "-1" : "0"));
    card.addEventListener("keydown", (event) => {
      const at = own.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (at < 0 || !step) return;
      event.preventDefault();
      const next = own[(at + step + own.length) % own.length];
      own[at].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }

  // A numeral in the text lights up in the figures as well.
  const mentioned = (event) => {
    const part = event.target.closest?.("main .num")?.dataset.part;
    if (part && !pinned) light(part);
  };
  addEventListener("focusin", mentioned);

  const large = $("[data-fig-large]");
  large.addEventListener("click", () => {
    const on = mosaic.classList.toggle("large");
    large.setAttribute("aria-pressed", String(on));
  });
}
