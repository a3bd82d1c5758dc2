/**
 * pnpm's hooks for `npm run pack`, which puts the folder of the tarballs in SECONDPASS_PACKED: a package depends on its siblings'
 * files there, not on versions that no registry has.
 */
const folder = process.env.SECONDPASS_PACKED.replaceAll("\\", "/");

/** An absolute path: pnpm and bun do not know which folder relative paths start from. */
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
