import type { ModelFiles } from "./model-files.js";

/** A model's files with paths relative to one of its folders. Older sentence-transformers kept the transformer in "0_Transformer". */
export function filesInFolder(files: ModelFiles, folder: string): ModelFiles {
  if (folder === "") return files;
  const prefix = `${folder}/`;
  return {
    model: files.model,
    commit: files.commit,
    whenMissing: files.whenMissing,
    list: async () => {
      const paths = await files.list();
      return paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
    },
    has: (path) => files.has(prefix + path),
    localPath: (path) => files.localPath(prefix + path),
    notFound: (path) => files.notFound(prefix + path),
    readJson: (path, schema) => files.readJson(prefix + path, schema),
  };
}
