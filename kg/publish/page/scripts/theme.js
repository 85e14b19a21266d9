/* The colours and the typeface that the styles give, for what is drawn rather than laid out. */
import { css } from "./dom.js";

let palette = null;
export const forgetColours = () => {
  palette = null;
};
const NAMES = [
  "ink",
  "soft",
  "paper",
  "line",
  "accent",
  "sans",
  "Person",
  "Group",
  "Organization",
  "Place",
  "Work",
  "Thing",
  "Event",
  "State",
  "event-fill",
  "state-fill",
  "Disputed",
  "disputed-fill",
  "Negated",
  "negated-fill",
];
export const colours = () => (palette ??= Object.fromEntries(NAMES.map((name) => [name, css(name)])));
export const fontOf = (size, weight) => `${weight} ${size}px ${colours().sans}`;
