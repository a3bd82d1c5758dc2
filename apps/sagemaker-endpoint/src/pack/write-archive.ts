import { createReadStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { writeFileAtomically } from "@secondpass/core/node";
import { pack } from "tar-stream";
import type { ArchiveFile } from "./list-files.js";

/** Offset of the operating system in a gzip header, and the number that means "unknown". */
const GZIP_OS_OFFSET = 9;
const GZIP_OS_UNKNOWN = 255;

/**
 * Writes a tar.gz whose bytes depend only on the files' names and contents: sorted, all with the date 1970, owner root and mode
 * 644. The file is written atomically.
 */
export async function writeArchive(target: string, files: readonly ArchiveFile[]): Promise<void> {
  const archive = pack();
  const addAll = async () => {
    const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, path, bytes } of sorted) {
      const entry = archive.entry({ name, size: bytes, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 });
      await pipeline(createReadStream(path), entry);
    }
    archive.finalize();
  };
  await writeFileAtomically(target, async (file) => {
    await Promise.all([
      pipeline(archive, createGzip(), withoutOperatingSystem(), async (parts: AsyncIterable<Buffer>) => {
        for await (const part of parts) await file.appendFile(part);
      }),
      addAll().catch((error: unknown) => {
        archive.destroy(error instanceof Error ? error : undefined);
        throw error;
      }),
    ]);
  });
}

/** Replaces the operating system that zlib writes into the header; everything else of its output is the same everywhere. */
function withoutOperatingSystem(): Transform {
  let isFirst = true;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (isFirst) chunk[GZIP_OS_OFFSET] = GZIP_OS_UNKNOWN;
      isFirst = false;
      done(null, chunk);
    },
  });
}
