/* What is drawn: nodes with their places, and lines between them. */
import { model } from "./model.js";
import { packed, page } from "./source.js";
import { state } from "./state.js";

const places = new Map(); // thing -> [x, y], in the network of all
const grid = new Map(); // which places are taken, in squares
const SQUARE = 60,
  GAP = 78;
const square = (x, y) => `${Math.floor(x / SQUARE)} ${Math.floor(y / SQUARE)}`;
const settle = (thing, x, y) => {
  places.set(thing, [x, y]);
  grid.set(square(x, y), (grid.get(square(x, y)) ?? 0) + 1);
};
export const move = (thing, x, y) => places.set(thing, [x, y]);

export const openScene = (things) => packed.nodes.forEach(([number, x, y]) => settle(things[number], x, y));

/* Where something that was not drawn at first goes: the first free place on a spiral around what it is linked to. */
const placeOf = (thing) => {
  if (places.has(thing)) return places.get(thing);
  const linked = [...thing.roles, ...thing.parts].map(([, other]) => other);
  const near = (linked.length ? linked : thing.says.map((claim) => claim.about))
    .map((other) => places.get(other))
    .filter(Boolean);
  const at = (axis) => (near.length ? near.reduce((sum, place) => sum + place[axis], 0) / near.length : 0);
  const [x, y] = [at(0), at(1)];
  for (let i = near.length === 1 ? 2 : 0; ; i++) {
    const radius = GAP * Math.sqrt(i) * 0.75,
      angle = i * 2.399963;
    const [px, py] = [Math.round(x + radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle))];
    if (i > 4000 || !grid.has(square(px, py))) {
      settle(thing, px, py);
      return [px, py];
    }
  }
};

/* The lines of a situation: from the agent to it, from it to all others; one between two nodes. */
const linesOf = (situation) => {
  const found = new Map();
  for (const [role, thing] of situation.roles) {
    const line = found.get(thing);
    if (line) line.roles.push(role);
    else if (thing !== situation)
      found.set(thing, { from: situation, to: thing, about: situation, roles: [role], says: false });
  }
  for (const line of found.values())
    if (line.roles.every((role) => role === "agent")) [line.from, line.to] = [line.to, line.from];
  return [...found.values()];
};
const saysOf = (situation) =>
  [...new Set(situation.claims.map((claim) => claim.source).filter(Boolean))].map((source) => ({
    from: source,
    to: situation,
    about: situation,
    roles: ["says"],
    says: true,
  }));

/* Whether somebody takes part in nothing of this and only speaks: what it says is then drawn as said by it, unasked. */
const onlySpeaks = (thing, isDrawn) =>
  thing?.entity && !thing.parts.some(([, about]) => isDrawn(about)) && thing.says.some((claim) => isDrawn(claim.about));

const isWanted = (thing) => !thing.entity || !state.kind.size || state.kind.has(thing.group);

/* The whole network: as many situations that pass as there is room for, the most important first, and whoever is in them.
   {nodes: [thing], lines, left: situations that pass and are not drawn, place: thing -> [x, y]} */
export const networkScene = (selection) => {
  const drawn = new Set();
  const lines = [];
  const situations = [];
  let left = 0;
  const draw = (situation) => {
    drawn.add(situation);
    situations.push(situation);
  };
  for (const situation of model.order) {
    if (!selection.situations.has(situation)) continue;
    const fillers = situation.roles
      .map(([, thing]) => thing)
      .filter((thing) => thing.entity && isWanted(thing) && !drawn.has(thing));
    if (drawn.size + fillers.length + 1 > page.most) {
      if (!state.brought.has(situation)) left += 1;
      continue;
    }
    draw(situation);
    fillers.forEach((thing) => drawn.add(thing));
  }
  for (const situation of state.brought) {
    if (!selection.situations.has(situation)) continue;
    if (!drawn.has(situation)) draw(situation);
    situation.roles.forEach(([, thing]) => {
      if (thing.entity && isWanted(thing)) drawn.add(thing);
    });
  }
  if (state.chosen && !drawn.has(state.chosen)) {
    if (state.chosen.entity) drawn.add(state.chosen);
    else {
      draw(state.chosen);
      state.chosen.roles.forEach(([, thing]) => {
        if (thing.entity) drawn.add(thing);
      });
    }
  }
  const speaker = onlySpeaks(state.chosen, (about) => drawn.has(about)) ? state.chosen : null;
  for (const situation of situations) {
    lines.push(...linesOf(situation).filter((line) => drawn.has(line.from) && drawn.has(line.to)));
    for (const line of saysOf(situation)) {
      if (line.from !== speaker && !(state.says && isWanted(line.from))) continue;
      drawn.add(line.from);
      lines.push(line);
    }
  }
  // those that have a place already come first, so that the others find it
  const nodes = [...drawn].sort((a, b) => places.has(b) - places.has(a) || a.n - b.n);
  nodes.forEach(placeOf);
  return { nodes, lines, left, place: (thing) => places.get(thing), radial: false };
};

/* What is one or two steps from a thing, in rings around it. A step leads from an entity through a situation to others. */
const MOST_AROUND = 400;
export const aroundScene = (selection, centre) => {
  const speaker = onlySpeaks(centre, (about) => selection.situations.has(about)) ? centre : null;
  const rings = [[centre]];
  const seen = new Set([centre]);
  const next = (thing) => {
    const found = [];
    for (const [, other] of [...thing.roles, ...thing.parts]) {
      if (other.entity ? isWanted(other) : selection.situations.has(other)) found.push(other);
    }
    if (state.says && !thing.entity) found.push(...saysOf(thing).map((line) => line.from));
    if (thing.entity && (state.says || thing === speaker))
      found.push(...thing.says.map((claim) => claim.about).filter((about) => selection.situations.has(about)));
    return found;
  };
  const depth = state.steps * 2 - (centre.entity ? 0 : 1);
  let left = 0;
  for (let i = 0; i < depth; i++) {
    const ring = [];
    for (const thing of rings.at(-1))
      for (const other of next(thing)) {
        if (seen.has(other)) continue;
        seen.add(other);
        if (seen.size > MOST_AROUND) {
          if (!other.entity) left += 1;
          continue;
        }
        ring.push(other);
      }
    if (!ring.length) break;
    rings.push(ring);
  }
  const at = ringPlaces(rings, next);
  const nodes = rings.flat();
  const drawn = new Set(nodes);
  const lines = nodes
    .filter((thing) => !thing.entity)
    .flatMap((thing) => [...linesOf(thing), ...saysOf(thing).filter((line) => state.says || line.from === speaker)])
    .filter((line) => drawn.has(line.from) && drawn.has(line.to));
  return { nodes, lines, left, place: (thing) => at.get(thing), radial: true };
};

/* Each ring is sorted by where what it hangs on stands, and is as long as its nodes need; a few of them lie on an ellipse. */
const ringPlaces = (rings, next) => {
  const at = new Map([[rings[0][0], [0, 0]]]);
  const angles = new Map([[rings[0][0], 0]]);
  let radius = 0;
  rings.slice(1).forEach((ring, i) => {
    const inner = new Set(rings[i]);
    const angle = (thing) => {
      const parents = next(thing)
        .filter((other) => inner.has(other) && i > 0)
        .map((other) => angles.get(other));
      if (!parents.length) return null;
      return Math.atan2(
        parents.reduce((sum, a) => sum + Math.sin(a), 0),
        parents.reduce((sum, a) => sum + Math.cos(a), 0),
      );
    };
    const wished = new Map(ring.map((thing) => [thing, angle(thing)]));
    const full = (a) => (a + 2 * Math.PI) % (2 * Math.PI);
    const sorted =
      i === 0 ? ring : [...ring].sort((a, b) => full(wished.get(a) ?? 0) - full(wished.get(b) ?? 0) || a.n - b.n);
    radius = Math.max(radius + 120, (ring.length * 64) / (2 * Math.PI));
    const start = i === 0 ? -Math.PI / 2 : bestTurn(sorted, wished, full);
    sorted.forEach((thing, j) => {
      const turn = start + (2 * Math.PI * j) / sorted.length;
      angles.set(thing, turn);
      at.set(thing, [Math.round(radius * 1.35 * Math.cos(turn)), Math.round(radius * Math.sin(turn))]);
    });
  });
  return at;
};
/* The turn of a ring at which its nodes are nearest to where they want to be. */
const bestTurn = (sorted, wished, full) => {
  let sin = 0,
    cos = 0;
  sorted.forEach((thing, j) => {
    const off = full((wished.get(thing) ?? 0) - (2 * Math.PI * j) / sorted.length);
    sin += Math.sin(off);
    cos += Math.cos(off);
  });
  return Math.atan2(sin, cos);
};
