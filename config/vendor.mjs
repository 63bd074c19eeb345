// Copies the files that pages load from node_modules into static/vendor/, and nothing else.
// Source maps go along: static file storage with hashed names follows the references to them.
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "static", "vendor");

const files = {
  bootstrap: [
    "dist/css/bootstrap.min.css",
    "dist/css/bootstrap.min.css.map",
    "dist/js/bootstrap.bundle.min.js",
    "dist/js/bootstrap.bundle.min.js.map",
    "LICENSE",
  ],
  idiomorph: ["dist/idiomorph.esm.js", "LICENSE"],
};

rmSync(target, { recursive: true, force: true });
for (const [name, paths] of Object.entries(files)) {
  for (const path of paths) {
    const to = join(target, name, path.replace(/^dist\//, ""));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(root, "node_modules", name, path), to);
  }
}
console.log(`Front-end packages copied to ${target}`);
