/* The page from above: every change goes through change(), and all that is shown follows from the state. */
import { act } from "./actions.js";
import { openArticle, showArticle } from "./article.js";
import { showDetails } from "./details.js";
import { showDossier, whom } from "./dossier.js";
import { $, announce, count, el, figure, words } from "./dom.js";
import { openExport } from "./export.js";
import { openFilters, showFilters } from "./filters.js";
import { openKeyboard } from "./keyboard.js";
import { select } from "./match.js";
import { model } from "./model.js";
import {
  fit,
  focusOn,
  isDrawn,
  drawnNow,
  openNetwork,
  redraw,
  resized,
  setPhysics,
  showScene,
  zoom,
} from "./network.js";
import { STATUS, inWords } from "./pieces.js";
import { aroundScene, networkScene, openScene } from "./scene.js";
import { openSearch } from "./search.js";
import { neighboursOf, openPage, page, summon } from "./source.js";
import { VIEWS, fromAddress, isFiltered, named, state, toAddress, withoutFilters } from "./state.js";
import { showTable } from "./table.js";
import { showTimeline } from "./timeline.js";

let selection = null;

/* What a situation or an entity counts for, where there is not room for all. */
const weigh = () => {
  for (const thing of model.things) {
    thing.importance = thing.entity
      ? (thing.weight ?? 0) * 1.5 + (thing.named ? 2 : 0)
      : thing.claims.length + (thing.status === "Disputed" ? 4 : 0) - (thing.plain ? 2 : 0);
  }
};

// ------------------------------------------------------------------ views
const isCanvas = () => state.view === "network" || state.view === "around";
const VIEW = {
  network: () => showScene(networkScene(selection)),
  around: () => {
    if (state.subject) showScene(aroundScene(selection, state.subject));
    else $("view").replaceChildren(whom("Whose neighbourhood?"));
  },
  timeline: () => showTimeline(selection),
  dossier: showDossier,
  claims: () => showTable(selection),
};
let lastScene = "";
const showView = ({ refit }) => {
  for (const tab of $("tabs").children) {
    const on = tab.dataset.view === state.view;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
  }
  const canvas = isCanvas() && !(state.view === "around" && !state.subject);
  $("canvas").hidden = !canvas;
  $("view").hidden = canvas;
  $("stage").dataset.view = state.view;
  $("panel").hidden = !isCanvas() && !state.chosen;
  $("details").hidden = state.view === "dossier" && state.chosen === state.subject;
  $("stage").setAttribute("aria-labelledby", `tab-${state.view}`);
  $("steps").hidden = state.view !== "around";
  for (const button of $("steps").children)
    button.setAttribute("aria-pressed", String(Number(button.dataset.steps) === state.steps));
  VIEW[state.view]();
  if (canvas) {
    const around = state.view === "around" ? `around ${state.subject.n} ${state.steps}` : "network";
    resized();
    if (refit || around !== lastScene) fit(false);
    lastScene = around;
  }
  showNotice(canvas);
};
/* In words: what is not drawn, and why; how to have it drawn. */
const showNotice = (canvas) => {
  const { nodes, left } = drawnNow();
  const empty =
    !canvas || nodes.length
      ? ""
      : !model.situations.length
        ? "No claim was found in this text, so there is nothing to draw."
        : isFiltered()
          ? "Nothing passes these filters."
          : "Nothing here is of a class that the vocabulary has. “Other events” shows what else is said to happen.";
  $("empty").hidden = !empty;
  $("empty").replaceChildren(
    el("p", {}, empty),
    empty && isFiltered()
      ? el(
          "button",
          { type: "button", class: "small", onclick: () => act.change(withoutFilters()) },
          "Reset the filters",
        )
      : "",
  );
  const parts = [];
  if (canvas && left) {
    parts.push(
      `Drawn are the ${figure(nodes.length)} most important nodes; ${count(left, "event or state", "events and states")} more ${left === 1 ? "passes" : "pass"} the filters. `,
    );
    if (state.view === "network")
      parts.push(
        el(
          "button",
          {
            type: "button",
            class: "link",
            id: "bring-all",
            onclick: () => act.bringIn(nodes.filter((thing) => thing.entity)),
          },
          "Bring in the neighbours of what is seen",
        ),
      );
  } else if (canvas && page.served && page.total > model.things.length) {
    parts.push(
      `This page has the ${figure(model.things.length)} most important of ${figure(page.total)} nodes; choose one to bring in its neighbours.`,
    );
  }
  if (state.view === "around" && nodes.length === 1)
    parts.push(
      isFiltered()
        ? "Nothing around it passes the filters."
        : state.more
          ? "Nothing is said of it or by it."
          : "Nothing around it is of a class that the vocabulary has. “Other events” shows what else is said.",
    );
  $("notice").hidden = !parts.length;
  $("notice").replaceChildren(...parts);
};

// ------------------------------------------------------------------ every change
const FILTERS = new Set([
  "status",
  "class",
  "kind",
  "certainty",
  "source",
  "document",
  "from",
  "to",
  "text",
  "undated",
  "more",
  "brought",
]);
act.change = (patch, { push = false, move = false, scroll = true, address = true, reading = true } = {}) => {
  const before = { view: state.view, subject: state.subject };
  Object.assign(state, patch);
  const filtered = !selection || Object.keys(patch).some((key) => FILTERS.has(key));
  if (filtered) selection = select();
  if (address) writeAddress(push);
  showFilters(selection);
  const same =
    state.view === before.view &&
    !filtered &&
    isCanvas() &&
    !("says" in patch) &&
    !("steps" in patch) &&
    !("brought" in patch);
  const subject = state.view === "network" || state.subject === before.subject;
  if (same && subject && (!state.chosen || isDrawn(state.chosen))) redraw();
  else showView({ refit: filtered && isFiltered() });
  if (reading) {
    showDetails();
    showArticle(scroll);
  }
  if (move && state.chosen && state.view === "network") focusOn(state.chosen);
  if (filtered && selection)
    announce(`${count(selection.situations.size, "event or state", "events and states")} shown`);
};
act.choose = (thing, { role = null, move = false, scroll = true, view = null, push = true } = {}) => {
  const subject = thing?.entity || !state.subject ? thing : state.subject;
  act.change({ chosen: thing, role, claim: null, subject, view: view ?? state.view }, { push, move, scroll });
  announce(thing ? inWords(thing) : "All of it");
  if (thing && page.served)
    neighboursOf([thing])
      .then((came) => came && grown())
      .catch((error) => announce(String(error.message)));
};
/* A thing of which only the id is known: the server is asked for it. */
act.summon = (ident) =>
  summon(ident)
    .then((came) => {
      if (came) grown();
      const thing = model.byId.get(ident);
      if (thing) act.choose(thing, { move: true });
    })
    .catch((error) => announce(String(error.message)));
act.quote = (claim) => {
  state.claim = claim;
  state.article = claim.document;
  if (state.chosen !== claim.about && !isCanvas())
    act.change({ chosen: claim.about, role: null }, { push: true, scroll: true });
  else showArticle(true);
};
const MOST_AT_ONCE = 300;
/* Draw what these things take part in, and whoever else does. */
act.bringIn = async (things) => {
  await neighboursOf(things);
  const brought = new Set(state.brought);
  const room = Math.max(page.most, MOST_AT_ONCE);
  let added = 0;
  for (const about of things
    .flatMap((thing) => thing.parts.map(([, each]) => each))
    .sort((a, b) => b.importance - a.importance || a.n - b.n)) {
    if (isDrawn(about) || brought.has(about) || added >= room) continue;
    brought.add(about);
    added += 1;
  }
  weigh();
  act.change({ brought });
  fit(true);
  announce(`${count(added, "event or state", "events and states")} brought in`);
};
const grown = () => {
  weigh();
  selection = null;
  act.change({}, { reading: true, scroll: false });
};
act.shownClaims = () => {
  if (state.view === "dossier" && state.subject) {
    const thing = state.subject;
    return model.claims.filter(
      (claim) =>
        claim.source === thing || claim.chain.includes(thing) || claim.about.roles.some(([, other]) => other === thing),
    );
  }
  if (!isCanvas()) return selection.claims;
  const drawn = new Set(drawnNow().nodes);
  return selection.claims.filter((claim) => drawn.has(claim.about));
};
act.forPicture = () => {
  if (!isCanvas() || (state.view === "around" && !state.subject)) showScene(networkScene(selection));
};
act.resized = () => {
  if (isCanvas()) {
    resized();
    fit(false);
  }
};

const writeAddress = (push) => {
  const place = toAddress() || location.pathname + location.search;
  if (toAddress() === location.hash) return;
  try {
    if (push) history.pushState(null, "", place);
    else history.replaceState(null, "", place);
  } catch {
    /* a page inside another may not have an address */
  }
};
const readHere = () =>
  act.change({ ...fromAddress(location.hash), claim: null, article: state.article }, { address: false, move: true });

/* What an address names may be with the server still. */
const readAddress = () => {
  readHere();
  if (!page.served) return;
  const { hash } = location;
  Promise.all(named(hash).map(summon))
    .then((came) => {
      if (!came.some(Boolean) || location.hash !== hash) return;
      weigh();
      selection = null;
      readHere();
    })
    .catch((error) => announce(String(error.message)));
};

// ------------------------------------------------------------------ begin
const meta = () =>
  [
    count(model.documents.length, "document"),
    count(model.entities.length, "entity", "entities"),
    count(model.situations.length, "event or state", "events and states"),
    count(model.claims.length, "claim"),
  ]
    .filter((words) => words !== document.title) // which is how many documents there are, where they have no one name
    .join(" · ");
const key = () => {
  const kinds = model.groups
    .filter((group) => model.entities.some((each) => each.group === group))
    .map((group) => el("li", {}, el("span", { class: `dot ${group}` }), words(group)));
  const status = Object.keys(STATUS)
    .filter((each) => model.situations.some((one) => one.status === each))
    .map((each) => el("li", { title: STATUS[each] }, el("span", { class: `box Event ${each}` }), each.toLowerCase()));
  return [
    el("ul", { "aria-label": "Circles: who and what takes part" }, kinds),
    el(
      "ul",
      { "aria-label": "Boxes and lines: what is said to happen" },
      status,
      el("li", {}, el("span", { class: "box State" }), "a state, not an event"),
    ),
  ];
};
const begin = () => {
  openScene(openPage());
  weigh();
  $("meta").textContent = meta();
  $("legend").replaceChildren(...key());
  $("tabs").append(
    ...Object.entries(VIEWS).map(([view, title]) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${view}`,
          "data-view": view,
          "aria-controls": "stage",
          onclick: () => act.change({ view }, { push: true }),
        },
        title,
      ),
    ),
  );
  openNetwork({
    choose: (thing) => act.choose(thing),
    chooseLine: (line) => {
      const other = line.from === line.about ? line.to : line.from;
      act.choose(line.about, { role: [line.roles[0], other] });
    },
    leave: () => {
      if (state.view === "network") act.choose(null);
    },
  });
  $("in").addEventListener("click", () => zoom(1.3));
  $("out").addEventListener("click", () => zoom(1 / 1.3));
  $("whole").addEventListener("click", () => fit(true));
  $("physics").addEventListener("click", ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", String(on));
    setPhysics(on);
  });
  for (const button of $("steps").children)
    button.addEventListener("click", () => act.change({ steps: Number(button.dataset.steps) }));
  openFilters();
  openSearch();
  openExport();
  openKeyboard();
  openArticle();
  addEventListener("popstate", readAddress);
  readAddress();
};
begin();
