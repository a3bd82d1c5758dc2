export async function main(argv: string[]): Promise<number> {
  const { runServer } = await import("./run-server.js");
  await runServer({ model: argv[2] });
  return 0;
}
