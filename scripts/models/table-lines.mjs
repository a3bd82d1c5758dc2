/** Statuses of a row that loads. "experimental": its code is only on the hub, and was rewritten here from published facts. */
const LOADED = ["ok", "experimental"];

/** Longest reason that is printed, in characters; --json has the whole text. */
const LONGEST_REASON = 140;

/**
 * The lines of a report: each row with its status, those of unknown configuration after the others, and a summary.
 * @param {Record<string, { model: string, type: string, kind: string, error?: string, problem?: string }[]>} report
 * @returns {string[]}
 */
export function tableLines(report) {
  const sections = Object.entries(report).flatMap(([table, rows]) => {
    const known = rows.filter(({ kind }) => kind !== "configuration unknown");
    const unknown = rows.filter(({ kind }) => kind === "configuration unknown");
    return [
      `${table}`,
      ...known.map(line),
      ...(unknown.length > 0 ? ["  of unknown configuration:", ...unknown.map(line)] : []),
      "",
    ];
  });
  const counts = Object.entries(report).map(([table, rows]) => {
    const loaded = rows.filter(({ kind }) => LOADED.includes(kind)).length;
    const experimental = rows.filter(({ kind }) => kind === "experimental").length;
    return `${loaded} of ${rows.length} ${table} (${experimental} of them experimental)`;
  });
  return [...sections, `${counts.join(", ")} load.`];
}

function line({ model, type, kind, error, problem }) {
  const reason = error ?? problem ?? "";
  const shown = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
  return `  ${kind.padEnd(12)} ${model} [${type}]${shown === "" ? "" : `: ${shown}`}`;
}
