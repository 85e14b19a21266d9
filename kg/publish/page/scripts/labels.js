/* Which names and boxes there is room for, at a scale: the important ones first, none over another. */
import { fontOf } from "./theme.js";

/* From this radius on a name is shown wherever there are few nodes. */
const LARGE = 16;
/* How far a box may give way to what is around it, in pixels. */
const SHIFTS = [
  [0, 0],
  [0, -11],
  [0, 11],
  [-24, 0],
  [24, 0],
  [-16, -16],
  [16, -16],
  [-16, 16],
  [16, 16],
];
const MOST_LETTERS = 44,
  WRAP = 130;
const FONTS = [
  [18, 15, 600],
  [13, 13.5, 500],
  [0, 12.5, 400],
];
const BOX_FONT = 12.5;

const flat = (text) => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1).trimEnd()}…` : line;
};

// ------------------------------------------------------------------ how wide words are
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();
export const widthOf = (text, font) => {
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
  thing.labelCut = {
    lines,
    font,
    size,
    width: Math.max(...lines.map((line) => widthOf(line, font))),
    height: lines.length * size * 1.25,
  };
  return thing.labelCut;
};
const radiusOf = (thing, scale, crowded) =>
  scale < 1 ? Math.max(2.2, thing.radius * scale ** (crowded ? 0.62 : 0.5)) : thing.radius * growth(scale);

// ------------------------------------------------------------------ which labels there is room for
class Taken {
  constructor() {
    this.squares = new Map();
  }
  *cells([left, top, right, bottom]) {
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
export const around = (x, y, width, height) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];

/* {found, taken}: each node as a mark, with its label if there is room, and what room is taken. */
export const marks = (scene, scale, { chosen, near, hovered, crowded }) => {
  const rank = (thing) => (thing === chosen || thing === hovered ? 0 : near && !near.has(thing) ? 2 : 1);
  // in a small picture what is disputed comes first, then names, then the other boxes, then who has no name
  const place = (thing) =>
    crowded ? 0 : thing.entity ? (thing.radius >= LARGE || thing.named ? 1 : 3) : thing.status === "Disputed" ? 0 : 2;
  const order = [...scene.nodes].sort(
    (a, b) => rank(a) - rank(b) || place(a) - place(b) || b.importance - a.importance || a.n - b.n,
  );
  const taken = new Taken(); // by marks and labels
  const labels = new Taken(); // by labels alone
  const found = order.map((thing) => {
    const [gx, gy] = scene.place(thing);
    const [x, y] = [gx * scale, gy * scale];
    const faded = rank(thing) === 2;
    const side = thing.entity
      ? 2 * radiusOf(thing, scale, crowded)
      : Math.max(3.6, 11 * Math.min(1, scale ** (crowded ? 0.6 : 0.4)));
    const mark = {
      thing,
      x,
      y,
      width: side,
      height: thing.entity ? side : side * 0.72,
      label: null,
      faded,
      chosen: thing === chosen,
    };
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
      const shift =
        shifts.find(([dx, dy]) => isRoomFor(taken, around(x + dx, y + dy, width, height), own)) ??
        (always ? [0, 0] : null);
      if (shift) {
        const [lx, ly] = [x + shift[0], y + shift[1]];
        Object.assign(mark, { label, lx, ly, x: lx, y: ly, width, height });
        taken.take(around(lx, ly, width, height));
        labels.take(around(lx, ly, width, height));
      } else if (crowded) taken.take(around(x, y, mark.width, mark.height));
      continue;
    }
    const [w, h] = [label.width + 2, label.height + 1];
    const off = mark.height / 2 + 3 + h / 2,
      aside = mark.width / 2 + 4 + w / 2;
    const [down, along] = [off * 0.8, aside * 0.8];
    const spots = [
      [x, y + off],
      [x, y - off],
      [x + aside, y],
      [x - aside, y],
      [x + along, y + down],
      [x - along, y + down],
      [x + along, y - down],
      [x - along, y - down],
    ];
    const spot =
      spots.find(([lx, ly]) => isRoomFor(taken, around(lx, ly, w, h), null)) ??
      (always
        ? spots[0]
        : !crowded && thing.radius >= LARGE
          ? spots.find(([lx, ly]) => labels.isFree(around(lx, ly, w, h)))
          : null);
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
