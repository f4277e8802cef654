/** How all components are bundled: one way, so that the same sources give the same bytes in any folder. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));

/** Files of an earlier build; Streamlit wants a pattern such as `canvas.*.js` to match exactly one. */
function removeOld(folder, old) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (old.test(name)) rmSync(resolve(folder, name));
}

/**
 * Bundle `entry` into `folder`; both are relative to this file. `old` matches file names of earlier builds,
 * `output` and `more` are what differs between the components.
 */
export async function bundle({ entry, folder, old, warnAboveKb, output, plugins = [], more = {} }) {
  const out = resolve(here, folder);
  removeOld(out, old);
  await build({
    root: here,
    configFile: false,
    base: "./",
    logLevel: "warn",
    publicDir: false,
    define: { "process.env.NODE_ENV": '"production"' },
    plugins,
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      minify: true,
      modulePreload: false,
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: warnAboveKb,
      rollupOptions: {
        input: resolve(here, entry),
        preserveEntrySignatures: "strict",
        output: { format: "es", ...output },
        ...more,
      },
    },
  });
  return out;
}
