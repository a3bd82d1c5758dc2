import type { LoadOptions } from "../contracts/load-options.js";
import { UnsupportedDtypeError } from "../errors/unsupported-dtype-error.js";

/** @throws UnsupportedDtypeError if vectors are to be screened, as only scores can be */
export function checkNotScreened({ model, dtype }: LoadOptions): void {
  if (dtype !== "screened") return;
  const advice = 'it screens candidates for the best; for vectors choose "int8" or "fp32".';
  throw new UnsupportedDtypeError(model, dtype, advice);
}
