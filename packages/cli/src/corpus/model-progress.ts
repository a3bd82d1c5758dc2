import type { ProgressEvent } from "@secondpass/hf-runtime";

/** Told how far the download of a model is. @param model as it was named */
export type ModelProgress = (
  model: string,
  event: Extract<ProgressEvent, { readonly kind: "download" }>,
) => void;

/** A model's events, of which downloads are told. */
export function downloadsOf(
  model: string,
  onDownload: ModelProgress | undefined,
): (event: ProgressEvent) => void {
  return (event) => {
    if (event.kind === "download") onDownload?.(model, event);
  };
}
