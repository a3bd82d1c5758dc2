import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Neighbours that faiss found: labels as decimal text, since JSON has no 64-bit integers. */
export interface Found {
  readonly labels: readonly (readonly string[])[];
  readonly distances: readonly (readonly number[])[];
}

interface Golden {
  readonly dimensions: number;
  readonly k: number;
  readonly queries: readonly (readonly number[])[];
  readonly cases: readonly ({
    name: string;
    kind: string;
    ntotal: number;
    isTrained: boolean;
    /** The file in base64, if it is not in the folder of fixtures. */
    bytes?: string;
  } & Partial<Found>)[];
  readonly unsupported: readonly { kind: string; name: string }[];
  readonly removals: Readonly<Record<string, Found & { ids: string[]; removed: number; ntotal: number }>>;
  readonly beyond: Found;
  readonly merge: Found & { ntotal: number; source: number };
}

const folder = join(__dirname, "..");

/** Written by tools/oracle/faiss_indexes.py with Python's faiss. */
export const golden: Golden = JSON.parse(readFileSync(join(folder, "goldens", "faiss-indexes.json"), "utf8"));

export const queries = Float32Array.from(golden.queries.flat());

export function fixturePath(name: string): string {
  return join(folder, "fixtures", "indexes", `${name}.faiss`);
}

export function fixture(name: string): Uint8Array {
  const bytes = golden.cases.find((expected) => expected.name === name)?.bytes;
  return new Uint8Array(bytes === undefined ? readFileSync(fixturePath(name)) : Buffer.from(bytes, "base64"));
}
