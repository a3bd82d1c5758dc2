import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { stateOfTheUnion } from "../src/state-of-the-union.js";

const TEXT = "Madam Speaker, Madam Vice President …";
const sha256 = createHash("sha256").update(TEXT).digest("hex");

describe("stateOfTheUnion", () => {
  let cacheDir: string;
  let server: Server;
  let address: string;
  let requests: number;
  let status: number;

  beforeEach(async () => {
    cacheDir = join(await mkdtemp(join(tmpdir(), "secondpass-union-")), "cache");
    requests = 0;
    status = 200;
    server = createServer((_, response) => {
      requests += 1;
      response.writeHead(status).end(TEXT);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/text`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(join(cacheDir, ".."), { recursive: true, force: true });
  });

  it("downloads the text once", async () => {
    const path = await stateOfTheUnion({ cacheDir, address, sha256 });
    expect(await readFile(path, "utf8")).toBe(TEXT);
    expect(await stateOfTheUnion({ cacheDir, address, sha256 })).toBe(path);
    expect(requests).toBe(1);
    expect(await readdir(cacheDir)).toEqual(["state_of_the_union.txt"]);
  });

  it("does not keep a text with another hash", async () => {
    const wrong = "0".repeat(64);
    await expect(stateOfTheUnion({ cacheDir, address, sha256: wrong })).rejects.toThrow(
      `Expected the State of the Union text with sha256 ${wrong}, got ${sha256}`,
    );
    await expect(readdir(cacheDir)).rejects.toThrow("ENOENT");
  });

  it("says what to do if the network or the server fails", async () => {
    status = 503;
    await expect(stateOfTheUnion({ cacheDir, address, sha256 })).rejects.toThrow(
      /127\.0\.0\.1.*status 503.*--file PATH/,
    );
    await expect(stateOfTheUnion({ cacheDir, address: "http://127.0.0.1:9/", sha256 })).rejects.toThrow(
      /--file PATH/,
    );
  });
});
