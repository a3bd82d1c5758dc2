import { expect, it } from "@jest/globals";
import { InvalidOptionError } from "../../src/errors/invalid-option-error.js";
import { checkFilter } from "../../src/filter/check-filter.js";

it("accepts conditions, functions and undefined", () => {
  for (const filter of [undefined, {}, { page: 3 }, () => true])
    expect(checkFilter("filter", filter)).toBe(filter);
  for (const filter of [null, "page", 3, [{ page: 3 }]])
    expect(() => checkFilter("filter", filter)).toThrow(InvalidOptionError);
  expect(() => checkFilter("filter", Promise.resolve({}))).toThrow("Await the Promise first.");
});
