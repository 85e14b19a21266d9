/* The panel: everything, an entity in brief, or a situation with its claims. */
import { act } from "./actions.js";
import { $, count, el, figure, unique, words } from "./dom.js";
import { model } from "./model.js";
import { STATUS, byTime, claimCard, heading, linkTo, signOf, some, whenOf } from "./pieces.js";
import { isWhole } from "./source.js";
import { state } from "./state.js";
import { isDrawn } from "./network.js";

export const showDetails = () => {
  const panel = $("details");
  panel.replaceChildren(
    ...(!state.chosen ? overview() : state.chosen.entity ? inBrief(state.chosen) : situation(state.chosen))
      .flat(Infinity)
      .filter(Boolean),
  );
  panel.scrollTop = 0;
};
const back = () => el("button", { type: "button", class: "back", onclick: () => act.choose(null) }, "← All of it");
const claimsRow = (thing) => el("li", {}, linkTo(thing), el("span", { class: "n" }, count(thing.says.length, "claim")));

const overview = () => {
  const { documents, entities, situations, claims } = model;
  const first = entities
    .filter((each) => each.named)
    .sort((a, b) => b.weight - a.weight || a.n - b.n)
    .slice(0, 8);
  const sources = entities
    .filter((each) => each.says.length)
    .sort((a, b) => b.says.length - a.says.length || a.n - b.n);
  const contested = situations
    .filter((each) => each.status === "Disputed" || each.status === "Negated")
    .sort(
      (a, b) => (b.status === "Disputed") - (a.status === "Disputed") || (a.plain ?? 0) - (b.plain ?? 0) || a.n - b.n,
    );
  const by = Object.keys(STATUS)
    .map((status) => [status, situations.filter((each) => each.status === status).length])
    .filter(([, n]) => n);
  const others = situations.filter((each) => each.plain).length;
  const own = claims.filter((claim) => !claim.source).length;
  return [
    el("h2", {}, "Who says what happened"),
    el(
      "p",
      { class: "lead" },
      claims.length
        ? `${count(claims.length, "claim")} about ${count(situations.length, "event or state", "events and states")}: ` +
            `${figure(own)} in ${documents.length === 1 ? "the article’s" : "the documents’"} own voice, ` +
            `${figure(claims.length - own)} from ${count(sources.length, "source")}.`
        : "Nothing was found that anybody claims.",
    ),
    by.length
      ? [
          heading("How far their sources stand by them"),
          el(
            "ul",
            { class: "bars" },
            by.map(([status, n]) =>
              el(
                "li",
                {},
                el(
                  "button",
                  {
                    type: "button",
                    class: "link",
                    title: `Only what is ${status.toLowerCase()}`,
                    onclick: () => act.change({ status: new Set([status]) }),
                  },
                  el("span", { class: `box Event ${status}`, "aria-hidden": "true" }),
                  el("span", {}, status),
                ),
                el("span", { class: "what" }, STATUS[status]),
                el("span", { class: "n" }, figure(n)),
              ),
            ),
          ),
          others && !state.more
            ? el(
                "p",
                { class: "line", id: "others" },
                `${count(others, "event")} of no class of the vocabulary ${others === 1 ? "is" : "are"} counted here and ` +
                  "not drawn before “Other events” is pressed.",
              )
            : null,
        ]
      : null,
    contested.length
      ? [
          heading("Disputed or denied", contested.length),
          some(
            contested.map((each) => el("li", {}, linkTo(each), el("span", { class: "n" }, each.status.toLowerCase()))),
            6,
          ),
        ]
      : null,
    sources.length ? [heading("Who says so", sources.length), some(sources.map(claimsRow), 6)] : null,
    first.length
      ? [
          heading("Whom it is about"),
          el(
            "ul",
            { class: "rows" },
            first.map((each) => el("li", {}, linkTo(each), el("span", { class: "n" }, words(each.class)))),
          ),
        ]
      : null,
  ];
};

export const tagsOf = (thing) =>
  el(
    "p",
    { class: "line tags" },
    el("span", { class: "tag" }, signOf(thing), words(thing.class)),
    thing.country ? el("span", { class: "tag" }, thing.country) : null,
    thing.anonymous ? el("span", { class: "tag" }, "unnamed source") : null,
  );

const inBrief = (entity) => {
  const unseen = (entity.degree ?? 0) - unique(entity.parts.map(([, about]) => about)).filter(isDrawn).length;
  const row = ([role, about]) =>
    el("li", {}, el("span", { class: "role" }, role), linkTo(about), el("span", { class: "when" }, whenOf(about)));
  const part = (title, wanted) => {
    const rows = entity.parts.filter(([, about]) => wanted(about)).sort(([, a], [, b]) => byTime(a, b));
    return rows.length ? [heading(title, rows.length), some(rows.map(row), 8)] : null;
  };
  const said = (title, claims) =>
    claims.length
      ? [
          heading(title, claims.length),
          claims.slice(0, 30).map((claim) => claimCard(claim, { about: true })),
          claims.length > 30 ? el("p", { class: "line" }, `${figure(claims.length - 30)} more in the dossier`) : null,
        ]
      : null;
  return [
    back(),
    el("h2", {}, entity.label),
    tagsOf(entity),
    entity.aliases.length ? el("p", { class: "line" }, `Also: ${entity.aliases.slice(0, 12).join(" · ")}`) : null,
    el(
      "p",
      { class: "go" },
      el(
        "button",
        { type: "button", class: "small", onclick: () => act.change({ view: "dossier" }, { push: true }) },
        "Dossier",
      ),
      el(
        "button",
        { type: "button", class: "small", onclick: () => act.change({ view: "around" }, { push: true }) },
        "Neighbourhood",
      ),
      (state.view === "network" || state.view === "around") && (unseen > 0 || !isWhole(entity))
        ? el(
            "button",
            { type: "button", class: "small", id: "bring", onclick: () => act.bringIn([entity]) },
            `Bring in ${figure(unseen)} more`,
          )
        : null,
    ),
    part("Posts, kin and the like", (about) => about.state),
    part("Events", (about) => !about.state && !about.plain),
    part("Other events", (about) => !about.state && about.plain),
    said("Says", entity.says),
    said("Passes on", entity.relays),
    entity.parts.length || entity.says.length || entity.relays.length
      ? null
      : el("p", { class: "line" }, "It is only mentioned: no claim is about it or from it."),
  ];
};

const situation = (each) => {
  const wanted = (claim) =>
    !state.role ||
    (state.role[0] === "says"
      ? claim.source === state.role[1]
      : claim.roles.some(([role, other]) => role === state.role[0] && other === state.role[1]));
  const facts = [
    ["post", each.position],
    ["kinship", each.kinship],
    ["amount", each.amount],
    [
      "when",
      unique([whenOf(each), each.time])
        .filter(Boolean)
        .join(", "),
    ],
  ].filter(([, value]) => value);
  return [
    back(),
    el("h2", {}, each.label),
    el(
      "p",
      { class: "line tags" },
      el(
        "span",
        { class: "tag" },
        el("span", { class: `box ${each.state ? "State" : "Event"}`, "aria-hidden": "true" }),
        each.plain ? (each.state ? "other state" : "other event") : words(each.class),
      ),
      el(
        "span",
        { class: `tag ${each.status}` },
        el("span", { class: `box Event ${each.status}`, "aria-hidden": "true" }),
        each.status.toLowerCase(),
      ),
      el("span", {}, STATUS[each.status]),
    ),
    each.roles.length || facts.length ? heading("Who, what, when") : null,
    el(
      "ul",
      { class: "rows" },
      each.roles.map(([role, other]) => el("li", {}, el("span", { class: "role" }, role), linkTo(other))),
      facts.map(([key, value]) => el("li", {}, el("span", { class: "role" }, key), el("span", {}, value))),
    ),
    heading(
      each.claims.length === 1 ? "The claim" : "The claims",
      each.claims.length > 1 ? each.claims.length : undefined,
    ),
    state.role
      ? el(
          "p",
          { class: "line" },
          state.role[0] === "says"
            ? `What ${state.role[1].label} says comes first.`
            : `Those that give ${state.role[1].label} as ${state.role[0]} come first.`,
        )
      : null,
    [...each.claims].sort((a, b) => wanted(b) - wanted(a)).map((claim) => claimCard(claim, { off: !wanted(claim) })),
    each.merged.length
      ? el("p", { class: "line" }, `Why they are about one thing: ${unique(each.merged).join("; ")}.`)
      : null,
    each.parts.length
      ? [
          heading("Spoken of in", each.parts.length),
          some(
            each.parts.map(([role, other]) => el("li", {}, el("span", { class: "role" }, `as ${role}`), linkTo(other))),
            8,
          ),
        ]
      : null,
  ];
};
