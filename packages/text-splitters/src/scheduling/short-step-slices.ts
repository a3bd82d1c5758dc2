import { type WorkSlices, workSlices } from "@secondpass/core";

/** Steps between two checks of the clock; one check costs as much as a few steps over pieces or lines. */
const STEPS_PER_CHECK = 64;

/** Makes time slices for work in steps of less than a microsecond. */
export function shortStepSlices(signal?: AbortSignal): WorkSlices {
  return workSlices(signal, { stepsPerCheck: STEPS_PER_CHECK });
}
