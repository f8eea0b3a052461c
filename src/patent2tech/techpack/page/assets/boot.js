// Before the first paint, so that no reader sees the other theme or language flash by.
{
  const root = document.documentElement;
  root.classList.add("js");
  // A page opened from a file or in a sandboxed frame may be denied storage.
  try {
    const theme = localStorage.getItem("p2t.theme");
    const ui = localStorage.getItem("p2t.ui");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (ui === "en" || ui === "ko") root.lang = root.dataset.ui = ui;
  } catch {}
}
