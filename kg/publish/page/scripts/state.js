/* What the reader has chosen, and the address that says the same. */
import { model } from "./model.js";

export const VIEWS = {
  network: "Network",
  around: "Neighbourhood",
  timeline: "Timeline",
  dossier: "Dossier",
  claims: "Claims",
};
/* The subject is the entity that was chosen last: whose dossier and neighbourhood are shown. Facets: what is ticked in each; nothing ticked is no restriction. */
export const SETS = ["status", "class", "kind", "certainty", "source", "document"];
const WORDS = ["from", "to", "text"];
const SWITCHES = ["more", "says", "undated"];

const fresh = () => ({
  view: "network",
  chosen: null,
  subject: null,
  role: null,
  steps: 1,
  sort: "place",
  down: false,
  from: "",
  to: "",
  text: "",
  more: false,
  says: false,
  undated: false,
  ...Object.fromEntries(SETS.map((key) => [key, new Set()])),
});
/* Beside it what the address does not keep: the article that is open, one claim's words, what was brought in. */
export const state = { ...fresh(), article: null, claim: null, brought: new Set() };

export const isFiltered = () => SETS.some((key) => state[key].size) || WORDS.some((key) => state[key]);
export const withoutFilters = () => ({
  ...Object.fromEntries(SETS.map((key) => [key, new Set()])),
  from: "",
  to: "",
  text: "",
  undated: false,
});

export const toAddress = () => {
  const found = new URLSearchParams();
  if (state.view !== "network") found.set("view", state.view);
  if (state.chosen) found.set("at", state.chosen.id);
  if ((state.view === "around" || state.view === "dossier") && state.subject !== state.chosen && state.subject)
    found.set("of", state.subject.id);
  if (state.view === "around" && state.steps === 2) found.set("steps", "2");
  for (const key of SETS) for (const value of state[key]) found.append(key, value);
  for (const key of WORDS) if (state[key]) found.set(key, state[key]);
  for (const key of SWITCHES) if (state[key]) found.set(key, "1");
  if (state.sort !== "place" || state.down) found.set("sort", `${state.down ? "-" : ""}${state.sort}`);
  const text = found.toString();
  return text ? `#${text}` : "";
};

/* The state of an address; what makes no sense in it is passed over. A node's id alone chooses that node. */
export const fromAddress = (hash) => {
  const text = hash.replace(/^#/, "");
  const next = fresh();
  if (text && !text.includes("=")) {
    let ident = "";
    try {
      ident = decodeURIComponent(text);
    } catch {
      /* no id of ours */
    }
    return { ...next, chosen: thingOf(ident), subject: thingOf(ident) };
  }
  const given = new URLSearchParams(text);
  if (Object.hasOwn(VIEWS, given.get("view") ?? "")) next.view = given.get("view");
  next.chosen = thingOf(given.get("at"));
  next.subject = thingOf(given.get("of")) ?? next.chosen;
  if (given.get("steps") === "2") next.steps = 2;
  for (const key of SETS) next[key] = new Set(given.getAll(key));
  for (const key of WORDS) next[key] = given.get(key) ?? "";
  for (const key of ["from", "to"]) if (!/^\d{4,}-\d\d-\d\d$/.test(next[key])) next[key] = "";
  for (const key of SWITCHES) next[key] = given.get(key) === "1";
  const sort = given.get("sort") ?? "";
  if (/^-?[a-z]+$/.test(sort)) Object.assign(next, { sort: sort.replace("-", ""), down: sort.startsWith("-") });
  return next;
};
/* What an id stands for; a claim's stands for what it is about. */
const thingOf = (ident) => {
  const found = model.byId.get(ident);
  return found && "entity" in found ? found : (found?.about ?? null);
};
/* The ids that an address names. */
export const named = (hash) =>
  ["at", "of"].map((key) => new URLSearchParams(hash.replace(/^#/, "")).get(key)).filter(Boolean);
