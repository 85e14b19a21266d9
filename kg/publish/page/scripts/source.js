/* Where the graph comes from: the page itself, and on a page that a server gave out, that server.

   A server answers GET <served>?id=<node>&id=<node> with the packed tables of these nodes, their
   neighbours and the claims of them all (parts() in render.py makes them), and <served>?words=<words> with
   [[id, label, class], ...] of what is called so (names() there). Nothing else is ever asked. */
import { $ } from "./dom.js";
import { addTables, model } from "./model.js";

export const packed = JSON.parse($("data").textContent);
export const page = packed.page;
const asked = new Set();

export const openPage = () => addTables(packed);

/* Whether all there is to know of a thing is here. */
export const isWhole = (thing) =>
  !page.served ||
  !thing.entity ||
  asked.has(thing.id) ||
  new Set(thing.parts.map(([, about]) => about)).size >= (thing.degree ?? 0);

/* Make all that these things take part in known; true if anything came. */
export const neighboursOf = async (things) => {
  const missing = things.filter((thing) => !isWhole(thing));
  if (!missing.length) return false;
  missing.forEach((thing) => asked.add(thing.id));
  return grow(missing.map((thing) => thing.id));
};
/* Make a node known of which only the id is; true if it came. */
export const summon = async (ident) => {
  if (!page.served || !ident || model.byId.has(ident)) return false;
  return grow([ident]);
};
/* [[id, label, class], ...] of what is called so and is not known here. */
export const calledSo = async (words) =>
  page.served ? (await get([["words", words]])).filter(([ident]) => !model.byId.has(ident)) : [];

const MOST_AT_ONCE = 200;
const grow = async (idents) => {
  const before = model.things.length;
  for (let i = 0; i < idents.length; i += MOST_AT_ONCE)
    addTables(await get(idents.slice(i, i + MOST_AT_ONCE).map((ident) => ["id", ident])));
  return model.things.length > before;
};
const get = async (fields) => {
  const answer = await fetch(`${new URL(page.served, location.href)}?${new URLSearchParams(fields)}`);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.json();
};
