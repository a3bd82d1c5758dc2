import { pad } from "./pad.js";

/** A UTC offset in seconds as `+05:30`, with seconds when there are any. */
export function offsetText(offset: number): string {
  const seconds = Math.abs(Math.trunc(offset));
  const tail = seconds % 60 === 0 ? "" : `:${pad(seconds % 60)}`;
  return `${offset < 0 ? "-" : "+"}${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}${tail}`;
}
