"""Ranking measures of trec_eval (pytrec_eval) and ranx, tests of scipy and statsmodels, calibration of scikit-learn, for packages/evaluation."""

from __future__ import annotations

import math
import os
import random

import numpy as np
import pytrec_eval
import scipy.stats
from golden import write_golden
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import normal_sample_size_one_tail

# ranx compiles with numba: without this, with all that this machine's processor has.
os.environ.setdefault("NUMBA_CPU_NAME", "generic")
from ranx import Qrels, Run, evaluate  # noqa: E402

SCRIPT = "evaluation.py"
PACKAGE = "packages/evaluation/test/goldens"
CUTS = (1, 3, 5, 10, 100)
# Ids whose order by UTF-8 bytes is not that by UTF-16 units, and others that are numbers.
IDS = [f"d{i}" for i in range(40)] + ["10", "9", "\U0001f600", "\uff21", "é", "e", "Z", "a"]


def trec_names() -> set[str]:
    cut = ",".join(map(str, CUTS))
    return {f"{name}.{cut}" for name in ("ndcg_cut", "map_cut", "P", "recall", "success")} | {"ndcg", "map", "recip_rank"}


def ours(values: dict[str, float]) -> dict[str, float]:
    """trec_eval's names in ours."""
    names = {"ndcg_cut": "ndcg", "map_cut": "map", "P": "precision", "recall": "recall", "success": "hitRate"}
    result = {"ndcg": values["ndcg"], "map": values["map"], "mrr": values["recip_rank"]}
    for theirs, name in names.items():
        for cut in CUTS:
            result[f"{name}@{cut}"] = values[f"{theirs}_{cut}"]
    return result


def trec_cases() -> list[dict]:
    rng = random.Random(20)
    cases = []
    for number in range(40):
        level = 1 if number < 30 else 2
        ties = number % 3
        qrels, run = {}, {}
        for query in range(5):
            judged = rng.sample(IDS, rng.randrange(1, 20))
            grades = {document: rng.choice([-1, 0, 0, 1, 1, 2, 3]) for document in judged}
            if query == 3 and number % 2 == 0:
                grades = {document: min(grade, 0) for document, grade in grades.items()}
            qrels[f"q{query}"] = grades
            if query == 4 and number % 4 == 0:
                continue
            found = rng.sample(IDS, rng.randrange(1, 48))
            # Coarse scores tie; scores that differ beyond float32 alone tie for trec_eval, too.
            scores = [[rng.random(), rng.randrange(4) / 4, 0.5 + rng.randrange(3) * 1e-12][ties] for _ in found]
            run[f"q{query}"] = dict(zip(found, scores, strict=True))
        run["unjudged"] = {"d1": 1.0}
        evaluator = pytrec_eval.RelevanceEvaluator(qrels, trec_names(), relevance_level=level)
        found = evaluator.evaluate(run)
        expected = {query: ours(values) for query, values in sorted(found.items())}
        cases.append({"relevanceLevel": level, "qrels": qrels, "run": run, "expected": expected})
    return cases


def ranx_cases() -> list[dict]:
    rng = random.Random(21)
    cases = []
    for _ in range(20):
        qrels = {f"q{q}": {d: rng.randrange(1, 5) for d in rng.sample(IDS[:40], rng.randrange(1, 15))} for q in range(4)}
        run = {f"q{q}": {d: rng.random() for d in rng.sample(IDS[:40], rng.randrange(12, 40))} for q in range(4)}
        names = {"ndcgExp@10": "ndcg_burges@10", "ndcg@10": "ndcg@10", "mrr@10": "mrr@10", "mrr@3": "mrr@3", "map@10": "map@10"}
        names |= {"precision@5": "precision@5", "recall@10": "recall@10", "hitRate@3": "hit_rate@3"}
        expected = {}
        for name, theirs in names.items():
            values = evaluate(Qrels(qrels), Run(run), theirs, return_mean=False)
            expected[name] = [float(value) for value in values]
        cases.append({"qrels": qrels, "run": run, "expected": expected})
    return cases


def statistics() -> dict:
    rng = np.random.default_rng(22)
    tests = []
    for number in range(12):
        count = [2, 5, 8, 12, 3, 10][number % 6]
        a = rng.random(count).round(2)
        b = rng.random(count).round(2)
        if number >= 6:
            a, b = a.round(0), b.round(0)
        result = scipy.stats.permutation_test(
            (a, b), lambda x, y, axis: np.mean(x - y, axis=axis), permutation_type="samples", vectorized=True, n_resamples=np.inf
        )
        # scipy doubles the smaller tail; for two signs of each value that is the share of |sum|.
        tests.append({"a": a.tolist(), "b": b.tolist(), "pValue": float(result.pvalue)})
    corrections = []
    for count in (1, 2, 5, 9):
        p_values = (rng.random(count) ** 3).tolist()
        corrections.append({"pValues": p_values, "adjusted": multipletests(p_values, method="holm")[1].tolist()})
    needed = []
    for _ in range(6):
        a, b = rng.random(15), rng.random(15) * 0.9
        difference = a - b
        size = normal_sample_size_one_tail(abs(float(difference.mean())), 0.8, 0.025, std_null=float(difference.std(ddof=1)))
        needed.append({"a": a.tolist(), "b": b.tolist(), "queries": math.ceil(float(size))})
    bootstrap = []
    for count in (6, 30):
        a, b = rng.random(count), rng.random(count)
        difference = a - b
        result = scipy.stats.bootstrap((difference,), np.mean, n_resamples=200_000, method="percentile", rng=np.random.default_rng(1))
        low, high = result.confidence_interval
        bootstrap.append({"a": a.tolist(), "b": b.tolist(), "low": float(low), "high": float(high), "error": float(result.standard_error)})
    return {"randomizationTests": tests, "holmCorrections": corrections, "queriesNeeded": needed, "bootstraps": bootstrap}


def platt(scores: np.ndarray, relevant: np.ndarray) -> LogisticRegression:
    """Platt's smoothed targets as weights of a logistic regression without penalty, to the last bit of its optimum."""
    positives, negatives = int(relevant.sum()), int((~relevant).sum())
    targets = np.where(relevant, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    features = np.concatenate([scores, scores]).reshape(-1, 1)
    labels = np.concatenate([np.ones(len(scores)), np.zeros(len(scores))])
    weights = np.concatenate([targets, 1 - targets])
    model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-13, max_iter=1000)
    return model.fit(features, labels, sample_weight=weights)


def calibration_cases() -> list[dict]:
    rng = np.random.default_rng(23)
    cases = []
    for number in range(12):
        count = [6, 20, 60, 200][number % 4]
        scores = rng.normal(0, 4, count)
        if number % 3 == 1:
            scores = scores.round(0)
        relevant = rng.random(count) < 1 / (1 + np.exp(-(scores - 1)))
        if number == 5:
            relevant = scores > 0
        relevant[0], relevant[1] = True, False
        if number == 5:
            scores[0], scores[1] = 3.5, -3.5
        probes = np.concatenate([rng.normal(0, 6, 12), scores[:5], [-1e6, 1e6]])
        isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, relevant.astype(float))
        sigmoid = platt(scores, relevant)
        probabilities = 1 / (1 + np.exp(-(scores * sigmoid.coef_[0, 0] + sigmoid.intercept_[0])))
        share, stated = calibration_curve(relevant, probabilities, n_bins=10, strategy="uniform")
        bins = np.clip(np.searchsorted(np.linspace(0, 1, 11)[1:-1], probabilities), 0, 9)
        counts = np.bincount(bins, minlength=10)
        error = float(sum(n * abs(s - p) for n, s, p in zip(counts[counts > 0], share, stated, strict=True)) / count)
        cases.append(
            {
                "scores": scores.tolist(),
                "relevant": relevant.tolist(),
                "probes": probes.tolist(),
                "isotonic": isotonic.predict(probes).tolist(),
                "slope": float(sigmoid.coef_[0, 0]),
                "intercept": float(sigmoid.intercept_[0]),
                "platt": sigmoid.predict_proba(probes.reshape(-1, 1))[:, 1].tolist(),
                "probabilities": probabilities.tolist(),
                "brier": float(brier_score_loss(relevant, probabilities)),
                "calibrationError": error,
                "bins": [{"stated": float(p), "share": float(s)} for p, s in zip(stated, share, strict=True)],
                "auc": float(roc_auc_score(relevant, scores)),
            }
        )
    return cases


def main() -> None:
    write_golden(f"{PACKAGE}/trec-eval.json", SCRIPT, ["pytrec_eval-terrier"], trec_cases())
    write_golden(f"{PACKAGE}/ranx.json", SCRIPT, ["ranx"], ranx_cases())
    write_golden(f"{PACKAGE}/statistics.json", SCRIPT, ["scipy", "statsmodels"], statistics())
    write_golden(f"{PACKAGE}/calibration.json", SCRIPT, ["scikit-learn"], calibration_cases())


if __name__ == "__main__":
    main()
