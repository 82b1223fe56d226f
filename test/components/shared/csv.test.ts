import assert from "node:assert/strict";
import {test} from "node:test";
import {csvParse} from "d3";
import {fromColumns, toCsv} from "../../../docs/components/shared/csv.js";

test("values with commas, quotes and line breaks survive a round trip", () => {
  const rows = [{name: 'a, "b"\nc', value: "1"}];
  assert.deepEqual([...csvParse(toCsv(rows))], rows);
});

test("missing values and NaN are empty cells, zero and false are not", () => {
  assert.equal(toCsv([{a: null, b: NaN, c: 0, d: false, e: undefined}]), "a,b,c,d,e\r\n,,0,false,\r\n");
});

test("what begins like a formula is text in a spreadsheet, and numbers stay numbers", () => {
  const rows = [{"=A1": "=HYPERLINK(1)", b: "+1+1", c: "@x", d: "-a", e: -0.5, f: "-0.5", g: "a=b", h: -Infinity}];
  const [header, row] = toCsv(rows).split("\r\n");
  assert.equal(header, "'=A1,b,c,d,e,f,g,h");
  assert.equal(row, "'=HYPERLINK(1),'+1+1,'@x,'-a,-0.5,-0.5,a=b,'-Infinity");
});

test("the header holds every column that occurs in any row", () => {
  assert.equal(toCsv([{a: 1}, {b: 2}]), "a,b\r\n1,\r\n,2\r\n");
});

test("columns become rows", () => {
  assert.deepEqual(fromColumns({x: [1, 2], y: ["a", "b"]}), [
    {x: 1, y: "a"},
    {x: 2, y: "b"}
  ]);
});
