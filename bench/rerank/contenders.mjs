import { basename, dirname } from "node:path";
import { ours } from "./ours.mjs";

/** Contenders that score pairs: a job is `{ query, texts }`, the result the logits in the texts' order. */
export const contenders = {
  "ours fp32": ours("fp32"),
  "ours int8": ours("int8"),
  "transformers.js fp32": transformersJs("fp32"),
  "transformers.js q8": transformersJs("q8"),
};

function transformersJs(dtype) {
  return {
    async load({ folder, threads }) {
      const { AutoModelForSequenceClassification, AutoTokenizer, env } = await import(
        "@huggingface/transformers"
      );
      env.localModelPath = dirname(folder);
      env.allowRemoteModels = false;
      const name = basename(folder);
      const tokenizer = await AutoTokenizer.from_pretrained(name);
      const session_options = { intraOpNumThreads: threads, logSeverityLevel: 3 };
      const model = await AutoModelForSequenceClassification.from_pretrained(name, {
        dtype,
        session_options,
      });
      const score = async (queries, texts) => {
        const inputs = tokenizer(queries, { text_pair: texts, padding: true, truncation: true });
        return Array.from((await model(inputs)).logits.data);
      };
      return {
        ways: {
          "one padded batch": ({ query, texts }) => score(new Array(texts.length).fill(query), texts),
          async "one by one"({ query, texts }) {
            const logits = [];
            for (const text of texts) logits.push(...(await score([query], [text])));
            return logits;
          },
        },
      };
    },
  };
}
