import { StoreFileError } from "../../errors/store-file-error.js";
import { byteCodec } from "../../io/byte-codec.js";
import { type ByteWindow, OutOfBytes } from "../../io/byte-window.js";

/**
 * Maximum depth of JSON. Metadata has up to 100 levels, each of which takes up to three in typed JSON; deeper values could
 * overflow the stack of JSON.parse.
 */
const MAX_DEPTH = 1000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACES = new Set([0x20, 0x0a, 0x0d, 0x09]);
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;
/** Characters that end a number, `true`, `false` or `null`, including comma, colon and brackets. */
const DELIMITERS = new Set([0x2c, 0x3a, CLOSE_ARRAY, CLOSE_OBJECT, ...SPACES]);

/**
 * Reads JSON that is too large for one string: the caller walks through the outer arrays and objects, and
 * reads the small values inside whole.
 */
export class JsonScanner {
  constructor(
    private readonly window: ByteWindow,
    /** The file's path, for errors. */
    private readonly path: string,
  ) {}

  /** The next byte that is not a space, without consuming it; -1 at the end. */
  async peek(): Promise<number> {
    for (;;) {
      if (!this.window.has(1)) {
        if (this.window.remaining === 0) return -1;
        await this.window.fill(1);
      }
      const byte = this.window.bytes[this.window.start]!;
      if (!SPACES.has(byte)) return byte;
      this.window.start++;
    }
  }

  /** Consumes `character` if it is next. */
  async accept(character: string): Promise<boolean> {
    if ((await this.peek()) !== character.charCodeAt(0)) return false;
    this.window.start++;
    return true;
  }

  /** Consumes `character`. @throws StoreFileError if another one is next */
  async expect(character: string): Promise<void> {
    if (!(await this.accept(character))) throw this.error(`expected "${character}"`);
  }

  /** Consumes one whole value, which must fit in memory. @throws StoreFileError */
  async value(): Promise<unknown> {
    if ((await this.peek()) < 0) throw this.error("expected a value");
    const length = await this.#extent();
    const { bytes, start } = this.window;
    const text = byteCodec.decodeUtf8(bytes, start, start + length);
    // Only invalid bytes, or a replacement character itself, decode to one.
    if (text.includes("\ufffd") && !byteCodec.isUtf8(bytes.subarray(start, start + length))) {
      throw this.error("its text is not UTF-8");
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw this.error(`it is not JSON (${(error as Error).message})`, { cause: error });
    }
    this.window.start += length;
    return value;
  }

  /** An error that names the scanner's position. */
  error(reason: string, options?: ErrorOptions): StoreFileError {
    return new StoreFileError(this.path, `${reason} at byte ${this.window.position}.`, options);
  }

  /** Length of the next value in bytes; waits until all of them are available. */
  async #extent(): Promise<number> {
    let depth = 0;
    let inText = false;
    for (let at = 0; ; ) {
      const { bytes, start, end } = this.window;
      for (; start + at < end; at++) {
        const byte = bytes[start + at]!;
        if (inText) {
          if (byte === BACKSLASH) at++;
          else if (byte === QUOTE) {
            inText = false;
            if (depth === 0) return at + 1;
          }
        } else if (byte === QUOTE) {
          inText = true;
        } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
          if (++depth > MAX_DEPTH) throw this.error(`it is nested deeper than ${MAX_DEPTH} levels`);
        } else if (depth === 0) {
          if (DELIMITERS.has(byte)) return at;
        } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
          if (--depth === 0) return at + 1;
        }
      }
      if (!(await this.#more(at))) {
        if (depth === 0 && !inText) return this.window.end - this.window.start;
        throw this.error("it ends too early");
      }
    }
  }

  /** Fills the window with more than `held` bytes, doubling it; false at the end of the file. */
  async #more(held: number): Promise<boolean> {
    const { remaining } = this.window;
    if (held >= remaining) return false;
    try {
      await this.window.fill(Math.min(remaining, Math.max(held + 1, held * 2)));
    } catch (error) {
      if (error instanceof OutOfBytes) return false;
      throw error;
    }
    return true;
  }
}
