import type { Mapping } from "../contract/mapping.js";
import { sameClass } from "./same-class.js";

const TO = "@secondpass/document-loaders";
const modulesOf = (file: string) =>
  ["langchain", "@langchain/classic"].map((name) => `${name}/document_loaders/fs/${file}`);
const DIRECTORY = modulesOf("directory");
const VALUES: Readonly<Record<string, string>> = { Ignore: "ignore", Warn: "warn", Error: "error" };

/** Replaces the members of UnknownHandling, an object there and a type here. */
const unknownHandling: Mapping = {
  modules: DIRECTORY,
  name: "UnknownHandling",
  to: { module: TO, name: "UnknownFileHandling" },
  isTypeHere: true,
  rewrite(use, change) {
    if (use.kind === "type") return undefined;
    const text = use.kind === "member" ? VALUES[use.member] : undefined;
    if (text === undefined) return "UnknownHandling is a type here, and its values are texts";
    const access = use.node.getParentOrThrow();
    change.edit({ start: access.getStart(), end: access.getEnd(), text: change.quoted(text) });
    return undefined;
  },
};

/** Mappings of TextLoader and DirectoryLoader, which accepts the old arguments, too. */
export const documentLoaders: readonly Mapping[] = [
  sameClass({
    modules: modulesOf("text"),
    name: "TextLoader",
    to: TO,
    remarks: [
      "lines end with \\n, whatever the file has (`universalNewlines: false` leaves them), and bytes that are not text throw",
    ],
  }),
  sameClass({ modules: DIRECTORY, name: "DirectoryLoader", to: TO }),
  sameClass({ modules: DIRECTORY, name: "LoadersMapping", newName: "LoadersByEnding", to: TO }),
  unknownHandling,
];
