/* The page of questions: a form for each that ships, an editor, and answers as a table whose names lead into the graph.
   The address keeps what was asked (#name=...&person=..., or #query=...). Whatever is asked goes to /sparql. */
import { openEditor } from "./editor.js";
import { $, announce, count, download, el, figure } from "./dom.js";

const data = JSON.parse($("data").textContent);
const byName = new Map(data.queries.map((each) => [each.name, each]));
const ROWS = "application/sparql-results+json";
const SAVES = {
  table: [
    ["CSV", "csv", "text/csv"],
    ["TSV", "tsv", "text/tab-separated-values"],
    ["JSON", "json", ROWS],
    ["XML", "xml", "application/sparql-results+xml"],
  ],
  turtle: [
    ["Turtle", "ttl", "text/turtle"],
    ["N-Triples", "nt", "application/n-triples"],
    ["RDF/XML", "rdf", "application/rdf+xml"],
  ],
};
const SHOWN = 500,
  MOST_NAMES = 300;
let running = null,
  asked = "";

// ------------------------------------------------------------------ what the server is asked
const sent = async (address, options = {}) => {
  const answer = await fetch(address, { signal: running?.signal, ...options });
  if (!answer.ok) throw new Error((await answer.text()).trim() || `The server answered ${answer.status}.`);
  return answer;
};
const sparql = (text, accept) =>
  sent("/sparql", {
    method: "POST",
    body: text,
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
  });

/* Ask, and show what comes or what is wrong; asking anew gives up what is asked now. */
const attempt = async (work) => {
  running?.abort();
  const mine = (running = new AbortController());
  $("answer").hidden = false;
  $("saves").hidden = true;
  $("result").replaceChildren();
  tell("Asking …");
  $("stop").hidden = false;
  try {
    await work();
  } catch (error) {
    if (running === mine)
      tell(
        mine.signal.aborted
          ? "Stopped."
          : error instanceof TypeError
            ? "The server does not answer; is kg serve still running?"
            : error.message,
        true,
      );
  }
  if (running === mine) $("stop").hidden = true;
};
const tell = (text, wrong = false) => {
  $("told").textContent = text;
  $("told").classList.toggle("wrong", wrong);
};
const askNamed = (name, values) =>
  attempt(async () => {
    const answer = await sent(`/question?${new URLSearchParams({ name, ...values })}`);
    $("editor").value = await answer.text();
    await askText($("editor").value);
  });
const askText = async (text) => {
  const answer = await sparql(text, `${ROWS}, text/turtle;q=0.9`);
  asked = text;
  const cut = answer.headers.get("kg-only-first-rows");
  if (answer.headers.get("content-type").startsWith("text/turtle")) showTurtle(await answer.text());
  else await showRows(await answer.json());
  if (cut)
    tell(`${$("told").textContent} Only the first ${figure(Number(cut))} are given; make the question narrower.`);
  announce($("told").textContent);
};

// ------------------------------------------------------------------ answers
const saves = (kind) => {
  $("saves").hidden = false;
  $("saves").replaceChildren(
    ...SAVES[kind].map(([title, ending, media]) =>
      el(
        "button",
        {
          type: "button",
          class: "small",
          onclick: () =>
            sparql(asked, media)
              .then((answer) => answer.blob())
              .then((blob) => download(`answer.${ending}`, blob))
              .catch((error) => tell(error.message, true)),
        },
        `Save as ${title}`,
      ),
    ),
  );
};
const showTurtle = (text) => {
  const lines = text.split("\n");
  tell(text ? "Statements:" : "No answer: nothing in the graph is like that.");
  saves("turtle");
  $("result").replaceChildren(
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Statements" },
      el("pre", {}, lines.slice(0, 5000).join("\n")),
    ),
  );
};
const showRows = async ({ head, results, boolean }) => {
  if (boolean !== undefined) {
    tell(boolean ? "Yes." : "No.");
    return;
  }
  const rows = results.bindings;
  if (!rows.length) {
    tell("No answer: nothing in the graph is like that.");
    return;
  }
  tell(`${count(rows.length, "row")}.`);
  saves("table");
  const places = await placesOf(rows);
  const body = el("tbody");
  const more = el("button", { type: "button", class: "small", onclick: () => add() });
  let shown = 0;
  const add = () => {
    body.append(
      ...rows.slice(shown, shown + SHOWN).map((row) =>
        el(
          "tr",
          {},
          head.vars.map((name) => cellOf(row[name], places)),
        ),
      ),
    );
    shown = Math.min(rows.length, shown + SHOWN);
    more.hidden = shown === rows.length;
    more.textContent = `Show ${figure(Math.min(SHOWN, rows.length - shown))} more`;
  };
  add();
  $("result").replaceChildren(
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows" },
      el(
        "table",
        {},
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            head.vars.map((name) => el("th", { scope: "col" }, name.replaceAll("_", " "))),
          ),
        ),
        body,
      ),
    ),
    more,
  );
};
const cellOf = (term, places) => {
  if (!term) return el("td");
  if (term.type === "uri")
    return el(
      "td",
      {},
      idOf(term.value) === null ? shortened(term.value) : toGraph(idOf(term.value), shortened(term.value)),
    );
  const [first, ...others] = isName(term) ? (places.get(term.value) ?? []) : [];
  return el(
    "td",
    { class: term.value.length > 60 ? "long" : null },
    first ? toGraph(first, term.value) : term.value,
    others
      .slice(0, 8)
      .map((id, i) =>
        toGraph(id, String(i + 2), { class: "n", "aria-label": `${term.value}, another one (${i + 2})` }),
      ),
  );
};
const toGraph = (id, text, more = {}) =>
  el("a", { href: `/#${new URLSearchParams({ at: id })}`, title: "Show in the graph", ...more }, text);
/* The id of the node that an address stands for, or null. */
const idOf = (address) => {
  if (!address.startsWith(data.base)) return null;
  try {
    const id = decodeURIComponent(address.slice(data.base.length));
    return /^(entity|situation|claim)\//.test(id) ? id : null;
  } catch {
    return null;
  }
};
const shortened = (address) => {
  const [prefix, space] = Object.entries(data.prefixes).find(([, each]) => address.startsWith(each)) ?? [];
  return prefix ? `${prefix}:${address.slice(space.length)}` : address;
};
const isName = (term) => term.type === "literal" && !term.datatype && !term["xml:lang"] && term.value.length < 300;
/* Whom and what the names in an answer stand for. */
const placesOf = async (rows) => {
  const names = [
    ...new Set(
      rows.slice(0, SHOWN).flatMap((row) =>
        Object.values(row)
          .filter(isName)
          .map((term) => term.value),
      ),
    ),
  ].slice(0, MOST_NAMES);
  const places = new Map();
  if (!names.length) return places;
  const text = `SELECT DISTINCT ?label ?node WHERE { VALUES ?label { ${names.map((name) => JSON.stringify(name)).join(" ")} } ?node rdfs:label ?label .
    FILTER (EXISTS { ?node a kg:Entity } || EXISTS { ?node kg:status ?status }) } ORDER BY ?label ?node`;
  if (text.length > 100_000) return places;
  const { results } = await (await sparql(text, ROWS)).json();
  for (const { label, node } of results.bindings) {
    const id = idOf(node.value);
    if (id !== null) places.set(label.value, [...(places.get(label.value) ?? []), id]);
  }
  return places;
};

// ------------------------------------------------------------------ questions
const OPTIONS = { CLASS: data.classes, STATUS: data.statuses, NAME: data.names, DOCUMENT: data.documents };
const TYPES = { DAY: "date", NUMBER: "number" };
const fieldOf = ({ name, kind, comment, example, required }, value) => {
  const offered = OPTIONS[kind];
  return el(
    "div",
    { class: "field" },
    el("label", { for: `set-${name}` }, name),
    el("input", {
      id: `set-${name}`,
      name,
      type: TYPES[kind] ?? "text",
      value,
      required,
      autocomplete: "off",
      list: offered ? `list-${kind}` : null,
      placeholder: example ? `for example ${example}` : null,
      "aria-describedby": `about-${name}`,
    }),
    el("p", { class: "line", id: `about-${name}` }, comment.replace(/^Required: /, "")),
  );
};
const showForm = (question, values) => {
  const current = question?.name ?? null;
  $("sparql").open = !question;
  for (const link of $("questions").querySelectorAll("a"))
    link.setAttribute("aria-current", String(link.dataset.name === current));
  const kinds = question
    ? [...new Set(question.parameters.map(({ kind }) => kind))].filter((kind) => OPTIONS[kind])
    : [];
  $("form").replaceChildren(
    ...(question
      ? [
          el("h2", { id: "question" }, question.title),
          el("p", { class: "lead" }, question.comment),
          el(
            "div",
            { class: "fields" },
            question.parameters.map((each) => fieldOf(each, values[each.name] ?? "")),
          ),
          ...kinds.map((kind) =>
            el(
              "datalist",
              { id: `list-${kind}` },
              OPTIONS[kind].map((each) => el("option", { value: each })),
            ),
          ),
          el("p", { class: "go" }, el("button", { type: "submit", class: "small strong" }, "Ask this")),
        ]
      : [el("h2", { id: "question" }, "Ask"), el("p", { class: "lead" }, "Choose a question, or write one below.")]),
  );
};
const filled = () => Object.fromEntries([...new FormData($("form"))].filter(([, value]) => value.trim()));
const go = (fields) => {
  const address = `#${new URLSearchParams(fields)}`;
  if (address === location.hash || address.length > 20_000) {
    history.replaceState(null, "", address.length > 20_000 ? "#" : address);
    return false;
  }
  location.hash = address;
  return true;
};
/* What the address asks. A question that needs a value that it does not have waits for it. */
const read = () => {
  const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const { name, query, ...values } = given;
  const question = byName.get(name);
  showForm(question, values);
  if (question) {
    if (question.parameters.every((each) => !each.required || values[each.name])) askNamed(name, values);
    else {
      $("editor").value = question.text;
      $("form").querySelector("input").focus();
      $("answer").hidden = true;
    }
  } else if (query) {
    $("editor").value = query;
    attempt(() => askText(query));
  }
};
const askEditor = () => {
  const query = $("editor").value;
  if (!go({ query })) attempt(() => askText(query));
};
const begin = () => {
  $("questions").replaceChildren(
    el(
      "ul",
      {},
      data.queries.map(({ name, title }) => el("li", {}, el("a", { href: `#name=${name}`, "data-name": name }, title))),
    ),
  );
  $("editor").value =
    "SELECT ?who ?class\nWHERE {\n  ?somebody a kg:Person ; rdfs:label ?who ; a ?class .\n}\nLIMIT 20\n";
  openEditor(data.words, askEditor);
  $("form").addEventListener("submit", (press) => {
    press.preventDefault();
    const name = $("questions").querySelector("[aria-current='true']").dataset.name;
    if (!go({ name, ...filled() })) askNamed(name, filled());
  });
  $("ask").addEventListener("click", askEditor);
  $("stop").addEventListener("click", () => running?.abort());
  addEventListener("hashchange", read);
  read();
};
begin();
