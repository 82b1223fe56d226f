import assert from "node:assert/strict";
import {test} from "node:test";
import {harmlessCell, printable, printableName} from "../../src/lib/support/printable.js";

test("what steers a terminal is written out, all else stays", () => {
  assert.equal(printable("a\u001b[2Jb\u0007\r\u009b1m\u007f"), "a\\u001b[2Jb\\u0007\\u000d\\u009b1m\\u007f");
  assert.equal(printable("\u202egnp.exe\u2066"), "\\u202egnp.exe\\u2066");
  const plain = "Grüße 胸部 🫁 – a\tb\nc";
  assert.equal(printable(plain), plain);
  assert.equal(printableName("a\nb\tc\u001b"), "a\\u000ab\\u0009c\\u001b");
});

test("JSON stays the same value", () => {
  const value = {file: "a\u001b\u009b\u202e\n.png"};
  const text = printable(JSON.stringify(value));
  assert.doesNotMatch(text, /[\u0080-\u009f\u202e]/);
  assert.deepEqual(JSON.parse(text), value);
});

test("a cell that begins like a formula is text, a number stays one", () => {
  for (const text of ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "-"]) {
    assert.equal(harmlessCell(text), `'${text}`);
  }
  for (const text of ["-0.5", "+1e-7", "-12", "a=b", "1-2", "", "'=1", "COVID-19"])
    assert.equal(harmlessCell(text), text);
});
