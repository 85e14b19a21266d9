/* What is shown as Turtle: the same statements that the build writes of these nodes (rdf.py), texts of documents left out. */
import { page } from "./source.js";

const PREFIXES = {
  kg: "https://kg.example/ontology#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  prov: "http://www.w3.org/ns/prov#",
  nif: "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
  schema: "https://schema.org/",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
const REGISTERS = {
  wikidata: (key) => `http://www.wikidata.org/entity/${key}`,
  geonames: (key) => `https://sws.geonames.org/${key}/`,
};
const quote = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const string = (text) => `"${String(text).replace(/["\\\n\r\t]/g, (c) => ESCAPES[c])}"`;
const typed = (text, type) => `${string(text)}^^xsd:${type}`;
const iri = (ident) => `<${page.base}${ident.split("/").map(quote).join("/")}>`;
const decimal = (value) => typed(value.toFixed(4).replace(/\.?0+$/, ""), "decimal");

/* From UTF-16 code units, which the page counts, to code points, which the graph counts. */
export const points = (document, unit) => {
  document.wide ??= [...document.text.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)].map((match) => match.index);
  let low = 0,
    high = document.wide.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (document.wide[middle] < unit) low = middle + 1;
    else high = middle;
  }
  return unit - low;
};
const place = (document, begin, end) => iri(document.id).replace(/>$/, `#char=${begin},${end}>`);
const wordsAt = (document, [begin, end]) => place(document, points(document, begin), points(document, end));

const subject = (name, pairs) =>
  `${name} ${pairs
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${key} ${value}`)
    .join(" ;\n    ")} .\n`;
const contentOf = (each) => [
  ...["position", "kinship", "amount", "edtf"].map((key) => [`kg:${key}`, each[key] && string(each[key])]),
  ["kg:timeText", each.time && string(each.time)],
  ...["earliest", "latest"].map((key) => [`kg:${key}`, each[key] && typed(each[key], "date")]),
  ...each.roles.map(([role, thing]) => [`kg:${role}`, iri(thing.id)]),
];
const documentTurtle = (each) =>
  subject(iri(each.id), [
    ["a", "kg:Document"],
    ["rdfs:label", string(each.label)],
    ["schema:identifier", string(each.name)],
    ["schema:headline", each.title && string(each.title)],
    ["schema:publisher", each.publisher && string(each.publisher)],
    ["schema:author", each.author && string(each.author)],
    ["schema:datePublished", each.date && typed(each.date, "date")],
    ["kg:sha256", string(each.sha256)],
  ]);
const entityTurtle = (each) =>
  subject(iri(each.id), [
    ["a", `kg:Entity, kg:${each.class}`],
    ["rdfs:label", string(each.label)],
    ["kg:named", typed(Boolean(each.named), "boolean")],
    ...each.aliases.filter((alias) => alias !== each.label).map((alias) => ["skos:altLabel", string(alias)]),
    ["kg:anonymous", each.anonymous && typed(true, "boolean")],
    [
      "kg:isoCode",
      each.country && (each.class === "Country" || each.class === "City") ? string(each.country) : undefined,
    ],
    ...Object.entries(each.identifiers ?? {})
      .filter(([register]) => Object.hasOwn(REGISTERS, register))
      .map(([register, key]) => ["schema:sameAs", `<${REGISTERS[register](quote(String(key)))}>`]),
  ]);
const situationTurtle = (each) =>
  subject(iri(each.id), [
    ["a", `kg:${each.state ? "State" : "Event"}, kg:${each.class}`],
    ["rdfs:label", string(each.label)],
    ["kg:status", `kg:${each.status}`],
    ["kg:predicate", each.predicate && string(each.predicate)],
    ["kg:plover", each.plover && string(each.plover)],
    ...contentOf(each),
  ]);
const claimTurtle = (claim) =>
  subject(iri(claim.id), [
    ["a", "kg:Claim"],
    ["kg:about", iri(claim.about.id)],
    ["prov:wasDerivedFrom", iri(claim.document.id)],
    ["kg:source", iri((claim.source ?? claim.document).id)],
    ...claim.chain.map((each) => ["kg:relayedBy", iri(each.id)]),
    ["kg:chain", claim.chain.length ? `(${claim.chain.map((each) => iri(each.id)).join(" ")})` : undefined],
    ["kg:polarity", `kg:${claim.polarity}`],
    ["kg:certainty", `kg:${claim.certainty}`],
    ["kg:confidence", decimal(claim.confidence)],
    ["kg:cue", claim.cueSpan && string(claim.document.text.slice(...claim.cueSpan))],
    ["kg:rule", claim.rule && string(claim.rule)],
    ["kg:evidence", wordsAt(claim.document, claim.sentence)],
    ["kg:trigger", wordsAt(claim.document, claim.trigger)],
    ...contentOf(claim),
  ]);
const wordsTurtle = (document, [begin, end]) =>
  subject(wordsAt(document, [begin, end]), [
    ["a", "nif:RFC5147String"],
    ["nif:beginIndex", typed(points(document, begin), "integer")],
    ["nif:endIndex", typed(points(document, end), "integer")],
    ["nif:anchorOf", string(document.text.slice(begin, end))],
    ["nif:referenceContext", place(document, 0, points(document, document.text.length))],
  ]);

export const turtleOf = (claims) => {
  const situations = new Set(claims.map((claim) => claim.about));
  for (const each of situations)
    each.roles.forEach(([, thing]) => {
      if (!thing.entity) situations.add(thing);
    });
  const named = [...claims, ...situations]
    .flatMap((each) => each.roles.map(([, thing]) => thing))
    .filter((thing) => thing.entity);
  const entities = new Set([...named, ...claims.flatMap((claim) => [claim.source, ...claim.chain]).filter(Boolean)]);
  const documents = new Set(claims.map((claim) => claim.document));
  const places = new Map(
    claims.flatMap((claim) =>
      [claim.sentence, claim.trigger].map((span) => [wordsAt(claim.document, span), [claim.document, span]]),
    ),
  );
  const inOrder = (things) => [...things].sort((a, b) => a.n - b.n);
  return [
    Object.entries(PREFIXES)
      .map(([name, address]) => `@prefix ${name}: <${address}> .\n`)
      .join(""),
    ...inOrder(documents).map(documentTurtle),
    ...inOrder(entities).map(entityTurtle),
    ...inOrder(situations).map(situationTurtle),
    ...inOrder(claims).map(claimTurtle),
    ...[...places.values()].map(([document, span]) => wordsTurtle(document, span)),
  ].join("\n");
};
