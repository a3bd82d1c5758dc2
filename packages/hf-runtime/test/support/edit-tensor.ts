import { readFileSync, writeFileSync } from "node:fs";

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [begin: number, end: number];
}

/** Changes the bytes of a tensor in a safetensors file, in place. */
export function editTensor(file: string, name: string, edit: (bytes: Buffer, entry: Entry) => void): void {
  const whole = readFileSync(file);
  const headerBytes = Number(whole.readBigUInt64LE());
  const entry = (JSON.parse(whole.toString("utf8", 8, 8 + headerBytes)) as Record<string, Entry>)[name];
  if (!entry) throw new Error(`${file} has no tensor ${name}`);
  const [begin, end] = entry.data_offsets;
  edit(whole.subarray(8 + headerBytes + begin, 8 + headerBytes + end), entry);
  writeFileSync(file, whole);
}

/** Writes a number into a float32 tensor, at one position or at all. */
export function setFloat32(file: string, name: string, value: number, at?: number): void {
  editTensor(file, name, (bytes) => {
    for (let i = 0; i < bytes.length; i += 4)
      if (at === undefined || at * 4 === i) bytes.writeFloatLE(value, i);
  });
}
