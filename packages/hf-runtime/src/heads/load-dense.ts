import { SecondpassError } from "../errors/secondpass-error.js";
import type { ModelFiles } from "../files/model-files.js";
import type { Dense } from "./dense.js";

export async function loadDense(files: ModelFiles, folder: string): Promise<Dense> {
  throw new SecondpassError(`Not built yet: ${files.model} ${folder}`);
}
