/* A field for SPARQL that offers the words of the vocabulary. Tab leaves it, as it leaves any field. */
import { $, el, unique } from "./dom.js";

const KEYWORDS = (
  "SELECT DISTINCT ASK CONSTRUCT DESCRIBE WHERE FILTER OPTIONAL UNION MINUS BIND VALUES EXISTS GROUP ORDER BY HAVING LIMIT OFFSET " +
  "DESC ASC COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT CONTAINS REGEX STRSTARTS LCASE STR LANG BOUND COALESCE IF IN NOT AS UNDEF"
).split(" ");
const MOST = 8,
  LINE = 20,
  LETTER = 7.83;
let words = [],
  found = [],
  active = -1,
  begin = 0;

const before = () => {
  const field = $("editor");
  const [part] = /(?:[?$]\w*|(?:\w+:)?[\w-]*)$/.exec(field.value.slice(0, field.selectionStart));
  begin = field.selectionStart - part.length;
  return part;
};
/* [what is written, what it means]: what begins with the letters as they are first, then in any case, then what has them after the prefix. */
const fitting = (part) => {
  const own = unique(($("editor").value.match(/[?$]\w+/g) ?? []).filter((name) => name !== part)).map((name) => [
    name,
    "a name of this query",
  ]);
  const low = part.toLowerCase();
  const rank = ([word]) =>
    word.startsWith(part)
      ? 0
      : word.toLowerCase().startsWith(low)
        ? 1
        : word.toLowerCase().split(":").pop().startsWith(low)
          ? 2
          : 3;
  const among = /^[?$]/.test(part) ? own : [...words, ...KEYWORDS.map((word) => [word, ""]), ...own];
  return among
    .filter((each) => rank(each) < 3 && each[0] !== part)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
};
const show = (part) => {
  const list = $("completions"),
    field = $("editor");
  found = fitting(part);
  active = -1;
  list.replaceChildren(
    ...found.map(([word, meaning], i) =>
      el(
        "li",
        {
          role: "option",
          id: `word${i}`,
          "aria-selected": "false",
          onmousedown: (press) => {
            press.preventDefault();
            take(i);
          },
        },
        el("code", {}, word),
        meaning ? el("span", {}, meaning) : "",
      ),
    ),
  );
  list.hidden = !found.length;
  field.removeAttribute("aria-activedescendant");
  if (!found.length) return;
  const lines = field.value.slice(0, begin).split("\n");
  list.style.top = `${Math.min(field.clientHeight, Math.max(0, lines.length * LINE - field.scrollTop) + 14)}px`;
  list.style.left = `${Math.max(0, Math.min(lines.at(-1).length * LETTER - field.scrollLeft, field.clientWidth - list.offsetWidth - 8))}px`;
  mark(0);
};
const hide = () => {
  $("completions").hidden = true;
  found = [];
  $("editor").removeAttribute("aria-activedescendant");
};
const mark = (i) => {
  active = i;
  [...$("completions").children].forEach((item, j) => item.setAttribute("aria-selected", String(i === j)));
  $("editor").setAttribute("aria-activedescendant", `word${i}`);
  $("completions").children[i].scrollIntoView({ block: "nearest" });
};
const take = (i) => {
  const field = $("editor");
  field.setRangeText(found[i][0], begin, field.selectionStart, "end");
  hide();
};
const KEYS = {
  ArrowDown: () => mark((active + 1) % found.length),
  ArrowUp: () => mark((active - 1 + found.length) % found.length),
  Enter: () => take(active),
  Escape: hide,
};
/* vocabulary: [[word, meaning]]; ask: what Ctrl+Enter does. */
export const openEditor = (vocabulary, ask) => {
  words = vocabulary;
  const field = $("editor");
  field.addEventListener("input", () => {
    const part = before();
    if (part.includes(":") || /^[?$]/.test(part) || part.length > 1) show(part);
    else hide();
  });
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (press) => {
    const ctrl = press.ctrlKey || press.metaKey;
    if (ctrl && press.key === "Enter") {
      press.preventDefault();
      hide();
      ask();
    } else if (ctrl && press.key === " ") {
      press.preventDefault();
      show(before());
    } else if (!ctrl && found.length && Object.hasOwn(KEYS, press.key)) {
      press.preventDefault();
      KEYS[press.key]();
    }
  });
};
