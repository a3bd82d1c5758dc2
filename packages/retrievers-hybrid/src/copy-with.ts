/** A copy of an object, of its class, with other fields: calls at the same time have one each, so that their settings do not mix. */
export function copyWith<Copied extends object>(original: Copied, fields: object): Copied {
  return Object.assign(Object.create(Object.getPrototypeOf(original)), original, fields);
}
