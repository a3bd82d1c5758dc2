/**
 * Several files in one folder that belong together, such as the documents and the index of a store. One of them, the head, names the
 * others, its members, by checksums.
 */
export interface FileSet {
  readonly folder: string;
  /** Name of the head. Replacing it is the commit. */
  readonly head: string;
  /** Names of the members. */
  readonly members: readonly string[];
  /**
   * Whether a file is the member that the current head names. The file has a temporary name. It may be missing, or a folder.
   * @param path the file
   */
  isNamed(member: string, path: string): Promise<boolean>;
}
