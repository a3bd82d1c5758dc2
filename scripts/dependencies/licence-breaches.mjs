/** Licences that are as permissive as MIT for users of our packages. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
]);

/** Packages with another licence, with the reason. */
const EXCEPTIONS = new Map([
  ["caniuse-lite", "data that jest's transformer reads; the private test-kit brings it"],
]);

/**
 * Packages with a licence that is not allowed, as "name@versions: licence".
 *
 * @param {Readonly<Record<string, readonly { name: string, versions: readonly string[] }[]>>} listing of `pnpm licenses list --json`
 */
export function licenceBreaches(listing) {
  return Object.entries(listing)
    .filter(([licence]) => !isAllowed(licence))
    .flatMap(([licence, packages]) =>
      packages
        .filter(({ name }) => !EXCEPTIONS.has(name))
        .map(({ name, versions }) => `${name}@${versions.join(", ")}: ${licence}`),
    );
}

/** Whether an SPDX expression is allowed: one of its choices (OR) is enough, all parts of a conjunction (AND) are needed. Nested expressions are not allowed. */
function isAllowed(expression) {
  const flat = expression.replace(/^\((.*)\)$/, "$1");
  if (flat.includes(" OR ")) return flat.split(" OR ").some((one) => ALLOWED.has(one));
  return flat.split(" AND ").every((one) => ALLOWED.has(one));
}
