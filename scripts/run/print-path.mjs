// Run by npx: prints the PATH that npx made, whose first folder holds the pnpm it was asked for.
process.stdout.write(process.env.PATH ?? process.env.Path ?? "");
