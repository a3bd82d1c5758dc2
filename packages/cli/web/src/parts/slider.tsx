import { useId } from "preact/hooks";

/** A slider with its value as text. */
export function Slider({
  label,
  hint,
  value,
  min,
  max,
  step = 1,
  shown = String(value),
  disabled = false,
  onInput,
}: {
  readonly label: string;
  /** Explanation, shown as a tooltip. */
  readonly hint: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly shown?: string;
  readonly disabled?: boolean;
  readonly onInput: (value: number) => void;
}) {
  const id = useId();
  return (
    <div class="control slider" title={hint}>
      <label for={id}>
        {label} <output for={id}>{shown}</output>
      </label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={shown}
        onInput={({ currentTarget }) => onInput(currentTarget.valueAsNumber)}
      />
    </div>
  );
}
