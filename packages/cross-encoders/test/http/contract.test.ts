import { afterAll, describe } from "@jest/globals";
import { contentHandlerSuite, crossEncoderSuite } from "@secondpass/test-kit";
import { type HttpProtocolName, httpProtocols } from "../../src/http/index.js";
import { ANSWERS } from "./answers.js";
import { type RerankStandIn, startRerankStandIn } from "./rerank-stand-in.js";

const standIns: RerankStandIn[] = [];
afterAll(() => Promise.all(standIns.map((standIn) => standIn[Symbol.asyncDispose]())));

describe.each(Object.entries(ANSWERS))("httpProtocols.%s", (name, { respond }) => {
  contentHandlerSuite({ create: httpProtocols[name as HttpProtocolName], respond });
});

// One protocol with one query per request, and one with several.
describe.each(["cohere", "vllm-score"] as const)("HttpCrossEncoder with %s", (protocol) => {
  crossEncoderSuite({
    create: async () => {
      const standIn = await startRerankStandIn(protocol);
      standIns.push(standIn);
      return standIn.crossEncoder({ maxPairsPerRequest: 3 });
    },
  });
});
