/** Settings of one question. */
export interface Settings {
  readonly mode: "hybrid" | "dense" | "lexical";
  /** Candidates of the first pass. */
  readonly k: number;
  /** Passages of the second pass at most. */
  readonly topN: number;
  /** Minimum score; undefined for none. */
  readonly threshold: number | undefined;
  /** How much the order of the first pass counts, compared with the reranker's, 0 to 1. */
  readonly blend: number;
  /** Name of a reranker, "" for none; undefined for the default one. */
  readonly model: string | undefined;
}

/** State in a link. It never contains the access token. */
export interface LinkState {
  readonly question: string;
  /** Id of a collection; undefined for the first. */
  readonly collection: string | undefined;
  readonly settings: Settings;
  /** Settings of the other side of a comparison; undefined if nothing is compared. */
  readonly other: Settings | undefined;
}

export const DEFAULTS: Settings = {
  mode: "hybrid",
  k: 20,
  topN: 3,
  threshold: undefined,
  blend: 0.5,
  model: undefined,
};

/** Bounds of the sliders. */
export const BOUNDS = { k: [1, 100], topN: [1, 20] } as const;

const MODES: readonly unknown[] = ["hybrid", "dense", "lexical"];

const MODE_NAMES = { hybrid: "Both", dense: "Meaning", lexical: "Words" } as const;

/** Writes settings on one line. @param models rerankers, the default first */
export function settingsInWords(
  { mode, k, topN, threshold, model }: Settings,
  models: readonly string[],
): string {
  const reranker = model ?? models[0] ?? "";
  const parts = [MODE_NAMES[mode], `${k} → ${topN}`, reranker === "" ? "no reranker" : reranker];
  return [...parts, ...(threshold === undefined ? [] : [`≥ ${Number(threshold.toPrecision(3))}`])].join(
    " · ",
  );
}

/** Writes a weight of the first pass's order in words. */
export function blendInWords(weight: number): string {
  if (weight === 0) return "off";
  return weight === 1 ? "first pass alone" : `${Math.round(weight * 100)}% first pass`;
}

/** Writes a state as a query string, without defaults; "" for the initial state. */
export function linkOf({ question, collection, settings, other }: LinkState): string {
  const parameters = new URLSearchParams();
  if (question !== "") parameters.set("q", question);
  if (collection !== undefined) parameters.set("in", collection);
  write(parameters, "", settings);
  if (other !== undefined) {
    parameters.set("compare", "1");
    write(parameters, "b.", other);
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

/** Reads the state from a query string. Missing or invalid values get their defaults. */
export function readLink(query: string): LinkState {
  const parameters = new URLSearchParams(query);
  return {
    question: parameters.get("q")?.trim() ?? "",
    collection: parameters.get("in") || undefined,
    settings: read(parameters, ""),
    other: parameters.get("compare") === "1" ? read(parameters, "b.") : undefined,
  };
}

function write(parameters: URLSearchParams, prefix: string, settings: Settings): void {
  for (const name of Object.keys(DEFAULTS) as (keyof Settings)[]) {
    const value = settings[name];
    if (value !== DEFAULTS[name] && value !== undefined) parameters.set(prefix + name, String(value));
  }
}

function read(parameters: URLSearchParams, prefix: string): Settings {
  const get = (name: keyof Settings) => parameters.get(prefix + name) ?? undefined;
  const mode = get("mode");
  const threshold = get("threshold");
  const k = whole(get("k"), BOUNDS.k, DEFAULTS.k);
  return {
    mode: MODES.includes(mode) ? (mode as Settings["mode"]) : DEFAULTS.mode,
    k,
    topN: Math.min(k, whole(get("topN"), BOUNDS.topN, DEFAULTS.topN)),
    threshold: threshold?.trim() && Number.isFinite(Number(threshold)) ? Number(threshold) : undefined,
    blend: share(get("blend"), DEFAULTS.blend),
    model: get("model"),
  };
}

/** Reads a weight. "false" is from old links, in which blending was on or off. */
function share(text: string | undefined, fallback: number): number {
  const value = text === "false" ? 0 : Number(text?.trim() || Number.NaN);
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : fallback;
}

function whole(text: string | undefined, [min, max]: readonly [number, number], fallback: number): number {
  const value = Number(text);
  if (text === undefined || !Number.isInteger(value)) return fallback;
  return Math.min(max, Math.max(min, value));
}
