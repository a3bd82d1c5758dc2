import { CrossEncoderError } from "../errors/cross-encoder-error.js";

/** A text in which the secrets are replaced. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, "[hidden]"), text);
}

/** What another error was caused by: as it is, or its message alone if there is a secret in it or in what caused it. */
export function hideSecretsOfCause(cause: unknown, secrets: readonly string[]): unknown {
  let each = cause;
  for (let depth = 0; depth < 4 && each instanceof Error; depth += 1) {
    if (hideSecrets(each.message, secrets) !== each.message) {
      return new CrossEncoderError(hideSecrets((cause as Error).message, secrets));
    }
    each = each.cause;
  }
  return cause;
}
