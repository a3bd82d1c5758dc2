import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "@jest/globals";
import { type RowStatus, statusOfRow, type TableRow, tableRows } from "../support/table-rows.js";

/** Minimum number of rows that load. A change that loses one fails here. */
const LEAST = { rerankers: 61, embedders: 59 };

type Line = RowStatus & Pick<TableRow, "model" | "type">;
const report: Record<string, Line[]> = {};
// scripts/models.mjs prints it.
afterAll(() => {
  const path = process.env.SECONDPASS_MODEL_TABLE;
  if (path) writeFileSync(path, JSON.stringify(report));
});

describe.each(["rerankers", "embedders"] as const)("Well-known %s", (table) => {
  const lines: Line[] = [];
  report[table] = lines;

  it.each(tableRows(table))("load with the reference's values, or say why not: $model", async (row) => {
    const status = await statusOfRow(row);
    lines.push({ model: row.model, type: row.type, ...status });
    expect(status.kind === "wrong" ? status.problem : undefined).toBeUndefined();
  });

  it(`load, at least ${LEAST[table]} of them`, () => {
    const loaded = lines.filter(({ kind }) => kind === "ok" || kind === "experimental");
    expect(loaded.length).toBeGreaterThanOrEqual(LEAST[table]);
  });
});
