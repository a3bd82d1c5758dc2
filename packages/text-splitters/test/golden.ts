import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CharacterTextSplitter,
  LatexTextSplitter,
  type LengthFunction,
  MarkdownTextSplitter,
  PythonCodeTextSplitter,
  RecursiveCharacterTextSplitter,
  type SupportedTextSplitterLanguage,
  type TextSplitter,
} from "../src/index.js";

/** A file that a script of tools/oracle wrote. */
export interface Golden<Cases> {
  readonly certificate: Readonly<Record<string, string>>;
  readonly cases: Cases;
}

export function readGolden<Cases>(name: string): Golden<Cases> {
  return JSON.parse(readFileSync(join(__dirname, "goldens", `${name}.json`), "utf8")) as Golden<Cases>;
}

export function readFixture(name: string): string {
  return readFileSync(join(__dirname, "fixtures", name), "utf8");
}

/** Texts for developers, in a folder next to the project, not a part of it. */
export const SHARED_DATA = join(__dirname, "../../../../shared/data");
export const HAS_SHARED_DATA = existsSync(SHARED_DATA);

/** Options in golden files: the length function is a name. */
export interface GoldenOptions {
  readonly chunkSize: number;
  readonly chunkOverlap: number;
  readonly lengthFunction?: keyof typeof LENGTHS;
  readonly keepSeparator?: boolean | "start" | "end";
  readonly separator?: string;
  readonly separators?: string[];
  readonly isSeparatorRegex?: boolean;
  readonly stripWhitespace?: boolean;
}

/** The same functions as in the script, one of them asynchronous. */
const LENGTHS = {
  bytes: (text) => Buffer.byteLength(text),
  plusTwo: async (text) => [...text].length + 2,
} satisfies Record<string, LengthFunction>;

export function makeSplitter(name: string, golden: GoldenOptions): TextSplitter {
  const lengthFunction = golden.lengthFunction && LENGTHS[golden.lengthFunction];
  const options = { ...golden, lengthFunction, addStartIndex: true };
  switch (name) {
    case "character":
      return new CharacterTextSplitter(options);
    case "recursive":
      return new RecursiveCharacterTextSplitter(options);
    case "markdown":
      return new MarkdownTextSplitter(options);
    case "latex":
      return new LatexTextSplitter(options);
    case "python":
      return new PythonCodeTextSplitter(options);
    default:
      return RecursiveCharacterTextSplitter.fromLanguage(
        name.replace("language:", "") as SupportedTextSplitterLanguage,
        options,
      );
  }
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Parses `start+length start+length …` into pairs. */
export function parseChunks(chunks: string): { start: number; length: number }[] {
  if (chunks === "") return [];
  return chunks.split(" ").map((chunk) => {
    const [start, length] = chunk.split("+").map(Number);
    return { start: start!, length: length! };
  });
}
