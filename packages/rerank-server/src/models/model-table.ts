import { RequestError } from "../errors/request-error.js";
import type { ModelKind } from "../payloads/payload.js";

/** Facts that a {@link ModelTable} needs about a model. */
export interface TableEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: ModelKind;
}

/** The model that a request wants. */
export interface ModelWish {
  /** The kind that the route needs. */
  readonly needs: ModelKind | "any";
  /** The request's `model`; any value except a string counts as missing. */
  readonly name: unknown;
  /** Type of the error if the model does not fit. */
  readonly misfit: "backend" | "unsupported";
}

/** The models of a server by name and alias. */
export class ModelTable<Entry extends TableEntry> {
  /**
   * @param entries in their order: the first of a kind is its default
   * @param isStrict whether an unknown name is an error
   */
  constructor(
    readonly entries: readonly Entry[],
    readonly isStrict: boolean,
  ) {}

  /**
   * Finds the model for a request: the named one, else the default of the needed kind, because several programs have the name of another
   * provider's model fixed in their code.
   *
   * @throws {RequestError} 404 for an unknown name if the table is strict; 400 or 424 if the model, or every model, is of the wrong kind
   */
  find({ needs, name, misfit }: ModelWish): Entry {
    const named = typeof name === "string" && name !== "" ? this.#named(name) : undefined;
    if (named !== undefined) {
      if (needs === "any" || named.kind === needs) return named;
      throw new RequestError(
        misfit,
        this.#misfitMessage(`\`model\` to name ${article(needs)}`, needs, named.kind),
      );
    }
    if (this.isStrict && typeof name === "string" && name !== "") {
      const known = quoted(this.entries);
      throw new RequestError(
        "notFound",
        `Expected \`model\` to be ${known}, got an unknown name. GET /v1/models lists them.`,
      );
    }
    const usual = this.entries.find(({ kind }) => needs === "any" || kind === needs);
    if (usual !== undefined) return usual;
    throw new RequestError(misfit, this.#misfitMessage(`a server with ${article(needs)}`, needs, undefined));
  }

  #named(name: string): Entry | undefined {
    return (
      this.entries.find((entry) => entry.name === name) ??
      this.entries.find(({ aliases }) => aliases.includes(name))
    );
  }

  #misfitMessage(expected: string, needs: ModelKind | "any", got: ModelKind | undefined): string {
    const fitting = this.entries.filter(({ kind }) => kind === needs);
    const what = fitting.length > 0 ? `Use ${quoted(fitting)}.` : `This server has none.`;
    const came = got === undefined ? quoted(this.entries) : `one of kind ${got}`;
    return `Expected ${expected}, got ${came}. ${what}`;
  }
}

function quoted(entries: readonly TableEntry[]): string {
  return entries.map(({ name }) => `"${name}"`).join(" or ");
}

function article(kind: ModelKind | "any"): string {
  return kind === "embedder" ? "an embedder" : "a reranker";
}
