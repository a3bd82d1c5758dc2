interface OptionBase {
  /** What the option does, as a phrase. */
  readonly help: string;
  /** Environment variable that is read if the option is not given. @default "SECONDPASS_" and the option's name in capitals */
  readonly env?: string;
  /** Flag without which the option has no effect: giving it on the command line is an error if the flag is off. @default none */
  readonly needs?: string;
}

/** An option that takes a text. */
export interface TextOption extends OptionBase {
  readonly kind: "text";
  /** Placeholder of its value in the help, in capitals, such as `"FILE"`. */
  readonly value: string;
  readonly default?: string;
}

/** An option that may be given several times. In the environment, commas or line breaks separate the values. */
export interface ListOption extends OptionBase {
  readonly kind: "list";
  readonly value: string;
}

/** An option that takes an integer. */
export interface IntegerOption extends OptionBase {
  readonly kind: "integer";
  readonly value: string;
  readonly min: number;
  readonly max?: number;
  readonly default?: number;
}

/** An option that takes a number, with a fraction if wished. */
export interface NumberOption extends OptionBase {
  readonly kind: "number";
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
  readonly default?: number;
}

/** An option that takes one of a few words. */
export interface ChoiceOption extends OptionBase {
  readonly kind: "choice";
  readonly choices: readonly string[];
  readonly default?: string;
}

/** An option that takes no value; `--no-NAME` turns it off. */
export interface FlagOption extends OptionBase {
  readonly kind: "flag";
  /** @default false */
  readonly default?: boolean;
}

/** One option of a command. */
export type Option = TextOption | ListOption | IntegerOption | NumberOption | ChoiceOption | FlagOption;

/** The options of a command, by their names without dashes. */
export type OptionTable = Readonly<Record<string, Option>>;

type Single<O, Value> = O extends { readonly default: NonNullable<Value> } ? Value : Value | undefined;

/** Type of an option's value after parsing. */
export type OptionValue<O extends Option> = O extends FlagOption
  ? boolean
  : O extends ListOption
    ? readonly string[]
    : O extends IntegerOption | NumberOption
      ? Single<O, number>
      : Single<O, string>;

/** The values of a table's options. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: OptionValue<Table[Name]>;
};
