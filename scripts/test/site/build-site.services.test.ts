import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it, jest } from "@jest/globals";

// 55 s on two quiet cores.
jest.setTimeout(300_000);

const ROOT = join(__dirname, "../../..");
const SITE = join(ROOT, "docs/site");
const built = (path: string) => readFileSync(join(SITE, "out", path), "utf8");

/** Output of a program that imports the site's own modules. */
function print(module: string, program: string) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", `${program}`],
    { cwd: SITE, encoding: "utf8", env: { ...process.env, MODULE: pathToFileURL(join(SITE, module)).href } },
  );
  return { stdout, stderr, status };
}

describe("npm run docs", () => {
  /** Files that git sees as new or deleted. Not those that differ: somebody may edit files while the site is built. */
  const statusOf = () =>
    execFileSync("git", ["ls-files", "--others", "--deleted", "--exclude-standard"], {
      cwd: ROOT,
      encoding: "utf8",
    });
  const before = statusOf();
  let run: { status: number | null; output: string };
  beforeAll(() => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(SITE, "build.mjs")], {
      cwd: ROOT,
      encoding: "utf8",
    });
    run = { status, output: `${stdout}${stderr}`.slice(-3000) };
  });

  it("builds the site without a dead link, and makes or deletes nothing that git sees", () => {
    expect(run).toMatchObject({ status: 0, output: expect.stringContaining("docs/site/out") });
    expect(statusOf()).toBe(before);
  });

  it("has a page for each chapter, how-to and decision, and llms.txt names each of them", () => {
    const index = built("llms.txt");
    for (const folder of ["guide", "contributing", "decisions"]) {
      const names = readdirSync(join(ROOT, "docs", folder)).filter((name) =>
        /^(?!README)[\w-]+\.md$/.test(name),
      );
      expect(names.length).toBeGreaterThan(10);
      for (const name of names) {
        expect(existsSync(join(SITE, "out", folder, name.replace(".md", ".html")))).toBe(true);
        expect(index).toContain(`(/${folder}/${name})`);
        expect(existsSync(join(SITE, "out", folder, name))).toBe(true);
      }
    }
  });

  it("has the API of every entry, with a page for each class", () => {
    const classes = {
      "retrievers-compression": "CrossEncoderReranker",
      "vectorstore-faiss": "FaissStore",
      "cross-encoders/http": "HttpCrossEncoder",
      "retrievers-hybrid/store": "HybridStore",
    };
    for (const [entry, name] of Object.entries(classes)) {
      expect(built(`api/@secondpass/${entry}/classes/${name}.html`)).toContain("Constructor");
      expect(built("llms.txt")).toContain(`/api/@secondpass/${entry}`);
    }
  });

  it("opens with the picture, and finds words by its own index", () => {
    expect(built("index.html")).toMatch(/<img src="\/assets\/two-passes\.[\w-]+\.svg"/);
    expect(
      readdirSync(join(SITE, "out/assets/chunks")).some((name) => name.includes("localSearchIndex")),
    ).toBe(true);
  });
});

describe("the site's links", () => {
  const link = (page: string, href: string) =>
    print(
      "support/repository-links.mjs",
      `import { staged } from ${JSON.stringify(pathToFileURL(join(SITE, "support/staged.mjs")).href)};
       const { repositoryLinks } = await import(process.env.MODULE);
       let rule;
       repositoryLinks({ core: { ruler: { push: (_, given) => { rule = given; } } } });
       let href = ${JSON.stringify(href)};
       const token = { type: "link_open", attrGet: () => href, attrSet: (_, value) => { href = value; } };
       rule({ tokens: [{ children: [token] }], env: { path: staged.pages + ${JSON.stringify(`/${page}`)} } });
       process.stdout.write(href);`,
    );

  it.each([
    ["docs/architecture.md", "contributing/structure.md", "/contributing/structure.md"],
    ["packages/core/README.md", "../faiss", "/packages/faiss/index.md"],
    ["packages/core/README.md", "../../README.md#install", "/readme.md#install"],
    [
      "apps/sagemaker-endpoint/README.md",
      "Dockerfile",
      /^https:\/\/github\.com\/.*\/blob\/main\/apps\/sagemaker-endpoint\/Dockerfile$/,
    ],
    ["README.md", "https://example.com/a", "https://example.com/a"],
  ])("of %s to %s lead to the page, or to the file on GitHub", (page, href, expected) => {
    expect(link(page, href).stdout).toEqual(
      expected instanceof RegExp ? expect.stringMatching(expected) : expected,
    );
  });

  it.each(["guide/no-such.md", "../../outside.md"])("throw for %s, which is not there", (href) => {
    const { stderr, status } = link("docs/architecture.md", href);
    expect(stderr).toContain(`docs/architecture.md links to ${href}, which the repository does not have.`);
    expect(status).not.toBe(0);
  });

  it("to headings are checked on the page and on others, with and without a base", () => {
    const folder = mkdtempSync(join(tmpdir(), "secondpass-site-"));
    writeFileSync(
      join(folder, "a.html"),
      '<h2 id="한">x</h2><a href="#%ED%95%9C">1</a><a href="#gone">2</a><a href="/base/b.html#there">3</a>',
    );
    writeFileSync(
      join(folder, "b.html"),
      '<p id="there"><a href="/base/a.html#lost">4</a><a href="https://a.b/#c">5</a>',
    );
    const { stdout } = print(
      "support/check-anchors.mjs",
      `const { checkAnchors } = await import(process.env.MODULE);
       console.log(JSON.stringify(checkAnchors(${JSON.stringify(folder)}, "/base/")));`,
    );
    rmSync(folder, { recursive: true });
    expect(JSON.parse(stdout)).toEqual(["a.html: #gone", "b.html: /base/a.html#lost"]);
  });
});
