/** Whose work is in a bundle? The licence texts of the packages, as their authors ship them. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const modules = resolve(dirname(fileURLToPath(import.meta.url)), "node_modules");

/** The package that a module file belongs to; null for our own sources. */
export function packageOf(id) {
  const inside = id.replaceAll("\\", "/").split("/node_modules/").pop();
  if (!id.includes("node_modules")) return null;
  const [scope, name] = inside.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

/** Collects the packages that end up in a bundle into `found`. */
export function collect(found) {
  return {
    name: "collect-packages",
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const id of Object.keys(chunk.modules ?? {})) {
          const name = packageOf(id);
          if (name) found.add(name);
        }
      }
    },
  };
}

/** Writes THIRD_PARTY_LICENSES.txt for these packages into a folder. */
export function writeLicenses(folder, names) {
  const parts = [...names].sort().map(notice);
  const head = parts.length
    ? "This folder contains code of the following packages, each under its own licence.\n"
    : "This folder contains no code of other packages.\n";
  writeFileSync(resolve(folder, "THIRD_PARTY_LICENSES.txt"), [head, ...parts].join("\n" + "-".repeat(80) + "\n"));
}

function notice(name) {
  const folder = resolve(modules, name);
  const { version, license } = JSON.parse(readFileSync(resolve(folder, "package.json"), "utf8"));
  return `${name} ${version} (${license})\n\n${text(folder, license)}\n`;
}

function text(folder, license) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file && existsSync(resolve(folder, file))) return readFileSync(resolve(folder, file), "utf8").trim();
  return `Licence: ${license}. The package ships no text of it.`;
}
