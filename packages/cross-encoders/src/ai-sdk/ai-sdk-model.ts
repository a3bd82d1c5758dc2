import { checkKnownOptions, checkOneOf, checkOptionValues, checkText } from "@secondpass/core";

/** Versions of the AI SDK's specification of models: "v3" is that of `ai` 6, and works with `ai` 7 too; "v4" is that of `ai` 7. */
export type AiSdkVersion = "v3" | "v4";

/** What each model of the AI SDK says of itself. */
export interface AiSdkModel<Version extends AiSdkVersion = "v3"> {
  readonly specificationVersion: Version;
  readonly provider: string;
  readonly modelId: string;
}

/** Options of each model of the AI SDK made here. */
export interface AiSdkModelOptions<Version extends AiSdkVersion = "v3"> {
  /** Name of the provider in telemetry. @default "secondpass" */
  readonly provider?: string;
  /** Name of the model in telemetry. @default the `model` of what it is made from, else its class name */
  readonly modelId?: string;
  /** @default "v3", which `ai` 6 and 7 take */
  readonly specificationVersion?: Version;
}

const OPTIONS = [
  "provider",
  "modelId",
  "specificationVersion",
] as const satisfies readonly (keyof AiSdkModelOptions)[];

/** Something to warn the AI SDK's user of. */
export interface AiSdkWarning {
  readonly type: "compatibility" | "unsupported";
  readonly feature: string;
  readonly details: string;
}

/**
 * What a model says of itself.
 *
 * @param owner the function that makes it, for errors
 * @param ownOptions names of options that only its kind has
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
