// Builds everything the pages load into ../var/front under fixed names; Django adds the hashes later.
import { cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { browserslistToTargets, bundle } from "lightningcss";
import { build } from "vite";

const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const finished = path.resolve(process.env.TIEPDAN_FRONT_DIR ?? path.join(here, "..", "var", "front"));
// Built beside and swapped in at the end: a page asked for meanwhile never finds half a build.
const out = `${finished}.new`;

const targets = browserslistToTargets(["chrome 99", "safari 15.4", "firefox 97"]);

async function styles() {
  await mkdir(path.join(out, "css"), { recursive: true });
  for (const name of ["app.css", "room.css"]) {
    const { code, warnings } = bundle({ filename: path.join(here, "styles", name), minify: true, targets });
    for (const warning of warnings) console.warn(`${name}: ${warning.message}`);
    await writeFile(path.join(out, "css", name), code);
  }
}

async function fonts() {
  const from = path.join(here, "node_modules", "@fontsource", "be-vietnam-pro");
  await mkdir(path.join(out, "fonts"), { recursive: true });
  for (const subset of ["latin", "vietnamese"])
    for (const weight of [400, 600]) {
      const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
      await cp(path.join(from, "files", name), path.join(out, "fonts", name));
    }
  await cp(path.join(from, "LICENSE"), path.join(out, "fonts", "OFL.txt"));
}

// The reader of QR codes: the file of the very version that barcode-detector was built with, none other fits.
async function codeReader() {
  const detector = createRequire(import.meta.url).resolve("barcode-detector");
  const wasm = createRequire(detector).resolve("zxing-wasm/reader/zxing_reader.wasm");
  await mkdir(path.join(out, "islands"), { recursive: true });
  await cp(wasm, path.join(out, "islands", "zxing_reader.wasm"));
}

async function script(entry, file) {
  await build({
    root: here,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      chunkSizeWarningLimit: 1000,
      lib: { entry: path.join(here, "src", entry), formats: ["es"], fileName: () => file },
    },
  });
}

const islands = (await readdir(path.join(here, "src", "islands"))).filter(
  (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
);
await rm(out, { recursive: true, force: true });
await styles();
await fonts();
await codeReader();
for (const name of ["icons.svg", "favicon.svg"]) await cp(path.join(here, "icons", name), path.join(out, name));
await cp(path.join(here, "sounds"), path.join(out, "sounds"), { recursive: true });
for (const name of ["room", "stage"]) await script(`room/${name}.ts`, `room/${name}.js`);
for (const name of islands) await script(`islands/${name}`, `islands/${name.replace(/\.ts$/, ".js")}`);
await rm(finished, { recursive: true, force: true });
await rename(out, finished);
console.log(`Đã dựng giao diện vào ${finished}`);
