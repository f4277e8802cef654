/**
 * Builds the live chart into builder/components/live/dist: `live.<hash>.js` and, loaded when a chart is shown,
 * `plotly.<hash>.js`. The same sources give the same bytes in any folder.
 */
import { readdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../live/dist");

/** Files of an earlier build; Streamlit wants the pattern `live.*.js` to match exactly one. */
function removeOld() {
  let names = [];
  try {
    names = readdirSync(out);
  } catch {
    return;
  }
  for (const name of names) if (/^(live|plotly\S*|rolldown-runtime)\.[\w-]+\.js$/.test(name)) rmSync(resolve(out, name));
}

export async function buildLive() {
  removeOld();
  await build({
    root: here,
    configFile: false,
    base: "./",
    logLevel: "warn",
    publicDir: false,
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      minify: true,
      modulePreload: false,
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rollupOptions: {
        input: resolve(here, "src/live/main.ts"),
        preserveEntrySignatures: "strict",
        output: { format: "es", entryFileNames: "live.[hash].js", chunkFileNames: "[name].[hash].js" },
      },
    },
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildLive();
