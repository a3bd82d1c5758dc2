import { createInterface } from "node:readline";

/**
 * The child process of {@link PeerProcess} in Node: answers each line `{ "call": NAME, … }` by the function of that name, or with an error.
 * @param {Readonly<Record<string, (body: object) => unknown>>} answers
 */
export async function answerCalls(answers) {
  const write = process.stdout.write.bind(process.stdout);
  // Output of libraries goes to standard error.
  process.stdout.write = process.stderr.write.bind(process.stderr);
  for await (const line of createInterface({ input: process.stdin })) {
    const { call, ...body } = JSON.parse(line);
    let answer;
    try {
      answer = (await answers[call](body)) ?? {};
    } catch (error) {
      answer = { error: String(error?.message ?? error).slice(0, 1000) };
    }
    write(`${JSON.stringify(answer)}\n`);
  }
}
