import { join } from "node:path";

const PACKAGES = join(__dirname, "../../../packages");

/** A built entry that users import, such as "faiss/dist/index.cjs". */
export const entry = (path: string) => require(join(PACKAGES, path));
