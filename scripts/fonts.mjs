// Cuts the typeface down to the letters, weights and features that the interface uses.
// Usage: node scripts/fonts.mjs FOLDER
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import subset from "subset-font";

const folder = process.argv[2];
const source = dirname(createRequire(import.meta.url).resolve("@fontsource-variable/inter/package.json"));

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
const letters = {
  // Western European letters, and the signs and arrows of the interface
  latin: range(0x20, 0x7e) + range(0xa0, 0xff) + "ıŒœˆ˚˜" + "–—‘’‚“”„†•…‰‹›€™←↑→↓−∕⌘",
  // Central, Northern and Eastern European languages and Turkish
  "latin-ext": range(0x100, 0x17f) + "ȘșȚțẀẁẂẃẄẅẞỲỳ" + "₤₧₺₽",
};

await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(letters)) {
  const font = await readFile(join(source, "files", `inter-${name}-wght-normal.woff2`));
  const small = await subset(font, text, {
    targetFormat: "woff2",
    // Kerning, letters of a language, digits of one width; no fractions, no contextual signs.
    keepFeatures: ["kern", "locl", "tnum"],
    variationAxes: { wght: { min: 400, max: 600 } },
  });
  await writeFile(join(folder, `inter-${name}.woff2`), small);
}
await copyFile(join(source, "LICENSE"), join(folder, "LICENSE.txt"));
