import type { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";

/** Temporary statuses of a container; the SDK only sees SageMaker's 424. */
const CONTAINER_NOT_NOW = [429, 503];
/** SageMaker's InternalDependencyException; the SDK only retries 500, 502, 503 and 504. */
const INTERNAL_DEPENDENCY = 530;

/** The fields of an AWS error that tell whether another attempt may succeed. */
interface AwsError extends Error {
  readonly OriginalStatusCode?: number;
  readonly $metadata?: { readonly httpStatusCode?: number };
  $retryable?: { throttling: boolean };
}

/**
 * Makes the SDK also retry errors that it treats as final: a ModelError whose container returned 429 or 503, and 530.
 * The middleware is in the retry loop of this one command, so a client of the user is not changed.
 */
export function markRetryable(command: InvokeEndpointCommand): InvokeEndpointCommand {
  command.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (isAwsError(error)) {
          const container = error.OriginalStatusCode ?? 0;
          if (CONTAINER_NOT_NOW.includes(container)) error.$retryable = { throttling: container === 429 };
          else if (error.$metadata?.httpStatusCode === INTERNAL_DEPENDENCY)
            error.$retryable = { throttling: false };
        }
        throw error;
      }
    },
    { name: "secondpassMarkRetryable", step: "finalizeRequest", priority: "low" },
  );
  return command;
}

function isAwsError(error: unknown): error is AwsError {
  return error instanceof Error && "$metadata" in error;
}
