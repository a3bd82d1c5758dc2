import { checkNumber, checkObject, checkOneOf, checkText } from "@secondpass/core";
import type { ProgressEvent } from "../contracts/load-options.js";
import { DownloadLine } from "./download-line.js";

/** Downloads from this size on are shown without being asked for, in bytes. */
const SHOWN_BY_DEFAULT = 20e6;

let line: DownloadLine | undefined;

/**
 * Shows how far downloads are, on standard error: one line that is drawn again on a terminal; elsewhere a line at the beginning, every ten seconds and at the end of
 * each file. For `onProgress`. Without an `onProgress`, downloads of 20 MB and more are shown in this way on a terminal; `onProgress: false` turns that off.
 *
 * @throws InvalidOptionError if it is called with something else than an event
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

/** Who is told of a load, by what its caller said of it. */
export function progressOf(
  onProgress: ((event: ProgressEvent) => void) | false | undefined,
): ((event: ProgressEvent) => void) | undefined {
  if (onProgress !== undefined) return onProgress || undefined;
  return process.stderr.isTTY ? showLargeDownloads : undefined;
}

function showLargeDownloads(event: ProgressEvent): void {
  if (event.kind === "download" && (event.totalBytes ?? 0) >= SHOWN_BY_DEFAULT) showProgress(event);
}
