/* Where the graph comes from: the page itself, and on a page that a server gave out, that server.

   A server answers GET <served>?id=<node>&id=<node> with the packed tables of these nodes, their
   neighbours and the claims of them all (parts() in render.py makes them). Nothing else is ever asked. */
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
  const address = new URL(page.served, location.href);
  missing.forEach((thing) => {
    asked.add(thing.id);
    address.searchParams.append("id", thing.id);
  });
  const before = model.things.length;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  addTables(await answer.json());
  return model.things.length > before;
};
