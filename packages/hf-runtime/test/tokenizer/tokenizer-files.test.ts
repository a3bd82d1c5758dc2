import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { architectureTokenizers } from "../../src/graph/architectures/architecture-tokenizers.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import { loadTokenizer } from "../../src/tokenizer/load-tokenizer.js";

/** Repositories and token ids that Python wrote (tools/oracle/tokenizer_files.py). */
interface Golden {
  /** Pairs of texts. */
  readonly pairs: readonly (readonly [string, string])[];
  /** Contents of files by name: text, JSON, or bytes as base64. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly cases: readonly {
    readonly name: string;
    /** Paths, and the names of their contents. */
    readonly files: Readonly<Record<string, string>>;
    /** Ids of each pair, separated by spaces, without truncation. */
    readonly ids: readonly string[];
    readonly typeIds: readonly string[];
  }[];
}

const FILE = join(__dirname, "../goldens/tokenize/files.json");
const golden = JSON.parse(readFileSync(FILE, "utf8")) as Golden;

const root = mkdtempSync(join(tmpdir(), "secondpass-tokenizer-files-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function contentOf(file: unknown): string | Uint8Array {
  if (typeof file === "string") return file;
  const { base64 } = file as { readonly base64?: string };
  return base64 === undefined ? JSON.stringify(file) : Buffer.from(base64, "base64");
}

describe("tokens in files other than tokenizer.json give Python's ids", () => {
  it.each(golden.cases.map((one) => [one.name, one] as const))("%s", async (_, { files, ids, typeIds }) => {
    const folder = mkdtempSync(join(root, "model-"));
    mkdirSync(folder, { recursive: true });
    for (const [path, name] of Object.entries(files))
      writeFileSync(join(folder, path), contentOf(golden.files[name]));
    const tokenizer = await loadTokenizer(await resolveModel({ model: folder }), {
      sentenceConfig: false,
      architectures: architectureTokenizers,
      maxLength: Number.MAX_SAFE_INTEGER,
    });
    const wrong: string[] = [];
    for (const [index, [text, pair]] of golden.pairs.entries()) {
      const encoding = tokenizer.encode(text, pair);
      const got = [encoding.ids.join(" "), encoding.typeIds.join(" ")];
      if (got[0] === ids[index] && got[1] === typeIds[index]) continue;
      wrong.push(
        `${JSON.stringify([text, pair])}: ${got.join(" | ")} instead of ${ids[index]} | ${typeIds[index]}`,
      );
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});
