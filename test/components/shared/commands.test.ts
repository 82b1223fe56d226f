import assert from "node:assert/strict";
import {test} from "node:test";
import {text} from "../dom.js";
import {command, commands} from "../../../docs/components/shared/commands.js";

const phantom = {dataset: {name: "phantom", title: "Synthetic radiographs"}, option: "--dataset phantom"};
const folder = {dataset: {name: "folder", title: "my images"}, option: "--dataset 'my images' --full"};
const covidx = {dataset: {name: "covidx", title: "COVIDx"}, option: ""};

test("commands are about the dataset of the report", () => {
  assert.equal(command(phantom, "study"), "npm run study -- --dataset phantom");
  assert.equal(
    command(folder, "predict", "--run a --csv FOLDER"),
    "npm run predict -- --dataset 'my images' --full --run a --csv FOLDER"
  );
  assert.equal(command(covidx, "predict", "--run a FILE"), "npm run predict -- --run a FILE");
  assert.equal(command(covidx, "study"), "npm run study");
});

test("a folder is shown by its name, and readers are told that its path is asked for", () => {
  const lines = ["npm ci", command(folder, "build")];
  assert.equal(commands(folder, lines).querySelector("code")?.textContent, lines.join("\n"));
  assert.match(text(commands(folder, lines)), /takes the path of the folder/);
  assert.doesNotMatch(text(commands(phantom, lines)), /path of the folder/);
});
