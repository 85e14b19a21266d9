// Reads RDF with N3.js: a line of JSON in ({"format": ..., "text": ...}), a line of JSON out ({"quads": N-Quads} or {"error": ...}).
import { createInterface } from "node:readline";
import N3 from "n3";

function quads({ format, text }) {
  const found = new N3.Parser({ format, blankNodePrefix: "_:" }).parse(text);
  return new N3.Writer({ format: "N-Quads" }).quadsToString(found);
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let answer;
  try {
    answer = { quads: quads(JSON.parse(line)) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
