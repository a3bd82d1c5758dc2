import { checkNumber, checkObject, checkOneOf, checkText } from "@secondpass/core";
import type { ProgressEvent } from "../contracts/load-options.js";
import { DownloadLine } from "./download-line.js";

/** Downloads of at least this size are shown by default, in bytes. */
const SHOWN_BY_DEFAULT = 20e6;

let line: DownloadLine | undefined;

/**
 * Shows the progress of downloads on standard error; a value for `onProgress`. On a terminal it is one line that is redrawn; elsewhere one line at the beginning,
 * every ten seconds and at the end of each file. Without an `onProgress`, downloads of 20 MB and more are shown in this way on a terminal; `onProgress: false` turns
 * that off.
 *
 * @throws InvalidOptionError if the argument is not a progress event
 *
 * @example
 * const encoder = await loadEncoder({ model: "BAAI/bge-small-en-v1.5", onProgress: showProgress });
 */
export function showProgress(event: ProgressEvent): void {
  checkObject("event", event, "an event of a load");
  checkOneOf("event.kind", event.kind, ["download", "load"]);
  if (event.kind === "load") return;
  const { file, loadedBytes, totalBytes } = event;
  checkText(file, "event.file");
  checkNumber("event.loadedBytes", loadedBytes);
  if (totalBytes !== undefined) checkNumber("event.totalBytes", totalBytes);
  line ??= new DownloadLine(process.stderr);
  line.show(event);
}

/** The progress callback that belongs to the caller's `onProgress` option. */
export function progressOf(
  onProgress: ((event: ProgressEvent) => void) | false | undefined,
): ((event: ProgressEvent) => void) | undefined {
  if (onProgress !== undefined) return onProgress || undefined;
  return process.stderr.isTTY ? showLargeDownloads : undefined;
}

function showLargeDownloads(event: ProgressEvent): void {
  if (event.kind === "download" && (event.totalBytes ?? 0) >= SHOWN_BY_DEFAULT) showProgress(event);
}
