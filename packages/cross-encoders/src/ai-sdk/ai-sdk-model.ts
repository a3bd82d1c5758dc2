import { checkKnownOptions, checkOneOf, checkOptionValues, checkText } from "@secondpass/core";

/** Version of the AI SDK's specification of models: "v3" is for `ai` 6 and also works with `ai` 7; "v4" is for `ai` 7. */
export type AiSdkVersion = "v3" | "v4";

/** Properties of every AI SDK model. */
export interface AiSdkModel<Version extends AiSdkVersion = "v3"> {
  readonly specificationVersion: Version;
  readonly provider: string;
  readonly modelId: string;
}

/** Options of every AI SDK model of this package. */
export interface AiSdkModelOptions<Version extends AiSdkVersion = "v3"> {
  /** Name of the provider in telemetry. @default "secondpass" */
  readonly provider?: string;
  /** Name of the model in telemetry. @default the `model` of the wrapped object, else its class name */
  readonly modelId?: string;
  /** Version of the specification. @default "v3", which works with `ai` 6 and 7 */
  readonly specificationVersion?: Version;
}

const OPTIONS = [
  "provider",
  "modelId",
  "specificationVersion",
] as const satisfies readonly (keyof AiSdkModelOptions)[];

/** A warning for the user of the AI SDK. */
export interface AiSdkWarning {
  readonly type: "compatibility" | "unsupported";
  readonly feature: string;
  readonly details: string;
}

/**
 * Makes the properties of an AI SDK model.
 *
 * @param owner the function that makes it, for error messages
 * @param ownOptions names of options that only this kind of model has
 * @throws {UnknownOptionError}
 * @throws {InvalidOptionError} if an option has an invalid value
 */
export function aiSdkModel<Version extends AiSdkVersion>(
  source: { readonly model?: unknown },
  options: AiSdkModelOptions<Version>,
  owner: string,
  ownOptions: readonly string[] = [],
): AiSdkModel<Version> {
  checkKnownOptions(options, [...OPTIONS, ...ownOptions], owner);
  const { provider = "secondpass", modelId, specificationVersion } = options;
  checkOptionValues(options, {
    provider: (name, value) => checkText(value, name),
    modelId: (name, value) => checkText(value, name),
  });
  const version = checkOneOf("specificationVersion", specificationVersion ?? "v3", ["v3", "v4"]);
  return {
    specificationVersion: version as Version,
    provider,
    modelId:
      modelId ?? (typeof source.model === "string" ? source.model : (source.constructor?.name ?? "model")),
  };
}
