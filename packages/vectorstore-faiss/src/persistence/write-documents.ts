import { workSlices } from "@secondpass/core";
import type { StoreContents } from "../contents/store-contents.js";
import type { LongOperationOptions } from "../contents/store-progress.js";
import type { BufferedWriter } from "../io/buffered-writer.js";
import type { StoreLayout } from "./layout/store-layout.js";

/** Documents between two calls of `onProgress`. */
const DOCUMENTS_PER_REPORT = 1000;

/** Writes a store's document file without its link. @param write `writeDocuments` of a layout */
export async function writeDocuments(
  { documents, positions }: StoreContents,
  out: BufferedWriter,
  write: StoreLayout["writeDocuments"],
  { signal, onProgress }: LongOperationOptions,
): Promise<void> {
  const slices = workSlices(signal);
  const slots = await positions.liveSlots(slices);
  await write(out, documents, slots, {
    slices,
    onDocument: (done) => {
      if (done % DOCUMENTS_PER_REPORT === 0 || done === slots.length) {
        onProgress?.({ step: "documents", done, total: slots.length });
      }
    },
  });
}
