import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "@jest/globals";
import { Access } from "../../src/local-http/access.js";
import { answerError, asLocalHttpError } from "../../src/local-http/answer-error.js";
import { send } from "./send.js";

describe("Access", () => {
  it("expires a ticket after two minutes", async () => {
    let now = 0;
    const access = new Access(undefined, () => now);
    const server = createServer((request, response) => {
      try {
        access.exchange(request.headers["x-ticket"], request, response);
        response.end();
      } catch (error) {
        answerError(response, asLocalHttpError(error));
      }
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const statusOf = async (ticket: string) =>
      (await send(url, "/", { headers: { "x-ticket": ticket } })).status;
    const [early, late] = [access.ticket(), access.ticket()];
    now = 119_999;
    expect(await statusOf(early)).toBe(200);
    now = 120_000;
    expect(await statusOf(late)).toBe(401);
    server.close();
  });
});
