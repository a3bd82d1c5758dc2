/** The body of a response of any `fetch`. */
interface BodyOwner {
  readonly body: unknown;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The part of a body that was read. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  /** Whether it is the complete body. */
  readonly isWhole: boolean;
}

/** Reads at most `maxBytes` of a body and cancels the rest. */
export async function readBody(response: BodyOwner, maxBytes: number): Promise<ReadBody> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of piecesOf(response)) {
    pieces.push(piece);
    length += piece.byteLength;
    if (length > maxBytes) break;
  }
  return { bytes: joined(pieces, Math.min(length, maxBytes)), isWhole: length <= maxBytes };
}

/** Cancels the stream if its reader stops early, so that the connection is closed or freed. */
async function* piecesOf(response: BodyOwner): AsyncGenerator<Uint8Array> {
  if (!isWebStream(response.body)) {
    // No body, or a replacement of fetch with other streams than the web's.
    yield new Uint8Array(await response.arrayBuffer());
    return;
  }
  const reader = response.body.getReader();
  let isDone = false;
  try {
    while (true) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      yield value;
    }
  } finally {
    // Errors of the cancellation do not matter: the response is dropped.
    if (!isDone) await reader.cancel().catch(() => undefined);
  }
}

function isWebStream(body: unknown): body is ReadableStream<Uint8Array> {
  return typeof (body as ReadableStream | null)?.getReader === "function";
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (only?.byteLength === length) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece.subarray(0, length - at), at);
    at += Math.min(piece.byteLength, length - at);
  }
  return whole;
}
