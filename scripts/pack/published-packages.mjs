import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../packages", import.meta.url));

/** The packages that users install: name → manifest, with its `folder` below packages/. */
export function publishedPackages() {
  const manifests = readdirSync(packages).map((folder) => ({
    folder,
    ...JSON.parse(readFileSync(join(packages, folder, "package.json"), "utf8")),
  }));
  return new Map(manifests.filter((each) => !each.private).map((manifest) => [manifest.name, manifest]));
}
