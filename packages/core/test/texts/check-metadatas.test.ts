import { expect, it } from "@jest/globals";
import { InvalidOptionError } from "../../src/errors/invalid-option-error.js";
import { checkMetadatas } from "../../src/texts/check-metadatas.js";

it("accepts an object or an array", () => {
  checkMetadatas({});
  checkMetadatas([{ page: 3 }]);
  for (const metadatas of [undefined, null, "page", 3])
    expect(() => checkMetadatas(metadatas)).toThrow(InvalidOptionError);
  expect(() => checkMetadatas(Promise.resolve([]))).toThrow("Await the Promise first.");
});
