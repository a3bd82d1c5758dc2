import { MalformedSafetensorsError } from "../errors/malformed-safetensors-error.js";
import type { TensorLocation } from "./tensor-location.js";

/**
 * Checks that the tensors of a file cover its data without gaps or overlaps, as the reference implementation does. A gap may hide content, and
 * an overlap means that the file is damaged.
 *
 * @param dataStart first byte of the data, counted from the start of the file
 * @throws MalformedSafetensorsError
 */
export function checkLayout(
  file: string,
  tensors: readonly TensorLocation[],
  dataStart: number,
  fileBytes: number,
): void {
  const sorted = [...tensors].sort((a, b) => a.offset - b.offset || a.length - b.length);
  let end = dataStart;
  for (const { name, offset, length } of sorted) {
    if (offset !== end) {
      const kind = offset > end ? "a hole before" : "an overlap at";
      throw new MalformedSafetensorsError(
        file,
        `it has ${kind} tensor "${name}", which starts at byte ${offset - dataStart} of the data instead of ${end - dataStart}`,
      );
    }
    end += length;
  }
  if (end === fileBytes) return;
  throw new MalformedSafetensorsError(file, `its tensors end ${fileBytes - end} bytes before the file does`);
}
