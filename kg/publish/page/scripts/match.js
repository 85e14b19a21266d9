/* Which situations and claims pass the filters, and how many there would be of each value. */
import { fold } from "./dom.js";
import { model, sentenceOf } from "./model.js";
import { state } from "./state.js";

/* Sources that are no entity with a name: the unnamed ones together, and the documents themselves. */
export const UNNAMED = "unnamed";
export const OWN = "document";
const sourceKey = (claim) =>
  claim.source === null ? OWN : claim.source.anonymous || !claim.source.named ? UNNAMED : claim.source.id;
const groupsOf = (situation) => {
  situation.groups ??= [
    ...new Set(situation.roles.filter(([, thing]) => thing.entity).map(([, thing]) => thing.group)),
  ];
  return situation.groups;
};

/* Each facet's values of a situation and of one claim about it. */
const FACETS = {
  status: (situation) => [situation.status],
  class: (situation) => [situation.class],
  kind: groupsOf,
  certainty: (_, claim) => [claim.certainty],
  source: (_, claim) => [sourceKey(claim)],
  document: (_, claim) => [claim.document.id],
};

const haystack = (situation) => {
  if (situation.haystackOf !== situation.claims.length) {
    situation.haystackOf = situation.claims.length;
    situation.haystack = fold(
      [
        situation.label,
        situation.class,
        situation.predicate ?? "",
        ...situation.roles.flatMap(([, thing]) => [thing.label, ...thing.aliases]),
        ...situation.claims.flatMap((claim) => [
          sentenceOf(claim),
          claim.source?.label ?? "",
          ...claim.chain.map((each) => each.label),
        ]),
      ].join("\n"),
    );
  }
  return situation.haystack;
};
export const hasText = (situation, wanted) => haystack(situation).includes(wanted);
export const isDated = (situation) => Boolean(situation.earliest || situation.latest);
const inTime = (situation) => {
  if (!state.from && !state.to) return true;
  if (!isDated(situation)) return state.undated;
  const [first, last] = [situation.earliest ?? situation.latest, situation.latest ?? situation.earliest];
  return (
    (!state.from || last >= state.from || (!situation.latest && first < state.from)) &&
    (!state.to || first <= state.to || (!situation.earliest && last > state.to))
  );
};

/* Plain events wait until they are asked for, but for those that are disputed. */
const isHidden = (situation) =>
  situation.plain && !state.more && situation.status !== "Disputed" && !state.brought.has(situation);

/* {situations, claims, counts: {facet: Map(value -> situations)}, dated: situations that only the time may keep out} */
export const select = () => {
  const wanted = fold(state.text.trim());
  const keys = Object.keys(FACETS);
  const time = 1 << keys.length,
    text = time << 1;
  const counts = Object.fromEntries(keys.map((key) => [key, new Map()]));
  const situations = new Set(),
    claims = [],
    dated = new Set();
  for (const situation of model.situations) {
    const base = (inTime(situation) ? 0 : time) | (wanted && !hasText(situation, wanted) ? text : 0);
    const seen = new Set();
    for (const claim of situation.claims) {
      let fails = base;
      const values = keys.map((key, i) => {
        const found = FACETS[key](situation, claim);
        const hidden = key === "class" && isHidden(situation);
        if (state[key].size ? !found.some((value) => state[key].has(value)) : hidden) fails |= 1 << i;
        return found;
      });
      if (!fails) {
        situations.add(situation);
        claims.push(claim);
      }
      if (!(fails & ~time)) dated.add(situation);
      keys.forEach((key, i) => {
        if (fails & ~(1 << i)) return;
        for (const value of values[i]) {
          const once = `${key} ${value}`;
          if (seen.has(once)) continue;
          seen.add(once);
          counts[key].set(value, (counts[key].get(value) ?? 0) + 1);
        }
      });
    }
  }
  return { situations, claims, counts, dated };
};
