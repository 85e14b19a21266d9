/* What is shown, to take away: pictures of the network, the claims as CSV, the statements as Turtle. */
import { act } from "./actions.js";
import { $, announce, download } from "./dom.js";
import { cueOf, fillersOf, sentenceOf } from "./model.js";
import { pngPicture, svgPicture } from "./network.js";
import { page } from "./source.js";
import { sorted } from "./table.js";
import { points, turtleOf } from "./turtle.js";

const names = (things) => [...new Set(things.map((thing) => thing.label))].join("; ");
const same = (keys, of) => Object.fromEntries(keys.split(" ").map((key) => [key, of(key)]));
const role = (name) => (claim) => names(fillersOf(claim, name));
/* The columns of claims.csv (tables.py), in their order. */
const COLUMNS = {
  who: role("agent"),
  what: (claim) => claim.class,
  whom: role("patient"),
  when: (claim) => claim.time,
  where: role("place"),
  source: (claim) => (claim.source ?? claim.document).label,
  chain: (claim) => claim.chain.map((each) => each.label).join(" > "),
  cue: cueOf,
  certainty: (claim) => claim.certainty,
  polarity: (claim) => claim.polarity,
  status: (claim) => claim.about.status,
  sentence: sentenceOf,
  document: (claim) => claim.document.name,
  title: (claim) => claim.document.title,
  date: (claim) => claim.document.date,
  begin: (claim) => points(claim.document, claim.sentence[0]),
  end: (claim) => points(claim.document, claim.sentence[1]),
  ...same("recipient origin destination topic reason purpose instrument represents", role),
  ...same("position kinship amount edtf earliest latest", (key) => (claim) => claim[key]),
  confidence: (claim) => (Number.isInteger(claim.confidence) ? claim.confidence.toFixed(1) : claim.confidence),
  trigger: (claim) => claim.document.text.slice(...claim.trigger),
  predicate: (claim) => claim.predicate,
  label: (claim) => claim.about.label,
  publisher: (claim) => claim.document.publisher,
  url: (claim) => claim.document.url,
  rule: (claim) => claim.rule,
  claim: (claim) => claim.id,
  situation: (claim) => claim.about.id,
};
/* A cell: quoted if need be, and never what a spreadsheet takes for a formula. */
const FORMULA = /^'*\s*[=+\-@\t\r\n＝＋－＠]/;
const cell = (value) => {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value ?? "");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csvOf = (claims) =>
  `${[Object.keys(COLUMNS), ...claims.map((claim) => Object.values(COLUMNS).map((of) => of(claim)))]
    .map((row) => row.map(cell).join(","))
    .join("\r\n")}\r\n`;

const MAKE = {
  png: async () => [await (act.forPicture(), pngPicture()), "image/png"],
  svg: async () => [(act.forPicture(), svgPicture(page.title)), "image/svg+xml"],
  csv: async () => [csvOf(sorted(act.shownClaims())), "text/csv;charset=utf-8"],
  ttl: async () => [turtleOf(act.shownClaims()), "text/turtle;charset=utf-8"],
};
export const openExport = () => {
  const menu = $("export-menu");
  const toggle = (on) => {
    menu.hidden = !on;
    $("export").setAttribute("aria-expanded", String(on));
    if (on) menu.querySelector("button").focus();
  };
  $("export").addEventListener("click", () => toggle(menu.hidden));
  for (const button of menu.querySelectorAll("button")) {
    button.addEventListener("click", async () => {
      toggle(false);
      $("export").focus();
      const [content, type] = await MAKE[button.dataset.format]();
      download(`graph.${button.dataset.format}`, content, type);
      announce(`graph.${button.dataset.format} is saved`);
    });
  }
  menu.addEventListener("keydown", (press) => {
    const items = [...menu.querySelectorAll("button")],
      i = items.indexOf(document.activeElement);
    const to = {
      ArrowDown: (i + 1) % items.length,
      ArrowUp: (i - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }[press.key];
    if (to !== undefined) {
      press.preventDefault();
      items[to].focus();
    }
    if (press.key === "Escape") {
      press.stopPropagation();
      toggle(false);
      $("export").focus();
    }
  });
  document.addEventListener("click", ({ target }) => {
    if (!menu.hidden && !target.closest(".export")) toggle(false);
  });
};
