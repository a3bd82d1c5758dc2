import type { WorkSlices } from "@secondpass/core";
import type { DescribedChunk } from "../chunks/chunk-documents.js";
import { skipSpace, skipSpaceBack, strip } from "../python/python-space.js";
import type { HeaderTagToSplitOn } from "./check-header-tags.js";
import { type SoupTag, type SoupText, soup } from "./soup.js";

/** Text between the parts of a section, as in Python. */
const LINE_BREAK = "  \n";

interface ActiveHeader {
  readonly text: string;
  readonly level: number;
  readonly depth: number;
}

/** The text that is directly in an element, and its range in the source. */
interface OwnText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Splits an HTML text into headers and the texts between them; with `eachElement`, every element is separate. Elements are in the order of
 * their start tags, so a text after a child element comes before the child's text.
 */
export async function headerSections(
  source: string,
  headers: readonly HeaderTagToSplitOn[],
  eachElement: boolean,
  slices: WorkSlices,
): Promise<DescribedChunk[]> {
  const document = await soup(source, slices);
  const names = new Map(headers);
  const sections: DescribedChunk[] = [];
  const active = new Map<string, ActiveHeader>();
  let texts: OwnText[] = [];

  const add = ({ text, start, end }: OwnText) => {
    const metadata = Object.fromEntries(Array.from(active, ([name, header]) => [name, header.text]));
    const exact = end - start === text.length && source.startsWith(text, start);
    sections.push({ text, start, end, exact, metadata });
  };
  const finish = () => {
    if (texts.length > 0) add(joined(texts));
    texts = [];
  };
  /** Removes the active headers that are over. */
  const forget = (isOver: (header: ActiveHeader) => boolean) => {
    for (const [name, header] of active) if (isOver(header)) active.delete(name);
  };

  const stack: SoupTag[] = [(await findBody(document, slices)) ?? document];
  for (let tag = stack.pop(); tag !== undefined; tag = stack.pop()) {
    for (let index = tag.children.length - 1; index >= 0; index--) {
      const child = tag.children[index]!;
      if ("children" in child) stack.push(child);
      if (slices.due()) await slices.pause();
    }
    if (slices.due()) await slices.pause();
    const own = ownText(tag, source);
    if (own === undefined) continue;
    const { depth } = tag;
    const name = names.get(tag.name);
    if (name !== undefined) {
      finish();
      const level = Number(tag.name.slice(1));
      forget((header) => header.level >= level);
      active.set(name, { text: own.text, level, depth });
      add(own);
    } else {
      forget((header) => depth < header.depth);
      if (eachElement) add(own);
      else texts.push(own);
    }
  }
  finish();
  return sections;
}

/** Finds the first `body` element. */
async function findBody(document: SoupTag, slices: WorkSlices): Promise<SoupTag | undefined> {
  const stack: SoupTag[] = [document];
  for (let tag = stack.pop(); tag !== undefined; tag = stack.pop()) {
    if (tag.name === "body") return tag;
    for (let index = tag.children.length - 1; index >= 0; index--) {
      const child = tag.children[index]!;
      if ("children" in child) stack.push(child);
      if (slices.due()) await slices.pause();
    }
  }
  return undefined;
}

/** The strings directly in an element, including comments; undefined if all are blank. */
function ownText(tag: SoupTag, source: string): OwnText | undefined {
  const strings = tag.children.filter(
    (child): child is SoupText => "text" in child && strip(child.text) !== "",
  );
  const first = strings[0];
  if (first === undefined) return undefined;
  const last = strings[strings.length - 1]!;
  return {
    text: strings.map(({ text }) => strip(text)).join(" "),
    start: skipSpace(source, first.start, first.end),
    end: skipSpaceBack(source, last.start, last.end),
  };
}

function joined(texts: readonly OwnText[]): OwnText {
  return {
    text: texts.map(({ text }) => text).join(LINE_BREAK),
    start: texts.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY),
    end: texts.reduce((most, { end }) => Math.max(most, end), 0),
  };
}
