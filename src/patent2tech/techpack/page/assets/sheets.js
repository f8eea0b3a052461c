// Sheets: enlarge, turn, walk through. How a sheet is turned is kept on its gallery frame and shared by the dialog.
const zoom = $("#zoom");
const zoomPaper = $(".zoom-paper");
const zoomImage = $("img", zoomPaper);
const frames = $$("[data-zoom]");
let shown = 0;

function turned(frame) {
  return Number(frame.dataset.turn ?? 0);
}
function apply(element, turn) {
  element.style.setProperty("--turn", `${turn}deg`);
  element.dataset.turn = turn;
  element.classList.toggle("lying", turn % 180 !== 0);
}
function turn(frame) {
  apply(frame, (turned(frame) + 90) % 360);
  if (zoom.open && frame === frames[shown]) apply(zoomPaper, turned(frame));
}
function show(index) {
  shown = (index + frames.length) % frames.length;
  const frame = frames[shown];
  zoomImage.src = $("img", frame).src;
  zoomPaper.classList.toggle("line", frame.classList.contains("line"));
  apply(zoomPaper, turned(frame));
  const title = $("figcaption > span", frame.closest("figure")).cloneNode(true);
  for (const link of $$("a", title)) link.replaceWith(...link.childNodes);
  title.removeAttribute("id");
  $("#zoom-title").replaceChildren(title);
}
function enlarge(on) {
  zoomPaper.classList.toggle("large", on);
  $("[data-size]", zoom).setAttribute("aria-pressed", String(on));
}
frames.forEach((frame, index) => frame.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  enlarge(false);
  show(index);
  zoom.showModal();
}));
for (const button of $$(".sheet [data-turn]")) {
  if (button.tagName === "BUTTON") button.addEventListener("click", () => turn($("[data-zoom]", button.closest("figure"))));
}
zoom.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.step) show(shown + Number(button.dataset.step));
  else if (button && "turn" in button.dataset) turn(frames[shown]);
  else if ((button && "size" in button.dataset) || event.target === zoomImage) enlarge(!zoomPaper.classList.contains("large"));
});
zoom.addEventListener("keydown", (event) => {
  if (event.key === "ArrowRight" && !zoomPaper.classList.contains("large")) show(shown + 1);
  if (event.key === "ArrowLeft" && !zoomPaper.classList.contains("large")) show(shown - 1);
});
zoom.addEventListener("close", () => frames[shown]?.focus());
