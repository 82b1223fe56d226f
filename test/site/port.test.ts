import assert from "node:assert/strict";
import {once} from "node:events";
import {type AddressInfo, createServer} from "node:net";
import {test} from "node:test";
import {parsePort, requireFree} from "../../src/site/port.js";

test("a port is a whole number from 1 to 65535", () => {
  assert.equal(parsePort("8080"), 8080);
  for (const text of ["", "0", "65536", "-1", "80.5", "1e3", "0x50", "http", " 80"]) {
    assert.throws(() => parsePort(text), {name: "UserError", message: /is no port/}, text);
  }
});

for (const host of ["127.0.0.1", "0.0.0.0"]) {
  test(`a port that a program listens on at ${host} is told, and is free when that has ended`, async () => {
    const server = createServer();
    server.listen(0, host);
    await once(server, "listening");
    const {port} = server.address() as AddressInfo;
    await assert.rejects(requireFree(port), {
      name: "UserError",
      message: new RegExp(`Port ${port} is taken.*--port`, "s")
    });
    server.close();
    await once(server, "close");
    await requireFree(port);
  });
}
