import { expect, it } from "@jest/globals";
import {
  ACTIVATION_NAMES,
  activationFunction,
  activationName,
} from "../../src/scores/activation-function.js";

// The tests of packages/hf-runtime, which uses them, compare the values with torch.
it("finds a function for each name, in any case and as a Python class path", () => {
  for (const name of ACTIVATION_NAMES) {
    expect(activationFunction(name)).toBeDefined();
    expect(activationFunction(`torch.nn.modules.activation.${name.toUpperCase()}`)).toBe(
      activationFunction(name),
    );
  }
  expect(activationName("torch.nn.modules.linear.Identity")).toBe("identity");
});

it("finds none for other names", () => {
  expect(activationFunction("sigmund")).toBeUndefined();
  expect(activationFunction("constructor")).toBeUndefined();
});
