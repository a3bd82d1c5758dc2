/**
 * pnpm's hooks for `npm run pack`, which names the folder of the tarballs in SECONDPASS_PACKED: a package asks for its siblings'
 * files there, not for versions of them that no registry has.
 */
const folder = process.env.SECONDPASS_PACKED.replaceAll("\\", "/");

/** An absolute path: of relative ones, pnpm and bun do not know where they begin. */
const fileOf = (name) => `file:${folder}/${name.slice(name.indexOf("/") + 1)}.tgz`;

module.exports = {
  hooks: {
    beforePacking(manifest) {
      if (manifest.dependencies === undefined) return manifest;
      const dependencies = Object.entries(manifest.dependencies).map(([name, version]) => [
        name,
        name.startsWith("@secondpass/") ? fileOf(name) : version,
      ]);
      return { ...manifest, dependencies: Object.fromEntries(dependencies) };
    },
  },
};
