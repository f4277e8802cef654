/** Builds the canvas into builder/components/canvas/dist as one file, `canvas.<hash>.js`, and then the other components. */
import { buildLearned } from "./build-learned.mjs";
import { buildLive } from "./build-live.mjs";
import { bundle } from "./bundling.mjs";
import { collect, writeLicenses } from "./licenses.mjs";

async function buildCanvas() {
  const packages = new Set();
  const out = await bundle({
    entry: "src/canvas/main.tsx",
    folder: "../canvas/dist",
    old: /^canvas\.[\w-]+\.js$/,
    warnAboveKb: 1000,
    output: { entryFileNames: "canvas.[hash].js", codeSplitting: false },
    plugins: [collect(packages)],
    // React Flow marks its files for servers that render React; there is none here.
    more: { onwarn: (warning, tell) => warning.code === "MODULE_LEVEL_DIRECTIVE" || tell(warning) },
  });
  writeLicenses(out, packages);
}

const only = process.argv[2];
if (!only || only === "canvas") await buildCanvas();
if (!only || only === "live") await buildLive();
if (!only || only === "learned") await buildLearned();
