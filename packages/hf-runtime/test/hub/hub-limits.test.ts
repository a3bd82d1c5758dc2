import { createServer, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { HubTestBed, WEIGHTS } from "./hub-test-bed.js";
import { answerStatus, cutBody, type Fault, type SeenRequest } from "./loopback-hub.js";

const PATH = "onnx/model.onnx";
const MB = 2 ** 20;
const fromCdn = ({ server }: SeenRequest) => server === "cdn";
const isInfo = ({ path }: SeenRequest) => path.startsWith("/api/");

/** Sends pieces until they are no longer read; `sent` counts them. */
function endless(matches: (request: SeenRequest) => boolean, piece: Buffer, headers = {}) {
  const counter = { sent: 0 };
  const fault: Fault = (request, response) => {
    if (!matches(request)) return false;
    response.writeHead(200, headers);
    response.on("error", () => {});
    const more = () => {
      while (!response.destroyed && response.write(piece)) counter.sent++;
      if (!response.destroyed) response.once("drain", more);
    };
    more();
    return true;
  };
  return { counter, fault };
}

describe("a hub that never stops sending", () => {
  let bed: HubTestBed;
  beforeEach(async () => {
    bed = await HubTestBed.start();
  });
  afterEach(() => bed.stop());

  it.each([
    ["plain", Buffer.alloc(MB, " "), {}],
    ["packed", gzipSync(Buffer.alloc(10 * MB, " ")), { "content-encoding": "gzip" }],
  ])("is not read beyond 64 MB of a description, %s", async (_, piece, headers) => {
    const { counter, fault } = endless(isInfo, piece, headers);
    bed.hub.faults.push(fault);
    await expect(bed.open()).rejects.toMatchObject({
      name: "HubNetworkError",
      message: expect.stringContaining("with more than 67108864 bytes"),
    });
    expect(counter.sent).toBeLessThan(200);
  });

  it("is not read beyond the announced size of a file, and leaves nothing on the disk", async () => {
    const { counter, fault } = endless(fromCdn, Buffer.alloc(MB));
    bed.hub.faults.push(fault);
    await expect((await bed.open()).localPath(PATH)).rejects.toMatchObject({
      name: "FileIntegrityError",
      expected: `${WEIGHTS.length} bytes`,
      received: expect.stringMatching(/^at least \d+ bytes$/),
    });
    expect(counter.sent).toBeLessThan(50);
    expect(await bed.blobs()).toEqual([]);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ["denies the rest", (response) => response.writeHead(416).end()],
    ["has an empty rest", (response) => response.writeHead(206, { "content-range": "bytes 200000-" }).end()],
    ["sends the beginning again", (response) => response.end(WEIGHTS.subarray(0, 200_000))],
    [
      "sends another range",
      (response) =>
        response.writeHead(206, { "content-range": "bytes 0-9/300000" }).end(WEIGHTS.subarray(0, 10)),
    ],
  ])("gets a few requests for a file of fewer bytes than announced, if it %s", async (_, answer) => {
    for (let i = 0; i < 40; i++) {
      bed.hub.faults.push((request, response) => {
        if (!fromCdn(request)) return false;
        if (request.range === undefined) response.end(WEIGHTS.subarray(0, 200_000));
        else answer(response);
        return true;
      });
    }
    await expect((await bed.open()).localPath(PATH)).rejects.toMatchObject({
      name: "HubNetworkError",
      message: expect.stringMatching(/sent \d+ of 300000 bytes and stopped/),
    });
    expect(bed.hub.requests.filter(fromCdn).length).toBeLessThan(12);
  });

  it("gets only a few requests if each response has a few bytes", async () => {
    const few = Array.from({ length: 50 }, (_, i) => cutBody(fromCdn, WEIGHTS, i === 0 ? 10_000 : 5));
    bed.hub.faults.push(...few);
    await expect((await bed.open()).localPath(PATH)).rejects.toMatchObject({ name: "HubNetworkError" });
    expect(bed.hub.requests.filter(fromCdn).length).toBeLessThan(8);
  });

  it("is not waited for if it sends a few bytes at a time", async () => {
    const drips = new Set<NodeJS.Timeout>();
    const drip: Fault = (request, response) => {
      if (!isInfo(request)) return false;
      drips.add(setInterval(() => response.write(" "), 20));
      return true;
    };
    bed.hub.faults.push(...Array(5).fill(drip));
    await expect(bed.open({}, { timeoutMs: 200 })).rejects.toMatchObject({
      name: "HubNetworkError",
      message: expect.stringContaining("sent next to nothing for 0.2 s"),
    });
    for (const timer of drips) clearInterval(timer);
  });

  it.each(["gzip", "br", "deflate"])(
    "is not waited for if its response is not packed with %s as its headers say",
    async (encoding) => {
      const garbled: Fault = (request, response) => {
        if (!isInfo(request)) return false;
        response.on("error", () => {});
        response.strictContentLength = false;
        response.writeHead(200, { "content-encoding": encoding, "content-length": "80000" });
        response.write(WEIGHTS, () => response.destroy());
        return true;
      };
      bed.hub.faults.push(...Array(5).fill(garbled));
      await expect(bed.open({}, { timeoutMs: 200 })).rejects.toMatchObject({ name: "HubNetworkError" });
    },
  );

  it("gets another request if a description was cut off", async () => {
    bed.hub.faults.push((request, response) => {
      if (!isInfo(request)) return false;
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"sha":', () => response.destroy());
      return true;
    });
    expect(await (await bed.open()).list()).toContain(PATH);
  });
});

describe("a response instead of a file", () => {
  let bed: HubTestBed;
  beforeEach(async () => {
    bed = await HubTestBed.start();
  });
  afterEach(() => bed.stop());

  it.each(["HEAD", "GET"])("is recognised as a web page, for %s", async (method) => {
    const page = answerStatus((request) => request.method === method && !isInfo(request), 200, {
      "content-type": "text/html; charset=utf-8",
      etag: '"page"',
    });
    bed.hub.faults.push(page);
    const files = await bed.open();
    const reading = files.localPath("config.json");
    await expect(reading).rejects.toMatchObject({
      name: "HubNetworkError",
      message: expect.stringContaining('answered with a web page in place of "config.json"'),
    });
    expect(await bed.blobs()).not.toContain("page");
    expect(bed.hub.requests.length).toBeLessThan(4);
  });

  it("is limited by its own size if the hub states none", async () => {
    bed.hub.faults.push(answerStatus(({ method }) => method === "HEAD", 200, { etag: '"tag"' }));
    bed.hub.faults.push((request, response) => {
      if (!fromCdn(request)) return false;
      response.writeHead(200, { "content-length": "10" });
      response.write("12345", () => response.destroy());
      return true;
    });
    const path = await (await bed.open()).localPath(PATH);
    expect(path).toContain("blobs");
  });
});

describe("a redirect", () => {
  it("is not followed from https to http", async () => {
    const bed = await HubTestBed.start();
    const requested: string[] = [];
    const fetch = async (url: unknown): Promise<Response> => {
      requested.push(String(url));
      return new Response(null, { status: 302, headers: { location: "http://hub.example/elsewhere" } });
    };
    await expect(bed.open({ endpoint: "https://hub.example", fetch })).rejects.toMatchObject({
      name: "HubNetworkError",
      message: expect.stringContaining('redirected from https to "http://hub.example/elsewhere"'),
    });
    expect(requested).toHaveLength(1);
    await bed.stop();
  });
});

describe("A server that", () => {
  it("does not speak HTTP causes an error that says so", async () => {
    const server = createServer();
    server.on("connection", (socket) => socket.end("SSH-2.0\r\n"));
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as { port: number };
    const bed = await HubTestBed.start();
    await expect(
      bed.open({ endpoint: `http://127.0.0.1:${port}` }, { retryDelayMs: 1 }),
    ).rejects.toMatchObject({ name: "HubNetworkError" });
    await bed.stop();
    server.close();
  });
});
