import { useId } from "preact/hooks";
import { type Scale, shownScore } from "../scale.js";
import { BOUNDS, blendInWords, type Settings } from "../settings.js";
import { Slider } from "./slider.js";

const MODES = [
  ["hybrid", "Both", "Words and meaning find candidates"],
  ["dense", "Meaning", "Vectors of the embedding model find candidates"],
  ["lexical", "Words", "BM25 finds candidates"],
] as const;

/** The settings of a question: first pass, then second. */
export function SettingsBar({
  name,
  settings,
  models,
  scale,
  onChange,
}: {
  /** Name of the side in a comparison; undefined if nothing is compared. */
  readonly name?: string | undefined;
  readonly settings: Settings;
  /** Rerankers, the default first. */
  readonly models: readonly string[];
  /** Scale of the reranker's scores. */
  readonly scale: Scale;
  readonly onChange: (settings: Settings) => void;
}) {
  const id = useId();
  const { mode, k, topN, threshold, blend, model = models[0] ?? "" } = settings;
  const change = (part: Partial<Settings>) => onChange({ ...settings, ...part });
  const isReranked = model !== "";
  // One step below the scale stands for "none".
  const step = (scale.max - scale.min) / 100;
  return (
    <fieldset class="settings" aria-label={name === undefined ? "Settings" : `Settings of side ${name}`}>
      {name !== undefined && (
        <span class="side-name" aria-hidden="true">
          {name}
        </span>
      )}
      <div class="control" role="radiogroup" aria-labelledby={`${id}-mode`}>
        <span class="label" id={`${id}-mode`}>
          First pass
        </span>
        <div class="segments">
          {MODES.map(([value, label, hint]) => (
            <label key={value} title={hint} class={value === mode ? "chosen" : ""}>
              <input
                type="radio"
                name={`${id}-mode`}
                value={value}
                checked={value === mode}
                onChange={() => change({ mode: value })}
              />
              {label}
            </label>
          ))}
        </div>
      </div>
      <Slider
        label="Candidates"
        hint="k: passages that the first pass proposes"
        value={k}
        min={BOUNDS.k[0]}
        max={BOUNDS.k[1]}
        onInput={(value) => change({ k: value, topN: Math.min(topN, value) })}
      />
      <div class="control">
        <label for={`${id}-model`}>Second pass</label>
        <select
          id={`${id}-model`}
          value={model}
          onChange={({ currentTarget }) => change({ model: currentTarget.value, threshold: undefined })}
        >
          {models.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
          <option value="">none</option>
        </select>
      </div>
      <Slider
        label="Best"
        hint="topN: passages that are shown at most"
        value={topN}
        min={BOUNDS.topN[0]}
        max={Math.min(k, BOUNDS.topN[1])}
        onInput={(value) => change({ topN: value })}
      />
      <Slider
        label="Threshold"
        hint="Least score of the reranker, on its scale"
        value={threshold ?? scale.min - step}
        min={scale.min - step}
        max={scale.max}
        step={step}
        shown={threshold === undefined ? "none" : shownScore(threshold)}
        disabled={!isReranked}
        onInput={(value) => change({ threshold: value < scale.min - step / 2 ? undefined : value })}
      />
      <Slider
        label="Blend"
        hint="How much the order of the first pass counts, compared with the reranker's"
        value={blend}
        min={0}
        max={1}
        step={0.05}
        shown={blendInWords(blend)}
        disabled={!isReranked}
        onInput={(value) => change({ blend: value })}
      />
    </fieldset>
  );
}
