/** The text that `--help` prints. */
export const HELP = `Usage: npm run demo -- [query] [options]

Loads texts, cuts them, finds chunks by words and meaning, and lets a cross-encoder put the best first.
Without options: this project's own guide, with the two mini models, offline.

  --file PATH…         text or Markdown files to search (may be repeated)
  --dir PATH           a folder of text and Markdown files
  --encoding NAME      of the files, such as windows-1252 or cp949 (by the byte order mark, else UTF-8)
  --chunk-size N       longest chunk in characters (500)
  --chunk-overlap N    characters that neighbouring chunks share (100)
  --dense              find chunks only by meaning
  --lexical            find chunks only by words
  --k N                candidates of the first pass (20)
  --no-rerank          no second pass: print the first pass's order
  --top-n N            documents that the second pass keeps (3)
  --preset NAME        mini (default); notebook: State of the Union, msmarco-distilbert-dot-v5, bge-reranker-base;
                       or korean: the beginning of Korea's constitution, offline, only by words unless models are given
  --embeddings MODEL   hub id or folder of an embedding model
  --reranker MODEL     hub id or folder of a cross-encoder
  --sagemaker NAME     score on this SageMaker endpoint instead of a local cross-encoder
  --index DIR          save the index there, and reuse it afterwards
  --force              replace any contents of --index DIR
  --json               one JSON document instead of text
  --quiet              print only results
  --web                a page that shows both passes, over the same texts or --file, --dir; with --port N, --no-open
  --help
`;
