import { Node, type SourceFile, SyntaxKind } from "ts-morph";
import type { Finding } from "../../contract/finding.js";

/** Says what to write instead of each reranker that a program runs by hand: with model, tokenizer and sigmoid. */
export function classifiers(file: SourceFile): Finding[] {
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call): Finding[] => {
    const called = call.getExpression();
    const isLoaded =
      Node.isPropertyAccessExpression(called) &&
      called.getName() === "from_pretrained" &&
      called.getExpression().getText().endsWith("AutoModelForSequenceClassification");
    if (!isLoaded) return [];
    const message = `a reranker is \`new HuggingFaceCrossEncoder({ model: ${call.getArguments()[0]?.getText() ?? "id"} })\` of @secondpass/cross-encoders/huggingface here: write \`await model.rank(query, texts)\` for tokenizer, model and sigmoid (guide, chapter 19)`;
    return [{ line: call.getStartLineNumber(), message }];
  });
}
