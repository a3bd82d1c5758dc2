import { WORDS } from "./make-chunks.mjs";
import { randomNumbers } from "./random-numbers.mjs";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const SYMBOLS = [..." .,?!'-:;()0123456789"].slice(1);

/**
 * Makes a tokenizer.json with the size and kind of a real one, for machines that do not have the real one: the words of the benchmark's texts
 * and, up to the vocabulary's size, made-up ones.
 * @param {"byteLevel" | "unigram" | "wordpiece"} kind
 * @param {number} size of the vocabulary, in tokens
 */
export function makeTokenizer(kind, size) {
  return KINDS[kind](size);
}

const KINDS = { byteLevel: byteLevelTokenizer, unigram: unigramTokenizer, wordpiece: wordPieceTokenizer };

/** A BERT tokenizer.json of `size` tokens. */
function wordPieceTokenizer(size) {
  const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
  const letters = [...LETTERS, ...SYMBOLS].flatMap((letter) => [letter, `##${letter}`]);
  const vocab = fill([...special, ...letters, ...WORDS.filter((_, i) => i % 4 !== 0)], size, (word, i) =>
    i % 3 === 0 ? `##${word}` : word,
  );
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => addedToken(id, content)),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [piece("[CLS]", 0), sequence("A", 0), piece("[SEP]", 0)],
      pair: [piece("[CLS]", 0), sequence("A", 0), piece("[SEP]", 0), sequence("B", 1), piece("[SEP]", 1)],
      special_tokens: specialTokens({ "[CLS]": 2, "[SEP]": 3 }),
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocab.map((token, id) => [token, id])),
    },
  };
}

/** An XLM-RoBERTa tokenizer.json of `size` tokens. */
function unigramTokenizer(size) {
  const special = ["<s>", "<pad>", "</s>", "<unk>"];
  const letters = ["▁", ...LETTERS, ...LETTERS.toUpperCase(), ...SYMBOLS];
  const words = WORDS.filter((_, i) => i % 4 !== 0).map((word) => `▁${word}`);
  const vocab = fill([...special, ...letters, ...words], size - 1, (word, i) =>
    i % 2 === 0 ? `▁${word}` : word,
  );
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [...special.map((content, id) => addedToken(id, content)), addedToken(size - 1, "<mask>")],
    normalizer: { type: "NFKC" },
    pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
    post_processor: {
      type: "TemplateProcessing",
      single: [piece("<s>", 0), sequence("A", 0), piece("</s>", 0)],
      pair: [
        piece("<s>", 0),
        sequence("A", 0),
        piece("</s>", 0),
        piece("</s>", 0),
        sequence("B", 0),
        piece("</s>", 0),
      ],
      special_tokens: specialTokens({ "<s>": 0, "</s>": 2 }),
    },
    decoder: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
    model: {
      type: "Unigram",
      unk_id: 3,
      // The likelier first, as trained; special tokens have no probability.
      vocab: [...vocab, "<mask>"].map((token, id) => [
        token,
        id < special.length ? 0 : -5 - 12 * (id / size),
      ]),
      byte_fallback: false,
    },
  };
}

/** Words of a chat template's text, besides those of the benchmark's. */
const TEMPLATE_WORDS = (
  "system user assistant think Judge whether Document meets requirements based on Query Instruct provided Note answer can only be yes or no Given " +
  "a web search query retrieve relevant passages that"
).split(" ");

/** A Qwen2 tokenizer.json of `size` tokens: words of the texts are a token each, with the space before them or without. */
function byteLevelTokenizer(size) {
  const special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];
  const letters = byteLetters();
  const capital = (word) => word[0].toUpperCase() + word.slice(1);
  const words = [...WORDS.filter((_, i) => i % 4 !== 0), ...TEMPLATE_WORDS].flatMap((word) => [
    word,
    capital(word),
  ]);
  const tokens = new Set(letters);
  const merges = [];
  // A word is merged letter by letter, so that each of its beginnings is a token as well.
  for (const word of [...words.map((one) => `Ġ${one}`), ...words]) {
    for (let end = 2; end <= word.length; end++) {
      if (tokens.has(word.slice(0, end))) continue;
      merges.push([word.slice(0, end - 1), word[end - 1]]);
      tokens.add(word.slice(0, end));
    }
  }
  const all = fill([...tokens], size - special.length, (word, i) => (i % 2 === 0 ? `Ġ${word}` : word));
  const split =
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special.map((content, i) => addedToken(size - special.length + i, content)),
    normalizer: { type: "NFC" },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: split }, behavior: "Isolated", invert: false },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
      ],
    },
    post_processor: { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
    decoder: { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: "",
      end_of_word_suffix: "",
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(all.map((token, id) => [token, id])),
      merges,
    },
  };
}

/** The 256 letters by which byte-level tokenizers write bytes. */
function byteLetters() {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrinted = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCodePoint(isPrinted ? byte : next++);
  });
}

/** The given tokens and made-up ones up to `size`, without duplicates. */
function fill(tokens, size, shape) {
  const random = randomNumbers(7);
  const all = new Set(tokens);
  while (all.size < size) {
    const length = 2 + Math.floor(random() * 7);
    const word = Array.from({ length }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join("");
    all.add(shape(word, all.size));
  }
  return [...all];
}

const piece = (id, type_id) => ({ SpecialToken: { id, type_id } });
const sequence = (id, type_id) => ({ Sequence: { id, type_id } });
const specialTokens = (ids) =>
  Object.fromEntries(
    Object.entries(ids).map(([token, id]) => [token, { id: token, ids: [id], tokens: [token] }]),
  );
const addedToken = (id, content) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});
