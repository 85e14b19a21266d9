/* The table of claims: what is shown, sortable by each column. */
import { act } from "./actions.js";
import { $, clip, count, el, figure, words } from "./dom.js";
import { fillersOf, model, sentenceOf } from "./model.js";
import { documentName, linkTo, nameOf, quoted, whenOf } from "./pieces.js";
import { state } from "./state.js";

const ORDER = {
  Asserted: 0,
  Reported: 1,
  Hedged: 2,
  Negated: 3,
  Disputed: 4,
  certain: 0,
  probable: 1,
  possible: 2,
  unspecified: 3,
};
const agents = (claim) => fillersOf(claim, "agent");
const rest = (claim) => claim.roles.filter(([role]) => role !== "agent").map(([, thing]) => thing);
const names = (things) => things.map((thing) => thing.label).join(", ");
const links = (things) => things.slice(0, 4).map((thing) => el("div", {}, nameOf(thing, clip(thing.label, 60))));

/* Each column: its key, its heading, what it is sorted by, what a cell holds. */
const COLUMNS = [
  [
    "class",
    "What",
    (claim) => words(claim.about.class),
    (claim) =>
      linkTo(claim.about, claim.about.plain ? (claim.about.predicate ?? claim.about.label) : words(claim.about.class)),
  ],
  ["who", "Who", (claim) => names(agents(claim)), (claim) => links(agents(claim))],
  ["whom", "Whom, where, what", (claim) => names(rest(claim)), (claim) => links(rest(claim))],
  [
    "place",
    "Sentence",
    (claim) => claim.document.n * 1e7 + claim.sentence[0],
    (claim) =>
      el(
        "button",
        { type: "button", class: "words", title: "Show in the article", onclick: () => act.quote(claim) },
        sentenceOf(claim).length > 400 ? clip(sentenceOf(claim), 400) : quoted(claim),
      ),
  ],
  [
    "source",
    "Source",
    (claim) => claim.source?.label ?? "",
    (claim) => (claim.source ? nameOf(claim.source, clip(claim.source.label, 60)) : documentName(claim.document)),
  ],
  [
    "says",
    "Says",
    (claim) => `${claim.polarity === "negative" ? 1 : 0}${ORDER[claim.certainty]}`,
    (claim) =>
      claim.polarity === "negative"
        ? el("span", { class: "no" }, claim.certainty === "certain" ? "no" : `no, ${claim.certainty}`)
        : claim.certainty,
  ],
  [
    "status",
    "Status",
    (claim) => ORDER[claim.about.status],
    (claim) => el("span", { class: `tag ${claim.about.status}` }, claim.about.status.toLowerCase()),
  ],
  ["when", "When", (claim) => claim.earliest ?? claim.latest ?? "9999", (claim) => whenOf(claim)],
];
const PAGE = 150;
let most = PAGE;

export const sorted = (claims) => {
  const [, , key] = COLUMNS.find(([name]) => name === state.sort) ?? COLUMNS.find(([name]) => name === "place");
  const keyed = claims.map((claim) => [key(claim), claim]);
  const order = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en"));
  const way = state.down ? -1 : 1;
  return keyed.sort(([a, x], [b, y]) => way * order(a, b) || x.n - y.n).map(([, claim]) => claim);
};
export const showTable = (selection, { keep = false } = {}) => {
  if (!keep) most = PAGE;
  const claims = sorted(selection.claims);
  $("view").replaceChildren(
    el(
      "div",
      { class: "claims" },
      el(
        "p",
        { class: "line", id: "claims-count" },
        count(claims.length, "claim"),
        claims.length < model.claims.length ? ` of ${figure(model.claims.length)}` : "",
      ),
      el(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of claims" },
        el(
          "table",
          {},
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              COLUMNS.map(([name, title]) =>
                el(
                  "th",
                  {
                    scope: "col",
                    class: name,
                    "aria-sort": state.sort === name ? (state.down ? "descending" : "ascending") : "none",
                  },
                  el(
                    "button",
                    {
                      type: "button",
                      onclick: () => act.change({ sort: name, down: state.sort === name && !state.down }),
                    },
                    title,
                    el(
                      "span",
                      { class: "arrow", "aria-hidden": "true" },
                      state.sort === name ? (state.down ? "▼" : "▲") : "",
                    ),
                  ),
                ),
              ),
            ),
          ),
          el(
            "tbody",
            {},
            claims.slice(0, most).map((claim) =>
              el(
                "tr",
                { class: claim.about === state.chosen ? "chosen" : null },
                COLUMNS.map(([name, title, , cell]) =>
                  el("td", { class: name, "data-title": title.split(",")[0] }, cell(claim)),
                ),
              ),
            ),
          ),
        ),
      ),
      claims.length > most
        ? el(
            "button",
            {
              type: "button",
              class: "small",
              onclick: () => {
                most += PAGE;
                showTable(selection, { keep: true });
              },
            },
            `Show ${figure(Math.min(PAGE, claims.length - most))} more`,
          )
        : null,
    ),
  );
};
