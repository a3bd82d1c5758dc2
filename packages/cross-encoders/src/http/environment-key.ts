import { getEnvironmentVariable } from "@langchain/core/utils/env";
import { checkApiKey } from "./request-headers.js";

/** Environment variables in which the vendors' own clients look for their keys, by host. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  "api.cohere.com": ["COHERE_API_KEY", "CO_API_KEY"],
  "api.jina.ai": ["JINA_API_KEY"],
  "api.voyageai.com": ["VOYAGE_API_KEY"],
  "api.mixedbread.com": ["MXBAI_API_KEY"],
};

/**
 * Reads the key for a vendor's own address from the environment. A key is never sent to another host, nor over plain HTTP.
 * @throws {InvalidOptionError} names the variable if its value is not a key
 */
export function environmentKey({ protocol, host }: URL): string | undefined {
  if (protocol !== "https:" || !Object.hasOwn(VARIABLES, host)) return undefined;
  for (const name of VARIABLES[host] as readonly string[]) {
    const key = getEnvironmentVariable(name);
    if (key) return checkApiKey(key, name);
  }
  return undefined;
}
