import assert from "node:assert/strict";
import {before, test} from "node:test";
import {useBackend} from "../../src/lib/engine/backend.js";
import {covidNet} from "../../src/lib/models/covid-net.js";
import {publishedNetwork} from "../../src/lib/models/published-top.js";
import {architecture} from "../../src/lib/models/registry.js";

before(async () => void (await useBackend()));

const skip = process.env.WEIGHTS_DIR ? false : "WEIGHTS_DIR is not set";

test("a file without a top is refused as that", {skip}, async () => {
  await assert.rejects(() => publishedNetwork(architecture("mobilenetv2_0.35")), {
    name: "UserError",
    message: /MobileNetV2 0\.35 in .*\.h5 are published without a top/
  });
});

test("a network whose weights nobody publishes is refused as that", async () => {
  await assert.rejects(() => publishedNetwork(covidNet), {name: "UserError", message: /Nobody publishes/});
});
