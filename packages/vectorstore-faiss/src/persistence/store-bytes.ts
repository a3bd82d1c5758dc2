import { type EmbeddingIdentity, workSlices } from "@secondpass/core";
import { IndexFlat } from "@secondpass/faiss";
import { bytesSource } from "@secondpass/faiss/io";
import type { StoreContents } from "../contents/store-contents.js";
import type { LongOperationOptions } from "../contents/store-progress.js";
import { MalformedPickleError } from "../errors/malformed-pickle-error.js";
import { BufferedWriter } from "../io/buffered-writer.js";
import { MemorySink } from "../io/memory-sink.js";
import { indexBytes } from "./index-bytes.js";
import { HashingSink } from "./link/hashing-sink.js";
import { linkLine, readLink, type StoreLink } from "./link/store-link.js";
import { pickleLayout } from "./pickle/pickle-layout.js";
import { readDocstorePickle } from "./pickle/read-docstore-pickle.js";
import { writeDocstorePickle } from "./pickle/write-docstore-pickle.js";
import { type OpenedStore, type OpenStoreOptions, readStore } from "./read-store.js";
import { writeDocuments } from "./write-documents.js";

/**
 * Serializes the whole store to one array, as Python's `serialize_to_bytes`, with the link after the pickle's end.
 * @param embeddings the identity of the embeddings that made the vectors
 */
export async function storeBytes(
  contents: StoreContents,
  embeddings: Promise<EmbeddingIdentity>,
  options: LongOperationOptions = {},
): Promise<Uint8Array> {
  return contents.settled(async () => serialized(contents, await embeddings, options), options);
}

async function serialized(
  contents: StoreContents,
  embeddings: EmbeddingIdentity,
  options: LongOperationOptions,
): Promise<Uint8Array> {
  const { distanceStrategy, normalizeL2 } = contents.settings;
  // A store without vectors is saved as a flat index.
  const { kind } = contents.index ?? new IndexFlat(1, contents.metric);
  const indexMemory = new MemorySink();
  const indexSink = new HashingSink(indexMemory);
  for await (const piece of indexBytes(contents, options)) await indexSink.write(piece);

  const memory = new MemorySink();
  const sink = new HashingSink(memory);
  const out = new BufferedWriter(sink);
  const index = { kind, bytes: indexMemory.length, chunks: indexMemory.chunks };
  await writeDocuments(
    contents,
    out,
    (to, docstore, slots, how) => writeDocstorePickle(to, docstore, slots, { ...how, index }),
    options,
  );
  const marks = { index: indexSink.mark(), documents: sink.mark() };
  const link: StoreLink = { version: 1, ...marks, distanceStrategy, normalizeL2, embeddings };
  out.text(linkLine(link, pickleLayout.linkEnding));
  await out.drain();
  return memory.toBytes(workSlices(options.signal));
}

/** Reads the bytes of `storeBytes` or Python's `serialize_to_bytes`. @throws as `readStore` */
export async function openStoreBytes(
  bytes: Uint8Array,
  options: OpenStoreOptions = {},
): Promise<OpenedStore> {
  const source = bytesSource(bytes);
  return readStore(
    {
      documents: source,
      path: "the serialized store",
      link: await readLink(source),
      readDocuments: async (documents, how) => {
        const { index } = await readDocstorePickle(source, documents, how);
        if (index !== undefined) return bytesSource(index);
        throw new MalformedPickleError(0, "it contains no index, like files of save_local");
      },
    },
    options,
  );
}
