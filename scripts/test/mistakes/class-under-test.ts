type Arguments = readonly unknown[];

/** A class with valid arguments for its constructor and each method. The test replaces each argument by values that are always wrong. */
export interface ClassUnderTest {
  readonly name: string;
  readonly folder: string;
  readonly Class: new (...args: Arguments) => object;
  /** Arguments of the constructor; absent if only the package itself calls it. */
  readonly create?: Arguments;
  /** An instance for the methods. @default by `create` */
  readonly make?: () => unknown;
  readonly methods?: Readonly<Record<string, Arguments>>;
  readonly statics?: Readonly<Record<string, Arguments>>;
}
