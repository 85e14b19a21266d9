/* Without a mouse: arrows lead from node to neighbour, a few keys do what buttons do. */
import { act } from "./actions.js";
import { $, announce } from "./dom.js";
import { drawnNow, fit, zoom } from "./network.js";
import { inWords } from "./pieces.js";
import { state } from "./state.js";

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const SIDE = { ArrowRight: "to the right", ArrowLeft: "to the left", ArrowDown: "below", ArrowUp: "above" };

const mostImportant = () => {
  const { nodes } = drawnNow();
  return nodes.reduce((best, thing) => (!best || thing.importance > best.importance ? thing : best), null);
};
/* The neighbour that lies nearest to a way: within a right angle around it, the straighter the better. */
const neighbour = (thing, [wx, wy]) => {
  const { lines, place } = drawnNow();
  const [x, y] = place(thing);
  let best = null,
    most = Math.cos(Math.PI / 3.2);
  for (const { from, to } of lines) {
    const other = from === thing ? to : to === thing ? from : null;
    if (!other || other === best) continue;
    const [dx, dy] = [place(other)[0] - x, place(other)[1] - y];
    const cosine = (dx * wx + dy * wy) / (Math.hypot(dx, dy) || 1);
    if (cosine > most) [best, most] = [other, cosine];
  }
  return best;
};
const step = (key) => {
  const at = state.chosen && drawnNow().nodes.includes(state.chosen) ? state.chosen : null;
  const next = at ? neighbour(at, WAYS[key]) : mostImportant();
  if (!next) {
    announce(at ? `No neighbour ${SIDE[key]}` : "Nothing is drawn");
    return;
  }
  act.choose(next, { move: true, push: false });
  announce(inWords(next));
};
const KEYS = {
  ...Object.fromEntries(Object.keys(WAYS).map((key) => [key, () => step(key)])),
  "+": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: () => fit(true),
  Home: () => {
    const first = mostImportant();
    if (first) {
      act.choose(first, { move: true });
      announce(inWords(first));
    }
  },
  Enter: () => $("details").querySelector("button:not(.back)")?.focus(),
};
export const openKeyboard = () => {
  $("canvas").addEventListener("keydown", (press) => {
    if (
      !Object.hasOwn(KEYS, press.key) ||
      press.ctrlKey ||
      press.metaKey ||
      press.altKey ||
      press.target.closest("button")
    )
      return;
    press.preventDefault();
    KEYS[press.key]();
  });
  document.addEventListener("keydown", (press) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(press.target.tagName) && press.target.type !== "checkbox";
    if (press.key === "Escape" && state.chosen && !typing) act.choose(null);
    if (press.key === "/" && !typing) {
      press.preventDefault();
      $("search").focus();
    }
  });
  $("tabs").addEventListener("keydown", (press) => {
    const tabs = [...$("tabs").children],
      i = tabs.indexOf(document.activeElement);
    const to = {
      ArrowRight: (i + 1) % tabs.length,
      ArrowLeft: (i - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[press.key];
    if (to === undefined) return;
    press.preventDefault();
    tabs[to].focus();
    tabs[to].click();
  });
};
