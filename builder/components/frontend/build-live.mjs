/**
 * Builds the live chart into builder/components/live/dist: `live.<hash>.js` and, loaded when a chart is shown,
 * `plotly.<hash>.js`.
 */
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import { bundle } from "./bundling.mjs";
import { writeLicenses } from "./licenses.mjs";

export async function buildLive() {
  const out = await bundle({
    entry: "src/live/main.ts",
    folder: "../live/dist",
    old: /^(live|plotly\S*|rolldown-runtime)\.[\w-]+\.js$/,
    warnAboveKb: 2000,
    output: { entryFileNames: "live.[hash].js", chunkFileNames: "[name].[hash].js" },
  });
  writeLicenses(out, ["plotly.js-basic-dist-min"]);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await buildLive();
