import {
  ACTIVATION_NAMES,
  type ActivationFunction,
  activationName,
  activationFunction as findActivation,
} from "@secondpass/core";
import type { Activation } from "../../contracts/cross-encoder.js";
import { UnsupportedModuleError } from "../../errors/unsupported-module-error.js";

export { type ActivationFunction, activationName };

/**
 * Finds an activation function by its name or by a Python class path.
 * @throws {UnsupportedModuleError} if there is no function of this name
 */
export function activationFunction(nameOrPath: Activation): ActivationFunction {
  const found = findActivation(nameOrPath);
  if (found === undefined) throw new UnsupportedModuleError("activation", nameOrPath, ACTIVATION_NAMES);
  return found;
}
