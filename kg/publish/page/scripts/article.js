/* The reading pane: the article's words, what is claimed and named in them marked by kind. */
import { act } from "./actions.js";
import { $, announce, clip, el, still, unique, narrow } from "./dom.js";
import { model } from "./model.js";
import { state } from "./state.js";

let pieces = []; // [begin, end, element]
let marked = []; // [element, what it names], in their order
let at = -1; // which of them the arrow keys are at
let open = null;

export const showArticle = (scroll = false) => {
  if (!model.documents.length) return;
  const spans = spansOf();
  openDocument(spans.document ?? state.article ?? model.documents[0]);
  const within = (list, b, e) => list.some(([from, to]) => from <= b && e <= to);
  let first = null;
  for (const [b, e, node] of pieces) {
    const hit = within(spans.hit, b, e);
    node.classList.toggle("hit", hit);
    node.classList.toggle("said", within(spans.said, b, e));
    if (hit) first ??= node;
  }
  if (first && scroll) scrollTo(first);
  else if (!state.chosen) $("article").scrollTop = 0;
};
const scrollTo = (node) => {
  const pane = $("article");
  if (narrow() || pane.scrollHeight <= pane.clientHeight) {
    if (state.claim) node.scrollIntoView({ block: "center", behavior: still() ? "auto" : "smooth" });
    return;
  }
  const top =
    node.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop - pane.clientHeight / 3;
  pane.scrollTo({ top, behavior: still() ? "auto" : "smooth" });
};

/* What is marked: one claim's words, the claims of a situation, or the mentions of an entity. */
const spansOf = () => {
  const { chosen, claim } = state;
  if (claim) return { said: [claim.sentence], hit: [claim.trigger], document: claim.document };
  if (!chosen) return { said: [], hit: [], document: state.article };
  if (chosen.entity) {
    const here = (document) => document.mentions.filter(([, , entity]) => entity === chosen);
    const document =
      state.article && here(state.article).length ? state.article : model.documents.find((each) => here(each).length);
    return document ? { said: [], hit: here(document), document } : { said: [], hit: [], document: state.article };
  }
  const document = chosen.claims.some((each) => each.document === state.article)
    ? state.article
    : chosen.claims[0]?.document;
  const mine = chosen.claims.filter((each) => each.document === document);
  return { said: mine.map((each) => each.sentence), hit: mine.map((each) => each.trigger), document };
};

const openDocument = (document) => {
  if (open === document) return;
  open = state.article = document;
  const byline = [document.publisher, document.author, document.date].filter(Boolean).join(" · ");
  const safe = document.url && /^https?:\/\//.test(document.url);
  const body = el("div", { id: "words" });
  marked = [];
  at = -1;
  pieces = cut(document);
  body.append(...pieces.map(([, , node]) => node));
  $("article").replaceChildren(
    el(
      "header",
      {},
      choice(document),
      el("h2", {}, document.title ?? document.label),
      byline ? el("p", {}, byline) : "",
      document.url
        ? el(
            "p",
            {},
            safe
              ? el("a", { href: document.url, rel: "noopener noreferrer", target: "_blank" }, clip(document.url, 90))
              : clip(document.url, 90),
          )
        : "",
    ),
    body,
  );
};
/* Which article: a list of all, or of those around this one if there are very many. */
const choice = (document) => {
  const { documents } = model;
  if (documents.length < 2) return "";
  const step = (by) => () => read(documents[(document.n + by + documents.length) % documents.length]);
  const from = Math.max(0, Math.min(document.n - 250, documents.length - 500));
  return el(
    "div",
    { class: "choice" },
    el("button", { type: "button", class: "small", "aria-label": "Article before", onclick: step(-1) }, "‹"),
    el(
      "select",
      { "aria-label": "Article", onchange: ({ target }) => read(documents[Number(target.value)]) },
      documents
        .slice(from, from + 500)
        .map((each) => el("option", { value: each.n, selected: each === document }, clip(each.label, 80))),
    ),
    el("button", { type: "button", class: "small", "aria-label": "Next article", onclick: step(1) }, "›"),
  );
};
const read = (document) => {
  state.article = document;
  act.choose(null);
};

/* The text in pieces, each with what it is part of: the innermost mention and the triggers. */
const cut = (document) => {
  const triggers = document.claims.map((claim) => [...claim.trigger, claim.about]);
  const spans = [...document.mentions, ...triggers].sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const bounds = unique([
    0,
    document.text.length,
    ...spans.flatMap(([b, e]) => [b, e]),
    ...document.claims.flatMap((claim) => claim.sentence),
    ...document.furniture.flat(),
  ]).sort((a, b) => a - b);
  const found = [];
  let open = [],
    next = 0;
  for (let i = 0; i + 1 < bounds.length; i++) {
    const [b, e] = [bounds[i], bounds[i + 1]];
    while (next < spans.length && spans[next][0] <= b) open.push(spans[next++]);
    open = open.filter((span) => span[1] > b);
    found.push([
      b,
      e,
      piece(
        document.text.slice(b, e),
        open,
        document.furniture.some(([from, to]) => from <= b && e <= to),
      ),
    ]);
  }
  return found;
};
const piece = (text, open, furniture) => {
  const mention = open.filter(([, , thing]) => thing.entity).sort((x, y) => x[1] - x[0] - (y[1] - y[0]))[0]?.[2];
  const trigger = open
    .filter(([, , thing]) => !thing.entity)
    .sort((x, y) => (x[2].plain ?? 0) - (y[2].plain ?? 0))[0]?.[2];
  const target = trigger && (!mention || !trigger.plain) ? trigger : mention;
  const kinds = [
    ...(mention ? ["m", mention.group] : []),
    ...(trigger ? ["t", trigger.status, trigger.state ? "State" : "Event", ...(trigger.plain ? ["plain"] : [])] : []),
    ...(furniture ? ["f"] : []),
  ];
  const node = el("span", { class: kinds.join(" ") || null }, text);
  if (target) {
    node.title = clip(target.label, 120);
    node.addEventListener("click", () => act.choose(target, { move: true, scroll: false }));
    marked.push([node, target]);
  }
  return node;
};

/* Arrow keys lead from one marked word to the next, Enter to what it names. */
export const openArticle = () =>
  $("article").addEventListener("keydown", (press) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[press.key];
    if (press.target !== $("article") || !marked.length || !(step || (press.key === "Enter" && at >= 0))) return;
    press.preventDefault();
    if (!step) {
      act.choose(marked[at][1], { move: true, scroll: false });
      return;
    }
    marked[at]?.[0].classList.remove("at");
    at = at < 0 && step < 0 ? marked.length - 1 : (at + step + marked.length) % marked.length;
    const [node, thing] = marked[at];
    node.classList.add("at");
    node.scrollIntoView({ block: "nearest" });
    announce(`${node.textContent}: ${thing.label}`);
  });
