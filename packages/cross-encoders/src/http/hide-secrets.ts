import { CrossEncoderError } from "../errors/cross-encoder-error.js";

/** Replaces the secrets in a text. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, "[hidden]"), text);
}

/** Returns the cause of an error unchanged, or only its message if it or its own cause contains a secret. */
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
