/** The package of OpenTelemetry's API, an optional peer. */
export type OpenTelemetry = typeof import("@opentelemetry/api");

/** OpenTelemetry's API; undefined if it is not installed. */
export async function loadOpenTelemetry(): Promise<OpenTelemetry | undefined> {
  try {
    return await import("@opentelemetry/api");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
