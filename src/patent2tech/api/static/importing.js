"use strict";
{
  const section = $("#import");
  const form = $("form", section);
  const input = $("input", form);
  const outcomes = $("#outcomes");
  const words = JSON.parse(section.dataset.words);
  const limit = Number(section.dataset.limit);
  const said = (code, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[code] ?? code);
  const counted = (code, number) => said(`${code}.${number === 1 ? "one" : "many"}`, { number });

  function element(name, text = "", attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
  function outcome(name) {
    const item = element("li", "", { class: "outcome" });
    const line = element("p");
    const state = element("span", words.waiting);
    line.append(element("strong", name), state);
    const progress = element("progress", "", { max: "1", "aria-label": name });
    item.append(line, progress);
    outcomes.append(item);
    return {
      progress(share) {
        progress.value = share;
        state.textContent = share < 1 ? `${words.sending} ${Math.round(share * 100)} %` : words.reading;
        if (share >= 1) progress.removeAttribute("value");
      },
      done(good, text, reasons = []) {
        progress.remove();
        item.classList.add(good ? "good" : "bad");
        state.textContent = text;
        $("#import-status").textContent = `${name}: ${text}`;
        if (!reasons.length) return;
        const list = element("ul", "", { class: "reasons" });
        for (const { code, detail } of reasons.slice(0, 20)) {
          const reason = element("li");
          reason.append(element("b", `${said(`problem.${code}`)}: `), element("span", detail, { lang: "en" }));
          list.append(reason);
        }
        item.append(list);
      },
    };
  }
  // fetch cannot tell how much of a body was sent.
  function post(file, onProgress) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", `/api/v1/patents?lang=${section.dataset.lang}`);
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) onProgress(event.loaded / event.total);
      });
      request.addEventListener("load", () => resolve({ status: request.status, body: request.response }));
      request.addEventListener("error", () => resolve({ status: 0, body: null }));
      const body = new FormData();
      body.append("file", file);
      request.send(body);
    });
  }
  function summary(result) {
    const parts = ["added", "replaced", "unchanged"].map((status) => [
      status, result.kept.filter((kept) => kept.status === status).length,
    ]);
    parts.push(["rejected", result.rejected.length]);
    return parts.filter(([, number]) => number).map(([status, number]) => counted(status, number)).join(" · ");
  }
  async function importOne(file) {
    const shown = outcome(file.name);
    if (file.size > limit) {
      shown.done(false, said("problem.too_large"), [{ code: "too_large", detail: said("limit", { limit: Math.floor(limit / 1048576) }) }]);
      return [];
    }
    const { status, body } = await post(file, shown.progress);
    if (status === 200 || status === 201) {
      shown.done(true, summary(body), body.rejected);
      return body.kept.map((kept) => kept.number);
    }
    const problem = body ?? { code: "no_answer", detail: words.no_answer, errors: [] };
    const reasons = problem.errors?.length ? problem.errors : [problem];
    shown.done(false, words.failed, reasons);
    return [];
  }

  let turn = Promise.resolve();
  function importAll(files) {
    turn = turn.then(async () => {
      const kept = new Set();
      // One after the other: the server reads one file on all cores sooner than many on the same.
      for (const file of files) for (const number of await importOne(file)) kept.add(number);
      if (kept.size) await showLatest(kept).catch(() => location.reload());
    });
  }
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    if (files.length) importAll(files);
  });

  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const dropping = (now) => section.classList.toggle("dropping", now);
  addEventListener("dragenter", (event) => { if (hasFiles(event)) dropping(++depth > 0); });
  addEventListener("dragleave", (event) => { if (hasFiles(event)) dropping(--depth > 0); });
  addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    dropping(false);
    importAll([...event.dataTransfer.files]);
  });
}
