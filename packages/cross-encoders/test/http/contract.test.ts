import { afterAll, describe } from "@jest/globals";
import { contentHandlerSuite, crossEncoderSuite } from "@secondpass/test-kit";
import { type HttpProtocolName, httpProtocols } from "../../src/http/index.js";
import { ANSWERS } from "./answers.js";
import { type RerankStandIn, startRerankStandIn } from "./rerank-stand-in.js";

const standIns: RerankStandIn[] = [];
afterAll(() => Promise.all(standIns.map((standIn) => standIn[Symbol.asyncDispose]())));

describe.each(Object.entries(ANSWERS))("httpProtocols.%s", (key, { respond }) => {
  const name = key as HttpProtocolName;
  contentHandlerSuite({ create: httpProtocols[name], respond });
  crossEncoderSuite({
    create: async () => {
      const standIn = await startRerankStandIn(name);
      standIns.push(standIn);
      return standIn.crossEncoder({ maxPairsPerRequest: 3 });
    },
  });
});
