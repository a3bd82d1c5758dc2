import { checkBoolean, checkOneOf, InvalidOptionError } from "@secondpass/core";
import type { HttpCrossEncoderOptions } from "./http-cross-encoder-options.js";
import type { HttpProtocol } from "./protocols/http-protocol.js";
import { type HttpProtocolName, httpProtocols } from "./protocols/http-protocols.js";

const NAMES = Object.keys(httpProtocols) as HttpProtocolName[];
/** Protocols whose servers can return logits. */
const RAW_SCORES: readonly HttpProtocolName[] = ["tei", "tei-predict", "vllm", "vllm-score", "infinity"];

/**
 * Returns the protocol of the options, and checks the options that it depends on.
 * @throws {InvalidOptionError} if one of them is invalid
 */
export function readProtocol(
  options: Pick<HttpCrossEncoderOptions, "protocol" | "path" | "rawScores">,
): HttpProtocol {
  const { protocol, path, rawScores } = options;
  if (path !== undefined && typeof path !== "string") throw new InvalidOptionError("path", "a string", path);
  if (rawScores !== undefined) checkBoolean("rawScores", rawScores);
  if (typeof protocol === "object" && protocol !== null) {
    if (rawScores) throw new InvalidOptionError("rawScores", "left out for a custom protocol", true);
    return checkProtocol(protocol, path);
  }
  const name = checkOneOf("protocol", protocol, NAMES);
  if (rawScores && !RAW_SCORES.includes(name)) {
    throw new InvalidOptionError("rawScores", `left out for protocol "${name}", which has none`, true);
  }
  return httpProtocols[name]({ rawScores });
}

/** @param path the option, which may replace the protocol's path */
function checkProtocol(protocol: HttpProtocol, path: string | undefined): HttpProtocol {
  const { transformInput, transformOutput, contentType, accepts } = protocol;
  const isHandler =
    typeof transformInput === "function" &&
    typeof transformOutput === "function" &&
    typeof contentType === "string" &&
    typeof accepts === "string";
  if (!isHandler || typeof (path ?? protocol.path) !== "string") {
    throw new InvalidOptionError(
      "protocol",
      "a name, or an object with path, contentType, accepts, transformInput and transformOutput",
      protocol,
    );
  }
  return protocol;
}
