/** Builds the picture of what a network has learned into builder/components/learned/dist: `learned.<hash>.js`. */
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import { bundle } from "./bundling.mjs";
import { collect, writeLicenses } from "./licenses.mjs";

export async function buildLearned() {
  const packages = new Set();
  const out = await bundle({
    entry: "src/learned/main.ts",
    folder: "../learned/dist",
    old: /^learned\.[\w-]+\.js$/,
    warnAboveKb: 100,
    output: { entryFileNames: "learned.[hash].js", codeSplitting: false },
    plugins: [collect(packages)],
  });
  writeLicenses(out, packages);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await buildLearned();
