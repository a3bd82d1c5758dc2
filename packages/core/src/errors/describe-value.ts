/** Longer texts and lists are cut: they belong to the user and may be whole documents. */
const MAX_CHARACTERS = 60;
const MAX_ITEMS = 3;

/**
 * Describes a value for an error message: numbers and short texts in full, long texts and lists cut, objects by their class
 * only, because their content may be large or secret.
 *
 * @example
 * describeValue("a".repeat(100)); // a quoted text of 60 letters that ends in "…"
 * describeValue([1, 2, 3, 4]); // [1, 2, 3, …]
 * describeValue(new Map()); // a Map
 */
export function describeValue(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > MAX_CHARACTERS ? `${value.slice(0, MAX_CHARACTERS)}…` : value);
  }
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (!Array.isArray(value)) return describeObject(value);
  const items = Array.from(value.slice(0, MAX_ITEMS), (item) =>
    Array.isArray(item) ? "[…]" : describeValue(item),
  );
  return `[${[...items, ...(value.length > MAX_ITEMS ? ["…"] : [])].join(", ")}]`;
}

function describeObject(value: object): string {
  const className: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  if (typeof className !== "string" || className === "" || className === "Object") return "an object";
  return `${/^[aeiou]/i.test(className) ? "an" : "a"} ${className}`;
}
