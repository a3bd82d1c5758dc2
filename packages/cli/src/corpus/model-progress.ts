import type { ProgressEvent } from "@secondpass/hf-runtime";

/** Called with the progress of a model's download. @param model the name that the user gave */
export type ModelProgress = (
  model: string,
  event: Extract<ProgressEvent, { readonly kind: "download" }>,
) => void;

/** Returns a listener of a model's events that passes on the downloads. */
export function downloadsOf(
  model: string,
  onDownload: ModelProgress | undefined,
): (event: ProgressEvent) => void {
  return (event) => {
    if (event.kind === "download") onDownload?.(model, event);
  };
}
