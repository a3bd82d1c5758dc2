/**
 * Writes the API of every published package as Markdown, from its built types. Replaces the content of the folder.
 *
 *     node docs/site/build-api.mjs [FOLDER]
 */
import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Application } from "typedoc";
import { publishedPackages } from "../../scripts/pack/published-packages.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Each entry of the packages, by "package: type file": the file's path, and the name to import. */
function entries() {
  return new Map(
    [...publishedPackages()].flatMap(([name, { folder, exports = {} }]) =>
      Object.entries(exports)
        .map(([path, entry]) => [path, entry?.import?.types])
        .filter(([, types]) => types !== undefined)
        .map(([path, types]) => [
          `${name}: ${types.replace("./", "")}`,
          { file: resolve(root, "packages", folder, types), name: `${name}${path.slice(1)}` },
        ]),
    ),
  );
}

/**
 * @param {string} folder absolute
 * @throws {Error} if the types cannot be read, for example because nothing is built
 */
export async function buildApi(folder) {
  const named = entries();
  const app = await Application.bootstrapWithPlugins({
    name: "API",
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: [...named.values()].map(({ file }) => file),
    tsconfig: fileURLToPath(new URL("tsconfig.json", import.meta.url)),
    outputs: [{ name: "markdown", path: folder }],
    readme: "none",
    disableSources: true,
    excludeExternals: true,
    excludePrivate: true,
    excludeInternal: true,
    logLevel: "Error",
    entryFileName: "index",
    outputFileStrategy: "members",
    membersWithOwnFile: ["Class"],
    hidePageHeader: true,
    hideBreadcrumbs: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    typeAliasPropertiesFormat: "table",
    useCodeBlocks: true,
    useHTMLAnchors: true,
    sanitizeComments: true,
  });
  const project = await app.convert();
  if (project === undefined)
    throw new Error("TypeDoc could not read the packages' types. Are they built? `npm run docs` does that.");
  for (const module of project.children ?? []) {
    const { packageName, packagePath } = project.getSymbolIdFromReflection(module) ?? {};
    const name = named.get(`${packageName}: ${packagePath}`)?.name;
    if (name === undefined)
      throw new Error(`TypeDoc read "${module.name}", which is not an entry of a package.`);
    module.name = name;
  }
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error("TypeDoc reported errors; they are above.");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  await buildApi(resolve(process.argv[2] ?? fileURLToPath(new URL("out/api", import.meta.url))));
