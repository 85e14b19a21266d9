/* What is shown, to take away: pictures of the network, the claims as CSV, the statements as Turtle. */
import { act } from "./actions.js";
import { $, announce, download } from "./dom.js";
import { cueOf, fillersOf, sentenceOf } from "./model.js";
import { pngPicture, svgPicture } from "./network.js";
import { page } from "./source.js";
import { sorted } from "./table.js";
import { turtleOf } from "./turtle.js";

const names = (things) => things.map((thing) => thing.label).join("; ");
/* Columns of the table, named as in claims.csv of the build. */
const COLUMNS = {
  document: (claim) => claim.document.label, date: (claim) => claim.document.date, class: (claim) => claim.about.class,
  predicate: (claim) => claim.about.predicate, about: (claim) => claim.about.label, status: (claim) => claim.about.status,
  polarity: (claim) => claim.polarity, certainty: (claim) => claim.certainty, confidence: (claim) => claim.confidence,
  source: (claim) => (claim.source ?? claim.document).label, relayed_by: (claim) => names(claim.chain), cue: cueOf,
  ...Object.fromEntries("agent patient recipient origin destination place topic reason purpose instrument represents".split(" ")
    .map((role) => [role, (claim) => names(fillersOf(claim, role))])),
  ...Object.fromEntries("position kinship amount time edtf earliest latest rule".split(" ").map((key) => [key, (claim) => claim[key]])),
  trigger: (claim) => claim.document.text.slice(...claim.trigger), sentence: sentenceOf, claim: (claim) => claim.id, situation: (claim) => claim.about.id,
};
/* A cell: quoted, and never taken for a formula by a spreadsheet. */
const cell = (value) => {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
export const csvOf = (claims) => `${[Object.keys(COLUMNS), ...claims.map((claim) => Object.values(COLUMNS).map((of) => of(claim)))]
  .map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

const MAKE = {
  png: async () => [await pngPicture(), "image/png"],
  svg: async () => [svgPicture(page.title), "image/svg+xml"],
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
    const items = [...menu.querySelectorAll("button")], i = items.indexOf(document.activeElement);
    const to = { ArrowDown: (i + 1) % items.length, ArrowUp: (i - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[press.key];
    if (to !== undefined) { press.preventDefault(); items[to].focus(); }
    if (press.key === "Escape") { press.stopPropagation(); toggle(false); $("export").focus(); }
  });
  document.addEventListener("click", ({ target }) => { if (!menu.hidden && !target.closest(".export")) toggle(false); });
};
