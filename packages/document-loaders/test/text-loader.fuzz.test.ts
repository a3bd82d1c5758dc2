import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { TextLoader } from "../src/index.js";

const words = fc.string({ unit: "binary", maxLength: 400 }).map((text) => Buffer.from(text));

fuzz({
  name: "document-loaders: bytes of a file",
  arbitrary: fc.oneof(fc.uint8Array({ maxLength: 600 }), words),
  run: async (bytes) => {
    const [document] = await new TextLoader(new Blob([bytes]), { autodetectEncoding: true }).load();
    if (typeof document?.pageContent !== "string") throw new Error("Expected a text");
  },
});
