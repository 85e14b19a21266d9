/* A scene as a list of things to draw, in pixels of the screen; surfaces.js puts them on a canvas or into SVG. */
import { around, marks, widthOf } from "./labels.js";
import { colours, fontOf } from "./theme.js";

const DASH = { Asserted: [], Reported: [6, 4], Hedged: [1.5, 3.5], Disputed: [], Negated: [9, 3, 2, 3] };
const ROLE = {
  topic: "about",
  reason: "because of",
  purpose: "in order to",
  instrument: "with",
  origin: "from",
  destination: "to",
  place: "in",
  represents: "for",
  agent: "by",
};
const roleWords = (roles) => roles.map((role) => ROLE[role] ?? role).join(", ");
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
    const stroke =
      line === focus.line ? ink.ink : line.says ? ink.accent : status === "Disputed" ? ink.Disputed : ink.line;
    const width = (line.says ? 1 : status === "Disputed" ? 2.2 : 1.2) * (scale < 0.5 ? 0.7 : 1) + (touches ? 0.7 : 0);
    const dash = line.says ? [1, 4] : DASH[status];
    const key = `${stroke} ${width} ${dash} ${faded}`;
    if (!batches.has(key))
      batches.set(key, { kind: "lines", stroke, width, dash, alpha: faded ? 0.16 : 1, points: [] });
    const start = border(from, to.x, to.y),
      end = border(to, from.x, from.y);
    batches.get(key).points.push(...start, ...end);
    lines.push({ line, start, end });
    if (line.roles[0] !== "agent" && scale > 0.45 && !faded) {
      const place = `${stroke}`;
      if (!arrows.has(place)) arrows.set(place, { kind: "arrows", fill: stroke, points: [] });
      const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
      const length = Math.hypot(dx, dy);
      if (length > arrow * 1.5) {
        const [ux, uy] = [(dx / length) * arrow, (dy / length) * arrow];
        arrows
          .get(place)
          .points.push(
            end[0],
            end[1],
            end[0] - ux - uy * 0.45,
            end[1] - uy + ux * 0.45,
            end[0] - ux + uy * 0.45,
            end[1] - uy - ux * 0.45,
          );
      }
    }
    if (touches && !faded && !(line.roles.length === 1 && line.roles[0] === "agent" && line !== focus.line)) {
      roles.push({
        kind: "text",
        x: (start[0] + end[0]) / 2,
        y: (start[1] + end[1]) / 2,
        text: line.roles[0] === "says" ? "says" : roleWords(line.roles),
        font: fontOf(11.5, 400),
        size: 11.5,
        fill: ink.soft,
        halo: ink.paper,
        alpha: 1,
        room: Math.hypot(end[0] - start[0], end[1] - start[1]),
      });
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
  for (const mark of [...found].reverse())
    list.push(...(mark.thing.entity ? entityMark(mark, ink) : situationMark(mark, ink)));
  for (const mark of [...found].reverse())
    if (mark.label && mark.thing.entity) list.push(...labelText(mark, ink.ink, ink.paper));
  return { list, marks: byThing, lines, scale };
};
const entityMark = ({ thing, x, y, width, faded, chosen }, ink) => [
  {
    kind: "circle",
    x,
    y,
    radius: width / 2,
    fill: ink[thing.group],
    stroke: chosen ? ink.ink : ink.paper,
    width: chosen ? 3 : 1.5,
    alpha: faded ? 0.18 : 1,
  },
  ...(chosen
    ? [{ kind: "circle", x, y, radius: width / 2 + 4.5, fill: null, stroke: ink.accent, width: 2, alpha: 1 }]
    : []),
];
const situationMark = (mark, ink) => {
  const { thing, x, y, width, height, label, faded, chosen } = mark;
  const special = thing.status === "Disputed" || thing.status === "Negated" ? thing.status : null;
  const kind = special ?? (thing.state ? "State" : "Event");
  const stroke = ink[kind];
  const box = {
    kind: "box",
    x,
    y,
    w: width,
    h: height,
    corner: label ? (thing.state ? height / 2 : 4) : thing.state ? height / 2 : 2,
    fill:
      label || faded
        ? ink[`${kind.toLowerCase()}-fill`]
        : thing.status === "Asserted" || special
          ? stroke
          : ink[`${kind.toLowerCase()}-fill`],
    stroke: chosen ? ink.accent : stroke,
    width: chosen ? 3 : thing.status === "Disputed" ? 2.4 : 1.3,
    dash: chosen ? [] : DASH[thing.status],
    alpha: faded ? 0.22 : 1,
  };
  return [box, ...(label ? labelText(mark, special ? stroke : ink.ink, null) : [])];
};
const labelText = ({ label, lx, ly }, fill, halo) =>
  label.lines.map((text, i) => ({
    kind: "text",
    x: lx,
    y: ly + (i - (label.lines.length - 1) / 2) * label.size * 1.25,
    text,
    font: label.font,
    size: label.size,
    fill,
    halo,
    alpha: 1,
  }));
