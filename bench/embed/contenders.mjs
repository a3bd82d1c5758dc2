import { basename, dirname } from "node:path";

/** Contenders that embed texts: a job is `{ texts }`, the result all vectors one after another. */
export const contenders = {
  "ours fp32": ours("fp32"),
  "ours int8": ours("int8"),
  "transformers.js fp32": transformersJs("fp32"),
  "transformers.js q8": transformersJs("q8"),
  "LangChain.js fp32": langChain("fp32"),
};

function ours(dtype) {
  return {
    async load({ folder, threads }) {
      const { loadEncoder } = await import("@secondpass/hf-runtime");
      const encoder = await loadEncoder({ model: folder, dtype, threads });
      return {
        ways: { embed: async ({ texts }) => (await encoder.embed(texts)).flatMap((vector) => [...vector]) },
      };
    },
  };
}

const sessionOptions = (threads) => ({ intraOpNumThreads: threads, logSeverityLevel: 3 });

async function localModels(folder) {
  const { env, pipeline } = await import("@huggingface/transformers");
  env.localModelPath = dirname(folder);
  env.allowRemoteModels = false;
  return { pipeline, name: basename(folder) };
}

function transformersJs(dtype) {
  return {
    async load({ folder, threads }) {
      const { pipeline, name } = await localModels(folder);
      const extract = await pipeline("feature-extraction", name, {
        dtype,
        session_options: sessionOptions(threads),
      });
      const embed = async (texts) =>
        Array.from((await extract(texts, { pooling: "mean", normalize: true })).data);
      return {
        ways: {
          "one padded batch": ({ texts }) => embed(texts),
          async "one by one"({ texts }) {
            const values = [];
            for (const text of texts) values.push(...(await embed([text])));
            return values;
          },
        },
      };
    },
  };
}

function langChain(dtype) {
  return {
    async load({ folder, threads }) {
      const { name } = await localModels(folder);
      const { HuggingFaceTransformersEmbeddings } = await import(
        "@langchain/community/embeddings/huggingface_transformers"
      );
      const embeddings = new HuggingFaceTransformersEmbeddings({
        model: name,
        pretrainedOptions: { dtype, session_options: sessionOptions(threads) },
      });
      // It loads with its first text.
      await embeddings.embedQuery("load");
      return {
        ways: { embedDocuments: async ({ texts }) => (await embeddings.embedDocuments(texts)).flat() },
      };
    },
  };
}
