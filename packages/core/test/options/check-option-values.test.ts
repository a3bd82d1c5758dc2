import { expect, it } from "@jest/globals";
import { InvalidOptionError } from "../../src/errors/invalid-option-error.js";
import { checkBoolean } from "../../src/options/check-boolean.js";
import { checkOptionValues } from "../../src/options/check-option-values.js";

const check = (options: object | undefined) => checkOptionValues(options, { upsert: checkBoolean });

it("checks the options that are given and have a check", () => {
  check(undefined);
  check({});
  check({ upsert: undefined, other: 5 });
  check({ upsert: false });
  for (const upsert of [null, "yes", Promise.resolve(true)])
    expect(() => check({ upsert })).toThrow(InvalidOptionError);
});
