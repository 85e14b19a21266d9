/* Search: suggestions while the reader types; each leads to what it names, the last filters by the words. */
import { act } from "./actions.js";
import { $, clip, count, el, fold, words } from "./dom.js";
import { hasText } from "./match.js";
import { model } from "./model.js";
import { signOf } from "./pieces.js";
import { calledSo } from "./source.js";

const MOST = 9;
let found = [],
  active = -1;

const namesOf = (thing) => {
  thing.names ??= fold(
    thing.entity
      ? [thing.label, ...thing.aliases].join("\n")
      : `${thing.label}\n${thing.class}\n${thing.predicate ?? ""}`,
  );
  return thing.names;
};
/* How well a name fits: it is one of those that a thing has, a word of one begins so, or it stands within a word. */
const fit = (names, wanted) =>
  names.split("\n").includes(wanted) ? 0 : ["\n", " "].some((before) => `\n${names}`.includes(before + wanted)) ? 1 : 2;
/* Those whose names have the words, the best fits first, and of these the most important. */
const matching = (wanted) =>
  model.things
    .filter((thing) => namesOf(thing).includes(wanted))
    .map((thing) => [thing, fit(namesOf(thing), wanted)])
    .sort(([a, x], [b, y]) => x - y || b.entity - a.entity || b.importance - a.importance || a.n - b.n)
    .slice(0, MOST)
    .map(([thing]) => thing);

const show = () => {
  const input = $("search"),
    hits = $("hits");
  const wanted = fold(input.value.trim());
  active = -1;
  const things = wanted ? matching(wanted) : [];
  const text = input.value.trim();
  const within = wanted ? model.situations.filter((each) => hasText(each, wanted)).length : 0;
  found = things.map((thing) => ({
    row: [signOf(thing), el("span", {}, clip(thing.label, 90))],
    go: () => act.choose(thing, { move: true }),
  }));
  if (within)
    found.push({
      row: [
        el(
          "span",
          { class: "filter" },
          `Only what has “${clip(text, 30)}” in it: ${count(within, "event or state", "events and states")}`,
        ),
      ],
      go: () => act.change({ text }),
    });
  fill();
  if (wanted && things.length < MOST) elsewhere(text).catch(() => {});
  if (wanted && !found.length)
    hits.append(
      el(
        "li",
        { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" },
        "Nothing is called that, and no sentence has it",
      ),
    );
  open(Boolean(wanted));
  input.removeAttribute("aria-activedescendant");
};
const fill = () =>
  $("hits").replaceChildren(
    ...found.map(({ row }, i) =>
      el(
        "li",
        {
          role: "option",
          id: `hit${i}`,
          "aria-selected": "false",
          onmousedown: (press) => {
            press.preventDefault();
            pick(i);
          },
        },
        row,
      ),
    ),
  );
/* What a server knows by that name, below what is here. */
const elsewhere = async (text) => {
  const more = await calledSo(text);
  if (!more.length || $("search").value.trim() !== text) return;
  const at = active;
  found.push(
    ...more.map(([ident, label, cls]) => ({
      row: [el("span", {}, clip(label, 90)), el("span", { class: "n" }, words(cls))],
      go: () => act.summon(ident),
    })),
  );
  fill();
  if (at >= 0) mark(at);
};
const open = (on) => {
  $("hits").hidden = !on;
  $("search").setAttribute("aria-expanded", String(on));
};
const mark = (i) => {
  active = i;
  [...$("hits").children].forEach((item, j) => item.setAttribute("aria-selected", String(i === j)));
  $("search").setAttribute("aria-activedescendant", `hit${i}`);
  $("hits").children[i].scrollIntoView({ block: "nearest" });
};
const pick = (i) => {
  const { go } = found[i];
  $("search").value = "";
  show();
  go();
};
const KEYS = {
  ArrowDown: () => found.length && mark((active + 1) % found.length),
  ArrowUp: () => found.length && mark((active - 1 + found.length) % found.length),
  Enter: () => found.length && pick(Math.max(active, 0)),
  Escape: (press) => {
    $("search").value = "";
    show();
    press.stopPropagation();
  },
};
export const openSearch = () => {
  const input = $("search");
  input.addEventListener("input", show);
  input.addEventListener("focus", show);
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (press) => {
    if (!Object.hasOwn(KEYS, press.key)) return;
    press.preventDefault();
    KEYS[press.key](press);
  });
};
