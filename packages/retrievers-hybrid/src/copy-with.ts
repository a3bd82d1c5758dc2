/** Copies an object with its class and changes some fields. Each call gets its own copy, so that settings of parallel calls do not mix. */
export function copyWith<Copied extends object>(original: Copied, fields: object): Copied {
  return Object.assign(Object.create(Object.getPrototypeOf(original)), original, fields);
}
