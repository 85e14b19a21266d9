/* The network on its canvas: vis-network moves, zooms, drags and finds what is under the pointer; paint.js draws. */
import { $, still } from "./dom.js";
import { compose } from "./paint.js";
import { move } from "./scene.js";
import { state } from "./state.js";
import { asSvg, extent, onCanvas } from "./surfaces.js";
import { colours, forgetColours } from "./theme.js";

const nodes = new vis.DataSet(),
  edges = new vis.DataSet();
let network = null,
  scene = { nodes: [], lines: [], place: () => [0, 0] },
  byNumber = new Map();
let composed = null,
  hovered = null,
  line = null,
  physics = false,
  dragging = false,
  positions = 0,
  waiting = null;

/* What is faded while something is chosen: all but it, its neighbours, and who else is in what an entity is in.
   Nothing is, where it has no neighbour: the filters leave others, and these are what is looked at. */
const near = () => {
  if (!state.chosen || (scene.radial && state.chosen === state.subject)) return null;
  const found = new Set([state.chosen]);
  for (const { from, to } of scene.lines) {
    if (from === state.chosen) found.add(to);
    if (to === state.chosen) found.add(from);
  }
  if (state.chosen.entity) {
    for (const { from, to } of scene.lines) {
      if (!from.entity && found.has(from) && to.entity) found.add(to);
      if (!to.entity && found.has(to) && from.entity) found.add(from);
    }
  }
  return found.size > 1 ? found : null;
};
let fadedAround = null,
  nearNow = null;
const composeNow = (scale) => {
  const key = [scale.toFixed(4), positions, hovered?.n, line && scene.lines.indexOf(line), state.chosen?.n].join(" ");
  if (composed?.key === key && composed.scene === scene) return composed;
  if (fadedAround !== scene || nearNow?.chosen !== state.chosen) {
    fadedAround = scene;
    nearNow = { chosen: state.chosen, near: near() };
  }
  composed = { ...compose(scene, scale, { chosen: state.chosen, near: nearNow.near, hovered, line }), key, scene };
  return composed;
};

const draw = (ctx) => {
  if (physics || dragging) readPlaces();
  const scale = network.getScale();
  const now = composeNow(scale);
  const { x, y } = network.getViewPosition();
  const { clientWidth: width, clientHeight: height } = $("network");
  ctx.save();
  ctx.scale(1 / scale, 1 / scale);
  onCanvas(ctx, now.list, [
    x * scale - width / 2,
    y * scale - height / 2,
    x * scale + width / 2,
    y * scale + height / 2,
  ]);
  ctx.restore();
};
/* vis asks each node to draw itself; it only needs to know how large the node is on the canvas. */
const shape = ({ id }) => {
  const mark = composed?.marks.get(byNumber.get(id));
  const scale = composed?.scale ?? 1;
  return {
    drawNode() {},
    nodeDimensions: {
      width: Math.max(mark?.width ?? 10, 12) / scale,
      height: Math.max(mark?.height ?? 10, 12) / scale,
    },
  };
};
const readPlaces = () => {
  for (const thing of scene.nodes) {
    const at = network.body.nodes[thing.n];
    if (at) placed.set(thing, [at.x, at.y]);
  }
  positions += 1;
};
let placed = new Map();

export const openNetwork = ({ choose, chooseLine, leave }) => {
  network = new vis.Network(
    $("network"),
    { nodes, edges },
    {
      autoResize: true,
      layout: { improvedLayout: false },
      nodes: { shape: "custom", ctxRenderer: shape },
      edges: { smooth: false, hidden: true },
      physics: {
        enabled: false,
        stabilization: false,
        solver: "forceAtlas2Based",
        forceAtlas2Based: { gravitationalConstant: -90, springLength: 70, avoidOverlap: 0.6, damping: 0.6 },
        maxVelocity: 40,
      },
      interaction: {
        hover: true,
        tooltipDelay: 1e9,
        multiselect: false,
        keyboard: false,
        selectConnectedEdges: false,
        zoomSpeed: 0.6,
      },
    },
  );
  $("network").firstChild.tabIndex = -1; // what is around it has the focus
  network.on("beforeDrawing", draw);
  network.on("click", ({ nodes: [number], pointer: { DOM: at } }) => {
    if (number !== undefined) choose(byNumber.get(number));
    else if (lineAt(at.x, at.y)) chooseLine(lineAt(at.x, at.y));
    else leave();
  });
  network.on("hoverNode", ({ node }) => {
    hovered = byNumber.get(node);
    pointer(true);
    network.redraw();
  });
  network.on("blurNode", () => {
    hovered = null;
    pointer(false);
    network.redraw();
  });
  network.on("dragStart", ({ nodes: [number] }) => {
    dragging = number !== undefined;
  });
  network.on("dragEnd", () => {
    if (!dragging) return;
    readPlaces();
    keepPlaces();
    dragging = false;
    network.redraw();
  });
  $("network").addEventListener("mousemove", (event) => {
    if (waiting || event.buttons || hovered) return;
    waiting = requestAnimationFrame(() => {
      waiting = null;
      const { left, top } = $("network").getBoundingClientRect();
      const found = lineAt(event.clientX - left, event.clientY - top);
      if (found !== line) {
        line = found;
        pointer(Boolean(found));
        network.redraw();
      }
    });
  });
  $("network").placeOf = placeOf;
  for (const medium of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(medium).addEventListener("change", () => {
      forgetColours();
      positions += 1;
      network.redraw();
    });
  }
};
/* For tests and for whoever scripts the page: where on the screen a node is, by its name. */
const placeOf = (label) => {
  const thing = scene.nodes.find((each) => each.label === label);
  const { left, top } = $("network").getBoundingClientRect();
  const { x, y } = network.canvasToDOM(network.getPosition(thing.n));
  return [left + x, top + y];
};
const pointer = (on) => {
  $("network").style.cursor = on ? "pointer" : "";
};
const keepPlaces = () => {
  if (!scene.radial) for (const [thing, [x, y]] of placed) move(thing, x, y);
};

/* The line within a few pixels of a place on the canvas. */
const lineAt = (x, y) => {
  if (!composed) return null;
  const { x: cx, y: cy } = network.getViewPosition();
  const px = cx * composed.scale + x - $("network").clientWidth / 2,
    py = cy * composed.scale + y - $("network").clientHeight / 2;
  let best = null,
    nearest = 6;
  for (const { line: each, start, end } of composed.lines) {
    const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
    const part = Math.max(0, Math.min(1, ((px - start[0]) * dx + (py - start[1]) * dy) / (dx * dx + dy * dy || 1)));
    const distance = Math.hypot(px - start[0] - part * dx, py - start[1] - part * dy);
    if (distance < nearest) [best, nearest] = [each, distance];
  }
  return best;
};

/* Show a scene; nodes that stay are not touched. */
export const showScene = (next) => {
  const before = new Set(nodes.getIds());
  scene = next;
  placed = new Map(scene.nodes.map((thing) => [thing, next.place(thing)]));
  scene = { ...next, place: (thing) => placed.get(thing) };
  byNumber = new Map(scene.nodes.map((thing) => [thing.n, thing]));
  hovered = line = null;
  nodes.remove([...before].filter((number) => !byNumber.has(number)));
  nodes.update(
    scene.nodes
      .filter((thing) => {
        const at = before.has(thing.n) && network.body.nodes[thing.n];
        return !at || at.x !== placed.get(thing)[0] || at.y !== placed.get(thing)[1];
      })
      .map((thing) => ({ id: thing.n, x: placed.get(thing)[0], y: placed.get(thing)[1] })),
  );
  if (physics) springs();
  $("network").dataset.nodes = scene.nodes.length;
  positions += 1;
  network.redraw();
};
export const redraw = () => network.redraw();
export const drawnNow = () => scene;
export const isDrawn = (thing) => byNumber.has(thing?.n);

/* Pixels at the top that the buttons take. */
const TOOLS = 34;
/* All in view: at the largest scale at which marks and labels fit, since labels do not shrink with the rest. */
export const fit = (animate = false) => {
  if (!scene.nodes.length) return;
  const { clientWidth: width, clientHeight: height } = $("network");
  if (!width || !height) return;
  const share = ([left, top, right, bottom]) =>
    Math.min((width - 28) / Math.max(1, right - left), (height - 28 - TOOLS) / Math.max(1, bottom - top));
  const boxAt = (scale) => extent(compose(scene, scale, { chosen: null, near: null, hovered: null, line: null }));
  const [xs, ys] = [0, 1].map((axis) => scene.nodes.map((thing) => scene.place(thing)[axis]));
  let scale = Math.min(1.4, share([low(xs) - 20, low(ys) - 20, high(xs) + 20, high(ys) + 20]));
  for (let i = 0; i < (scene.nodes.length > 500 ? 2 : 8); i++) {
    const room = share(boxAt(scale));
    if (room >= 1) break;
    scale *= Math.max(0.6, room * 0.99);
  }
  const box = boxAt(scale);
  network.moveTo({
    position: { x: (box[0] + box[2]) / 2 / scale, y: ((box[1] + box[3]) / 2 - TOOLS / 2) / scale },
    scale,
    animation: animate && !still() && { duration: 300 },
  });
};
const low = (numbers) => numbers.reduce((a, b) => Math.min(a, b));
const high = (numbers) => numbers.reduce((a, b) => Math.max(a, b));
export const focusOn = (thing) => {
  if (!isDrawn(thing)) return;
  const [x, y] = placed.get(thing);
  const { x: left, y: top } = network.canvasToDOM({ x, y });
  const { clientWidth: width, clientHeight: height } = $("network");
  const isWell = left > width * 0.12 && left < width * 0.88 && top > height * 0.15 && top < height * 0.85;
  if (isWell && network.getScale() >= 0.6) return; // what can be seen well is not moved
  network.moveTo({
    position: { x, y },
    scale: Math.max(network.getScale(), scene.nodes.length > 120 ? 0.9 : 0.75),
    animation: !still() && { duration: 300 },
  });
};
export const zoom = (factor) =>
  network.moveTo({ scale: network.getScale() * factor, animation: !still() && { duration: 150 } });
export const resized = () => {
  network.setSize("100%", "100%");
  network.redraw();
};

const springs = () => {
  edges.clear();
  edges.add(scene.lines.map((each) => ({ from: each.from.n, to: each.to.n })));
};
export const setPhysics = (on) => {
  physics = on;
  if (on) springs();
  else {
    readPlaces();
    keepPlaces();
    edges.clear();
  }
  network.setOptions({ physics: { enabled: on } });
};

// ------------------------------------------------------------------ pictures
const forPicture = () =>
  compose(scene, network.getScale(), { chosen: state.chosen, near: near(), hovered: null, line: null });
export const svgPicture = (title) => asSvg(forPicture(), title);
export const pngPicture = () =>
  new Promise((resolve) => {
    const picture = forPicture();
    const [left, top, right, bottom] = extent(picture).map((edge, i) => edge + (i < 2 ? -12 : 12));
    const ratio = Math.min(2, 8000 / Math.max(right - left, bottom - top));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.ceil((right - left) * ratio), Math.ceil((bottom - top) * ratio)];
    const ctx = canvas.getContext("2d");
    ctx.fillStyle = colours().paper;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.scale(ratio, ratio);
    ctx.translate(-left, -top);
    onCanvas(ctx, picture.list, null);
    canvas.toBlob(resolve, "image/png");
  });
