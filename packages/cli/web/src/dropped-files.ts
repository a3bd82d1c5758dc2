import type { DroppedFile, PageState } from "./api.js";

/** Dropped files, divided into those to upload and those to leave out. */
export interface SortedFiles {
  readonly files: readonly DroppedFile[];
  /** Files that are left out, with the reasons. */
  readonly left: readonly { readonly source: string; readonly reason: string }[];
  /** Why none of the files can be uploaded. */
  readonly problem?: string;
}

const MB = 1024 * 1024;
const NO_TEXT = "It is not a text of a supported kind.";

/** Chooses the files that can be read, within the limits. */
export function sortFiles(dropped: readonly DroppedFile[], limits: PageState["uploads"]): SortedFiles {
  const files: DroppedFile[] = [];
  const left: { source: string; reason: string }[] = [];
  for (const one of dropped) {
    const { path, file } = one;
    const ending = /\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? "";
    if (/(^|\/)(node_modules|\.[^/]+)(\/|$)/.test(path)) continue;
    if (!limits.endings.includes(ending)) left.push({ source: path, reason: NO_TEXT });
    else if (file.size > limits.maxFileBytes)
      left.push({ source: path, reason: `It has more than ${limits.maxFileBytes / MB} MB.` });
    else files.push(one);
  }
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const advice = "Index larger folders with: secondpass index DIR";
  if (files.length === 0) {
    const tooLarge = left.find(({ reason }) => reason !== NO_TEXT);
    const readable = `Files that are read: ${limits.endings.join(" ")}`;
    const problem = tooLarge
      ? `${tooLarge.source}: ${tooLarge.reason} ${advice}`
      : `There are no texts among these files. ${readable}`;
    return { files, left, problem };
  }
  if (files.length > limits.maxFiles)
    return {
      files,
      left,
      problem: `These are ${files.length} files; ${limits.maxFiles} can be dropped at a time. ${advice}`,
    };
  if (bytes > limits.maxBytes)
    return {
      files,
      left,
      problem: `These are ${Math.ceil(bytes / MB)} MB; ${limits.maxBytes / MB} MB can be dropped at a time. ${advice}`,
    };
  return { files, left };
}

/** Lists the files of a drop, including those in folders. */
export async function droppedFiles(data: DataTransfer): Promise<DroppedFile[]> {
  // Get all entries first: the list is empty after the first await.
  const items = [...data.items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files: DroppedFile[] = [];
  for (const { entry, file } of items) {
    if (entry !== null) await collect(entry, "", files);
    else if (file !== null) files.push({ path: file.name, file });
  }
  return files;
}

async function collect(entry: FileSystemEntry, below: string, files: DroppedFile[]): Promise<void> {
  const path = `${below}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    files.push({ path, file });
    return;
  }
  if (/^(node_modules|\..*)$/.test(entry.name)) return;
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // `readEntries` returns a hundred at a time.
    const page = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (page.length === 0) return;
    for (const child of page) await collect(child, `${path}/`, files);
  }
}

/** Lists the files that were chosen in a dialog. */
export function chosenFiles(list: FileList): DroppedFile[] {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** Names files for people: the folder that all are in, or the file, or their number. */
export function nameOf(files: readonly DroppedFile[]): string {
  const [first] = files;
  if (files.length === 1 && first) return first.path.split("/").at(-1) as string;
  const folder = first?.path.includes("/") ? first.path.split("/", 1)[0] : undefined;
  if (folder !== undefined && files.every(({ path }) => path.startsWith(`${folder}/`))) return folder;
  return `${files.length} files`;
}
