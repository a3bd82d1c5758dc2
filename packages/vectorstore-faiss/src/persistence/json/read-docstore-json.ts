import { workSlices } from "@secondpass/core";
import type { ByteSource } from "@secondpass/faiss/io";
import type { StoredRecord } from "../../documents/docstore.js";
import { encodeDocument } from "../../documents/docstore.js";
import { typedJsonProblem } from "../../documents/metadata/typed-json-problem.js";
import { byteCodec } from "../../io/byte-codec.js";
import { ByteWindow } from "../../io/byte-window.js";
import { encodeWtf8 } from "../../io/encode-wtf8.js";
import type { ReadDocumentsOptions } from "../layout/store-layout.js";
import type { StoredDocuments } from "../layout/stored-documents.js";
import { JsonScanner } from "./json-scanner.js";

/**
 * Reads LangChain.js's `docstore.json`, `[[[id, document], …], { position: id, … }]`, of any size, and the additions of this
 * package: `typedMetadata` in documents, and a third element in the array (`StoreLink`).
 * @throws StoreFileError
 */
export async function readDocstoreJson(
  source: ByteSource,
  documents: StoredDocuments,
  { path, signal, onProgress }: ReadDocumentsOptions,
): Promise<void> {
  const window = new ByteWindow(source);
  const scanner = new JsonScanner(window, path);
  const slices = workSlices(signal);
  const breathe = async (): Promise<void> => {
    if (!slices.due()) return;
    onProgress?.(window.position, source.size);
    await slices.pause();
  };

  await scanner.expect("[");
  await scanner.expect("[");
  if (!(await scanner.accept("]"))) {
    do {
      const [id, record] = toDocument(await scanner.value(), scanner);
      documents.document(id, documents.record(record));
      await breathe();
    } while (await scanner.accept(","));
    await scanner.expect("]");
  }

  await scanner.expect(",");
  await scanner.expect("{");
  if (!(await scanner.accept("}"))) {
    do {
      const position = await scanner.value();
      await scanner.expect(":");
      const id = await scanner.value();
      if (typeof position !== "string" || !/^\d{1,15}$/.test(position) || typeof id !== "string") {
        throw scanner.error("expected an id by position");
      }
      documents.position(Number(position), id);
      await breathe();
    } while (await scanner.accept(","));
    await scanner.expect("}");
  }

  if (await scanner.accept(",")) await scanner.value();
  await scanner.expect("]");
  if ((await scanner.peek()) >= 0) throw scanner.error("expected the end of the file");
}

/** Decodes one entry `[id, { pageContent, metadata, typedMetadata? }]`. */
function toDocument(entry: unknown, scanner: JsonScanner): [id: string, record: StoredRecord] {
  const [id, document]: unknown[] = Array.isArray(entry) ? entry : [];
  if (typeof id !== "string" || !isRecord(document)) throw scanner.error("expected an id and its document");
  const { pageContent, metadata = {}, typedMetadata } = document;
  if (typeof pageContent !== "string" || !isRecord(metadata)) {
    throw scanner.error(`expected pageContent and metadata in the document "${id}"`);
  }
  if (typedMetadata === undefined) return [id, encodeDocument({ pageContent, metadata })];
  const problem = isRecord(typedMetadata)
    ? typedJsonProblem(typedMetadata, "typedMetadata")
    : "typedMetadata is not an object";
  if (problem !== undefined) {
    throw scanner.error(
      `expected typedMetadata as this package writes it in the document "${id}" (${problem})`,
    );
  }
  return [
    id,
    {
      content: encodeWtf8(pageContent),
      metadata: byteCodec.encodeUtf8(JSON.stringify(typedMetadata)),
      typed: true,
    },
  ];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
