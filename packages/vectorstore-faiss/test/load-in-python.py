"""Loads a store that was saved for Python, as LangChain's users do, and prints what a search finds."""

import json
import sys

from langchain_community.vectorstores import FAISS
from langchain_core.embeddings import DeterministicFakeEmbedding

folder, vector = sys.argv[1], json.loads(sys.argv[2])
store = FAISS.load_local(folder, DeterministicFakeEmbedding(size=len(vector)), allow_dangerous_deserialization=True)
found = store.similarity_search_with_score_by_vector(vector, k=3)
print(json.dumps([[document.id, document.page_content, document.metadata, float(score)] for document, score in found]))
