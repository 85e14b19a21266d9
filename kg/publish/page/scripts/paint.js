/* A scene as a list of things to draw, in pixels of the screen; and that list on a canvas or as SVG. */
import { css } from "./dom.js";

export const STATUSES = ["Asserted", "Reported", "Hedged", "Disputed", "Negated"];
const DASH = { Asserted: [], Reported: [6, 4], Hedged: [1.5, 3.5], Disputed: [], Negated: [9, 3, 2, 3] };
const ROLE = { topic: "about", reason: "because of", purpose: "in order to", instrument: "with", origin: "from",
  destination: "to", place: "in", represents: "for", agent: "by" };
export const roleWords = (roles) => roles.map((role) => ROLE[role] ?? role).join(", ");
/* From this radius on a name is shown wherever there are few nodes. */
const LARGE = 16;
/* How far a box may give way to what is around it, in pixels. */
const SHIFTS = [[0, 0], [0, -11], [0, 11], [-24, 0], [24, 0], [-16, -16], [16, -16], [-16, 16], [16, 16]];
const MOST_LETTERS = 44, WRAP = 130;
const FONTS = [[18, 15, 600], [13, 13.5, 500], [0, 12.5, 400]];
const BOX_FONT = 12.5;

let palette = null;
export const forgetColours = () => { palette = null; };
const NAMES = ["ink", "soft", "paper", "line", "accent", "sans", "Person", "Group", "Organization", "Place", "Work", "Thing", "Event", "State",
  "event-fill", "state-fill", "Disputed", "disputed-fill", "Negated", "negated-fill"];
export const colours = () => (palette ??= Object.fromEntries(NAMES.map((name) => [name, css(name)])));

const flat = (text) => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1).trimEnd()}…` : line;
};

// ------------------------------------------------------------------ how wide words are
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();
const widthOf = (text, font) => {
  const key = `${font}\n${text}`;
  if (!widths.has(key)) {
    ruler.font = font;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
};
const wrapped = (text, font) => {
  const lines = [];
  for (const word of flat(text).split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && widthOf(longer, font) <= WRAP) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.length <= 2 ? lines : [lines[0], `${lines[1]}…`];
};
const fontOf = (size, weight) => `${weight} ${size}px ${colours().sans}`;

/* A node's words and their size at a scale: below 1 they keep it, above they grow a little. */
const growth = (scale) => Math.min(1.6, Math.max(0.92, Math.sqrt(scale)));
const labelOf = (thing, scale, chosen) => {
  const key = `${growth(scale).toFixed(2)} ${chosen}`;
  if (thing.labelKey === key && thing.labelCut) return thing.labelCut;
  const [, base, weight] = thing.entity ? FONTS.find(([least]) => thing.radius >= least) : [0, BOX_FONT, 400];
  const size = Math.round(base * growth(scale) * 10) / 10;
  const font = fontOf(size, chosen ? 700 : weight);
  const lines = thing.entity ? wrapped(thing.label, font) : [flat(thing.short)];
  thing.labelKey = key;
  thing.labelCut = { lines, font, size, width: Math.max(...lines.map((line) => widthOf(line, font))), height: lines.length * size * 1.25 };
  return thing.labelCut;
};
export const radiusOf = (thing, scale, crowded) => (scale < 1 ? Math.max(2.2, thing.radius * scale ** (crowded ? 0.62 : 0.5)) : thing.radius * growth(scale));

// ------------------------------------------------------------------ which labels there is room for
class Taken {
  constructor() { this.squares = new Map(); }
  * cells([left, top, right, bottom]) {
    for (let x = Math.floor(left / 70); x <= Math.floor(right / 70); x++) {
      for (let y = Math.floor(top / 40); y <= Math.floor(bottom / 40); y++) yield x * 100003 + y;
    }
  }
  isFree(box) {
    for (const cell of this.cells(box)) {
      for (const other of this.squares.get(cell) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
  take(box) {
    for (const cell of this.cells(box)) {
      if (this.squares.has(cell)) this.squares.get(cell).push(box);
      else this.squares.set(cell, [box]);
    }
  }
}
const around = (x, y, width, height) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];

/* {found, taken}: each node as a mark, with its label if there is room, and what room is taken. */
const marks = (scene, scale, { chosen, near, hovered, crowded }) => {
  const rank = (thing) => (thing === chosen || thing === hovered ? 0 : near && !near.has(thing) ? 2 : 1);
  // in a small picture what is disputed comes first, then names, then the other boxes, then who has no name
  const place = (thing) => (crowded ? 0 : thing.entity ? (thing.radius >= LARGE || thing.named ? 1 : 3) : thing.status === "Disputed" ? 0 : 2);
  const order = [...scene.nodes].sort((a, b) => rank(a) - rank(b) || place(a) - place(b) || b.importance - a.importance || a.n - b.n);
  const taken = new Taken(); // by marks and labels
  const labels = new Taken(); // by labels alone
  const found = order.map((thing) => {
    const [gx, gy] = scene.place(thing);
    const [x, y] = [gx * scale, gy * scale];
    const faded = rank(thing) === 2;
    const side = thing.entity ? 2 * radiusOf(thing, scale, crowded) : Math.max(3.6, 11 * Math.min(1, scale ** (crowded ? 0.6 : 0.4)));
    const mark = { thing, x, y, width: side, height: thing.entity ? side : side * 0.72, label: null, faded, chosen: thing === chosen };
    if (!crowded && !faded) taken.take(around(x, y, mark.width, mark.height));
    return mark;
  });
  for (const mark of found) {
    const { thing, x, y } = mark;
    if (mark.faded) continue;
    const label = labelOf(thing, scale, mark.chosen);
    const always = thing === chosen || thing === hovered;
    if (!thing.entity) {
      const [width, height] = [label.width + 14, label.size + 9];
      const own = crowded ? null : around(x, y, mark.width, mark.height);
      const shifts = crowded ? [[0, 0]] : SHIFTS;
      const shift = shifts.find(([dx, dy]) => isRoomFor(taken, around(x + dx, y + dy, width, height), own)) ?? (always ? [0, 0] : null);
      if (shift) {
        const [lx, ly] = [x + shift[0], y + shift[1]];
        Object.assign(mark, { label, lx, ly, x: lx, y: ly, width, height });
        taken.take(around(lx, ly, width, height));
        labels.take(around(lx, ly, width, height));
      } else if (crowded) taken.take(around(x, y, mark.width, mark.height));
      continue;
    }
    const [w, h] = [label.width + 2, label.height + 1];
    const off = mark.height / 2 + 3 + h / 2, aside = mark.width / 2 + 4 + w / 2;
    const [down, along] = [off * 0.8, aside * 0.8];
    const spots = [[x, y + off], [x, y - off], [x + aside, y], [x - aside, y], [x + along, y + down], [x - along, y + down], [x + along, y - down],
      [x - along, y - down]];
    const spot = spots.find(([lx, ly]) => isRoomFor(taken, around(lx, ly, w, h), null)) ?? (always ? spots[0] : !crowded && thing.radius >= LARGE ? spots.find(([lx, ly]) => labels.isFree(around(lx, ly, w, h))) : null);
    if (crowded) taken.take(around(x, y, mark.width, mark.height));
    if (!spot) continue;
    Object.assign(mark, { label, lx: spot[0], ly: spot[1] });
    taken.take(around(...spot, w, h));
    labels.take(around(...spot, w, h));
  }
  return { found, taken };
};
/* A box may cover the mark that stands for it, and nothing else. */
const isRoomFor = (taken, box, own) => {
  if (!own) return taken.isFree(box);
  for (const cell of taken.cells(box)) {
    for (const other of taken.squares.get(cell) ?? []) {
      const same = other[0] === own[0] && other[1] === own[1] && other[2] === own[2] && other[3] === own[3];
      if (!same && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
    }
  }
  return true;
};

// ------------------------------------------------------------------ the list of what is drawn
/* Where a line from (x, y) to the middle of a mark meets its border. */
const border = (mark, x, y) => {
  const [dx, dy] = [x - mark.x, y - mark.y];
  const length = Math.hypot(dx, dy) || 1;
  if (mark.thing.entity) return [mark.x + (dx / length) * (mark.width / 2), mark.y + (dy / length) * (mark.width / 2)];
  const part = Math.min(mark.width / 2 / (Math.abs(dx) || 1e-6), mark.height / 2 / (Math.abs(dy) || 1e-6), 1);
  return [mark.x + dx * part, mark.y + dy * part];
};

/* {list, marks: Map(thing -> mark), lines: [{line, from, to}]} for a scene at a scale. */
export const compose = (scene, scale, focus) => {
  const ink = colours();
  const list = [];
  const { found, taken } = marks(scene, scale, { ...focus, crowded: scene.nodes.length > 500 });
  const byThing = new Map(found.map((mark) => [mark.thing, mark]));
  const batches = new Map();
  const arrows = new Map();
  const lines = [];
  const roles = [];
  const arrow = Math.min(7, 4 + 3 * scale);
  for (const line of scene.lines) {
    const [from, to] = [byThing.get(line.from), byThing.get(line.to)];
    const faded = from.faded || to.faded;
    const touches = line.from === focus.chosen || line.to === focus.chosen || line === focus.line;
    const { status } = line.about;
    const stroke = line === focus.line ? ink.ink : line.says ? ink.accent : status === "Disputed" ? ink.Disputed : ink.line;
    const width = (line.says ? 1 : status === "Disputed" ? 2.2 : 1.2) * (scale < 0.5 ? 0.7 : 1) + (touches ? 0.7 : 0);
    const dash = line.says ? [1, 4] : DASH[status];
    const key = `${stroke} ${width} ${dash} ${faded}`;
    if (!batches.has(key)) batches.set(key, { kind: "lines", stroke, width, dash, alpha: faded ? 0.16 : 1, points: [] });
    const start = border(from, to.x, to.y), end = border(to, from.x, from.y);
    batches.get(key).points.push(...start, ...end);
    lines.push({ line, start, end });
    if (line.roles[0] !== "agent" && scale > 0.45 && !faded) {
      const place = `${stroke}`;
      if (!arrows.has(place)) arrows.set(place, { kind: "arrows", fill: stroke, points: [] });
      const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
      const length = Math.hypot(dx, dy);
      if (length > arrow * 1.5) {
        const [ux, uy] = [(dx / length) * arrow, (dy / length) * arrow];
        arrows.get(place).points.push(end[0], end[1], end[0] - ux - uy * 0.45, end[1] - uy + ux * 0.45, end[0] - ux + uy * 0.45, end[1] - uy - ux * 0.45);
      }
    }
    if (touches && !faded && !(line.roles.length === 1 && line.roles[0] === "agent" && line !== focus.line)) {
      roles.push({ kind: "text", x: (start[0] + end[0]) / 2, y: (start[1] + end[1]) / 2, text: line.roles[0] === "says" ? "says" : roleWords(line.roles),
        font: fontOf(11.5, 400), size: 11.5, fill: ink.soft, halo: ink.paper, alpha: 1, room: Math.hypot(end[0] - start[0], end[1] - start[1]) });
    }
  }
  list.push(...batches.values(), ...arrows.values());
  for (const each of roles) {
    const width = widthOf(each.text, each.font);
    const box = around(each.x, each.y, width, each.size);
    if (!focus.line && (each.room < width + 6 || !taken.isFree(box))) continue;
    taken.take(box);
    list.push(each);
  }
  for (const mark of [...found].reverse()) list.push(...(mark.thing.entity ? entityMark(mark, ink) : situationMark(mark, ink)));
  for (const mark of [...found].reverse()) if (mark.label && mark.thing.entity) list.push(...labelText(mark, ink.ink, ink.paper));
  return { list, marks: byThing, lines, scale };
};
const entityMark = ({ thing, x, y, width, faded, chosen }, ink) => [
  { kind: "circle", x, y, radius: width / 2, fill: ink[thing.group], stroke: chosen ? ink.ink : ink.paper, width: chosen ? 3 : 1.5, alpha: faded ? 0.18 : 1 },
  ...(chosen ? [{ kind: "circle", x, y, radius: width / 2 + 4.5, fill: null, stroke: ink.accent, width: 2, alpha: 1 }] : []),
];
const situationMark = (mark, ink) => {
  const { thing, x, y, width, height, label, faded, chosen } = mark;
  const special = thing.status === "Disputed" || thing.status === "Negated" ? thing.status : null;
  const kind = special ?? (thing.state ? "State" : "Event");
  const stroke = ink[kind];
  const box = { kind: "box", x, y, w: width, h: height, corner: label ? (thing.state ? height / 2 : 4) : thing.state ? height / 2 : 2,
    fill: label || faded ? ink[`${kind.toLowerCase()}-fill`] : thing.status === "Asserted" || special ? stroke : ink[`${kind.toLowerCase()}-fill`],
    stroke: chosen ? ink.accent : stroke, width: chosen ? 3 : thing.status === "Disputed" ? 2.4 : 1.3, dash: chosen ? [] : DASH[thing.status], alpha: faded ? 0.22 : 1 };
  return [box, ...(label ? labelText(mark, special ? stroke : ink.ink, null) : [])];
};
const labelText = ({ label, lx, ly }, fill, halo) => label.lines.map((text, i) => ({
  kind: "text", x: lx, y: ly + (i - (label.lines.length - 1) / 2) * label.size * 1.25, text, font: label.font, size: label.size, fill, halo, alpha: 1,
}));

// ------------------------------------------------------------------ on a canvas
const outside = (item, [left, top, right, bottom]) => item.x !== undefined
  && (item.x < left - 150 || item.x > right + 150 || item.y < top - 60 || item.y > bottom + 60);
const PAINT = {
  lines: (ctx, { points, stroke, width, dash }) => {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.beginPath();
    for (let i = 0; i < points.length; i += 4) { ctx.moveTo(points[i], points[i + 1]); ctx.lineTo(points[i + 2], points[i + 3]); }
    ctx.stroke();
    ctx.setLineDash([]);
  },
  arrows: (ctx, { points, fill }) => {
    ctx.fillStyle = fill;
    ctx.beginPath();
    for (let i = 0; i < points.length; i += 6) {
      ctx.moveTo(points[i], points[i + 1]);
      ctx.lineTo(points[i + 2], points[i + 3]);
      ctx.lineTo(points[i + 4], points[i + 5]);
      ctx.closePath();
    }
    ctx.fill();
  },
  circle: (ctx, { x, y, radius, fill, stroke, width }) => {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    if (fill) { ctx.fillStyle = fill; ctx.fill(); }
    ctx.lineWidth = width;
    ctx.strokeStyle = stroke;
    ctx.stroke();
  },
  box: (ctx, { x, y, w, h, corner, fill, stroke, width, dash }) => {
    ctx.beginPath();
    ctx.roundRect(x - w / 2, y - h / 2, w, h, corner);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = width;
    ctx.strokeStyle = stroke;
    ctx.setLineDash(dash);
    ctx.stroke();
    ctx.setLineDash([]);
  },
  text: (ctx, { x, y, text, font, fill, halo }) => {
    ctx.font = font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    if (halo) {
      ctx.lineWidth = 3.5;
      ctx.lineJoin = "round";
      ctx.strokeStyle = halo;
      ctx.strokeText(text, x, y);
    }
    ctx.fillStyle = fill;
    ctx.fillText(text, x, y);
  },
};
export const onCanvas = (ctx, list, view) => {
  for (const item of list) {
    if (view && outside(item, view)) continue;
    ctx.globalAlpha = item.alpha ?? 1;
    PAINT[item.kind](ctx, item);
  }
  ctx.globalAlpha = 1;
};

/* Left, top, right and bottom of all marks and labels. */
export const extent = ({ marks: found }) => {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const add = (x, y, width, height) => {
    const [left, top, right, bottom] = around(x, y, width, height);
    [box[0], box[1], box[2], box[3]] = [Math.min(box[0], left), Math.min(box[1], top), Math.max(box[2], right), Math.max(box[3], bottom)];
  };
  for (const mark of found.values()) {
    add(mark.x, mark.y, mark.width + 6, mark.height + 6);
    if (mark.label) add(mark.lx, mark.ly, mark.label.width + 4, mark.label.height + 4);
  }
  return box.every(Number.isFinite) ? box : [0, 0, 0, 0];
};

// ------------------------------------------------------------------ as SVG
const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const n = (value) => String(Math.round(value * 10) / 10);
const style = ({ stroke, width, dash, fill, alpha }) => `fill="${fill ? escaped(fill) : "none"}"${stroke ? ` stroke="${escaped(stroke)}" stroke-width="${n(width)}"` : ""}`
  + `${dash?.length ? ` stroke-dasharray="${dash.join(" ")}"` : ""}${(alpha ?? 1) < 1 ? ` opacity="${alpha}"` : ""}`;
const path = (points, size) => {
  let text = "";
  for (let i = 0; i < points.length; i += 2) text += `${i % size === 0 ? "M" : "L"}${n(points[i])} ${n(points[i + 1])}${size === 6 && i % 6 === 4 ? "Z" : ""}`;
  return text;
};
const SVG = {
  lines: (item) => `<path d="${path(item.points, 4)}" ${style(item)}/>`,
  arrows: (item) => `<path d="${path(item.points, 6)}" ${style(item)}/>`,
  circle: (item) => `<circle cx="${n(item.x)}" cy="${n(item.y)}" r="${n(item.radius)}" ${style(item)}/>`,
  box: (item) => `<rect x="${n(item.x - item.w / 2)}" y="${n(item.y - item.h / 2)}" width="${n(item.w)}" height="${n(item.h)}" rx="${n(item.corner)}" ${style(item)}/>`,
  text: ({ x, y, text, font, size, fill, halo }) => `<text x="${n(x)}" y="${n(y)}" text-anchor="middle" dominant-baseline="central" `
    + `font-family="${escaped(colours().sans)}" font-size="${n(size)}" font-weight="${/^\d+/.exec(font)[0]}" fill="${escaped(fill)}"`
    + `${halo ? ` stroke="${escaped(halo)}" stroke-width="3.5" paint-order="stroke" stroke-linejoin="round"` : ""}>${escaped(text)}</text>`,
};
export const asSvg = (composed, title) => {
  const [left, top, right, bottom] = extent(composed).map((edge, i) => edge + (i < 2 ? -12 : 12));
  const size = `width="${n(right - left)}" height="${n(bottom - top)}" viewBox="${n(left)} ${n(top)} ${n(right - left)} ${n(bottom - top)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n<title>${escaped(title)}</title>\n`
    + `<rect x="${n(left)}" y="${n(top)}" width="100%" height="100%" fill="${escaped(colours().paper)}"/>\n`
    + `${composed.list.map((item) => SVG[item.kind](item)).join("\n")}\n</svg>\n`;
};
