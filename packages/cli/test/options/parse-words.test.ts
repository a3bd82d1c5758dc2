import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import type { OptionTable } from "../../src/contract/option.js";
import { UsageError } from "../../src/errors/usage-error.js";
import { parseWords } from "../../src/options/parse-words.js";

const TABLE = {
  model: { kind: "list", value: "ID", help: "" },
  host: { kind: "text", value: "HOST", default: "here", help: "" },
  port: { kind: "integer", value: "PORT", min: 0, max: 65_535, default: 80, help: "" },
  threads: { kind: "integer", value: "N", min: 1, help: "" },
  share: { kind: "number", value: "SHARE", min: 0, max: 1, help: "" },
  least: { kind: "number", value: "SCORE", min: -1, help: "" },
  most: { kind: "number", value: "SCORE", max: 9, help: "" },
  level: { kind: "choice", choices: ["info", "warning"], help: "" },
  strict: { kind: "flag", help: "" },
  cut: { kind: "flag", default: true, help: "" },
  "api-key": { kind: "list", value: "KEY", env: "KEYS", help: "" },
} as const satisfies OptionTable;

/** An option that has no effect without a flag. */
const NEEDING = {
  pass: { kind: "flag", default: true, help: "" },
  model: { kind: "text", value: "ID", help: "", needs: "pass" },
} as const satisfies OptionTable;

const read = (words: string[], env: Record<string, string> = {}) => parseWords(words, TABLE, env);
const DEFAULTS = {
  model: [],
  host: "here",
  port: 80,
  threads: undefined,
  share: undefined,
  least: undefined,
  most: undefined,
  level: undefined,
  strict: false,
  cut: true,
  "api-key": [],
};

describe("words", () => {
  it("that have no effect because a flag is off are an error", () => {
    expect(() => parseWords(["--model", "a", "--no-pass"], NEEDING, {})).toThrow(
      "Expected --model only with --pass, without which it has no effect, got --no-pass.",
    );
    expect(parseWords(["--model", "a"], NEEDING, {}).values).toEqual({ model: "a", pass: true });
  });

  it("may turn off what an option of the environment needs", () => {
    const { values } = parseWords(["--no-pass"], NEEDING, { SECONDPASS_MODEL: "a" });
    expect(values).toEqual({ model: "a", pass: false });
  });

  it("that are missing get the defaults", () => expect(read([])).toEqual({ values: DEFAULTS, operands: [] }));

  it.each<[string[], object]>([
    [["--port", "0", "--host=x"], { port: 0, host: "x" }],
    [["--port=1", "--port", "2"], { port: 2 }],
    [["--model", "a", "--model=b"], { model: ["a", "b"] }],
    [["--strict", "--no-cut"], { strict: true, cut: false }],
    [["--cut", "--no-strict"], { cut: true, strict: false }],
    [["--no-cut", "--cut"], { cut: true }],
    [["--share", "0.25"], { share: 0.25 }],
    [["--share=1", "--least", "-.5", "--most", "-1e3"], { share: 1, least: -0.5, most: -1000 }],
    [["--level", "warning"], { level: "warning" }],
    [["--host=-x"], { host: "-x" }],
    [["--host", "-"], { host: "-" }],
    [["--api-key", "k=1"], { "api-key": ["k=1"] }],
  ])("%p are read", (words, values) => {
    expect(read(words).values).toEqual({ ...DEFAULTS, ...values });
  });

  it("that are not options are operands", () => {
    expect(read(["a", "--strict", "b", "--", "--port"]).operands).toEqual(["a", "b", "--port"]);
  });

  it.each<[string[], RegExp]>([
    [["--prot", "1"], /^There is no option --prot\. Did you mean --port\?$/],
    [["--apikey", "1"], /no option --apikey\. Did you mean --api-key\?/],
    [["--max_threads"], /^There is no option --max_threads\./],
    [["--constructor"], /^There is no option --constructor\.$/],
    [["--no-port"], /^There is no option --no-port\./],
    [["-p", "1"], /^There is no option -p\.$/],
    [["--port"], /^Expected --port PORT, got no value\.$/],
    [["--port", "--strict"], /^Expected --port PORT, got --strict\. Write --port=VALUE/],
    [["--port="], /--port to be an integer from 0 to 65535, got ""/],
    [["--port", "80a"], /^Expected --port to be an integer from 0 to 65535, got "80a"\.$/],
    [["--port", "65536"], /got "65536"/],
    [["--port", "1e3"], /got "1e3"/],
    [["--port", "0x50"], /got "0x50"/],
    [["--threads", "0"], /^Expected --threads to be an integer of at least 1, got "0"\.$/],
    [["--share", "1.1"], /^Expected --share to be a number from 0 to 1, got "1\.1"\.$/],
    [["--share", "-0.1"], /from 0 to 1, got "-0\.1"/],
    [["--share", "half"], /from 0 to 1, got "half"/],
    [["--share"], /^Expected --share SHARE, got no value\.$/],
    [["--least", "-2"], /^Expected --least to be a number of at least -1, got "-2"\.$/],
    [["--most", "10"], /^Expected --most to be a number of at most 9, got "10"\.$/],
    [["--threads", "99999999999999999999"], /got "9+"/],
    [
      ["--level", "warnin"],
      /^Expected --level to be one of info, warning, got "warnin"\. Did you mean warning\?$/,
    ],
    [["--strict=yes"], /^Expected --strict or --no-strict without a value, got "yes"\.$/],
    [["--no-strict=1"], /^Expected --no-strict without a value, got "1"\.$/],
    [["--host", ""], /^Expected --host HOST, got an empty text\.$/],
    [["--model="], /^Expected --model ID, got an empty text\.$/],
  ])("%p are invalid", (words, message) => {
    expect(() => read(words)).toThrow(UsageError);
    expect(() => read(words)).toThrow(message);
  });
});

describe("the environment", () => {
  it.each<[Record<string, string>, object]>([
    [{ SECONDPASS_PORT: "81" }, { port: 81 }],
    [{ SECONDPASS_PORT: " 81\n" }, { port: 81 }],
    [{ SECONDPASS_PORT: "" }, {}],
    [{ SECONDPASS_MODEL: "a, b\nc," }, { model: ["a", "b", "c"] }],
    [{ SECONDPASS_MODEL: " , " }, {}],
    [
      { SECONDPASS_STRICT: "TRUE", SECONDPASS_CUT: "0" },
      { strict: true, cut: false },
    ],
    [{ KEYS: "one,two" }, { "api-key": ["one", "two"] }],
    [{ SECONDPASS_API_KEY: "one" }, {}],
  ])("%p is read", (env, values) => expect(read([], env).values).toEqual({ ...DEFAULTS, ...values }));

  it("is overridden by words", () => {
    expect(
      read(["--port", "1", "--model", "a"], { SECONDPASS_PORT: "2", SECONDPASS_MODEL: "b" }).values,
    ).toMatchObject({
      port: 1,
      model: ["a"],
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ SECONDPASS_PORT: "high" }, 'Expected SECONDPASS_PORT to be an integer from 0 to 65535, got "high".'],
    [{ SECONDPASS_STRICT: "maybe" }, 'Expected SECONDPASS_STRICT to be true or false, got "maybe".'],
  ])("%p is invalid, and the error names the variable", (env, message) => {
    expect(() => read([], env)).toThrow(message);
  });
});

it("returns values or throws a UsageError for any words", () => {
  const names = Object.keys(TABLE).flatMap((name) => [`--${name}`, `--no-${name}`]);
  const word = fc.oneof(fc.constantFrom(...names, "--", "-", "-h", "1", "--port=1"), fc.string());
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (words) => {
      try {
        expect(Object.keys(read(words).values)).toEqual(Object.keys(TABLE));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
      }
    }),
  );
});
