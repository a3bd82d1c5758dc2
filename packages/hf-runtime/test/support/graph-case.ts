/** A batch in the goldens' form: [batch][tokens]. */
export interface GoldenBatch {
  readonly input_ids: readonly (readonly number[])[];
  readonly attention_mask: readonly (readonly number[])[];
  readonly token_type_ids: readonly (readonly number[])[];
}

export interface GoldenTensor {
  readonly shape: readonly number[];
  /** Little-endian float32. */
  readonly base64: string;
}

export interface GraphCase {
  readonly name: string;
  /** A folder of test/fixtures/models, a golden of test/goldens/models/architectures, or a case of decoders.json. */
  readonly model: string;
  /** Changes to the model's config.json. */
  readonly patch?: Readonly<Record<string, unknown>>;
  readonly batch: string;
  readonly hidden?: GoldenTensor;
  readonly logits?: GoldenTensor;
}
