// Run by npx: prints the PATH that npx made. Its first folder has the pnpm that npx installed.
process.stdout.write(process.env.PATH ?? process.env.Path ?? "");
