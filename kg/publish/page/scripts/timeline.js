/* Timeline: the situations that have a date, in order, year by year. */
import { $, count, el, figure, svg } from "./dom.js";
import { isDated } from "./match.js";
import { linkTo, whenOf } from "./pieces.js";
import { state } from "./state.js";

const MOST = 400;
export const firstDay = (each) => each.earliest ?? each.latest;
const lastDay = (each) => each.latest ?? each.earliest;
const days = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
let shown = MOST;

export const showTimeline = (selection) => {
  const dated = [...selection.situations]
    .filter(isDated)
    .sort((a, b) => firstDay(a).localeCompare(firstDay(b)) || lastDay(a).localeCompare(lastDay(b)) || a.n - b.n);
  const undated = selection.situations.size - dated.length;
  if (!dated.length) {
    $("view").replaceChildren(
      el(
        "div",
        { class: "asking" },
        el("h2", {}, "Nothing here has a date"),
        el(
          "p",
          { class: "line" },
          undated
            ? `${count(undated, "event or state", "events and states")} of those shown ${undated === 1 ? "has" : "have"} no time that the text gives.`
            : "Nothing is left to show: loosen the filters.",
        ),
      ),
    );
    return;
  }
  const [from, to] = [days(firstDay(dated[0])), Math.max(...dated.map((each) => days(lastDay(each))))];
  const years = new Map();
  for (const each of dated.slice(0, shown)) {
    const year = firstDay(each)
      .slice(0, -6)
      .replace(/^0+(?=\d)/, "");
    if (!years.has(year)) years.set(year, []);
    years.get(year).push(each);
  }
  $("view").replaceChildren(
    el(
      "div",
      { class: "timeline" },
      el(
        "p",
        { class: "line" },
        `${count(dated.length, "dated event or state", "dated events and states")}`,
        undated ? ` · ${figure(undated)} without a date not shown` : "",
      ),
      [...years].map(([year, items]) =>
        el(
          "section",
          {},
          el("h2", {}, year),
          el(
            "ol",
            { class: "rows" },
            items.map((each) => row(each, from, to)),
          ),
        ),
      ),
      dated.length > shown
        ? el(
            "button",
            {
              type: "button",
              class: "small",
              onclick: () => {
                shown += MOST;
                showTimeline(selection);
              },
            },
            `Show ${figure(Math.min(MOST, dated.length - shown))} more`,
          )
        : null,
    ),
  );
};
const row = (each, from, to) =>
  el(
    "li",
    { class: each === state.chosen ? "chosen" : null },
    el("span", { class: "date" }, whenOf(each)),
    bar(each, from, to),
    el("span", { class: "what" }, linkTo(each)),
    el("span", { class: `n ${each.status}` }, each.status.toLowerCase()),
  );
/* Where in the whole time a situation lies. */
const bar = (each, from, to) => {
  const at = (day) => 3 + (94 * (days(day) - from)) / Math.max(1, to - from);
  const [left, right] = [each.earliest ? at(each.earliest) : 3, each.latest ? at(each.latest) : 97];
  return svg(
    "svg",
    { class: `span ${each.status}`, viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("line", { x1: 0, x2: 100, y1: 5, y2: 5, class: "axis" }),
    svg("rect", {
      x: left - 1.2,
      y: 2,
      width: Math.max(2.4, right - left + 2.4),
      height: 6,
      rx: 1.2,
      class: each.state ? "State" : "Event",
    }),
  );
};
