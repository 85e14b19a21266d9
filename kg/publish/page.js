"use strict";
/* The page's behaviour. All text reaches the page as text (textContent), never as markup. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { documents, entities, situations, claims } = data;
  const offset = entities.length;
  const isEntity = (thing) => thing < offset;
  const situation = (thing) => situations[thing - offset];
  const at = (thing) => (isEntity(thing) ? entities[thing] : situation(thing));
  const $ = (id) => document.getElementById(id);

  // ---------------------------------------------------------------- small helpers
  const el = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value === true) node.setAttribute(key, "");
      else if (value !== false && value != null) node.setAttribute(key, value);
    }
    node.append(...children.flat().filter((child) => child != null && child !== ""));
    return node;
  };
  const words = (name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const unique = (items) => [...new Set(items)];
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // ---------------------------------------------------------------- what is known of each thing
  const claimsOf = entities.map(() => []); // as its source
  const partsOf = entities.map(() => []); // [role, situation]
  const relayed = entities.map(() => []);
  situations.forEach((each, i) => each.roles.forEach(([role, thing]) => {
    if (isEntity(thing)) partsOf[thing].push([role, offset + i]);
  }));
  claims.forEach((claim, i) => {
    if (claim.source >= 0) claimsOf[claim.source].push(i);
    claim.chain.forEach((thing) => relayed[thing].push(i));
  });
  const STATUS = {
    Asserted: "a document says so in its own voice",
    Reported: "somebody says so for certain",
    Hedged: "said to be probable, possible, intended or conditional only",
    Negated: "only ever denied",
    Disputed: "one source says so, another denies it",
  };
  const SAYS = {
    "positive certain": "says so",
    "positive probable": "says it is probable",
    "positive possible": "says it is possible",
    "positive unspecified": "speaks of it as intended, conditional or to come",
    "negative certain": "says it is not so",
    "negative probable": "says it is probably not so",
    "negative possible": "says it may not be so",
    "negative unspecified": "speaks of it as not so, without saying that it is not",
  };
  const ROLE = { topic: "about", reason: "because of", purpose: "in order to", instrument: "with", origin: "from",
    destination: "to", place: "in", represents: "for" };

  // ---------------------------------------------------------------- state
  const state = { chosen: null, role: null, more: false, says: false, document: 0, off: new Set(), revealed: new Set() };
  const plain = situations.filter((each) => each.plain).length;
  const drawn = new Map(data.nodes.map((node) => [node.id, node]));

  // ---------------------------------------------------------------- the network
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  let shown = new Set();
  const nodeView = new vis.DataView(nodes, { filter: (node) => shown.has(node.id) });
  const edgeView = new vis.DataView(edges, {
    filter: (edge) => (edge.role !== "says" || state.says) && shown.has(edge.from) && shown.has(edge.to),
  });

  const visible = () => {
    const found = new Set();
    const hidden = (thing) => state.off.has(isEntity(thing) ? entities[thing].group : situation(thing).status);
    for (const node of data.nodes) {
      if (isEntity(node.id) || hidden(node.id)) continue;
      if (!situation(node.id).plain || state.more || state.revealed.has(node.id)) found.add(node.id);
    }
    for (const edge of data.edges) {
      if (edge.role === "says" && !state.says) continue;
      for (const [one, other] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        if (isEntity(one) && found.has(other) && !hidden(one)) found.add(one);
      }
    }
    for (const thing of state.revealed) if (isEntity(thing) && drawn.has(thing)) found.add(thing);
    return found;
  };

  const DASHES = { Asserted: false, Reported: [6, 4], Hedged: [2, 4], Disputed: false, Negated: [8, 4, 2, 4] };
  const WIDTH = { Disputed: 2.5 };
  const groups = () => {
    const found = {};
    const ink = css("ink"), paper = css("paper");
    for (const name of data.groups) {
      found[name] = {
        color: { background: css(name), border: paper, highlight: { background: css(name), border: ink },
          hover: { background: css(name), border: ink } },
        borderWidth: 2,
        font: { color: ink },
      };
    }
    for (const kind of ["Event", "State"]) {
      for (const status of Object.keys(STATUS)) {
        const special = status === "Disputed" || status === "Negated" ? status : null;
        const border = css(special ?? kind);
        const background = css(`${(special ?? kind).toLowerCase()}-fill`);
        found[`${kind}-${status}`] = {
          color: { background, border, highlight: { background, border: ink }, hover: { background, border: ink } },
          borderWidth: WIDTH[status] ?? 1.4,
          shapeProperties: { borderRadius: 5, borderDashes: DASHES[status] },
          font: { color: special ? border : ink },
        };
      }
    }
    return found;
  };
  const face = () => css("sans");
  const options = () => ({
    autoResize: true,
    groups: groups(),
    physics: false,
    layout: { improvedLayout: false },
    nodes: {
      font: { face: face(), strokeWidth: 3, strokeColor: css("paper"), vadjust: 0 },
      margin: 7,
      scaling: { label: { drawThreshold: 6 } },
    },
    edges: {
      smooth: false, arrows: { to: { scaleFactor: 0.45 } }, selectionWidth: 1.6, hoverWidth: 0.6,
      font: { face: face(), size: 12, color: css("soft"), strokeWidth: 4, strokeColor: css("paper"), align: "horizontal" },
    },
    interaction: { hover: true, tooltipDelay: 1e9, hideEdgesOnDrag: data.nodes.length > 600, multiselect: false,
      keyboard: { enabled: true, bindToWindow: false }, selectConnectedEdges: false },
  });
  const edgeLook = (edge, faded) => ({
    id: edge.id,
    // who does it stands at the end without an arrow, and needs no word
    label: !faded && state.chosen !== null && touches(edge) && edge.role !== "agent" ? ROLE[edge.role] ?? edge.role : " ",
    width: edge.role === "says" ? 1 : WIDTH[edge.status] ?? 1.3,
    dashes: edge.role === "says" ? [1, 3] : DASHES[edge.status],
    arrows: edge.role === "agent" ? "" : "to",
    color: {
      color: edge.role === "says" ? css("accent") : css(edge.status === "Disputed" ? "Disputed" : "line"),
      highlight: css("ink"), hover: css("ink"), opacity: faded ? 0.12 : 1,
    },
  });
  const touches = (edge) => edge.from === state.chosen || edge.to === state.chosen;

  let network = null;
  const draw = () => {
    nodes.update(data.nodes.map((node) => ({ id: node.id, font: fontOf(node, false) })));
    edges.update(data.edges.map((edge) => edgeLook(edge, false)));
    network = new vis.Network($("network"), { nodes: nodeView, edges: edgeView }, options());
    network.on("click", ({ nodes: [node], edges: [edge] }) => {
      if (node !== undefined) choose(node);
      else if (edge !== undefined) chooseEdge(edges.get(edge));
      else choose(null);
    });
    network.on("hoverEdge", ({ edge }) => edges.update({ id: edge, label: ROLE[edges.get(edge).role] ?? edges.get(edge).role }));
    network.on("blurEdge", ({ edge }) => edges.update(edgeLook(edges.get(edge), isFaded(edges.get(edge)))));
    network.on("hoverNode", () => { $("network").style.cursor = "pointer"; });
    network.on("blurNode", () => { $("network").style.cursor = ""; });
    fit(false);
  };
  const sizes = new Map(data.nodes.map((node) => [node.id, node.font.size]));
  const fontOf = (node, faded) => ({ color: faded ? css("rule") : undefined, size: sizes.get(node.id) });
  const fit = (animate) => {
    if (!shown.size) return;
    network.fit({ maxZoomLevel: 1.5, animation: animate && { duration: 300 } });
  };

  // ---------------------------------------------------------------- what is faded when something is chosen
  let near = null;
  const isFaded = (edge) => near !== null && !(touches(edge) || (near.has(edge.from) && near.has(edge.to) && edge.about === state.chosen));
  const neighbourhood = () => {
    if (state.chosen === null) return null;
    const found = new Set([state.chosen]);
    const grow = (thing) => data.edges.forEach((edge) => {
      if (edge.role === "says" && !state.says) return;
      if (edge.from === thing) found.add(edge.to);
      if (edge.to === thing) found.add(edge.from);
    });
    grow(state.chosen);
    if (isEntity(state.chosen)) [...found].filter((thing) => !isEntity(thing)).forEach((thing) => {
      situation(thing).roles.forEach(([, other]) => found.add(other)); // who else is in what it is in
    });
    return found;
  };
  const refresh = () => {
    near = neighbourhood();
    shown = visible();
    nodes.update(data.nodes.map((node) => {
      const faded = near !== null && !near.has(node.id);
      return { id: node.id, opacity: faded ? 0.15 : 1, font: fontOf(node, faded) };
    }));
    edges.update(data.edges.map((edge) => edgeLook(edge, near !== null && !(near.has(edge.from) && near.has(edge.to)))));
    nodeView.refresh();
    edgeView.refresh();
    showEmpty();
  };

  // ---------------------------------------------------------------- choosing
  const choose = (thing, { role = null, move = false, scroll = true } = {}) => {
    state.chosen = thing;
    state.role = role;
    if (thing !== null && drawn.has(thing) && !shown.has(thing)) reveal(thing);
    refresh();
    network.unselectAll();
    if (thing !== null && shown.has(thing)) {
      network.selectNodes([thing], false);
      if (move) network.focus(thing, { scale: Math.max(network.getScale(), 0.8), animation: { duration: 300 } });
    }
    showDetails();
    showArticle(scroll);
    const place = thing === null ? location.pathname + location.search : `#${encodeURIComponent(at(thing).id)}`;
    try { history.replaceState(null, "", place); } catch { /* a page inside another may not have an address */ }
  };
  const chooseEdge = (edge) => {
    const other = edge.from === edge.about ? edge.to : edge.from;
    choose(edge.about, { role: [edge.role, other] });
  };
  const reveal = (thing) => {
    state.revealed.add(thing);
    if (isEntity(thing)) partsOf[thing].forEach(([, about]) => state.revealed.add(about));
    else situation(thing).roles.forEach(([, other]) => state.revealed.add(other));
  };

  // ---------------------------------------------------------------- pieces of the panel
  const signOf = (thing) => (isEntity(thing)
    ? el("span", { class: `dot ${entities[thing].group}` })
    : el("span", { class: `box ${situation(thing).state ? "State" : "Event"} ${situation(thing).status}` }));
  const link = (thing, text = at(thing).label) => el("button", { type: "button", class: "link",
    onclick: () => choose(thing, { move: true }) }, signOf(thing), el("span", {}, text));
  const name = (thing) => el("button", { type: "button", class: "link", onclick: () => choose(thing, { move: true }) }, at(thing).label);
  const heading = (text, n) => el("h3", {}, text, n === undefined ? "" : el("span", { class: "n" }, ` ${n.toLocaleString("en")}`));
  /* A list of rows, its tail folded away if it is long. */
  const some = (rows, most = 8) => [el("ul", { class: "rows" }, rows.slice(0, most)),
    rows.length > most ? el("details", {}, el("summary", {}, `${(rows.length - most).toLocaleString("en")} more`),
      el("ul", { class: "rows" }, rows.slice(most))) : null];
  const when = (each) => (each.edtf ? readable(each.edtf) : each.time ?? "");
  const readable = (edtf) => {
    const [from, to] = edtf.split("/");
    const one = (text) => (text.endsWith("~") || text.endsWith("?") ? `about ${text.slice(0, -1)}` : text);
    if (to === undefined) return one(from);
    if (to === ".." || to === "") return `since ${one(from)}`;
    if (from === ".." || from === "") return `until ${one(to)}`;
    return `${one(from)} – ${one(to)}`;
  };
  const documentName = (i) => (documents.length === 1 ? "The article" : documents[i].label);

  const quote = (claim) => {
    const text = documents[claim.document].text;
    const [begin, end] = claim.sentence;
    const marks = [[...claim.trigger, "mark"], ...(claim.cueSpan ? [[...claim.cueSpan, "cue"]] : [])]
      .filter(([b, e]) => b >= begin && e <= end).sort((a, b) => a[0] - b[0]);
    const parts = [];
    let from = begin;
    for (const [b, e, kind] of marks) {
      if (b < from) continue;
      parts.push(text.slice(from, b), kind === "mark" ? el("mark", {}, text.slice(b, e)) : el("span", { class: "cue" }, text.slice(b, e)));
      from = e;
    }
    parts.push(text.slice(from, end));
    return el("blockquote", { title: "Show in the article", onclick: () => { state.document = claim.document; showArticle(true, claim); } },
      ...parts);
  };
  const claimCard = (claim, { about = false, off = false } = {}) => {
    const source = claim.source < 0 ? el("strong", {}, documentName(claim.document)) : name(claim.source);
    const says = SAYS[`${claim.polarity} ${claim.certainty}`];
    const through = claim.chain.flatMap((thing, i) => [i ? ", " : " (through ", name(thing)]);
    const foot = [
      documents.length > 1 ? documents[claim.document].label : "",
      claim.time ? `“${claim.time}”${claim.edtf ? `, that is ${readable(claim.edtf)}` : ""}` : "",
      claim.cue ? `“${claim.cue}”` : "",
      `read with ${Math.round(claim.confidence * 100)} % confidence`,
      claim.rule ?? "",
    ].filter(Boolean).join(" · ");
    return el("article", { class: `claim ${claim.polarity}${off ? " off" : ""}` },
      about ? el("p", { class: "line" }, link(claim.about)) : null,
      el("p", { class: "who" }, source, ...through, through.length ? ")" : "", " ",
        el("span", { class: claim.polarity === "negative" ? "no" : "" }, says)),
      quote(claim),
      el("p", { class: "foot" }, foot));
  };

  // ---------------------------------------------------------------- the panel: everything, an entity, a situation
  const showDetails = () => {
    const panel = $("details");
    panel.replaceChildren(...(state.chosen === null ? overview() : isEntity(state.chosen) ? dossier(state.chosen) : event(state.chosen)));
    panel.scrollTop = 0;
  };
  const back = () => el("button", { type: "button", class: "back", onclick: () => choose(null) }, "← All of it");

  const overview = () => {
    const named = entities.map((_, i) => i).filter((i) => entities[i].named);
    const weight = (i) => partsOf[i].length * 2 + claimsOf[i].length;
    const first = named.sort((a, b) => weight(b) - weight(a) || a - b).slice(0, 8);
    const sources = entities.map((_, i) => i).filter((i) => claimsOf[i].length)
      .sort((a, b) => claimsOf[b].length - claimsOf[a].length || a - b).slice(0, 8);
    const contested = situations.map((each, i) => [each, offset + i])
      .filter(([each]) => each.status === "Disputed" || each.status === "Negated")
      .sort(([a], [b]) => (b.status === "Disputed") - (a.status === "Disputed") || a.plain - b.plain);
    const by = Object.keys(STATUS).map((status) => [status, situations.filter((each) => each.status === status).length]);
    const own = claims.filter((claim) => claim.source < 0).length;
    return [
      el("h2", {}, "Who says what happened"),
      el("p", { class: "lead" }, claims.length
        ? `${count(claims.length, "claim")} about ${count(situations.length, "event or state", "events and states")}: `
          + `${own.toLocaleString("en")} in ${documents.length === 1 ? "the article’s" : "the documents’"} own voice, `
          + `${(claims.length - own).toLocaleString("en")} from ${count(entities.filter((_, i) => claimsOf[i].length).length, "source")}.`
        : "Nothing was found that anybody claims."),
      situations.length ? heading("How far each is to be trusted") : null,
      situations.length ? el("div", { class: "bars" }, by.filter(([, n]) => n).flatMap(([status, n]) => [
        el("span", { class: `box Event ${status}` }), el("span", {}, status),
        el("span", { class: "what", title: STATUS[status] }, STATUS[status]), el("span", { class: "n" }, String(n))])) : null,
      contested.length ? heading("Disputed or denied", contested.length) : null,
      ...some(contested.map(([each, thing]) => el("li", {}, link(thing), el("span", { class: "n" }, each.status.toLowerCase())))),
      sources.length ? heading("Who says so") : null,
      sources.length ? el("ul", { class: "rows" }, sources.map((thing) => el("li", {}, link(thing),
        el("span", { class: "n" }, count(claimsOf[thing].length, "claim"))))) : null,
      first.length ? heading("Whom it is about") : null,
      first.length ? el("ul", { class: "rows" }, first.map((thing) => el("li", {}, link(thing),
        el("span", { class: "n" }, words(entities[thing].class))))) : null,
    ].filter(Boolean);
  };

  const dossier = (thing) => {
    const entity = entities[thing];
    const parts = partsOf[thing];
    const states = parts.filter(([, about]) => situation(about).state);
    const events = parts.filter(([, about]) => !situation(about).state && !situation(about).plain);
    const others = parts.filter(([, about]) => !situation(about).state && situation(about).plain);
    const row = ([role, about]) => el("li", {}, el("span", { class: "role" }, role), link(about),
      el("span", { class: "when" }, when(situation(about))));
    const list = (title, items) => (items.length ? [heading(title, items.length), ...some(items.map(row), 12)] : []);
    return [
      back(),
      el("h2", {}, entity.label),
      el("p", { class: "line" }, el("span", { class: "tag" }, el("span", { class: `dot ${entity.group}` }), words(entity.class)),
        entity.country ? el("span", { class: "tag" }, entity.country) : null,
        entity.anonymous ? el("span", { class: "tag" }, "unnamed source") : null),
      entity.aliases.length ? el("p", { class: "line" }, `Also: ${entity.aliases.join(" · ")}`) : null,
      ...list("Posts, kin and the like", states),
      ...list("Events", events),
      ...list("Other events", others),
      ...(claimsOf[thing].length ? [heading("Says", claimsOf[thing].length),
        ...claimsOf[thing].map((i) => claimCard(claims[i], { about: true }))] : []),
      ...(relayed[thing].length ? [heading("Passes on", relayed[thing].length),
        ...relayed[thing].map((i) => claimCard(claims[i], { about: true }))] : []),
      parts.length || claimsOf[thing].length || relayed[thing].length ? null
        : el("p", { class: "line" }, "It is only mentioned: no claim is about it or from it."),
    ].filter(Boolean);
  };

  const event = (thing) => {
    const each = situation(thing);
    const wanted = (claim) => !state.role || (state.role[0] === "says" ? claim.source === state.role[1]
      : claim.roles.some(([role, other]) => role === state.role[0] && other === state.role[1]));
    const facts = [
      each.position ? ["post", each.position] : null,
      each.kinship ? ["kinship", each.kinship] : null,
      each.amount ? ["amount", each.amount] : null,
      each.time || each.edtf ? ["when", unique([when(each), each.time]).filter(Boolean).join(", ")] : null,
    ].filter(Boolean);
    return [
      back(),
      el("h2", {}, each.label),
      el("p", { class: "line" },
        el("span", { class: "tag" }, el("span", { class: `box ${each.state ? "State" : "Event"}` }),
          each.plain ? (each.state ? "other state" : "other event") : words(each.class)),
        el("span", { class: `tag ${each.status}` }, el("span", { class: `box Event ${each.status}` }), each.status.toLowerCase()),
        el("span", {}, STATUS[each.status])),
      each.roles.length || facts.length ? heading("Who, what, when") : null,
      el("ul", { class: "rows" },
        each.roles.map(([role, other]) => el("li", {}, el("span", { class: "role" }, role), link(other))),
        facts.map(([key, value]) => el("li", {}, el("span", { class: "role" }, key), el("span", {}, value)))),
      heading(each.claims.length === 1 ? "The claim" : "The claims", each.claims.length > 1 ? each.claims.length : undefined),
      state.role ? el("p", { class: "line" }, state.role[0] === "says" ? `What ${at(state.role[1]).label} says comes first.`
        : `Those that give ${at(state.role[1]).label} as ${state.role[0]} come first.`) : null,
      ...each.claims.map((i) => claims[i]).sort((a, b) => wanted(b) - wanted(a))
        .map((claim) => claimCard(claim, { off: !wanted(claim) })),
    ].filter(Boolean);
  };

  // ---------------------------------------------------------------- the article
  let pieces = []; // [begin, end, element]
  let open = -1;
  const showArticle = (scroll, only = null) => {
    const spans = only ? { said: [only.sentence], hit: [only.trigger], document: only.document } : spansOf(state.chosen);
    if (spans.document !== null) state.document = spans.document;
    if (documents.length) openDocument(state.document);
    const within = (list, b, e) => list.some(([from, to]) => from <= b && e <= to);
    let first = null;
    for (const [b, e, node] of pieces) {
      const hit = within(spans.hit, b, e);
      node.classList.toggle("hit", hit);
      node.classList.toggle("said", within(spans.said, b, e));
      if (hit && !first) first = node;
    }
    if (first && scroll) scrollTo(first);
    else if (state.chosen === null && !only) $("article").scrollTop = 0;
  };
  const scrollTo = (node) => {
    const pane = $("article");
    if (pane.scrollHeight <= pane.clientHeight) return;
    const top = node.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop - pane.clientHeight / 3;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    pane.scrollTo({ top, behavior: still ? "auto" : "smooth" });
  };
  const spansOf = (thing) => {
    if (thing === null) return { said: [], hit: [], document: null };
    if (isEntity(thing)) {
      const here = (i) => documents[i].mentions.filter(([, , entity]) => entity === thing);
      const place = here(state.document)?.length ? state.document : documents.findIndex((_, i) => here(i).length);
      return place < 0 ? { said: [], hit: [], document: null } : { said: [], hit: here(place), document: place };
    }
    const about = situation(thing).claims.map((i) => claims[i]);
    const place = about.some((claim) => claim.document === state.document) ? state.document : about[0]?.document ?? null;
    const mine = about.filter((claim) => claim.document === place);
    return { said: mine.map((claim) => claim.sentence), hit: mine.map((claim) => claim.trigger), document: place };
  };

  const openDocument = (number) => {
    if (open === number) return;
    open = number;
    const each = documents[number];
    const byline = [each.publisher, each.author, each.date].filter(Boolean).join(" · ");
    const safe = each.url && /^https?:\/\//.test(each.url);
    const choice = documents.length > 1 ? el("select", { "aria-label": "Article", onchange: (change) => {
      state.document = Number(change.target.value);
      state.chosen = null;
      choose(null);
    } }, documents.map((other, i) => el("option", { value: i, selected: i === number }, other.label))) : null;
    const body = el("div", { id: "words" });
    pieces = cut(each, number);
    body.append(...pieces.map(([, , node]) => node));
    $("article").replaceChildren(...[choice, el("header", {}, el("h2", {}, each.title ?? each.label), byline ? el("p", {}, byline) : null,
      each.url ? el("p", {}, safe ? el("a", { href: each.url, rel: "noopener noreferrer", target: "_blank" }, each.url) : each.url) : null),
    body].filter(Boolean));
  };

  /* The text in pieces, each with what it is part of: the innermost mention and the triggers. */
  const cut = (each, number) => {
    const mine = claims.filter((claim) => claim.document === number);
    const spans = [
      ...each.mentions.map(([b, e, thing]) => [b, e, thing]),
      ...mine.map((claim) => [...claim.trigger, claim.about]),
    ].sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const bounds = unique([0, each.text.length, ...spans.flatMap(([b, e]) => [b, e]), ...mine.flatMap((claim) => claim.sentence),
      ...each.furniture.flat()]).sort((a, b) => a - b);
    const found = [];
    let open = [];
    let next = 0;
    for (let i = 0; i + 1 < bounds.length; i++) {
      const [b, e] = [bounds[i], bounds[i + 1]];
      while (next < spans.length && spans[next][0] <= b) open.push(spans[next++]);
      open = open.filter((span) => span[1] > b);
      const mention = open.filter(([, , thing]) => isEntity(thing)).sort((x, y) => x[1] - x[0] - (y[1] - y[0]))[0];
      const triggers = open.filter(([, , thing]) => !isEntity(thing)).sort((x, y) => situation(x[2]).plain - situation(y[2]).plain);
      const kinds = [];
      if (mention) kinds.push("m", entities[mention[2]].group);
      if (triggers.length) kinds.push("t", ...(situation(triggers[0][2]).plain ? ["plain"] : []));
      if (each.furniture.some(([from, to]) => from <= b && e <= to)) kinds.push("f");
      const target = triggers.length && (!mention || !situation(triggers[0][2]).plain) ? triggers[0][2] : mention?.[2];
      const node = el("span", { class: kinds.join(" ") || null }, each.text.slice(b, e));
      if (target !== undefined) node.addEventListener("click", () => choose(target, { move: true, scroll: false }));
      found.push([b, e, node]);
    }
    return found;
  };

  // ---------------------------------------------------------------- search
  const input = $("search"), hits = $("hits");
  let found = [], active = -1;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const index = [...entities.map((each, i) => [i, fold([each.label, ...each.aliases].join("\n")), fold(each.label)]),
    ...situations.map((each, i) => [offset + i, fold(`${each.label}\n${each.class}\n${each.predicate ?? ""}`), fold(each.label)])];
  const search = () => {
    const wanted = fold(input.value.trim());
    active = -1;
    found = !wanted ? [] : index.filter(([, all]) => all.includes(wanted))
      .sort((a, b) => b[2].startsWith(wanted) - a[2].startsWith(wanted) || a[0] - b[0]).slice(0, 12).map(([thing]) => thing);
    hits.replaceChildren(...found.map((thing, i) => el("li", { role: "option", id: `hit${i}`, "aria-selected": "false",
      onmousedown: (press) => { press.preventDefault(); pick(i); } }, signOf(thing), el("span", {}, at(thing).label))));
    if (wanted && !found.length) hits.append(el("li", { class: "none" }, "Nothing is called that"));
    hits.hidden = !wanted;
    input.setAttribute("aria-expanded", String(!hits.hidden));
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (i) => {
    active = i;
    [...hits.children].forEach((item, j) => item.setAttribute("aria-selected", String(i === j)));
    if (i >= 0) {
      input.setAttribute("aria-activedescendant", `hit${i}`);
      hits.children[i].scrollIntoView({ block: "nearest" });
    }
  };
  const pick = (i) => {
    const thing = found[i];
    input.value = "";
    search();
    choose(thing, { move: true });
  };
  input.addEventListener("input", search);
  input.addEventListener("blur", () => { hits.hidden = true; input.setAttribute("aria-expanded", "false"); });
  input.addEventListener("focus", search);
  input.addEventListener("keydown", (press) => {
    if (press.key === "ArrowDown" && found.length) mark((active + 1) % found.length);
    else if (press.key === "ArrowUp" && found.length) mark((active - 1 + found.length) % found.length);
    else if (press.key === "Enter" && found.length) pick(Math.max(active, 0));
    else if (press.key === "Escape") { input.value = ""; search(); press.stopPropagation(); }
    else return;
    press.preventDefault();
  });

  // ---------------------------------------------------------------- legend and switches
  const toggles = (label, names, sample, title) => {
    const all = names.filter(([, n]) => n);
    return all.length ? el("div", { role: "group", "aria-label": label }, all.map(([key, n]) => el("button", {
      type: "button", "aria-pressed": "true", title: title(key), onclick: ({ currentTarget }) => {
        if (!state.off.delete(key)) state.off.add(key);
        currentTarget.setAttribute("aria-pressed", String(!state.off.has(key)));
        refresh();
      } }, sample(key), el("span", {}, key), el("span", { class: "n" }, n.toLocaleString("en"))))) : null;
  };
  const legend = () => {
    const kinds = data.groups.map((group) => [group, entities.filter((each) => each.group === group).length]);
    const status = Object.keys(STATUS).map((each) => [each, situations.filter((one) => one.status === each).length]);
    $("legend").replaceChildren(...[
      toggles("Entities", kinds, (key) => el("span", { class: `dot ${key}` }), (key) => `Show or hide: ${words(key)}`),
      toggles("Events and states", status, (key) => el("span", { class: `box Event ${key}` }), (key) => STATUS[key]),
      situations.some((each) => each.state) ? el("div", {},
        el("span", { class: "key" }, el("span", { class: "box Event" }), "event"),
        el("span", { class: "key" }, el("span", { class: "box State" }), "state")) : null,
    ].filter(Boolean));
  };
  const flip = (button, key) => {
    state[key] = !state[key];
    button.setAttribute("aria-pressed", String(state[key]));
    refresh();
    fit(true);
  };
  const showEmpty = () => {
    const text = shown.size ? "" : !situations.length ? "No claim was found in this text, so there is nothing to draw."
      : plain && !state.more && !state.off.size ? "Nothing here is of a class that the vocabulary has. “Other events” shows what else is said to happen."
        : "Nothing is left to show: switch something on again in the legend.";
    $("empty").hidden = !text;
    $("empty").replaceChildren(el("p", {}, text));
  };

  // ---------------------------------------------------------------- begin
  const meta = () => {
    const parts = [count(documents.length, "document"), count(entities.length, "entity", "entities"),
      count(situations.length, "event or state", "events and states"), count(claims.length, "claim")];
    if (data.total > data.nodes.length) {
      parts.push(`drawn are the ${data.nodes.length.toLocaleString("en")} most important of ${data.total.toLocaleString("en")}`);
    }
    $("meta").textContent = parts.join(" · ");
  };
  meta();
  legend();
  $("more").textContent = `Other events ${plain}`;
  $("more").title = "What else is said to happen, of no class of the vocabulary";
  $("more").hidden = !plain;
  $("says").hidden = !data.edges.some((edge) => edge.role === "says");
  $("more").addEventListener("click", (press) => flip(press.currentTarget, "more"));
  $("says").addEventListener("click", (press) => flip(press.currentTarget, "says"));
  $("in").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.3, animation: { duration: 150 } }));
  $("out").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.3, animation: { duration: 150 } }));
  $("whole").addEventListener("click", () => fit(true));
  document.addEventListener("keydown", (press) => {
    if (press.key === "Escape" && state.chosen !== null) choose(null);
    if (press.key === "/" && !(press.target instanceof HTMLInputElement)) { press.preventDefault(); input.focus(); }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { network.setOptions(options()); refresh(); });
  shown = visible();
  draw();
  const byId = new Map([...entities, ...situations].map((each, i) => [each.id, i]));
  const fromAddress = () => {
    let ident = "";
    try { ident = decodeURIComponent(location.hash.slice(1)); } catch { /* no id of ours */ }
    choose(byId.get(ident) ?? null, { move: byId.has(ident) });
  };
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
