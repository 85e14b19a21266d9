/* Dossier: all that is said of an entity, and by it, in order. */
import { act } from "./actions.js";
import { $, el, figure } from "./dom.js";
import { fillersOf, model } from "./model.js";
import { tagsOf } from "./details.js";
import { byTime, claimCard, heading, linkTo, nameOf, signOf, sourceOf, whenOf } from "./pieces.js";
import { state } from "./state.js";

/* Somebody to begin with, where a view needs one and none is chosen. */
export const whom = (text) => {
  const first = model.entities
    .filter((each) => each.named)
    .sort((a, b) => b.weight - a.weight || a.n - b.n)
    .slice(0, 12);
  return el(
    "div",
    { class: "asking" },
    el("h2", {}, text),
    el("p", { class: "line" }, "Choose one here, in the network or by the search above."),
    el(
      "ul",
      { class: "rows columns" },
      first.map((each) => el("li", {}, linkTo(each))),
    ),
  );
};

export const showDossier = () => {
  const entity = state.subject?.entity
    ? state.subject
    : state.subject?.roles.map(([, thing]) => thing).find((thing) => thing.entity);
  $("view").replaceChildren(entity ? dossier(entity) : whom("Whose dossier?"));
};

const dossier = (entity) => {
  const all = [...new Set(entity.parts.map(([, about]) => about))].sort(byTime);
  const roles = (about) => entity.parts.filter(([, other]) => other === about).map(([role]) => role);
  const isAgent = (about) => roles(about).includes("agent");
  const of = (wanted) => all.filter(wanted);
  const posts = of((each) => each.class === "Tenure" && isAgent(each));
  const kin = of((each) => each.class === "Kinship");
  const states = of((each) => each.state && !posts.includes(each) && !kin.includes(each));
  const did = of((each) => !each.state && isAgent(each));
  const done = of((each) => !each.state && !isAgent(each));
  const disputed = of((each) => each.status === "Disputed" || each.status === "Negated");
  return el(
    "article",
    { class: "dossier" },
    el("header", {}, el("h2", {}, entity.label), tagsOf(entity), names(entity)),
    el(
      "div",
      { class: "parts" },
      section("Posts", posts, (each) => line(each, [each.position ?? each.label, tail(each, entity)])),
      section("Kin", kin, (each) => line(each, relation(each, entity))),
      section("Described as", states, (each) => line(each, null)),
      section("Did", did, (each) => line(each, null)),
      section("Done to, or with", done, (each) => line(each, null, roles(each).join(", "))),
      section("Disputed or denied", disputed, contested, "disputed"),
      said("Said", entity.says),
      said("Passed on", entity.relays),
    ),
    all.length || entity.says.length || entity.relays.length
      ? null
      : el("p", { class: "line" }, "It is only mentioned: no claim is about it or from it."),
  );
};
const names = (entity) =>
  el(
    "dl",
    { class: "names" },
    entity.aliases.length ? [el("dt", {}, "Also called"), el("dd", {}, entity.aliases.slice(0, 40).join(" · "))] : null,
    Object.entries(entity.identifiers ?? {}).map(([register, key]) => [
      el("dt", {}, register),
      el("dd", {}, String(key)),
    ]),
  );
/* "sibling of X" of the one who is it, "X, sibling" of the other. */
const relation = (each, entity) => {
  const kinship = each.kinship ?? "relative";
  const others = each.roles
    .map(([, thing]) => thing)
    .filter((thing) => thing !== entity)
    .flatMap((thing, i) => [i ? ", " : "", nameOf(thing)]);
  return fillersOf(each, "agent").includes(entity) ? [kinship, " of ", others] : [others, `, ${kinship}`];
};
const tail = (each, entity) =>
  ["represents", "destination", "place"].flatMap((role) =>
    fillersOf(each, role)
      .filter((thing) => thing !== entity)
      .flatMap((thing) => [{ represents: " for ", destination: " in ", place: " at " }[role], nameOf(thing)]),
  );

const section = (title, items, row, kind = "") =>
  items.length
    ? el(
        "section",
        { class: `part ${kind}` },
        heading(title, items.length),
        el("ul", { class: items.some(whenOf) ? "rows" : "rows undated" }, items.slice(0, 200).map(row)),
        items.length > 200
          ? el("p", { class: "line" }, `and ${figure(items.length - 200)} more in the table of claims`)
          : null,
      )
    : null;
/* One situation: when, what, and how far its sources stand by it; a click shows its claims. */
const line = (each, content, role) =>
  el(
    "li",
    {},
    el("span", { class: whenOf(each) ? "date" : "date none" }, whenOf(each) || "—"),
    el(
      "span",
      { class: "what" },
      content
        ? [
            el(
              "button",
              { type: "button", class: "link", onclick: () => act.choose(each), "aria-label": each.label },
              signOf(each),
            ),
            " ",
            content,
          ]
        : el(
            "button",
            { type: "button", class: "link", onclick: () => act.choose(each) },
            signOf(each),
            el("span", {}, each.label),
          ),
      role ? el("span", { class: "role" }, ` as ${role}`) : null,
    ),
    el("span", { class: `n ${each.status}` }, each.status.toLowerCase()),
  );
const contested = (each) =>
  el(
    "li",
    { class: "contested" },
    el("div", {}, linkTo(each), el("span", { class: `n ${each.status}` }, each.status.toLowerCase())),
    ...["positive", "negative"].map((polarity) => {
      const claims = each.claims.filter((claim) => claim.polarity === polarity);
      const who = [...new Map(claims.map((claim) => [claim.source ?? claim.document, claim])).values()];
      return who.length
        ? el(
            "p",
            { class: "side" },
            el(
              "span",
              { class: polarity === "negative" ? "no" : "yes" },
              polarity === "negative" ? "denied by " : "said by ",
            ),
            who.flatMap((claim, i) => [i ? ", " : "", sourceOf(claim)]),
          )
        : null;
    }),
  );
const said = (title, claims) =>
  claims.length
    ? el(
        "section",
        { class: "part wide" },
        heading(title, claims.length),
        el(
          "div",
          { class: "cards" },
          claims.slice(0, 60).map((claim) => claimCard(claim, { about: true })),
        ),
        claims.length > 60
          ? el("p", { class: "line" }, `and ${figure(claims.length - 60)} more in the table of claims`)
          : null,
      )
    : null;
