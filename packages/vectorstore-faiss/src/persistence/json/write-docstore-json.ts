import type { Docstore } from "../../documents/docstore.js";
import type { BufferedWriter } from "../../io/buffered-writer.js";
import { byteCodec } from "../../io/byte-codec.js";
import type { WriteDocumentsOptions } from "../layout/store-layout.js";

/**
 * Writes LangChain.js's `docstore.json` up to the comma after its two elements, documents in the order of their
 * (first) positions. The caller writes a third element, which LangChain.js ignores, and the closing bracket.
 * @param slots the docstore slot of each position; positions may share one
 */
export async function writeDocstoreJson(
  out: BufferedWriter,
  docstore: Docstore,
  slots: Uint32Array,
  { slices, onDocument }: WriteDocumentsOptions,
): Promise<void> {
  const breathe = async (): Promise<void> => {
    if (out.isFull) await out.drain();
    if (slices.due()) await slices.pause();
  };
  const isWritten = new Uint8Array(docstore.slots);
  out.text("[[");
  for (let position = 0; position < slots.length; position++) {
    const slot = slots[position]!;
    if (isWritten[slot] === 0) {
      if (position > 0) out.text(",");
      writeDocument(out, docstore, slot);
      isWritten[slot] = 1;
    }
    onDocument?.(position + 1);
    await breathe();
  }
  out.text("],{");
  for (let position = 0; position < slots.length; position++) {
    const comma = position > 0 ? "," : "";
    out.text(`${comma}"${position}":${JSON.stringify(docstore.idAt(slots[position]!))}`);
    await breathe();
  }
  out.text("},");
}

function writeDocument(out: BufferedWriter, docstore: Docstore, slot: number): void {
  const { metadata, typed } = docstore.recordAt(slot);
  const id = JSON.stringify(docstore.idAt(slot));
  out.text(`[${id},{"pageContent":${JSON.stringify(docstore.contentAt(slot))},"metadata":`);
  // Values that JSON cannot represent are written twice: approximately for LangChain.js, exactly for this package.
  if (typed) out.text(`${JSON.stringify(docstore.metadataAt(slot), toJson)},"typedMetadata":`);
  if (metadata.length === 0) out.text("{}");
  else out.bytes(metadata);
  out.text(`,"id":${id}}]`);
}

/** The nearest JSON value. Dates have `toJSON` already. */
function toJson(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Set) return [...value];
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Uint8Array) return byteCodec.encodeBase64(value);
  return value;
}
