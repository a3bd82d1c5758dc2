import { getEnvironmentVariable } from "@langchain/core/utils/env";
import { checkApiKey } from "./request-headers.js";

/** Variables in which the makers' own clients look for their keys, by host. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  "api.cohere.com": ["COHERE_API_KEY", "CO_API_KEY"],
  "api.jina.ai": ["JINA_API_KEY"],
  "api.voyageai.com": ["VOYAGE_API_KEY"],
  "api.mixedbread.com": ["MXBAI_API_KEY"],
};

/**
 * The key for a maker's own address from the environment. A key never goes to another host, nor over plain HTTP.
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
