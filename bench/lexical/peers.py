"""bm25s and tantivy, as programs that answer one JSON line with one: see run.mjs."""

import json
import os
import sys
import time


def memory():
    with open("/proc/self/status") as status:
        lines = dict(line.split(":", 1) for line in status)
    mib = lambda key: int(lines[key].split()[0]) // 1024
    return {"peakMib": mib("VmHWM"), "residentMib": mib("VmRSS")}


def size_of(place):
    return sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(place) for name in names)


class Bm25s:
    def __init__(self):
        import bm25s

        self.bm25s = bm25s
        try:
            import numba  # noqa: F401

            self.backend = "numba"
        except ImportError:
            self.backend = "numpy"

    def build(self, texts, place):
        begun = time.perf_counter()
        tokens = self.bm25s.tokenize(
            texts, lower=False, token_pattern=r"\S+", stopwords=None, stemmer=None, show_progress=False
        )
        index = self.bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend=self.backend)
        index.index(tokens, show_progress=False)
        took = time.perf_counter() - begun
        index.save(place)
        return took

    def load(self, place):
        self.index = self.bm25s.BM25.load(place)
        self.index.backend = self.backend
        if self.backend == "numba":
            self.index.activate_numba_scorer()

    def search(self, question, k):
        ids, scores = self.index.retrieve([question.split(" ")], k=k, show_progress=False, n_threads=0)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0]) if s > 0]


class Tantivy:
    def __init__(self):
        import tantivy

        self.tantivy = tantivy

    def schema(self):
        builder = self.tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=False, index_option="freq")
        builder.add_integer_field("id", stored=True)
        return builder.build()

    def build(self, texts, place):
        schema = self.schema()
        begun = time.perf_counter()
        index = self.tantivy.Index(schema, path=place)
        writer = index.writer(heap_size=500_000_000, num_threads=1)
        for i, text in enumerate(texts):
            writer.add_document(self.tantivy.Document(body=[text], id=i))
        writer.commit()
        writer.wait_merging_threads()
        return time.perf_counter() - begun

    def load(self, place):
        self.index = self.tantivy.Index(self.schema(), path=place)
        self.searcher = self.index.searcher()

    def search(self, question, k):
        query = self.index.parse_query(question, ["body"])
        hits = self.searcher.search(query, k).hits
        return [(self.searcher.doc(address)["id"][0], score) for score, address in hits]


def answer(engine, body):
    if "build" in body:
        with open(body["build"]) as file:
            texts = file.read().rstrip("\n").split("\n")
        took = engine.build(texts, body["place"])
        return {"buildMs": took * 1000, "bytes": size_of(body["place"]), **memory()}
    if "load" in body:
        begun = time.perf_counter()
        engine.load(body["load"])
        return {"loadMs": (time.perf_counter() - begun) * 1000}
    if "questions" not in body:
        return memory()
    times, found = [], []
    for question in body["questions"]:
        begun = time.perf_counter()
        best = engine.search(question, body["k"])
        times.append((time.perf_counter() - begun) * 1000)
        found.append({"ids": [i for i, _ in best], "scores": [s for _, s in best]})
    return {"times": times, "found": found}


engine = None
for line in sys.stdin:
    body = json.loads(line)
    try:
        engine = engine or {"bm25s": Bm25s, "tantivy": Tantivy}[body["engine"]]()
        answered = answer(engine, body)
    except Exception as error:  # noqa: BLE001
        answered = {"error": repr(error)}
    print(json.dumps(answered), flush=True)
