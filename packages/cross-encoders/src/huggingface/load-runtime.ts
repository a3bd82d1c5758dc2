import { MissingPackageError } from "../errors/missing-package-error.js";

/** The model runtime: `@secondpass/hf-runtime`. */
export type Runtime = typeof import("@secondpass/hf-runtime");

/**
 * Imports the model runtime. It is an optional peer dependency, so that users of other cross-encoders do not install ONNX Runtime.
 *
 * @param owner the class that needs it, for error messages
 * @throws {MissingPackageError} if it is not installed
 */
export async function loadRuntime(owner: string): Promise<Runtime> {
  try {
    return await import("@secondpass/hf-runtime");
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new MissingPackageError("@secondpass/hf-runtime", owner, error);
  }
}

/** Whether the runtime itself is missing, and not a package that it needs. */
function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && /^Cannot find (package|module) '@secondpass\/hf-runtime'/.test(error.message)
  );
}
