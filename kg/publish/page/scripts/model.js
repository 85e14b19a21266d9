/* The graph as objects that refer to one another; more can be added while the page is open. */
export const model = {
  documents: [],
  things: [],
  entities: [],
  situations: [],
  claims: [],
  byId: new Map(),
  order: [],
  groups: [],
};

/* A packed table as records: pack.py says how it is packed. */
const unpack = ({ columns, rows }, { words, coded, roles }) => {
  const isCoded = columns.map((column) => coded.includes(column));
  return rows.map((row) => {
    const record = {};
    row.forEach((value, i) => {
      if (value !== null) record[columns[i]] = isCoded[i] ? words[value] : value;
    });
    record.roles = grouped(record.roles, 2).map(([role, thing]) => [roles[role], thing]);
    return record;
  });
};
const grouped = (numbers = [], size = 2) =>
  Array.from({ length: numbers.length / size }, (_, i) => numbers.slice(i * size, i * size + size));

/* What is known already stays as it is; everything else is added. Returns the things in the order of the tables. */
export const addTables = (packed) => {
  const known = (record) => model.byId.get(record.id);
  const enter = (record, list) => {
    model.byId.set(record.id, record);
    record.n = list.length;
    list.push(record);
    return record;
  };
  const documents = unpack(packed.documents, packed).map((each) =>
    Object.assign(
      known(each) ?? enter({ ...each, mentions: [], furniture: each.furniture ?? [], claims: [] }, model.documents),
      { fresh: grouped(each.mentions, 3) },
    ),
  );
  const things = [
    ...unpack(packed.entities, packed).map((each) => [each, true]),
    ...unpack(packed.situations, packed).map((each) => [each, false]),
  ].map(([each, entity]) => {
    if (!known(each)) {
      const thing = enter(
        { aliases: [], merged: [], ...each, entity, roles: [], parts: [], claims: [], says: [], relays: [] },
        model.things,
      );
      (entity ? model.entities : model.situations).push(thing);
    }
    return Object.assign(known(each), { fillers: each.roles });
  });
  for (const thing of things) {
    for (const [role, i] of thing.fillers) {
      if (thing.roles.some(([other, filler]) => other === role && filler === things[i])) continue;
      thing.roles.push([role, things[i]]);
      things[i].parts.push([role, thing]);
    }
    delete thing.fillers;
  }
  for (const each of documents) {
    const had = new Set(each.mentions.map(([begin, end, thing]) => `${begin} ${end} ${thing.n}`));
    for (const [begin, end, i] of each.fresh)
      if (!had.has(`${begin} ${end} ${things[i].n}`)) each.mentions.push([begin, end, things[i]]);
    delete each.fresh;
  }
  for (const each of unpack(packed.claims, packed)) {
    if (known(each)) continue;
    const claim = enter(
      {
        ...each,
        about: things[each.about],
        document: documents[each.document ?? 0],
        source: each.source >= 0 ? things[each.source] : null,
        chain: (each.chain ?? []).map((i) => things[i]),
        roles: each.roles.map(([role, i]) => [role, things[i]]),
      },
      model.claims,
    );
    claim.about.claims.push(claim);
    claim.document.claims.push(claim);
    claim.source?.says.push(claim);
    claim.chain.forEach((thing) => thing.relays.push(claim));
  }
  model.groups = packed.groups;
  model.order = [...model.order, ...(packed.order ?? []).map((i) => things[i])];
  const ordered = new Set(model.order);
  model.order.push(...model.situations.filter((each) => !ordered.has(each)));
  return things;
};

export const sentenceOf = (claim) => claim.document.text.slice(...claim.sentence);
export const cueOf = (claim) => (claim.cueSpan ? claim.document.text.slice(...claim.cueSpan) : "");
export const fillersOf = (each, role) => each.roles.filter(([name]) => name === role).map(([, thing]) => thing);
