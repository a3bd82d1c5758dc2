import { SecondpassError } from "@secondpass/core";

/** A repository holds weights only in a format that is not read: PyTorch pickles run code when they are loaded. */
export class NoSafetensorsError extends SecondpassError {
  override readonly name = "NoSafetensorsError";

  constructor(
    readonly model: string,
    /** Weights in other formats. */
    readonly found: readonly string[],
  ) {
    super(
      `${model} has no model.safetensors${found.length > 0 ? `, only ${found.join(", ")}` : ""}. Convert it once, in Python: ` +
        `from transformers import AutoModelForSequenceClassification as M; M.from_pretrained("${model}").save_pretrained("folder") ` +
        "(AutoModel for an embedding model), put tokenizer.json beside it, and load that folder; " +
        "or open https://huggingface.co/spaces/safetensors/convert for a repository on the hub.",
    );
  }
}
