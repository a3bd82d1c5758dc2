import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Folders of workspace projects. */
const WORKSPACES = ["packages", "apps", "examples", "bench", "docs"];

/**
 * Records in node_modules where pnpm is and which installs were done, so that a run in which nothing has changed starts
 * neither npx nor an install. Both take a second or two.
 */
export class InstallRecord {
  #root;
  #packageManager;
  #file;
  /** @type {{ packageManager?: string, pnpmFolder?: string, inputs?: string, installedAt?: number, installs?: string[] }} */
  #known = {};

  /**
   * @param {string} root the workspace
   * @param {string} packageManager such as "pnpm@10.34.9"
   */
  constructor(root, packageManager) {
    this.#root = root;
    this.#packageManager = packageManager;
    this.#file = join(root, "node_modules", ".secondpass-install.json");
    try {
      this.#known = JSON.parse(readFileSync(this.#file, "utf8"));
    } catch {
      // Nothing is installed, or the file is damaged: nothing is known.
    }
  }

  /** Folder of the pnpm that an earlier run got, or undefined if it is gone or of another version. */
  get pnpmFolder() {
    const { packageManager, pnpmFolder } = this.#known;
    if (packageManager !== this.#packageManager || pnpmFolder === undefined) return undefined;
    return hasPnpm(pnpmFolder) ? pnpmFolder : undefined;
  }

  /**
   * Whether an install with these filters was done since the lockfile, a manifest or node_modules changed.
   * @param {readonly string[]} filters
   */
  has(filters) {
    const { inputs, installedAt, installs = [] } = this.#known;
    const current = installedAt !== undefined && installedAt === this.#installedAt();
    return current && inputs === this.#inputs() && installs.includes(filters.join(" "));
  }

  /**
   * Notes an install that has just been done.
   * @param {readonly string[]} filters
   * @param {string} path PATH with pnpm's folder in it
   */
  add(filters, path) {
    const inputs = this.#inputs();
    const before = this.#known.inputs === inputs ? (this.#known.installs ?? []) : [];
    this.#known = {
      packageManager: this.#packageManager,
      pnpmFolder: path.split(delimiter).find(hasPnpm),
      inputs,
      installedAt: this.#installedAt(),
      installs: [...new Set([...before, filters.join(" ")])],
    };
    try {
      writeFileSync(this.#file, JSON.stringify(this.#known));
    } catch {
      // A read-only folder: the next run looks again.
    }
  }

  /** pnpm writes this file at each install, also one that somebody does by hand. */
  #installedAt() {
    return statSync(join(this.#root, "node_modules", ".modules.yaml"), { throwIfNoEntry: false })?.mtimeMs;
  }

  /** Hash of everything that determines an install, and of the projects that have something installed. */
  #inputs() {
    const folders = WORKSPACES.flatMap((folder) => {
      const names = existsSync(join(this.#root, folder)) ? readdirSync(join(this.#root, folder)) : [];
      return [folder, ...names.map((name) => `${folder}/${name}`)];
    });
    const hash = createHash("sha256").update(process.version);
    for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"]) hash.update(this.#read(file));
    for (const folder of ["", ...folders]) {
      const manifest = this.#read(join(folder, "package.json"));
      if (manifest !== "") hash.update(`\n${folder}\n`).update(manifest);
    }
    return hash.digest("hex");
  }

  #read(file) {
    try {
      return readFileSync(join(this.#root, file), "utf8");
    } catch {
      return "";
    }
  }
}

function hasPnpm(folder) {
  return ["pnpm", "pnpm.cmd"].some((name) => existsSync(join(folder, name)));
}
