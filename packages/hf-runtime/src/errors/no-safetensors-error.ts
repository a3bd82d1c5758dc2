import { SecondpassError } from "@secondpass/core";

/** Thrown if a repository's only weights are in a format that is not read, such as TensorFlow's, or that the caller has excluded. */
export class NoSafetensorsError extends SecondpassError {
  override readonly name = "NoSafetensorsError";

  constructor(
    readonly model: string,
    /** Weights in other formats. */
    readonly found: readonly string[],
    /** Folder in the repository that lacks them, if it is the folder of a sentence-transformers module. */
    readonly folder?: string,
  ) {
    const place = folder === undefined ? model : `${model}, folder ${folder},`;
    const only = found.length > 0 ? `, only ${found.join(", ")}` : "";
    const readable = found.find((path) => path.endsWith(".bin"));
    const advice =
      readable !== undefined && folder === undefined
        ? `${readable} is read too: leave out the option weights. Or convert it once.`
        : "Convert it once.";
    super(
      `${place} has no model.safetensors or pytorch_model.bin that may be used${only}. ${advice} ${folder === undefined ? transformer(found, model) : modules(model)}`,
    );
  }
}

function transformer(found: readonly string[], model: string): string {
  const from = found.some((path) => path.endsWith(".bin"))
    ? ""
    : found.some((path) => path.endsWith(".h5"))
      ? ", from_tf=True"
      : found.some((path) => path.endsWith(".msgpack"))
        ? ", from_flax=True"
        : "";
  return (
    `In Python${from === "" ? "" : " with transformers 4"}: from transformers import AutoModelForSequenceClassification as M; M.from_pretrained("${model}"${from}).save_pretrained("folder") ` +
    "(AutoModel for an embedding model), put tokenizer.json next to it, and load that folder; " +
    "or open https://huggingface.co/spaces/safetensors/convert for a repository on the hub."
  );
}

function modules(model: string): string {
  return (
    `In Python, for the whole model: from sentence_transformers import SentenceTransformer; SentenceTransformer("${model}")` +
    '.save_pretrained("folder"), and load that folder.'
  );
}
