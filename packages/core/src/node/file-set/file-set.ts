/**
 * Several files in one folder that belong together, such as the documents and the index of a store. One of them, the head, says by
 * checksums which the others, its members, are.
 */
export interface FileSet {
  readonly folder: string;
  /** Name of the head. Replacing it is the commit. */
  readonly head: string;
  /** Names of the members. */
  readonly members: readonly string[];
  /**
   * Whether a file is the member that the head there now names. The file has a temporary name. It may be gone, or be no file.
   * @param path the file
   */
  isNamed(member: string, path: string): Promise<boolean>;
}
