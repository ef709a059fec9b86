/* The explorers: pictures that move while a slider moves. Python sends data, axes and controls;
 * this draws and moves them, without a kernel. Read from the top: the arithmetic (held against
 * helpers.training by tests), the parts of a page, one function an explorer, render. */

// ------------------------------------------------------------------ Arithmetic
/** What one residual r = predicted - actual costs. */
export const LOSSES = {
  squared: (r) => r * r,
  absolute: (r) => Math.abs(r),
  Huber: (r) => (Math.abs(r) <= 1 ? 0.5 * r * r : Math.abs(r) - 0.5),
};

/** The average loss of the line W * x + b. */
export function lossOf(kind, W, b, x, y) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += LOSSES[kind](W * x[i] + b - y[i]);
  return sum / x.length;
}

/** The average of numbers, of which some may count more than others. */
const mean = (values, weights = values.map(() => 1)) =>
  values.reduce((sum, value, i) => sum + value * weights[i], 0)
    / weights.reduce((sum, weight) => sum + weight, 0);

/** Gradient descent on the squared loss: W, b and loss of each epoch, before its update. */
export function descend(W, b, rate, epochs, x, y) {
  const path = { W: [], b: [], loss: [] };
  for (let epoch = 0; epoch < epochs; epoch++) {
    let [loss, dW, db] = [0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const residual = W * x[i] + b - y[i];
      loss += residual ** 2 / x.length;
      dW += 2 * residual * x[i] / x.length;
      db += 2 * residual / x.length;
    }
    if (!(loss < 3.4e38)) break; // Here the numbers of TensorFlow, float32, come to their end.
    for (const [name, value] of Object.entries({ W, b, loss })) path[name].push(value);
    [W, b] = [W - rate * dW, b - rate * db];
  }
  return path;
}

/** The line with the lowest loss: least squares, again and again with weights by residuals. */
export function bestLine(kind, x, y) {
  const least = { squared: Infinity, absolute: 1e-6, Huber: 1 }[kind]; // Smaller ones count alike.
  let [W, b, weights] = [0, 0, x.map(() => 1)];
  for (let round = 0; round < (kind === "squared" ? 1 : 100); round++) {
    const [meanX, meanY] = [mean(x, weights), mean(y, weights)];
    const spread = mean(x.map((value) => (value - meanX) ** 2), weights);
    W = mean(x.map((value, i) => (value - meanX) * (y[i] - meanY)), weights) / (spread || 1);
    b = meanY - W * meanX;
    weights = x.map((value, i) => 1 / Math.max(Math.abs(W * value + b - y[i]), least));
  }
  return { W, b };
}

/** Round numbers between two, for the curves of a map: as in helpers/_internal/figures.py. */
export function levels(low, high) {
  const first = Math.max(1.02 * low, high / 300, 1e-30);
  const inside = (from) => (value) => value > from && value < high;
  const place = (value) => Math.floor(Math.log10(value));
  const found = range(Math.max(0, place(high) - place(first) + 1))
    .flatMap((i) => [1, 2, 5].map((digit) => Number(`${digit}e${place(first) + i}`)));
  if (found.filter(inside(first)).length > 3) return found.filter(inside(first));
  const unit = 10 ** place((high - low) / 7);
  const step = [1, 2, 5, 10].map((digit) => digit * unit).find((each) => 7 * each >= high - low);
  return range(9).map((i) => (Math.floor(low / step) + i) * step).filter(inside(low));
}

/** What is said of a learning rate, of which the border is known from which on steps diverge. */
export function verdict({ loss }, rate, border, lowest, batches) {
  const [first, last] = [loss[0], loss.at(-1)];
  const far = (last - lowest) / (first - lowest) > 0.05;
  if (rate >= border || last > 10 * first) return "diverges: each step overshoots farther";
  // Beyond half of the border each step along the steepest direction changes sides.
  if (rate > border / 2 && !batches) {
    return `swings from side to side${far ? ", and is still far off" : ", and converges"}`;
  }
  if (!far) return "converges";
  return batches && last > Math.min(...loss) ? "jumps about" : "crawls";
}

/** Which edges of a plot a place lies beyond: ["left", "top"]. */
export const beyond = ({ x: [left, right], y: [bottom, top] }, x, y) =>
  [x < left && "left", x > right && "right", y > top && "top", y < bottom && "bottom"]
    .filter(Boolean);

/** So many digits after the point, and no minus before a zero. */
function fixed(value, digits) {
  const text = Math.abs(value) < 1e6 ? value.toFixed(digits) : value.toExponential(2);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/** Two digits after the point, as in the captions of the lessons. */
export const format = (value) => fixed(value, 2);
/** More where two would say little. */
const fine = (value, digits = 4) => fixed(value, Math.abs(value) < 1 ? digits : 2);
const short = (value) => String(Number(value.toPrecision(3)));

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const nearest = (list, value) => list.reduce((best, each) =>
  (Math.abs(each - value) < Math.abs(best - value) ? each : best));
const between = ([low, high], part) => low + part * (high - low);
const range = (count) => Array.from({ length: count }, (_, i) => i);
const say = ({ W, b }) => `W = ${format(W)}, b = ${format(b)}`;

// ------------------------------------------------------------ The parts of a page
function fill(element, attributes, inside = []) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

/** Make an element of a page: make("p", { class: "says" }, "text or elements inside"). */
const make = (tag, attributes, ...inside) => fill(document.createElement(tag), attributes, inside);

/** Make an element of a drawing. The address is only the name of its kind; nothing is fetched. */
const draw = (tag, attributes = {}, ...inside) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, inside);

/** A drawing with a name, and a description that will follow what is said. */
function picture(title, size) {
  const description = draw("desc");
  const inside = [draw("title", {}, title), description];
  return { description, svg: draw("svg", { role: "img", viewBox: `0 0 ${size}` }, ...inside) };
}

/** A function from a value on an axis to its place in the drawing. */
function scale([low, high], start, end, log) {
  const at = log ? Math.log10 : (value) => value;
  return (value) => {
    const place = start + ((at(value) - at(low)) / (at(high) - at(low))) * (end - start);
    return Number.isFinite(place) ? Math.round(clamp(place, -1e5, 1e5) * 10) / 10 : 1e5;
  };
}

/** Axes, and room to draw in. */
class Plot {
  constructor({ title, x, y, log, equal, x_ticks, y_ticks, x_label, y_label }) {
    const ratio = (y[1] - y[0]) / (x[1] - x[0]);
    const [wide, high] = (equal ? [1 / ratio, ratio] : [1, 218 / 326])
      .map((part) => 326 * Math.min(1, part));
    const [left, top] = [62 + (326 - wide) / 2, 14];
    const [right, bottom] = [left + wide, top + high];
    Object.assign(this, picture(title, `400 ${bottom + 52}`), { x, y });
    [this.sx, this.sy] = [scale(x, left, right), scale(y, bottom, top, log)];
    const room = (more) => ({ x: left - more, y: top - more,
      width: right - left + 2 * more, height: bottom - top + 2 * more });
    this.frame = room(0);
    const put = (tag, attributes, words = "") => this.svg.append(draw(tag, attributes, words));
    for (const [value, words] of x_ticks) {
      put("path", { class: "grid", d: `M${this.sx(value)} ${top}V${bottom}` });
      put("text", { class: "middle", x: this.sx(value), y: bottom + 19 }, words);
    }
    for (const [value, words] of y_ticks) {
      put("path", { class: "grid", d: `M${left} ${this.sy(value)}H${right}` });
      put("text", { class: "end", x: left - 7, y: this.sy(value) + 5 }, words);
    }
    put("text", { class: "middle", x: (left + right) / 2, y: bottom + 44 }, x_label);
    const across = `translate(${left - 47} ${(top + bottom) / 2}) rotate(-90)`;
    put("text", { class: "middle", transform: across }, y_label);
    // Lines end at the frame; a mark on the frame is seen whole.
    [this.inside, this.marks] = [0, 12].map((more) => {
      const id = String(Math.random()); // One of its own, however many are open.
      this.svg.append(draw("clipPath", { id }, draw("rect", room(more))));
      return this.svg.appendChild(draw("g", { "clip-path": `url(#${id})` }));
    });
  }

  /** Add something of a style, to be moved later: const line = plot.add("model"). */
  add = (name, tag = "path", ...inside) =>
    this[/here|outlier|prediction|star|second/.test(name) ? "marks" : "inside"]
      .appendChild(draw(tag, { class: name }, ...inside));

  /** The attribute d of a path: through all these points. */
  through = (x, y) =>
    x.map((value, i) => `${i ? "L" : "M"}${this.sx(value)} ${this.sy(y[i])}`).join("");

  line = ({ W, b }) => this.through(this.x, this.x.map((x) => W * x + b));
  /** Points are lines of no length with round ends: the fastest way to draw many. */
  points = (x, y) => x.map((value, i) => `M${this.sx(value)} ${this.sy(y[i])}h0`).join("");
  /** A triangle at a place, or at the edge nearest to it, and then it points outwards. */
  triangle(x, y) {
    const [place, out] = [[this.sx(x), this.sy(y)], beyond(this, x, y)];
    if (!out.length) return `M${place[0]} ${place[1] - 9}l9 15h-18z`;
    const { x: left, y: top, width, height } = this.frame;
    const [x0, y0] = [clamp(place[0], left, left + width), clamp(place[1], top, top + height)];
    const side = (more, less) => out.includes(more) - out.includes(less);
    const [u, v] = [side("right", "left"), side("bottom", "top")];
    const [a, b] = [u, v].map((part) => part / Math.hypot(u, v));
    return `M${x0} ${y0}l${-15 * a - 9 * b} ${-15 * b + 9 * a}l${18 * b} ${-18 * a}z`;
  }

  /** Call moved(x, y) while an element is dragged by mouse, pen or finger. */
  drag(element, moved) {
    element.onpointerdown = ({ pointerId }) => element.setPointerCapture(pointerId);
    element.onpointermove = ({ pointerId, clientX, clientY }) => {
      if (!element.hasPointerCapture(pointerId)) return;
      const toDrawing = this.svg.getScreenCTM().inverse();
      const place = new DOMPoint(clientX, clientY).matrixTransform(toDrawing);
      const across = clamp((place.x - this.frame.x) / this.frame.width, 0, 1);
      const up = clamp(1 - (place.y - this.frame.y) / this.frame.height, 0, 1);
      moved(between(this.x, across), between(this.y, up));
    };
  }

  /** Shade the plot by the loss for every W and b: the darker, the higher, in any theme. */
  surface(lossAt, size) {
    this.map ??= this.add("map", "g", draw("image"), draw("g"));
    const [image, numbers] = this.map.children;
    for (const group of [this.inside, this.marks]) group.classList.add("paper");
    const losses = range(size * size).map((i) =>
      lossAt(between(this.x, (i % size) / (size - 1)),
        between(this.y, 1 - Math.floor(i / size) / (size - 1))));
    const [low, high] = [Math.min(...losses), Math.max(...losses)];
    const steps = levels(low, high);
    const step = (loss) => { // How many levels lie below it.
      const next = steps.findIndex((level) => level > loss);
      return next < 0 ? steps.length : next;
    };
    const colours = range(steps.length + 1).map((i) => // From white to blue.
      `rgb(${[178, 99, 54].map((most) => 255 - (most * i) / (steps.length || 1))})`);
    const shades = make("canvas", { width: size, height: size }).getContext("2d");
    losses.forEach((loss, i) => {
      shades.fillStyle = colours[step(loss)];
      shades.fillRect(i % size, Math.floor(i / size), 1, 1);
    });
    fill(image, { href: shades.canvas.toDataURL(), preserveAspectRatio: "none", ...this.frame });
    // The number of a level, where it crosses the upright line through the lowest place.
    const column = losses.indexOf(low) % size;
    const { x: left, y: top, width, height } = this.frame;
    const places = range(size - 1).flatMap((row) => {
      const [one, other] = [row, row + 1].map((each) => step(losses[each * size + column]));
      const up = top + ((row + 1) / size) * height;
      const level = steps[Math.min(one, other)];
      return one === other || up < top + 12 || up > top + height - 12 ? [] : [[up, level]];
    }).filter(([up], i, all) => !i || up - all[i - 1][0] > 15);
    const across = clamp(left + (column / size) * width, left + 24, left + width - 24);
    numbers.replaceChildren(...places.map(([up, level]) =>
      draw("text", { class: "middle level", x: across, y: up + 4 }, short(level))));
  }
}

/** What all explorers share: values, controls that change them, one redraw a frame. */
class Explorer {
  constructor(model, el) {
    this.model = model;
    this.state = model.get("state");
    this.values = { ...this.state.start, ...model.get("values") };
    // What to do at the end, before each redraw, at a reset; all pictures; questions to Python.
    [this.endings, this.updates, this.starts, this.seen, this.waiting] = [[], [], [], [], {}];
    for (const part of ["controls", "pictures"]) this[part] = make("div", { class: part });
    this.says = make("p", { class: "says", "aria-live": "polite" });
    this.root = make("section", { class: "explorer", "aria-label": this.state.name,
      "data-kind": model.get("kind"), "data-frame": 0, "data-lm-suppress-shortcuts": true },
    this.controls, this.pictures, this.says);
    this.root.onkeydown = (event) => event.stopPropagation(); // No shortcuts of the notebook.
    el.append(this.root);
    this.listen("answer", (answer) => this.waiting[answer.id]?.(answer));
    this.listen("values", (values) => { // Python or another view of this explorer was moved.
      Object.assign(this.values, values);
      this.frame ??= requestAnimationFrame(() => this.show());
    });
    this.takePlace();
    for (const control of this.state.controls) this[control.type](control);
    this.starts.push(() => this.set({ ...this.state.start }));
    this.button("reset", "Reset", () => this.starts.forEach((start) => start()));
  }

  /** Call action(value) whenever Python changes a value by this name. */
  listen(name, action) {
    const changed = () => action(this.model.get(name));
    this.model.on(`change:${name}`, changed);
    this.endings.push(() => this.model.off(`change:${name}`, changed));
  }

  /** Once on the page, hide the picture in front of it that stands there where nothing runs. */
  takePlace() {
    const placed = new ResizeObserver(() => {
      const area = this.root.closest(".jp-OutputArea") ?? document;
      const inFront = (still) => still.compareDocumentPosition(this.root) & 4; // The root follows.
      const still = [...area.querySelectorAll(".explorer-still")].filter(inFront).at(-1);
      if (still) still.style.display = "none";
      placed.disconnect();
    });
    placed.observe(this.root);
  }

  /** Change values; the note is said after what the picture says, until the next change. */
  set(changes, note = "") {
    Object.assign(this.values, changes, this.follows?.(changes));
    this.note = note;
    this.frame ??= requestAnimationFrame(() => this.show());
    // Python keeps them, for a page that is opened again; it need not know at once.
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.send("values", { ...this.values }), 300);
  }

  send(name, value) {
    this.model.set(name, value);
    const { kernel } = this.model.widget_manager ?? {}; // JupyterLab's is null if there is none,
    if (kernel !== null && !kernel?.isDisposed) this.model.save_changes(); // and would log that.
  }

  /** Ask Python: its answer, or null when none comes within two seconds. */
  ask(question) {
    const id = String(Math.random());
    return new Promise((resolve) => {
      this.waiting = { [id]: resolve }; // Whoever asked before does not wait any more.
      setTimeout(() => resolve(null), 2000);
      this.send("request", { ...question, id });
    });
  }

  show() {
    this.frame = null;
    for (const update of this.updates) update();
    const words = this.draw(this.values);
    this.says.textContent = this.note ? `${words} ${this.note}` : words;
    for (const { description } of this.seen) description.textContent = words;
    this.root.dataset.frame++;
  }

  add(drawn) {
    this.seen.push(drawn);
    this.pictures.append(drawn.svg);
    return drawn;
  }

  plots = (...names) => names.map((name) => this.add(new Plot(this.state.plots[name])));

  /** A slider and a field for the same number. What Python says of a control is its argument. */
  number({ name, label, ends: [low, high, step], log, whole, among }) {
    const onBar = (value) => (among ? among.indexOf(value) : log ? Math.log10(value) : value);
    const allowed = (value) => (among ? nearest(among, value)
      : clamp(whole ? Math.round(value) : value, low, high));
    const ends = among ? { min: 0, max: among.length - 1, step: 1 }
      : { min: onBar(low), max: onBar(high), step: log ? "any" : step };
    const bar = make("input", { type: "range", name, ...ends });
    const field = make("input", { type: "number", name, min: low, max: high, step: "any" });
    field.setAttribute("aria-label", `${label}, as a number`);
    bar.oninput = () => {
      const place = bar.valueAsNumber;
      const there = among ? among[place] : log ? Number((10 ** place).toPrecision(3)) : place;
      this.set({ [name]: allowed(there) });
    };
    field.oninput = () => {
      const typed = field.valueAsNumber; // Not a number if it is empty or text.
      const taken = Number.isNaN(typed) ? this.values[name] : allowed(typed);
      const steps = among ? ", in steps" : "";
      const wanted = `${label} is a ${whole ? "whole " : ""}number from ${low} to ${high}${steps}`;
      this.set({ [name]: taken }, typed === taken ? "" : `${wanted}: it is ${taken} now.`);
    };
    const write = () => { field.value = Number(this.values[name].toPrecision(6)); }; // Has room.
    field.onchange = write;
    this.updates.push(() => {
      bar.value = onBar(this.values[name]);
      bar.setAttribute("aria-valuetext", this.values[name]);
      if (this.root.getRootNode().activeElement !== field) write();
    });
    this.controls.append(make("div", { class: "control" }, make("label", {}, label, bar), field));
  }

  /** Something to show or to hide. */
  check({ name, label }) {
    const box = make("input", { type: "checkbox", name });
    box.onchange = () => this.set({ [name]: box.checked });
    this.updates.push(() => { box.checked = this.values[name]; });
    this.controls.append(make("label", {}, box, label));
  }

  /** A list to choose from: options are [value, words]. */
  choice({ name, label, options }) {
    const select = make("select", { name });
    select.append(...options.map(([value, words]) => make("option", { value }, words)));
    select.onchange = () => this.set({ [name]: options[select.selectedIndex][0] });
    this.updates.push(() => { select.value = this.values[name]; });
    this[name] = this.controls.appendChild(make("label", {}, label, select)).lastChild;
  }

  button(name, words, onclick) {
    const button = make("button", { type: "button", name }, words);
    return this.controls.appendChild(Object.assign(button, { onclick }));
  }

  /** On to the next value, and from the last to the first. */
  next({ name, label, last }) {
    this.button("draw", label, () => this.set({ [name]: (this.values[name] + 1) % (last + 1) }));
  }

  /** Step, play and pause through a value up to last(), which the explorer may change. */
  player({ name, last, milliseconds }) {
    this.last = () => last;
    let timer = null;
    const go = (to) => this.set({ [name]: Math.min(to, this.last()) },
      to > this.last() ? "That was the last step: Play begins again." : "");
    const stop = () => { timer = clearInterval(timer); play.textContent = "Play"; };
    this.button("step", "Step", () => go(this.values[name] + 1));
    const play = this.button("play", "Play", () => {
      if (timer) return stop();
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) return go(this.last());
      if (this.values[name] >= this.last()) go(0);
      play.textContent = "Pause";
      timer = setInterval(() => {
        go(Math.min(this.values[name] + 1, this.last()));
        if (this.values[name] >= this.last() || !this.root.isConnected) stop();
      }, milliseconds);
    });
    for (const list of [this.starts, this.endings]) list.push(stop);
  }
}

// ------------------------------------------------------------------ The explorers
// Each makes its pictures once, and returns what moves them and says in words what they show.
function model(explorer) {
  const { x, y, style, units: [one, more, each], from } = explorer.state;
  const [plot] = explorer.plots("data");
  fill(plot.add(style), { d: plot.points(x, y) });
  const [gaps, step, line, start] =
    ["faint", "truth", "model", "prediction"].map((name) => plot.add(name));
  let lowest = Infinity; // of all lines since the score is shown
  explorer.starts.push(() => { lowest = Infinity; });
  return ({ W, b, score }) => {
    const now = lossOf("squared", W, b, x, y);
    if (score) lowest = Math.min(lowest, now);
    fill(gaps, { d: score
      ? x.map((value, i) => plot.through([value, value], [y[i], W * value + b])).join("") : "" });
    const [low, high] = [W * from + b, W * (from + 1) + b];
    fill(line, { d: plot.line({ W, b }) });
    fill(start, { d: plot.triangle(0, b) });
    fill(step, { d: plot.through([from, from + 1, from + 1], [low, low, high]) });
    return `${say({ W, b })}: at 0${one} the prediction is ${format(b)}${more} (triangle), and for `
      + `each additional ${each} it ${W < 0 ? "falls" : "rises"} by ${format(Math.abs(W))}${more} `
      + "(dashed step)."
      + (score ? ` How wrong: ${format(now)} (each difference squared, then their mean); your `
        + `lowest: ${format(lowest)}.` : "");
  };
}

function slope(explorer) {
  const { y, slopes, fine: unit, plots: { curve: { x_label, y_label } } } = explorer.state;
  const [{ among: places }, { among: distances }] = explorer.state.controls;
  const [plot] = explorer.plots("curve");
  const x = y.map((_, i) => places[0] + i * unit);
  fill(plot.add("curve"), { d: plot.through(x, y) });
  const [step, tangent, secant] = ["faint", "model", "truth"].map((name) => plot.add(name));
  const [second, here] = ["second", "here"].map((name) => fill(plot.add(name, "circle"), { r: 7 }));
  plot.drag(here, (place) => explorer.set({ x: nearest(places, place) }));
  return ({ x: place, distance }) => {
    const i = 10 * places.indexOf(place);
    const [value, other, steep] = [y[i], y[i + Math.round(distance / unit)], slopes[i]];
    const [rise, end, far] = [other - value, place + distance, short(distance)];
    const ratio = rise / distance;
    const straight = (slope) =>
      plot.through(plot.x, plot.x.map((at) => value + slope * (at - place)));
    fill(secant, { d: straight(ratio) });
    fill(tangent, { d: straight(steep) });
    fill(step, { d: plot.through([place, end, end], [value, value, other]) });
    fill(here, { cx: plot.sx(place), cy: plot.sy(value) });
    fill(second, { cx: plot.sx(end), cy: plot.sy(other) });
    const moves = `${rise < 0 ? "falls" : "rises"} by ${fine(Math.abs(rise))}, to ${fine(other)}`;
    return `At ${x_label} = ${format(place)}, ${y_label} = ${fine(value)}. ${far} further it `
      + `${moves}. Slope of the secant (dashed): ${fine(rise)} / ${far} = ${fine(ratio, 3)}. `
      + `Slope of the tangent (solid): ${fine(steep, 3)}. They differ by `
      + `${fine(Math.abs(ratio - steep), 3)}.`;
  };
}

function loss(explorer) {
  const { x, y: measured, style, ends } = explorer.state;
  const [plot, map] = explorer.plots("data", "surface");
  const [costs, lowest, line, points] =
    ["cost", "truth", "model", style].map((name) => plot.add(name));
  const outlier = fill(plot.add("outlier", "circle"), { r: 8, cx: plot.sx(x.at(-1)) });
  const star = map.add("star", "text", "★");
  const here = fill(map.add("here", "circle"), { r: 8 });
  const on = (value, [, , step]) => Number((Math.round(value / step) * step).toPrecision(9));
  map.drag(here, (W, b) => explorer.set({ W: on(W, ends.W), b: on(b, ends.b) }));
  plot.drag(outlier, (_, value) => explorer.set({ outlier: on(value, ends.outlier) }));
  let [drawn, best, before] = [];
  return ({ W, b, loss: kind, outlier: last }) => {
    const y = [...measured.slice(0, -1), last];
    const cost = (line) => lossOf(kind, line.W, line.b, x, y);
    if (drawn !== `${kind} ${last}`) { // Only these two change the surface.
      drawn = `${kind} ${last}`;
      map.surface((someW, someB) => cost({ W: someW, b: someB }), x.length > 50 ? 50 : 120);
      best = bestLine(kind, x, y);
      fill(points, { d: plot.points(x, y) });
      fill(outlier, { cy: plot.sy(last) });
      fill(lowest, { d: plot.line(best) });
      fill(star, { x: map.sx(best.W), y: map.sy(best.b) + 7 });
    }
    fill(line, { d: plot.line({ W, b }) });
    fill(here, { cx: map.sx(W), cy: map.sy(b) });
    fill(costs, { d: x.map((value, i) => { // A square where it is squared, otherwise a bar.
      const [predicted, left] = [W * value + b, plot.sx(value)];
      const [from, to] = [plot.sy(predicted), plot.sy(y[i])];
      const squared = kind === "squared" || (kind === "Huber" && Math.abs(predicted - y[i]) <= 1);
      return `M${left} ${from}V${to}${squared ? `h${-Math.abs(to - from)}V${from}z` : ""}`;
    }).join("") });
    const now = cost({ W, b });
    const trend = now < before ? ": falling" : now > before ? ": rising" : "";
    before = now;
    return `${say({ W, b })}, ${kind} loss = ${format(now)}${trend}. The lowest, `
      + `${format(cost(best))}, is at ${say(best)} (star, dashed line).`;
  };
}

function training(explorer) {
  const { x, y, style, epochs, limit, lowest } = explorer.state;
  const [map, chart, plot] = explorer.plots("surface", "loss", "data");
  map.surface((W, b) => lossOf("squared", W, b, x, y), 120);
  fill(plot.add(style), { d: plot.points(x, y) });
  const line = plot.add("model");
  const pens = (on) => ["faint", "model", "prediction"].map((name) => on.add(name));
  const [walk, curve] = [pens(map), pens(chart)];
  let [path, drawn, asking] = [{ W: [] }];
  explorer.last = () => path.W.length - 1;
  // What is set anew starts anew.
  explorer.follows = (changes) => (Object.keys(changes).length && !("epoch" in changes)
    ? { epoch: 0 } : {});
  explorer.listen("answer", () => { explorer.batch_size.disabled = false; });

  /** Python shuffles the examples into batches; all of them at once need no Python. */
  async function ask(setting, { epoch, ...question }) {
    asking = true;
    const answer = await explorer.ask(question);
    asking = false;
    if (answer) [path, drawn] = [answer, setting];
    explorer.batch_size.disabled = !answer;
    const note = "Batches need Python, which gives no answer: run this cell again.";
    explorer.set(answer ? {} : { batch_size: 0 }, answer ? "" : note);
  }

  return (values) => {
    const { start_W, start_b, learning_rate: rate, batch_size } = values;
    const setting = String([start_W, start_b, rate, batch_size]);
    if (drawn !== setting && !batch_size) {
      [path, drawn] = [descend(start_W, start_b, rate, epochs, x, y), setting];
    } else if (drawn !== setting && !asking) ask(setting, values);
    explorer.pictures.classList.toggle("waiting", drawn !== setting);
    if (drawn !== setting) return "Python is computing.";
    const end = path.W.length - 1;
    const epoch = Math.min(values.epoch, end);
    const now = { W: path.W[epoch], b: path.b[epoch] };
    const trace = (on, [all, past, here], across, up) => {
      fill(all, { d: on.through(across, up) });
      fill(past, { d: on.through(across.slice(0, epoch + 1), up) });
      fill(here, { d: on.triangle(across[epoch], up[epoch]) });
    };
    trace(map, walk, path.W, path.b);
    trace(chart, curve, range(end + 1), path.loss);
    fill(line, { d: plot.line(now) });
    const heights = plot.x.map((at) => now.W * at + now.b);
    const gone = [["map", beyond(map, now.W, now.b)],
      ["chart", beyond(chart, epoch, path.loss[epoch])],
      ["picture of the line", Math.min(...heights) > plot.y[1] ? ["top"]
        : Math.max(...heights) < plot.y[0] ? ["bottom"] : []]]
      .filter(([, edges]) => edges.length)
      .map(([name, edges]) => `the ${name} at the ${edges.join(" and ")}`);
    return `Epoch ${epoch}: ${say(now)}, loss = ${format(path.loss[epoch])}. `
      + (gone.length ? `It has left ${gone.join(", and ")}. ` : "")
      + `Learning rate ${rate} ${verdict(path, rate, limit, lowest, batch_size)}; the loss at `
      + `epoch ${end} is ${format(path.loss[end])}, the lowest is ${format(lowest)}. `
      + (end < epochs - 1 ? "After that the numbers are too large. " : "")
      + `The border is ${short(limit)}: from there on, steps on all examples diverge.`;
  };
}

function data(explorer) {
  const { draws, truth } = explorer.state;
  const [plot, map] = explorer.plots("data", "spread");
  const [points, line, dashed] = ["data small", "model", "truth"].map((name) => plot.add(name));
  const [cross, estimates, latest] = ["truth", "data", "prediction"].map((name) => map.add(name));
  fill(dashed, { d: plot.line(truth) });
  fill(cross, { d: `M${map.sx(truth.W)} 0V400M0 ${map.sy(truth.b)}H400` });
  const seen = new Set(); // All seeds so far: their lines follow the sliders, too.
  explorer.starts.push(() => seen.clear());
  return ({ num_examples, noise, seed }) => {
    const examples = (one) => {
      const [x, errors] = draws[one].map((values) => values.slice(0, num_examples));
      return [x, x.map((value, i) => truth.W * value + truth.b + noise * errors[i])];
    };
    seen.add(seed);
    const found = [...seen].map((one) => bestLine("squared", ...examples(one)));
    const best = bestLine("squared", ...examples(seed));
    const [Ws, bs] = ["W", "b"].map((name) => found.map((one) => one[name]));
    fill(points, { d: plot.points(...examples(seed)) });
    fill(line, { d: plot.line(best) });
    fill(estimates, { d: map.points(Ws, bs) });
    fill(latest, { d: map.triangle(best.W, best.b) });
    const span = (values) => `${format(Math.min(...values))} to ${format(Math.max(...values))}`;
    return `True line, dashed: ${say(truth)}. Least squares on ${num_examples}, red: ${say(best)}. `
      + (seen.size > 1 ? `${seen.size} draws: W from ${span(Ws)}, b from ${span(bs)}.` : "");
  };
}

/** Boxes, words and arrows, one board beside the other; Python has arranged them all. */
function boxes(explorer) {
  const { titles, frames, keys } = explorer.state;
  const boards = titles.map((title) =>
    explorer.add(picture(title, "250 230")).svg.appendChild(draw("g")));
  return (values) => {
    const { words, parts } = frames[keys.map((key) => values[key]).join(" ")];
    boards.forEach((board, i) => board.replaceChildren(...parts[i].map(([tag, name, ...rest]) => {
      if (tag === "arrow") return draw("path", { class: name, d: `M${rest}m-9 -6l9 6l-9 6` });
      const [x, y, width, text] = rest;
      if (tag === "text") return draw("text", { class: name, x, y }, text);
      return draw("g", { class: name }, draw("rect", { x, y, width, height: 36, rx: 3 }),
        draw("text", { class: "middle", x: x + width / 2, y: y + 23 }, text));
    })));
    return words;
  };
}

const EXPLORERS = { slope, model, loss, training, data, tensors: boxes, variables: boxes };

/** Put an explorer on a page; what is returned takes it off again. */
function render({ model: values, el }) {
  const explorer = new Explorer(values, el);
  explorer.draw = EXPLORERS[values.get("kind")](explorer);
  explorer.show();
  return () => {
    cancelAnimationFrame(explorer.frame);
    clearTimeout(explorer.saving);
    for (const end of explorer.endings) end();
    explorer.root.remove();
  };
}

export default { render };
