import { describe, expect, it } from "@jest/globals";
import { logText } from "../../src/terminal/log-text.js";

describe("a line of the log", () => {
  it("has time, level, message and fields for people", () => {
    const line = {
      level: 30,
      time: 1_700_000_000_123,
      pid: 1,
      hostname: "h",
      reqId: "req-1",
      route: "/rerank",
      status: 200,
      msg: "answered",
    };
    expect(logText(`${JSON.stringify(line)}\n`)).toBe(
      "22:13:20.123 info  answered route=/rerank status=200\n",
    );
  });

  it("shows what is inside a field", () => {
    const line = { level: 50, time: 0, msg: "failed", error: { name: "TypeError" } };
    expect(logText(JSON.stringify(line))).toBe('00:00:00.000 error failed error={"name":"TypeError"}\n');
  });

  it("stays as it is if it is not JSON", () => expect(logText("words\n")).toBe("words\n"));
});
