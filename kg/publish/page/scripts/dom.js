/* Small helpers. All text reaches the page as text (textContent), never as markup. */
export const $ = (id) => document.getElementById(id);

/* An element: attributes by name, "on..." for listeners, children as nodes or text. */
export const el = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== ""));
  return node;
};

export const svg = (name, attributes = {}, ...children) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};

export const words = (name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
export const figure = (n) => n.toLocaleString("en");
export const count = (n, one, many = `${one}s`) => `${figure(n)} ${n === 1 ? one : many}`;
export const unique = (items) => [...new Set(items)];
export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
export const clip = (text, most = 80) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
export const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const narrow = () => matchMedia("(max-width: 860px)").matches;

/* Tell whoever listens rather than looks. */
export const announce = (text) => {
  $("live").textContent = text;
};

export const download = (name, content, type) => {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
