/* What paint.js composed, on a canvas or as SVG. */
import { around } from "./labels.js";
import { colours } from "./theme.js";

// ------------------------------------------------------------------ on a canvas
const outside = (item, [left, top, right, bottom]) =>
  item.x !== undefined && (item.x < left - 150 || item.x > right + 150 || item.y < top - 60 || item.y > bottom + 60);
const PAINT = {
  lines: (ctx, { points, stroke, width, dash }) => {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.beginPath();
    for (let i = 0; i < points.length; i += 4) {
      ctx.moveTo(points[i], points[i + 1]);
      ctx.lineTo(points[i + 2], points[i + 3]);
    }
    ctx.stroke();
    ctx.setLineDash([]);
  },
  arrows: (ctx, { points, fill }) => {
    ctx.fillStyle = fill;
    ctx.beginPath();
    for (let i = 0; i < points.length; i += 6) {
      ctx.moveTo(points[i], points[i + 1]);
      ctx.lineTo(points[i + 2], points[i + 3]);
      ctx.lineTo(points[i + 4], points[i + 5]);
      ctx.closePath();
    }
    ctx.fill();
  },
  circle: (ctx, { x, y, radius, fill, stroke, width }) => {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    if (fill) {
      ctx.fillStyle = fill;
      ctx.fill();
    }
    ctx.lineWidth = width;
    ctx.strokeStyle = stroke;
    ctx.stroke();
  },
  box: (ctx, { x, y, w, h, corner, fill, stroke, width, dash }) => {
    ctx.beginPath();
    ctx.roundRect(x - w / 2, y - h / 2, w, h, corner);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = width;
    ctx.strokeStyle = stroke;
    ctx.setLineDash(dash);
    ctx.stroke();
    ctx.setLineDash([]);
  },
  text: (ctx, { x, y, text, font, fill, halo }) => {
    ctx.font = font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    if (halo) {
      ctx.lineWidth = 3.5;
      ctx.lineJoin = "round";
      ctx.strokeStyle = halo;
      ctx.strokeText(text, x, y);
    }
    ctx.fillStyle = fill;
    ctx.fillText(text, x, y);
  },
};
export const onCanvas = (ctx, list, view) => {
  for (const item of list) {
    if (view && outside(item, view)) continue;
    ctx.globalAlpha = item.alpha ?? 1;
    PAINT[item.kind](ctx, item);
  }
  ctx.globalAlpha = 1;
};

/* Left, top, right and bottom of all marks and labels. */
export const extent = ({ marks: found }) => {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const add = (x, y, width, height) => {
    const [left, top, right, bottom] = around(x, y, width, height);
    [box[0], box[1], box[2], box[3]] = [
      Math.min(box[0], left),
      Math.min(box[1], top),
      Math.max(box[2], right),
      Math.max(box[3], bottom),
    ];
  };
  for (const mark of found.values()) {
    add(mark.x, mark.y, mark.width + 6, mark.height + 6);
    if (mark.label) add(mark.lx, mark.ly, mark.label.width + 4, mark.label.height + 4);
  }
  return box.every(Number.isFinite) ? box : [0, 0, 0, 0];
};

// ------------------------------------------------------------------ as SVG
const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const n = (value) => String(Math.round(value * 10) / 10);
const style = ({ stroke, width, dash, fill, alpha }) =>
  `fill="${fill ? escaped(fill) : "none"}"${stroke ? ` stroke="${escaped(stroke)}" stroke-width="${n(width)}"` : ""}` +
  `${dash?.length ? ` stroke-dasharray="${dash.join(" ")}"` : ""}${(alpha ?? 1) < 1 ? ` opacity="${alpha}"` : ""}`;
const path = (points, size) => {
  let text = "";
  for (let i = 0; i < points.length; i += 2)
    text += `${i % size === 0 ? "M" : "L"}${n(points[i])} ${n(points[i + 1])}${size === 6 && i % 6 === 4 ? "Z" : ""}`;
  return text;
};
const SVG = {
  lines: (item) => `<path d="${path(item.points, 4)}" ${style(item)}/>`,
  arrows: (item) => `<path d="${path(item.points, 6)}" ${style(item)}/>`,
  circle: (item) => `<circle cx="${n(item.x)}" cy="${n(item.y)}" r="${n(item.radius)}" ${style(item)}/>`,
  box: (item) =>
    `<rect x="${n(item.x - item.w / 2)}" y="${n(item.y - item.h / 2)}" width="${n(item.w)}" height="${n(item.h)}" rx="${n(item.corner)}" ${style(item)}/>`,
  text: ({ x, y, text, font, size, fill, halo }) =>
    `<text x="${n(x)}" y="${n(y)}" text-anchor="middle" dominant-baseline="central" ` +
    `font-family="${escaped(colours().sans)}" font-size="${n(size)}" font-weight="${/^\d+/.exec(font)[0]}" fill="${escaped(fill)}"` +
    `${halo ? ` stroke="${escaped(halo)}" stroke-width="3.5" paint-order="stroke" stroke-linejoin="round"` : ""}>${escaped(text)}</text>`,
};
export const asSvg = (composed, title) => {
  const [left, top, right, bottom] = extent(composed).map((edge, i) => edge + (i < 2 ? -12 : 12));
  const size = `width="${n(right - left)}" height="${n(bottom - top)}" viewBox="${n(left)} ${n(top)} ${n(right - left)} ${n(bottom - top)}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n<title>${escaped(title)}</title>\n` +
    `<rect x="${n(left)}" y="${n(top)}" width="100%" height="100%" fill="${escaped(colours().paper)}"/>\n` +
    `${composed.list.map((item) => SVG[item.kind](item)).join("\n")}\n</svg>\n`
  );
};
