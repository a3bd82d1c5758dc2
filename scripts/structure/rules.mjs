const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const TESTS = "\\.test\\.ts$";

/** Files of a folder of `src`, without those of its subfolders that have their own floor. */
function filesOf(source, folder, listed) {
  const inside = folder === "." ? "" : `${folder}/`;
  const below = listed
    .filter((other) => other !== folder && (folder === "." || other.startsWith(inside)))
    .map((other) => `${escapeRegExp(other.slice(inside.length))}/`);
  return `^${escapeRegExp(source)}/${escapeRegExp(inside)}${below.length === 0 ? "" : `(?!${below.join("|")})`}`;
}

/** "floors": no import from a floor to one above it. */
function floorRules(floors) {
  return Object.entries(floors).flatMap(([folder, list]) => {
    const listed = list.flat();
    const paths = list.map((floor) => floor.map((each) => filesOf(`${folder}/src`, each, listed)));
    return paths.slice(1).map((path, index) => ({
      name: "floors",
      severity: "error",
      from: { path, pathNot: TESTS },
      to: { path: paths.slice(0, index + 1).flat() },
    }));
  });
}

/** "packages": no import of another package, library or Node built-in that the table does not allow. */
function packageRules(imports, guarded) {
  const rules = Object.entries(imports).flatMap(([name, { siblings, libraries, node }]) => {
    const source = `^packages/${name}/src/`;
    const rule = (from, to) => ({
      name: "packages",
      severity: "error",
      from: { pathNot: TESTS, ...from },
      to,
    });
    const found = [
      rule(
        { path: source },
        { path: "^packages/", pathNot: `^packages/(${[name, ...Object.keys(siblings)].join("|")})/` },
      ),
      rule({ path: source }, { path: "^(apps|bench|examples)/" }),
      // A package's own entry imports all its files: a file that imports the entry makes a circle.
      rule({ path: source }, { path: `^packages/${name}/(?!src/|package\\.json$)` }),
      // A sibling is imported by its name, which is its build, not its source.
      rule({ path: source }, { path: "^packages/[^/]+/(src|test)/", pathNot: source }),
    ];
    for (const [sibling, { from, typesOnly }] of Object.entries(siblings)) {
      const to = { path: `^packages/${sibling}/` };
      if (from !== undefined) found.push(rule({ path: source, pathNot: [TESTS, `${source}${from}/`] }, to));
      if (typesOnly) found.push(rule({ path: source }, { ...to, dependencyTypesNot: ["type-only"] }));
    }
    if (libraries === "none") found.push(rule({ path: source }, { path: "node_modules/" }));
    else {
      const names = libraries.map((each) => (typeof each === "string" ? { name: each } : each));
      const allowed = names.map((each) => `node_modules/${escapeRegExp(each.name)}`);
      found.push(
        rule(
          { path: source },
          {
            path: guarded.map((each) => `node_modules/${escapeRegExp(each)}`),
            ...(allowed.length > 0 && { pathNot: allowed }),
          },
        ),
      );
      for (const { name: library, from } of names) {
        if (from === undefined) continue;
        found.push(
          rule(
            { path: source, pathNot: [TESTS, `${source}${from}/`] },
            { path: `node_modules/${escapeRegExp(library)}` },
          ),
        );
      }
    }
    if (node !== undefined) {
      const where = node.map((folder) => `${source}${folder}/`);
      found.push(rule({ path: source, pathNot: [TESTS, ...where] }, { dependencyTypes: ["core"] }));
    }
    return found;
  });
  return [
    ...rules,
    {
      name: "packages",
      comment: "Apps and benchmarks use the packages' public entries; test-kit's are its sources.",
      severity: "error",
      from: { path: "^(apps|bench|examples)/" },
      to: { path: "^packages/[^/]+/(src|test)/", pathNot: "^packages/test-kit/src/" },
    },
    {
      name: "packages",
      comment: "A test uses its own package, the public entries of others, and test-kit.",
      severity: "error",
      from: { path: "^packages/([^/]+)/(test/|src/.*\\.test\\.ts$)" },
      to: { path: "^packages/[^/]+/(src|test)/", pathNot: ["^packages/$1/", "^packages/test-kit/src/"] },
    },
    {
      name: "packages",
      comment: "test-kit is for tests.",
      severity: "error",
      from: { path: "^(packages|apps)/[^/]+/src/", pathNot: [TESTS, "^packages/test-kit/"] },
      to: { path: "^packages/test-kit/" },
    },
  ];
}

/**
 * The rules in dependency-cruiser's terms. Each has the name under which breaches are reported: "file circles", "floors" or "packages".
 * @param {Pick<typeof import("../../structure.config.mjs"), "floors" | "imports" | "guarded">} config
 */
export function rules({ floors, imports, guarded }) {
  const noCircles = { name: "file circles", severity: "error", from: {}, to: { circular: true } };
  return { forbidden: [noCircles, ...floorRules(floors), ...packageRules(imports, guarded)] };
}
