import { SecondpassError } from "@secondpass/core";

/** A repository holds weights only in a format that is not read: PyTorch pickles run code when they are loaded. */
export class NoSafetensorsError extends SecondpassError {
  override readonly name = "NoSafetensorsError";

  constructor(
    readonly model: string,
    /** Weights in other formats. */
    readonly found: readonly string[],
    /** Folder of the repository that lacks them, if it is that of a sentence-transformers module. */
    readonly folder?: string,
  ) {
    const place = folder === undefined ? model : `${model}, folder ${folder},`;
    const only = found.length > 0 ? `, only ${found.join(", ")}` : "";
    super(
      `${place} has no model.safetensors${only}. ${folder === undefined ? transformer(model) : modules(model)}`,
    );
  }
}

function transformer(model: string): string {
  return (
    `Convert it once, in Python: from transformers import AutoModelForSequenceClassification as M; M.from_pretrained("${model}").save_pretrained("folder") ` +
    "(AutoModel for an embedding model), put tokenizer.json beside it, and load that folder; " +
    "or open https://huggingface.co/spaces/safetensors/convert for a repository on the hub."
  );
}

function modules(model: string): string {
  return (
    `Convert the whole model once, in Python: from sentence_transformers import SentenceTransformer; SentenceTransformer("${model}")` +
    '.save_pretrained("folder"), and load that folder.'
  );
}
