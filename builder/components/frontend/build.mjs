/**
 * Builds the canvas into builder/components/canvas/dist as one file, `canvas.<hash>.js`, and then the live chart.
 * The same sources give the same bytes in any folder.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import { collect, writeLicenses } from "./licenses.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** Files of an earlier build; Streamlit wants the pattern `canvas.*.js` to match exactly one. */
function removeOld(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (/^canvas\.[\w-]+\.js$/.test(name)) rmSync(resolve(folder, name));
}

async function buildCanvas() {
  const folder = resolve(here, "../canvas/dist");
  const packages = new Set();
  removeOld(folder);
  await build({
    root: here,
    configFile: false,
    base: "./",
    logLevel: "warn",
    publicDir: false,
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [collect(packages)],
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: "es2022",
      minify: true,
      modulePreload: false,
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000,
      rollupOptions: {
        input: resolve(here, "src/canvas/main.tsx"),
        preserveEntrySignatures: "strict",
        // React Flow marks its files for servers that render React; there is none here.
        onwarn: (warning, tell) => warning.code === "MODULE_LEVEL_DIRECTIVE" || tell(warning),
        output: { format: "es", entryFileNames: "canvas.[hash].js", codeSplitting: false },
      },
    },
  });
  writeLicenses(folder, packages);
}

async function buildLive() {
  const script = resolve(here, "build-live.mjs");
  if (!existsSync(script)) return;
  const { buildLive } = await import(pathToFileURL(script).href);
  await buildLive();
  writeLicenses(resolve(here, "../live/dist"), ["plotly.js-basic-dist-min"]);
}

const only = process.argv[2];
if (only !== "live") await buildCanvas();
if (only !== "canvas") await buildLive();
