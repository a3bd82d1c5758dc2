import { SecondpassError } from "./secondpass-error.js";

/** An option or an argument has a value that it cannot have. */
export class InvalidOptionError extends SecondpassError {
  override readonly name = "InvalidOptionError";

  constructor(
    readonly option: string,
    expected: string,
    readonly value: unknown,
  ) {
    super(`Expected \`${option}\` to be ${expected}, got ${written(value)}.`);
  }
}

/** Longer texts and lists are cut: they are the user's, and may be whole documents. */
const MAX_CHARACTERS = 60;
const MAX_ITEMS = 3;

function written(value: unknown): string {
  if (typeof value === "string") {
    return `"${value.length > MAX_CHARACTERS ? `${value.slice(0, MAX_CHARACTERS)}…` : value}"`;
  }
  if (Array.isArray(value)) {
    const items = Array.from(value.slice(0, MAX_ITEMS), (item) =>
      Array.isArray(item) ? "[…]" : written(item),
    );
    return `[${[...items, ...(value.length > MAX_ITEMS ? ["…"] : [])].join(", ")}]`;
  }
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
