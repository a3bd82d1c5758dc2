import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { architectureTokenizers } from "../../src/graph/architectures/architecture-tokenizers.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import { loadTokenizer } from "../../src/tokenizer/load-tokenizer.js";

const SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const piece = fc.oneof(fc.constantFrom("a", "b", "ab", "Ġ", "Ġa", "##b", "é"), fc.string({ maxLength: 4 }));

/** vocab.json: mostly tokens with their ids. */
const vocabulary = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(piece, { maxLength: 12 })
      .map((own) => JSON.stringify(Object.fromEntries([...SPECIAL, ...own].map((token, id) => [token, id])))),
  },
  fc
    .record({ a: fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null)) })
    .map((json) => JSON.stringify(json)),
  fc.json(),
);
const lines = (line: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n", "\r"))
    .map(([all, end]) => all.join(end));
/** merges.txt and bpe.codes: two tokens, maybe a count. */
const merges = lines(
  fc.oneof(
    { weight: 6, arbitrary: fc.tuple(piece, piece).map((pair) => pair.join(" ")) },
    fc.tuple(piece, piece, fc.nat()).map((parts) => parts.join(" ")),
    fc.constant("#version: 0.2"),
    fc.string({ maxLength: 12 }),
  ),
);
/** vocab.txt: a token per line, or a token and its count. */
const words = lines(
  fc.oneof(
    piece,
    fc.constantFrom(...SPECIAL),
    fc.tuple(piece, fc.nat()).map((parts) => parts.join(" ")),
  ),
);
const bytes = (text: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 8, arbitrary: text.map((one) => Buffer.from(one)) }, fc.uint8Array({ maxLength: 60 }));

/** A repository without tokenizer.json, by the class that reads its files. */
const repository = fc.oneof(
  fc.record({
    type: fc.constantFrom("roberta", "qwen2", "deberta"),
    "vocab.json": bytes(vocabulary),
    "merges.txt": bytes(merges),
  }),
  fc.record({ type: fc.constantFrom("bert", "mpnet", "electra"), "vocab.txt": bytes(words) }),
  fc.record({ type: fc.constant("phobert"), "vocab.txt": bytes(words), "bpe.codes": bytes(merges) }),
);

fuzz({
  name: "hf-runtime: vocab.json, merges.txt, vocab.txt",
  arbitrary: fc.tuple(repository, fc.string({ unit: "binary", maxLength: 40 })),
  shortRuns: 150,
  run: async ([{ type, ...files }, text]) => {
    const model = await mkdtemp(join(tmpdir(), "secondpass-vocabulary-"));
    try {
      const isPhobert = type === "phobert";
      const config = {
        model_type: isPhobert ? "roberta" : type,
        tokenizer_class: isPhobert ? "PhobertTokenizer" : null,
      };
      await writeFile(join(model, "config.json"), JSON.stringify(config));
      for (const [name, content] of Object.entries(files)) await writeFile(join(model, name), content);
      const tokenizer = await loadTokenizer(await resolveModel({ model }), {
        architectures: architectureTokenizers,
      });
      const { ids } = tokenizer.encode(text, "ab");
      if (!ids.every((id) => Number.isInteger(id) && id >= 0))
        throw new Error(`An id is not an integer from 0: ${ids}`);
    } finally {
      await rm(model, { recursive: true });
    }
  },
});
