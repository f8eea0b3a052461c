// The model: turn with the pointer or the arrow keys, zoom with the wheel while it has the focus, cut with a plane.
{
const VERTEX = `
attribute vec3 place, normal;
uniform mat4 view;
uniform mat3 turn;
varying vec3 v_normal, v_place;
void main() { v_place = place; v_normal = turn * normal; gl_Position = view * vec4(place, 1.0); }`;
const FRAGMENT = `
precision mediump float;
uniform vec4 plane;
uniform vec3 colour;
uniform float flat_;
varying vec3 v_normal, v_place;
void main() {
  if (dot(plane.xyz, v_place) > plane.w) discard;
  float light = .42 + .5 * max(dot(normalize(v_normal), vec3(.35, .62, .7)), 0.) + .08 * v_normal.z;
  vec3 shade = gl_FrontFacing ? colour * light : vec3(.83, .42, .30) * .9;
  gl_FragColor = vec4(mix(shade, colour, flat_), 1.0);
}`;
const DIRECTIONS = { front: [0, 0], rear: [180, 0], right: [90, 0], left: [-90, 0], top: [0, 90], bottom: [0, -90] };
const CREASE = Math.cos((28 * Math.PI) / 180);

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

// Triangles with a normal each, the lines where faces meet at an angle, and those of all triangles.
function shapes({ scale, points, faces }) {
  const steps = new Int16Array(bytes(points));
  const corners = new Uint32Array(bytes(faces));
  const at = (i) => [0, 1, 2].map((axis) => (steps[3 * i + axis] / 32767) * scale);
  const triangles = new Float32Array(corners.length * 6);
  const edges = new Map();
  for (let face = 0; face < corners.length; face += 3) {
    const [a, b, c] = [at(corners[face]), at(corners[face + 1]), at(corners[face + 2])];
    const u = b.map((value, i) => value - a[i]);
    const v = c.map((value, i) => value - a[i]);
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const length = Math.hypot(...n) || 1;
    const normal = n.map((value) => value / length);
    [a, b, c].forEach((corner, i) => triangles.set([...corner, ...normal], (face + i) * 6));
    for (let i = 0; i < 3; i++) {
      const [p, q] = [corners[face + i], corners[face + ((i + 1) % 3)]];
      const key = p < q ? p * 16777216 + q : q * 16777216 + p;
      const edge = edges.get(key);
      if (edge) edge.sharp = edge.normal[0] * normal[0] + edge.normal[1] * normal[1] + edge.normal[2] * normal[2] < CREASE;
      else edges.set(key, { p, q, normal, sharp: true });
    }
  }
  const lines = (chosen) => {
    const list = new Float32Array(chosen.length * 12);
    chosen.forEach(({ p, q }, i) => list.set([...at(p), 0, 0, 1, ...at(q), 0, 0, 1], i * 12));
    return list;
  };
  const all = [...edges.values()];
  return { triangles, sharp: lines(all.filter((edge) => edge.sharp)), all: lines(all) };
}

function program(gl) {
  const made = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  return gl.getProgramParameter(made, gl.LINK_STATUS) ? made : null;
}

function show(box) {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl", { antialias: true, preserveDrawingBuffer: true });
  const made = gl && program(gl);
  if (!made) return;
  const given = JSON.parse(box.querySelector('script[type="application/json"]').textContent);
  const kept = (geometry) => geometry && Object.fromEntries(Object.entries(shapes(geometry)).map(([name, list]) => {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, list, gl.STATIC_DRAW);
    return [name, { buffer, count: list.length / 6 }];
  }));
  const body = kept(given.body);
  const around = kept(given.around);
  const place = gl.getAttribLocation(made, "place");
  const normal = gl.getAttribLocation(made, "normal");
  const uniform = (name) => gl.getUniformLocation(made, name);
  const [view, turn, plane, colour, flat] = ["view", "turn", "plane", "colour", "flat_"].map(uniform);
  const whole = given.around ? Math.min(1, (1.2 * given.body.scale) / given.around.scale) : 1;
  const state = { azimuth: 35, elevation: 25, zoom: whole, wire: false, around: true, axis: "", cut: 0 };

  // Where the leads of numerals end on the model; they lie over the drawing, and move with it.
  const pins = given.parts.map(({ part, label, title, at, towards }) => {
    const pin = document.createElement("button");
    Object.assign(pin, { type: "button", className: "pin", textContent: label, title });
    pin.dataset.part = part;
    pin.addEventListener("click", () => face(towards));
    box.querySelector(".pins").append(pin);
    return { pin, at, towards };
  });

  function draw() {
    const width = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
    const height = Math.max(1, Math.round(canvas.clientHeight * devicePixelRatio));
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    gl.viewport(0, 0, width, height);
    gl.clearColor(0.957, 0.953, 0.937, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);
    gl.enable(gl.POLYGON_OFFSET_FILL);
    gl.polygonOffset(1, 1);
    gl.useProgram(made);
    const [a, e] = [(state.azimuth * Math.PI) / 180, (state.elevation * Math.PI) / 180];
    const eye = [Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)];
    const right = [Math.cos(a), 0, -Math.sin(a)];
    const up = [eye[1] * right[2] - eye[2] * right[1], eye[2] * right[0] - eye[0] * right[2], eye[0] * right[1] - eye[1] * right[0]];
    const unit = 1.25 * state.zoom * Math.min(width, height);
    const [x, y, z] = [unit / width, unit / height, -0.4];
    gl.uniformMatrix4fv(view, false, [
      right[0] * x, up[0] * y, eye[0] * z, 0, right[1] * x, up[1] * y, eye[1] * z, 0,
      right[2] * x, up[2] * y, eye[2] * z, 0, 0, 0, 0, 1,
    ]);
    gl.uniformMatrix3fv(turn, false, [right[0], up[0], eye[0], right[1], up[1], eye[1], right[2], up[2], eye[2]]);
    const cut = [0, 0, 0, 9];
    if (state.axis !== "") { cut[Number(state.axis)] = 1; cut[3] = state.cut / 200; }
    gl.uniform4fv(plane, cut);
    part(body.triangles, gl.TRIANGLES, [0.80, 0.82, 0.85], 0);
    part(state.wire ? body.all : body.sharp, gl.LINES, [0.16, 0.18, 0.2], 1);
    if (around && state.around) {
      part(around.triangles, gl.TRIANGLES, [0.84, 0.89, 0.97], 0);
      part(state.wire ? around.all : around.sharp, gl.LINES, [0.52, 0.6, 0.74], 1);
    }
    const along = (axis, point) => axis[0] * point[0] + axis[1] * point[1] + axis[2] * point[2];
    for (const { pin, at, towards } of pins) {
      pin.style.left = `${50 + 50 * x * along(right, at)}%`;
      pin.style.top = `${50 - 50 * y * along(up, at)}%`;
      pin.classList.toggle("behind", along(eye, towards) < 0);
    }
  }
  function part({ buffer, count }, kind, tint, uniformly) {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 3, gl.FLOAT, false, 24, 0);
    gl.enableVertexAttribArray(normal);
    gl.vertexAttribPointer(normal, 3, gl.FLOAT, false, 24, 12);
    gl.uniform3fv(colour, tint);
    gl.uniform1f(flat, uniformly);
    gl.drawArrays(kind, 0, count);
  }
  let asked = false;
  const redraw = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; draw(); });
  };
  const orbit = (across, down) => {
    state.azimuth += across;
    state.elevation = Math.max(-90, Math.min(90, state.elevation + down));
    redraw();
  };
  const face = ([x, y, z]) => {
    state.azimuth = (Math.atan2(x, z) * 180) / Math.PI;
    state.elevation = (Math.asin(Math.max(-1, Math.min(1, y))) * 180) / Math.PI;
    redraw();
  };
  const light = (part) => {
    for (const { pin } of pins) pin.classList.toggle("lit", pin.dataset.part === part);
  };
  const zoom = (factor) => { state.zoom = Math.max(0.3, Math.min(8, state.zoom * factor)); redraw(); };

  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", box.querySelector(".still")?.alt ?? "3D");
  canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons) orbit(-event.movementX * 0.5, event.movementY * 0.5);
  });
  canvas.addEventListener("wheel", (event) => {
    if (document.activeElement !== canvas && !event.ctrlKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * 0.0015));
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, 10], ArrowDown: [0, -10] }[event.key];
    if (step) { event.preventDefault(); orbit(...step); }
    else if (event.key === "+" || event.key === "=") zoom(1.2);
    else if (event.key === "-") zoom(1 / 1.2);
  });
  canvas.addEventListener("webglcontextlost", () => box.querySelector(".stage").replaceChildren(still));
  const tools = box.querySelector(".tools");
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.view) { [state.azimuth, state.elevation] = DIRECTIONS[button.dataset.view]; redraw(); }
    else zoom(button.dataset.do === "in" ? 1.25 : 0.8);
  });
  const control = (name) => tools.querySelector(`[data-do="${name}"]`);
  control("wire").addEventListener("change", (event) => { state.wire = event.target.checked; redraw(); });
  control("around")?.addEventListener("change", (event) => { state.around = event.target.checked; redraw(); });
  control("axis").addEventListener("change", (event) => {
    state.axis = event.target.value;
    control("cut").disabled = state.axis === "";
    redraw();
  });
  control("cut").addEventListener("input", (event) => { state.cut = Number(event.target.value); redraw(); });
  // Pointing at a part anywhere on the page lights up its places here; those listed below turn the model, too.
  if (pins.length) {
    for (const kind of ["pointerover", "focusin"]) {
      document.addEventListener(kind, (event) => {
        const told = event.target.closest?.("[data-part], .parts tbody tr");
        light(told ? told.dataset.part ?? told.id : null);
      });
    }
    const placed = box.nextElementSibling;
    placed?.addEventListener("click", (event) => {
      const wanted = event.target.closest(".on-model")?.dataset.part;
      const found = pins.find(({ pin }) => pin.dataset.part === wanted);
      if (found) face(found.towards);
    });
  }
  const still = box.querySelector(".still");
  still.replaceWith(canvas);
  tools.hidden = false;
  box.querySelector(".hint").hidden = false;
  new ResizeObserver(redraw).observe(canvas);
  box.dataset.ready = "yes";
}
for (const box of document.querySelectorAll(".solid")) show(box);
}
