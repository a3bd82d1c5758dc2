/** Waits until all are open. If one fails, disposes the others and then throws its error. */
export async function openAll<Opened extends { dispose(): Promise<void> }>(
  opening: readonly Promise<Opened>[],
): Promise<readonly Opened[]> {
  try {
    return await Promise.all(opening);
  } catch (error) {
    const settled = await Promise.allSettled(opening);
    await Promise.all(settled.map((one) => (one.status === "fulfilled" ? one.value.dispose() : undefined)));
    throw error;
  }
}
