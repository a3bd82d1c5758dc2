import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(__dirname, "../../..");
const PACKAGES = ["cli", "core", "hf-runtime"];

type FormName = "packed" | "registry";
/** A page, the forms to rewrite it to, one after the other, and the published packages. */
type Job = readonly [page: string, text: string, forms: readonly FormName[], packages?: readonly string[]];

/** The rewritten pages, or the message of the error. Another process rewrites them, because jest's sandbox compiles only TypeScript. */
function rewritten(jobs: readonly Job[]): string[] {
  const program = `
    import { readFileSync } from "node:fs";
    import { rewritePage } from ${JSON.stringify(`file://${join(ROOT, "scripts/install-form/rewrite-page.mjs")}`)};
    const jobs = JSON.parse(readFileSync(0, "utf8"));
    const pages = jobs.map(([page, text, forms, packages]) => {
      const to = (text, name) => rewritePage(page, text, { name, install: name + " section\\n", packages: new Set(packages ?? ${JSON.stringify(PACKAGES)}) });
      try { return forms.reduce(to, text); } catch (error) { return error.message; }
    });
    process.stdout.write(JSON.stringify(pages));`;
  const input = JSON.stringify(jobs);
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8", input }),
  );
}

const NOTE =
  "Not on npm yet: [`npm run pack`](../../README.md#install) in a clone next to your project writes these files.";

describe("the install commands of the documents", () => {
  it("have one form in the whole repository", () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "scripts/install-form.mjs")], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("are found in blocks, fences and lines, and a sentence after the first says where its files come from", () => {
    const page = "packages/core/README.md";
    const indented =
      "# Core\n\n    npm install @secondpass/core @langchain/core\n\n    node a.mjs\n\nThen `npx @secondpass/cli serve`.\n";
    const fenced = "```sh\nX=1 pnpm add @secondpass/core@^0.1.0 # ours: @secondpass/cli\necho\n```\nText\n";
    expect(
      rewritten([
        [page, indented, ["packed"]],
        [page, fenced, ["packed"]],
      ]),
    ).toEqual([
      `# Core\n\n    npm install ../secondpass/packed/core.tgz @langchain/core\n\n    node a.mjs\n\n${NOTE}\n\nThen \`npx ../secondpass/packed/cli.tgz serve\`.\n`,
      `\`\`\`sh\nX=1 pnpm add ../secondpass/packed/core.tgz # ours: @secondpass/cli\necho\n\`\`\`\n\n${NOTE}\nText\n`,
    ]);
  });

  it("have that sentence in the section on installing if the page has one, and in Korean on Korean pages", () => {
    const section = "<!-- install -->\nold\n<!-- /install -->\n\n`npm i @secondpass/core`\n";
    const korean = "설치: `npm i @secondpass/core`\n";
    expect(
      rewritten([
        ["README.md", section, ["packed"]],
        ["docs/ko/a.md", korean, ["packed"]],
      ]),
    ).toEqual([
      "<!-- install -->\npacked section\n<!-- /install -->\n\n`npm i ../secondpass/packed/core.tgz`\n",
      "설치: `npm i ../secondpass/packed/core.tgz`\n\n아직 npm에 없습니다. 프로젝트 옆에 있는 저장소 클론에서 [`npm run pack`](../../README.md#install)을 실행하면 이 파일이 만들어집니다.\n",
    ]);
  });

  it("are not imports, names in sentences or commands of a workspace", () => {
    const page =
      'import a from "@secondpass/core";\n\n`@secondpass/cli` and\n\n    npx pnpm@10 exec turbo run build --filter=@secondpass/cli\n';
    expect(rewritten([["a.md", page, ["packed"]]])).toEqual([page]);
  });

  it("name only packages that exist", () => {
    expect(rewritten([["a.md", "    npm install @secondpass/coar\n", ["packed"]]])).toEqual([
      'a.md: expected a published package in "@secondpass/coar"; there are cli, core, hf-runtime.',
    ]);
  });

  it("are the same after a rewrite to the other form and back, in every document", () => {
    const listed = execFileSync("git", ["ls-files", "README.md", "docs/guide", "packages/*.md"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const pages = listed.split("\n").filter((page) => page.endsWith("README.md") || page.startsWith("docs/"));
    const all = execFileSync("git", ["ls-files", "packages/*/package.json"], { cwd: ROOT, encoding: "utf8" });
    const packages = all.split("\n").map((path) => path.split("/")[1] ?? "");
    const texts = pages.map((page) => readFileSync(join(ROOT, page), "utf8"));
    const through = (forms: FormName[]) =>
      rewritten(pages.map((page, i): Job => [page, texts[i]!, forms, packages]));
    const published = through(["registry"]);
    expect(through(["packed", "registry"])).toEqual(published);
    expect(through(["registry", "packed", "packed"])).toEqual(through(["packed"]));
    const left = published.filter((text) => /secondpass\/packed\/|Not on npm yet/.test(text));
    expect(left).toEqual([]);
  });
});
