import assert from "node:assert/strict";
import test from "node:test";
import {parseList} from "../../src/lib/dataset/list.js";

const classes = ["COVID-19", "viral", "bacteria", "normal"];
const parse = (text: string) => parseList(text, "some/folder/train_split.txt", classes);

test("a line is a patient, a file whose name may hold spaces, and a class", () => {
  const {entries} = parse("3 a b (1).jpeg viral\n10 IM-1.jpeg normal\n");
  assert.deepEqual(entries, [
    {patient: "3", file: "a b (1).jpeg", label: 1},
    {patient: "10", file: "IM-1.jpeg", label: 3}
  ]);
});

test("a byte order mark, Windows line ends and blank lines do not matter", () => {
  const {entries} = parse("\uFEFF1 a.png viral\r\n\r\n2 b.png normal\r\n");
  assert.deepEqual(
    entries.map(({patient, file}) => [patient, file]),
    [
      ["1", "a.png"],
      ["2", "b.png"]
    ]
  );
});

test("a line without a class names file, line, text and the classes allowed", () => {
  for (const line of ["7 b.png", "7 b c.png", "7"]) {
    assert.throws(() => parse(`1 a.png viral\n\n${line}\n`), {
      name: "UserError",
      message: new RegExp(`train_split.txt, line 3: no class: "${line}"[^]*COVID-19, viral, bacteria, normal`)
    });
  }
});

test("two lines that became one are told, with a space between them, without one, and of files without an ending", () => {
  for (const line of ["1 a.png viral 2 b.png normal", "1 a.png viral2 b.png normal", "1 a viral 2 b normal"]) {
    assert.throws(() => parse(`${line}\n`), {
      name: "UserError",
      message: new RegExp(`train_split.txt, line 1: two lines in one.*"${line}"[^]*Each line is`)
    });
  }
});

test("an unknown class names file, line, text and the classes allowed", () => {
  assert.throws(() => parse("1 a.png viral\n2 b.png Normal"), {
    name: "UserError",
    message: /train_split.txt, line 2: unknown class "Normal": "2 b.png Normal"[^]*COVID-19, viral, bacteria, normal/
  });
});

test("a repeated line counts once and is reported with both line numbers", () => {
  const {entries, duplicates} = parse("1 a.png viral\n2 b.png normal\n1 a.png viral");
  assert.deepEqual(
    entries.map(({file}) => file),
    ["a.png", "b.png"]
  );
  assert.deepEqual(duplicates, [{line: 3, firstLine: 1, file: "a.png"}]);
});

test("a file listed under two classes is refused, with both lines", () => {
  assert.throws(() => parse("1 a.png viral\n1 a.png normal"), {
    name: "UserError",
    message: /line 2: listed as viral on line 1 and as normal here/
  });
});

test("an empty list is refused", () => {
  assert.throws(() => parse("\n\n"), {name: "UserError", message: /lists no images/});
});
