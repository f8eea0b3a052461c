// Runs one test module by Node's own test runner; called by judge.py, which says what this is about.
// It is both the program and its reporter, so that the key never leaves this module.
import { createHmac, randomBytes } from "node:crypto";
import { closeSync, readSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import assert from "node:assert";

const [telling, waiting, module] = process.argv.slice(2);
const key = Buffer.alloc(64);
const length = readSync(Number(waiting), key);
closeSync(Number(waiting));
let count = 0;

function tell(result) {
  const body = JSON.stringify(result);
  const signed = createHmac("sha256", key.subarray(0, length)).update(`${count++} ${body}`).digest("hex");
  writeSync(Number(telling), `${signed} ${body}\n`);
}

export default async function* report(events) {
  for await (const { type, data } of events) {
    const suite = data?.details?.type === "suite";
    if ((type === "test:pass" || type === "test:fail") && !suite) {
      const unusual = data.skip !== undefined || data.todo !== undefined;
      const outcome = type === "test:fail" ? "failed" : unusual ? "skipped" : "passed";
      const error = data.details?.error;
      const text = String(error?.cause?.stack ?? error?.stack ?? "").slice(-4000);
      tell({ kind: "test", id: `${module}::${data.name}`, when: "call", outcome, text });
    }
  }
  tell({ kind: "finished", status: 0 });
  yield "";
}

const names = Array.from({ length: 4 }, () => `t${randomBytes(4).toString("hex")}`);
const { equal } = assert;
function probe(passing, failing) {
  test(passing, () => assert.equal(1, 1));
  test(failing, () => assert.equal(1, 0));
}

tell({ kind: "probes", pass: [names[0], names[2]], fail: [names[1], names[3]] });
probe(names[0], names[1]);
try {
  await import(pathToFileURL(module));
} catch (error) {
  tell({ kind: "collect", id: module, text: String(error?.stack ?? error).slice(-4000) });
}
if (assert.equal !== equal) tell({ kind: "intruder", event: "assert changed", file: module });
probe(names[2], names[3]);
