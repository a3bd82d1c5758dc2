/** An export of a package. */
export interface Target {
  readonly module: string;
  readonly name: string;
}
