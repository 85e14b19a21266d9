/* Pieces that several views are made of: names that lead somewhere, dates in words, a claim with its sentence. */
import { act } from "./actions.js";
import { clip, count, el, figure, words } from "./dom.js";
import { cueOf, model } from "./model.js";

export const STATUS = {
  Asserted: "a document says so in its own voice",
  Reported: "somebody says so for certain",
  Hedged: "said to be probable, possible, intended or conditional only",
  Negated: "only ever denied",
  Disputed: "one source says so, another denies it",
};
export const CERTAINTY = {
  certain: "as a fact",
  probable: "as probable",
  possible: "as possible",
  unspecified: "as intended, conditional or to come",
};
const SAYS = {
  "positive certain": "says so",
  "positive probable": "says it is probable",
  "positive possible": "says it is possible",
  "positive unspecified": "speaks of it as intended, conditional or to come",
  "negative certain": "says it is not so",
  "negative probable": "says it is probably not so",
  "negative possible": "says it may not be so",
  "negative unspecified": "speaks of it as not so, without saying that it is not",
};
const saysOf = (claim) => SAYS[`${claim.polarity} ${claim.certainty}`];

export const signOf = (thing) =>
  thing.entity
    ? el("span", { class: `dot ${thing.group}`, "aria-hidden": "true" })
    : el("span", { class: `box ${thing.state ? "State" : "Event"} ${thing.status}`, "aria-hidden": "true" });
export const nameOf = (thing, text = thing.label) =>
  el(
    "button",
    { type: "button", class: "link plain", onclick: () => act.choose(thing, { move: true }) },
    clip(text, 160),
  );
export const linkTo = (thing, text = thing.label) =>
  el(
    "button",
    { type: "button", class: "link", onclick: () => act.choose(thing, { move: true }) },
    signOf(thing),
    el("span", {}, clip(text, 160)),
  );
export const heading = (text, n) =>
  el("h3", {}, text, n === undefined ? "" : el("span", { class: "n" }, ` ${figure(n)}`));
/* A list of rows, its tail folded away if it is long. */
export const some = (rows, most = 8) => [
  el("ul", { class: "rows" }, rows.slice(0, most)),
  rows.length > most
    ? el(
        "details",
        {},
        el("summary", {}, `${figure(rows.length - most)} more`),
        el("ul", { class: "rows" }, rows.slice(most, 500)),
        rows.length > 500
          ? el("p", { class: "line" }, `and ${figure(rows.length - 500)} that the table of claims has`)
          : null,
      )
    : null,
];

// ------------------------------------------------------------------ dates
const MONTHS = "January February March April May June July August September October November December".split(" ");
const day = (text) => {
  const [, year, month, date] = /^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) ?? [];
  if (!year) return text;
  const plain = year.replace(/^0+(?=\d)/, "");
  if (!month || !MONTHS[month - 1]) return text.length > year.length ? text : plain;
  return date ? `${Number(date)} ${MONTHS[month - 1]} ${plain}` : `${MONTHS[month - 1]} ${plain}`;
};
const readable = (edtf) => {
  const [from, to] = edtf.split("/");
  const one = (text) => (/[~?%]$/.test(text) ? `about ${day(text.slice(0, -1))}` : day(text));
  if (to === undefined) return one(from);
  if (to === ".." || to === "") return `since ${one(from)}`;
  if (from === ".." || from === "") return `until ${one(to)}`;
  const [first, last] = [one(from), one(to)];
  const [, a, rest] = /^(\d+) (.+)$/.exec(first) ?? [];
  if (rest && last.endsWith(` ${rest}`)) return `${a}–${last}`;
  const year = / (\d{4,})$/.exec(first)?.[1];
  return `${year && last.endsWith(` ${year}`) ? first.slice(0, -year.length - 1) : first} – ${last}`;
};
export const whenOf = (each) => (each.edtf ? readable(each.edtf) : (each.time ?? ""));

/* Events and states in the order in which they are said to have been; what has no date comes last. */
export const byTime = (a, b) =>
  (a.earliest ?? a.latest ?? "9999").localeCompare(b.earliest ?? b.latest ?? "9999") || a.n - b.n;

// ------------------------------------------------------------------ claims
export const documentName = (document) => (model.documents.length === 1 ? "The article" : clip(document.label, 90));
export const sourceOf = (claim, how = nameOf) =>
  claim.source ? how(claim.source) : el("strong", {}, documentName(claim.document));

/* The sentence, with its trigger and cue marked. */
export const quoted = (claim) => {
  const { text } = claim.document;
  const [begin, end] = claim.sentence;
  const marks = [[...claim.trigger, "mark"], ...(claim.cueSpan ? [[...claim.cueSpan, "cue"]] : [])]
    .filter(([b, e]) => b >= begin && e <= end)
    .sort((a, b) => a[0] - b[0]);
  const parts = [];
  let from = begin;
  for (const [b, e, kind] of marks) {
    if (b < from) continue;
    parts.push(
      text.slice(from, b),
      kind === "mark" ? el("mark", {}, text.slice(b, e)) : el("span", { class: "cue" }, text.slice(b, e)),
    );
    from = e;
  }
  return [...parts, text.slice(from, end)];
};
export const claimCard = (claim, { about = false, off = false } = {}) => {
  const through = claim.chain.flatMap((thing, i) => [i ? ", " : " (through ", nameOf(thing)]);
  const facts = [
    ["polarity", claim.polarity],
    ["certainty", claim.certainty],
    ["cue", cueOf(claim) && `“${cueOf(claim)}”`],
    ["time", claim.time ? `“${claim.time}”${claim.edtf ? `, ${readable(claim.edtf)}` : ""}` : ""],
    ["confidence", `${Math.round(claim.confidence * 100)} %`],
    ["rule", claim.rule],
    ["in", model.documents.length > 1 ? clip(claim.document.label, 90) : ""],
    ["address", claim.id],
  ].filter(([, value]) => value);
  return el(
    "article",
    { class: `claim ${claim.polarity}${off ? " off" : ""}` },
    about ? el("p", { class: "about" }, linkTo(claim.about)) : null,
    el(
      "p",
      { class: "who" },
      sourceOf(claim),
      ...through,
      through.length ? ")" : "",
      " ",
      el("span", { class: claim.polarity === "negative" ? "no" : "" }, saysOf(claim)),
    ),
    el(
      "blockquote",
      {},
      el(
        "button",
        { type: "button", class: "words", title: "Show in the article", onclick: () => act.quote(claim) },
        quoted(claim),
      ),
    ),
    el(
      "dl",
      { class: "foot" },
      facts.map(([key, value]) => el("div", {}, el("dt", {}, key), el("dd", {}, value))),
    ),
  );
};
/* What is known of an entity or a situation in a line, for whoever listens. */
export const inWords = (thing) =>
  thing.entity
    ? `${thing.label}, ${words(thing.class)}, in ${count(thing.parts.length, "event or state", "events and states")}`
    : `${thing.label}, ${thing.state ? "state" : "event"}, ${thing.status.toLowerCase()}, ${count(thing.claims.length, "claim")}`;
