/* The filters: facets with counts, the time with a histogram, and what is set, in words that take it back. */
import { act } from "./actions.js";
import { $, capital, clip, el, figure, svg, words } from "./dom.js";
import { OWN, UNNAMED, isDated } from "./match.js";
import { model } from "./model.js";
import { CERTAINTY, STATUS } from "./pieces.js";
import { SETS, isFiltered, state, withoutFilters } from "./state.js";
import { firstDay } from "./timeline.js";

const FIRST = 8;
const TITLES = {
  status: "Status",
  class: "What happens",
  kind: "Who takes part",
  certainty: "Certainty",
  source: "Source",
  document: "Document",
};
const plain = { Event: "other events", State: "other states" };
const labelOf = {
  status: (value) => value,
  class: (value) => plain[value] ?? capital(words(value)),
  kind: (value) => value,
  certainty: (value) => CERTAINTY[value] ?? value,
  source: (value) =>
    value === OWN
      ? model.documents.length === 1
        ? "The article itself"
        : "The documents themselves"
      : value === UNNAMED
        ? "Sources without a name"
        : (model.byId.get(value)?.label ?? value),
  document: (value) => model.byId.get(value)?.label ?? value,
};
const signs = {
  status: (value) => el("span", { class: `box Event ${value}`, "aria-hidden": "true" }),
  kind: (value) => el("span", { class: `dot ${value}`, "aria-hidden": "true" }),
};
const ORDER = { status: Object.keys(STATUS), certainty: Object.keys(CERTAINTY), kind: null };
const open = new Set(["status", "class", "source"]); // facets that are unfolded
const all = new Set(); // facets of which all values are listed

let last = null;
export const showFilters = (selection) => {
  last = selection;
  showChips();
  showPresets();
  if ($("filters").hidden) return;
  const focused = document.activeElement?.dataset?.value;
  for (const key of SETS) $("facets").children[SETS.indexOf(key)]?.replaceWith(facet(key, selection.counts[key]));
  if (!$("facets").children.length) $("facets").append(...SETS.map((key) => facet(key, selection.counts[key])));
  showTime(selection);
  if (focused) [...$("facets").querySelectorAll("input")].find((each) => each.dataset.value === focused)?.focus();
};

const facet = (key, counts) => {
  const wanted =
    ORDER[key] === undefined
      ? [...counts.keys()].sort(
          (a, b) => counts.get(b) - counts.get(a) || labelOf[key](a).localeCompare(labelOf[key](b), "en"),
        )
      : (ORDER[key] ?? model.groups);
  const special = key === "source" ? [OWN, UNNAMED] : [];
  const values = [...special, ...wanted.filter((value) => !special.includes(value)), ...state[key]]
    .filter((value, i, list) => list.indexOf(value) === i)
    .filter((value) => counts.get(value) || state[key].has(value));
  const shown = all.has(key) ? values.slice(0, 400) : values.filter((value, i) => i < FIRST || state[key].has(value));
  return el(
    "details",
    {
      class: "facet",
      id: `facet-${key}`,
      open: open.has(key) || state[key].size > 0,
      ontoggle: ({ target }) => {
        if (target.open) open.add(key);
        else open.delete(key);
      },
    },
    el("summary", {}, TITLES[key], state[key].size ? el("span", { class: "n" }, ` ${state[key].size} chosen`) : ""),
    el(
      "ul",
      {},
      shown.map((value) => option(key, value, counts.get(value) ?? 0)),
    ),
    values.length > shown.length
      ? el(
          "button",
          {
            type: "button",
            class: "small",
            onclick: () => {
              all.add(key);
              act.change({});
            },
          },
          `All ${figure(values.length)}`,
        )
      : null,
    values.length ? null : el("p", { class: "line" }, "nothing"),
  );
};
const option = (key, value, n) =>
  el(
    "li",
    {},
    el(
      "label",
      { title: key === "status" ? STATUS[value] : null },
      el("input", {
        type: "checkbox",
        "data-value": `${key} ${value}`,
        checked: state[key].has(value),
        onchange: ({ target }) => {
          const next = new Set(state[key]);
          if (target.checked) next.add(value);
          else next.delete(value);
          act.change({ [key]: next });
        },
      }),
      signs[key]?.(value),
      el("span", { class: "name" }, clip(labelOf[key](value), 70)),
      el("span", { class: "n" }, figure(n)),
    ),
  );

// ------------------------------------------------------------------ what is set, and how to take it back
const chip = (text, patch) =>
  el(
    "button",
    { type: "button", class: "chip", "aria-label": `Take back: ${text}`, onclick: () => act.change(patch) },
    el("span", {}, clip(text, 40)),
    el("span", { class: "x", "aria-hidden": "true" }, "×"),
  );
const without = (key, value) => ({ [key]: new Set([...state[key]].filter((each) => each !== value)) });
const showChips = () => {
  const chips = SETS.flatMap((key) => [...state[key]].map((value) => chip(labelOf[key](value), without(key, value))));
  if (state.text) chips.push(chip(`“${state.text}”`, { text: "" }));
  if (state.from || state.to)
    chips.push(chip(`${state.from || "…"} – ${state.to || "…"}`, { from: "", to: "", undated: false }));
  $("chips").replaceChildren(
    ...chips,
    isFiltered()
      ? el(
          "button",
          { type: "button", class: "chip reset", id: "reset", onclick: () => act.change(withoutFilters()) },
          "Reset",
        )
      : "",
  );
  const set = chips.length;
  $("open-filters").replaceChildren("Filters", set ? el("span", { class: "n" }, ` ${set}`) : "");
};
const showPresets = () => {
  const disputed = model.situations.filter((each) => each.status === "Disputed").length;
  const only = state.status.size === 1 && state.status.has("Disputed");
  $("disputed").hidden = !disputed;
  $("disputed").setAttribute("aria-pressed", String(only));
  $("disputed").textContent = `Only disputed ${figure(disputed)}`;
  const others = model.situations.filter((each) => each.plain).length;
  $("more").hidden = !others;
  $("more").setAttribute("aria-pressed", String(state.more));
  $("more").textContent = `Other events ${figure(others)}`;
  $("says").hidden = !model.entities.some((each) => each.says.length);
  $("says").setAttribute("aria-pressed", String(state.says));
};

// ------------------------------------------------------------------ time
const MOST_BARS = 36;
/* Days as bars: by the day, month or year, several years together if there are many. [[from, to, number], ...] */
const bars = (days) => {
  if (!days.length) return [];
  const parts = days.map((day) => day.split("-").map(Number));
  const units = [
    ([y, m, d]) => Math.floor(Date.UTC(y, m - 1, d) / 86_400_000),
    ([y, m]) => y * 12 + m - 1,
    ([y]) => y,
    ([y]) => Math.floor(y / 5),
    ([y]) => Math.floor(y / 10),
    ([y]) => Math.floor(y / 50),
    ([y]) => Math.floor(y / 100),
    ([y]) => Math.floor(y / 1000),
  ];
  const unit = units.findIndex((of, i) => {
    const numbers = parts.map(of);
    return i === units.length - 1 || spread(numbers) < MOST_BARS;
  });
  const numbers = parts.map(units[unit]);
  const first = numbers.reduce((a, b) => Math.min(a, b)),
    counts = Array(spread(numbers) + 1).fill(0);
  numbers.forEach((number) => {
    counts[number - first] += 1;
  });
  return counts.map((n, i) => [edge(unit, first + i, false), edge(unit, first + i, true), n]);
};
const spread = (numbers) => numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));
const iso = (y, m, d) => `${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
const edge = (unit, number, last) => {
  if (unit === 0) return new Date(number * 86_400_000).toISOString().slice(0, 10);
  if (unit === 1) {
    const [y, m] = [Math.floor(number / 12), (number % 12) + 1];
    return iso(y, m, last ? new Date(Date.UTC(y, m, 0)).getUTCDate() : 1);
  }
  const size = [0, 0, 1, 5, 10, 50, 100, 1000][unit];
  return last ? iso((number + 1) * size - 1, 12, 31) : iso(number * size, 1, 1);
};

let scale = null; // the bars of all dated situations: they stay while the reader filters
const showTime = (selection) => {
  const dated = model.situations.filter(isDated);
  scale = bars(dated.map(firstDay));
  $("time").hidden = !dated.length;
  if (!scale.length) return;
  const seen = scale.map(() => 0);
  for (const each of selection.dated) {
    const i = isDated(each) ? scale.findIndex(([, to]) => firstDay(each) <= to) : -1;
    if (i >= 0) seen[i] += 1;
  }
  const most = Math.max(1, ...seen);
  const [low, high] = chosenBars();
  const width = 100 / scale.length;
  $("histogram").replaceChildren(
    ...scale.map(([from, to], i) => {
      const height = seen[i] ? 4 + (36 * seen[i]) / most : 0.8;
      const bar = svg("rect", {
        x: i * width + width * 0.1,
        y: 40 - height,
        width: width * 0.8,
        height,
        class: i < low || i > high ? "off" : "on",
      });
      bar.append(svg("title", {}, `${span(from, to)}: ${figure(seen[i])}`));
      bar.addEventListener("click", () => act.change({ from, to }));
      return bar;
    }),
  );
  for (const [id, value, text] of [
    ["from", low, scale[low][0]],
    ["to", high, scale[high][1]],
  ]) {
    Object.assign($(id), { max: scale.length - 1, value });
    $(id).setAttribute("aria-valuetext", text);
    $(`${id}-text`).textContent = text;
  }
  $("undated").checked = state.undated;
  $("undated").disabled = !state.from && !state.to;
};
const span = (from, to) => (from === to ? from : `${from} to ${to}`);
const chosenBars = () => {
  const low = state.from ? scale.findIndex(([, to]) => to >= state.from) : 0;
  const high = state.to ? scale.findLastIndex(([from]) => from <= state.to) : scale.length - 1;
  return [low < 0 ? scale.length - 1 : low, Math.max(0, high)];
};

export const openFilters = () => {
  const time = () => {
    const [low, high] = [Number($("from").value), Number($("to").value)].sort((a, b) => a - b);
    const whole = low === 0 && high === scale.length - 1;
    act.change(whole ? { from: "", to: "", undated: false } : { from: scale[low][0], to: scale[high][1] });
  };
  $("from").addEventListener("input", time);
  $("to").addEventListener("input", time);
  $("undated").addEventListener("change", ({ target }) => act.change({ undated: target.checked }));
  $("disputed").addEventListener("click", () => {
    const only = state.status.size === 1 && state.status.has("Disputed");
    act.change({ status: new Set(only ? [] : ["Disputed"]) });
  });
  $("more").addEventListener("click", () => act.change({ more: !state.more }));
  $("says").addEventListener("click", () => act.change({ says: !state.says }));
  $("open-filters").addEventListener("click", () => toggle($("filters").hidden));
  $("close-filters").addEventListener("click", () => {
    toggle(false);
    $("open-filters").focus();
  });
};
const toggle = (on) => {
  $("filters").hidden = !on;
  $("open-filters").setAttribute("aria-expanded", String(on));
  if (on) showFilters(last);
  act.resized();
  if (on) $("filters").querySelector("summary, input")?.focus();
};
