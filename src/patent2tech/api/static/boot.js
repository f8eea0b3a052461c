// Before the first paint, so that no reader sees the other theme or language flash by.
{
  const root = document.documentElement;
  root.classList.add("js");
  // Storage may be denied; the names are those of the packs' pages, which keep the same choices.
  try {
    const theme = localStorage.getItem("p2t.theme");
    const ui = localStorage.getItem("p2t.ui");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const address = new URL(location.href);
    const answersAForm = root.hasAttribute("data-posted");
    // Who comes back may have chosen another language on the way.
    const returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (address.searchParams.has("lang") && !returned) localStorage.setItem("p2t.ui", root.lang);
    else if ((ui === "en" || ui === "ko") && ui !== root.lang && !answersAForm) {
      address.searchParams.set("lang", ui);
      location.replace(address);
    }
  } catch {}
}
