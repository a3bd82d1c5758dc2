import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { until } from "@secondpass/test-kit";
import { browser as executablePath } from "@secondpass/test-kit/browser";
import axe, { type AxeResults } from "axe-core";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { CorpusFolder } from "../corpus-folder.js";
import { send } from "../local-http/send.js";
import { runMain } from "../run-main.js";
import { type Program, runSecondpass } from "../run-secondpass.js";

jest.setTimeout(60_000);

const corpus = new CorpusFolder({
  "bears.md": "# Bears\n\nBrown bears sleep in winter. They eat fish and berries in autumn.\n",
  "paris.md": "# Paris\n\nThe Eiffel Tower in Paris is 330 metres high. It was finished in 1889.\n",
  "tea.md": "# Tea\n\nGreen tea is brewed with water of 80 degrees. Tea is drunk in Japan and in Britain.\n",
  "ships.md": "# Ships\n\nShips carry most goods of the world. The Suez Canal is 193 km long.\n",
  "towers.md": "# Towers\n\nTowers of stone were built to watch. Some towers were prisons.\n",
});
const QUESTION = "How high is the tower in Paris?";

let program: Program;
let address = "";
let browser: Browser;
/** Servers of other programs. */
const others: Server[] = [];
/** Errors on the console of a page: blocked by the page's policy, or thrown. */
const complaints: string[] = [];

beforeAll(async () => {
  program = runSecondpass(["ui", corpus.texts, "--index", corpus.index, "--port", "0"]);
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  await until(() => program.output.stdout.includes("\n"));
  address = /http:\S+/.exec(program.output.stdout)?.[0] ?? "";
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  for (const other of others) other.close();
  program.child.kill("SIGTERM");
  await program.ended;
  corpus.dispose();
});

/** Opens a page in a separate browser context. */
async function open(url = address, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  return openIn(context, url);
}

async function openIn(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(url);
  return page;
}

async function askQuestion(page: Page, question = QUESTION): Promise<void> {
  await page.fill("#question", question);
  await page.press("#question", "Enter");
  await page.waitForURL(/[?&]q=/);
  await page.waitForSelector(".board[aria-busy=false] .cards article");
}

/** Waits until this collection is chosen. */
const chosen = (page: Page, name: string) =>
  until(async () => {
    const choice = page.locator("#collection option:checked");
    return (await choice.count()) > 0 && ((await choice.textContent()) ?? "").startsWith(name);
  });
const best = (page: Page) => page.textContent(".right .cards h3");
const rows = (page: Page) => page.locator(".rows li").count();

describe("the page", () => {
  it("answers a question: both passes, what moved, the evidence, the times", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    await askQuestion(page);
    expect(await best(page)).toContain("paris.md:1");
    expect(await rows(page)).toBe(5);
    expect(await page.textContent(".right mark")).toContain("330 metres high.");
    // Markdown is rendered, without its markers.
    expect(await page.textContent(".right .heading")).toBe(" Paris");
    expect(await page.textContent(".right .passage")).not.toContain("#");
    expect(await page.textContent(".row:has-text('paris.md') .snippet")).toMatch(/^Paris: The Eiffel Tower/);
    expect(await page.textContent(".right .badge")).toMatch(/stays 1st|up \d/);
    expect(await page.locator(".lines path").count()).toBe(3);
    expect(await page.textContent(".timings")).toMatch(
      /\d+ ms.*first pass \d+ ms.*second pass \d+ ms.*sentences \d+ ms/,
    );
    expect(await page.textContent("[role=status]")).toMatch(
      /^3 of 5 passages in \d+ ms\. The best is in paris\.md, line 1\.$/,
    );
  });

  it("keeps the token out of the address and from scripts", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    const token = new URL(address).hash.slice("#token=".length);
    expect(page.url()).toBe(`${new URL(address).origin}/`);
    await askQuestion(page);
    expect(page.url()).not.toContain(token);
    expect(await page.evaluate("document.cookie")).toBe("");
    await page.goBack();
    expect(page.url()).not.toContain("token");
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
    expect(cookie?.value).not.toBe(token);
  });

  it("keeps its session from programs on other ports, although they get its cookie", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    const cookies = new Map<string, string | undefined>();
    const other = createServer(({ url = "", headers }, response) => {
      cookies.set(url, headers.cookie);
      response.setHeader("content-type", "text/html").end("<p>other</p>");
    });
    others.push(other);
    await once(other.listen(0, "127.0.0.1"), "listening");
    const { port } = other.address() as AddressInfo;
    const trap = await openIn(page.context(), `http://127.0.0.1:${port}/api/trap`);
    const stolen = cookies.get("/api/trap") ?? "";
    expect(stolen).toContain("secondpass-");
    expect(await trap.evaluate("localStorage.length")).toBe(0);
    const answer = await send(new URL(address).origin, "/api/state", { headers: { cookie: stolen } });
    expect(answer.status).toBe(401);
    // A page of that port gets no access through the browser either.
    const stateRequest = `fetch(${JSON.stringify(`${new URL(address).origin}/api/state`)}, { credentials: "include" })`;
    expect(await trap.evaluate(`${stateRequest}.then(() => "answered", () => "blocked")`)).toBe("blocked");
  });

  it("has its state in the link, which a new tab shows again", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    await askQuestion(page);
    await page.click("text=Meaning");
    await page.locator(".settings input[type=range]").first().fill("3");
    const blend = page.getByRole("slider", { name: /^Blend/ });
    expect(await blend.getAttribute("aria-valuetext")).toBe("50% first pass");
    const isSent = page.waitForRequest((request) => request.postDataJSON()?.blend === 1);
    await blend.fill("1");
    await isSent;
    await until(async () => (await page.locator(".right .badge:has-text('stays')").count()) === 3);
    await blend.fill("0.3");
    await page.waitForURL(/mode=dense/);
    await page.waitForURL(/[?&]k=3/);
    await page.waitForURL(/blend=0\.3/);
    const tab = await openIn(page.context(), page.url());
    await tab.waitForSelector(".cards article");
    expect(await tab.inputValue("#question")).toBe(QUESTION);
    expect(await rows(tab)).toBe(3);
    const shown = tab.getByRole("slider", { name: /^Blend/ });
    expect(await shown.getAttribute("aria-valuetext")).toBe("30% first pass");
    expect(await tab.textContent(".left .title")).toContain("3 candidates by meaning");
    await tab.goto(page.url().replace(/k=3/, "k=2").replace("blend=0.3", "blend=false"));
    await tab.waitForSelector(".cards article");
    expect(await rows(tab)).toBe(2);
    expect(await shown.getAttribute("aria-valuetext")).toBe("off");
  });

  it("searches again when k changes, and stops at a click", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    await askQuestion(page);
    const candidates = page.locator(".settings input[type=range]").first();
    await candidates.fill("4");
    await until(async () => (await rows(page)) === 4);
    let isHeld = true;
    await page.route("**/api/search", async (route) => {
      await until(() => !isHeld);
      await route.continue().catch(() => {});
    });
    await candidates.fill("2");
    await page.click("text=Stop");
    await page.waitForSelector(".board[aria-busy=false]");
    isHeld = false;
    // The last answer stays.
    expect(await rows(page)).toBe(4);
    expect(await page.locator("[role=alert]").count()).toBe(0);
    // A click sends the same question again.
    await page.click("text=Ask");
    await until(async () => (await rows(page)) === 2);
    await candidates.fill("3");
    await until(async () => (await rows(page)) === 3);
    // If the settings return to those of the shown answer, the page does not wait for the request in between.
    await page.route("**/api/search", () => {});
    await candidates.fill("4");
    await page.waitForSelector("text=Stop");
    await candidates.fill("3");
    await page.waitForSelector(".board[aria-busy=false]");
  });

  it("opens an index that has replaced the old one, and says so", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    await askQuestion(page, "Where do herons nest?");
    expect(await rows(page)).toBe(5);
    corpus.write("herons.md", "# Herons\n\nHerons nest in high trees near water.\n");
    expect((await runMain(["index", corpus.texts, "--index", corpus.index])).code).toBe(0);
    // The tab gets the focus again.
    await page.evaluate("dispatchEvent(new Event('focus'))");
    await page.waitForSelector("text=The index of texts was replaced: 6 files · 6 passages.");
    await until(async () => (await best(page))?.includes("herons.md") === true);
    expect(await page.textContent("#collection option:checked")).toContain("6 files");
    // A page that has not noticed it yet learns of it from an answer.
    corpus.remove("herons.md");
    expect((await runMain(["index", corpus.texts, "--index", corpus.index])).code).toBe(0);
    await askQuestion(page, "Which birds nest in trees?");
    await page.waitForSelector("text=5 files · 5 passages.");
    await until(async () => (await rows(page)) === 5);
  });

  it("shows a passage in its document", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    await askQuestion(page);
    await page.click(".right .open");
    await page.waitForSelector("dialog .here");
    expect(await page.textContent("dialog h2")).toBe("paris.md");
    expect(await page.textContent("dialog mark")).toContain("330 metres");
    const lines = "[...document.querySelectorAll('dialog .here [data-line]')].map((one) => one.dataset.line)";
    expect(await page.evaluate(lines)).toEqual(["1", "3"]);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    expect(await page.evaluate("document.activeElement?.textContent")).toContain("paris.md");
  });

  it("searches files that are chosen, dropped, or in a folder, and says what it leaves out", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    const file = {
      name: "lighthouse.md",
      mimeType: "text/markdown",
      buffer: Buffer.from("A lighthouse guides ships at night."),
    };
    await page.setInputFiles("[data-testid=files]", [file, { ...file, name: "picture.png" }]);
    await page.waitForSelector("text=lighthouse.md is ready. 1 file was left out.");
    await askQuestion(page, "What guides ships?");
    expect(await best(page)).toContain("lighthouse.md:1");
    expect(page.url()).toMatch(/in=[0-9a-f-]{36}/);
    await page.click("[aria-label='Remove lighthouse.md']");
    await page.waitForURL((url) => !url.searchParams.has("in"));

    const folder = join(corpus.root, "dropped");
    mkdirSync(join(folder, "below"), { recursive: true });
    writeFileSync(join(folder, "below/moss.txt"), "Moss grows on the northern side.");
    writeFileSync(join(folder, "ferns.txt"), "Ferns grow in the shade.");
    await page.setInputFiles("[data-testid=folder]", folder);
    await chosen(page, "dropped");
    await page.click("[aria-label='Remove dropped']");
    await chosen(page, "texts");
    const browserOf = await page.context().newCDPSession(page);
    for (const type of ["dragEnter", "drop"] as const) {
      const data = { items: [], files: [folder], dragOperationsMask: 1 };
      await browserOf.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
    }
    await chosen(page, "dropped");

    await page.evaluate(`{
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["Foxes dig dens."], "foxes.md"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }`);
    await chosen(page, "foxes.md");
    await page.setInputFiles("[data-testid=files]", { ...file, name: "picture.png" });
    expect(await page.textContent("[role=alert]")).toMatch(/^There are no texts among these files/);
  });

  it("serves two browsers at once, each with its own question", async () => {
    const pages = await Promise.all([open(), open()]);
    await Promise.all(pages.map((page) => page.waitForSelector("#question")));
    await Promise.all([
      askQuestion(pages[0], "What do bears eat?"),
      askQuestion(pages[1], "How hot is water for tea?"),
    ]);
    expect(await best(pages[0])).toContain("bears.md");
    expect(await best(pages[1])).toContain("tea.md");
  });

  it("compares two settings, side by side", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    await askQuestion(page);
    await page.click("text=Compare");
    await page.waitForSelector(".board.compared[aria-busy=false]");
    expect(await page.textContent(".right .title")).toContain("its order alone");
    await page.locator(".settings").nth(1).locator("select").selectOption("");
    await page.waitForSelector(".right .title:has-text('no reranker')");
    expect(await page.locator(".left article").count()).toBe(3);
    await page.click("text=End comparison");
    await page.waitForSelector(".board:not(.compared)");
  });

  it("can be used with the keyboard alone", async () => {
    const page = await open();
    await page.waitForSelector("#question");
    await page.click("h1");
    await page.keyboard.press("/");
    await page.keyboard.type(QUESTION);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cards article");
    const focused = () =>
      page.evaluate<[string, string]>(`{
        const element = document.activeElement;
        [element.closest("section")?.className, element.textContent.match(/\\w+\\.md/)?.[0]];
      }`);
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toEqual(["right", "paris.md"]);
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    await page.keyboard.press("ArrowLeft");
    expect((await focused())[0]).toBe("left");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog .here");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    await page.keyboard.press("?");
    await page.waitForSelector("dialog.help");
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await page.waitForSelector(".board.compared");
  });

  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["narrow", { viewport: { width: 360, height: 740 } }],
  ] as const)("has no axe violations: %s", async (name, options) => {
    const page = await open(address, options);
    await page.waitForSelector("#question");
    await page.evaluate(axe.source);
    const check = async (what: string) => {
      const { violations } = await page.evaluate<AxeResults>("axe.run()");
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      expect([what, found]).toEqual([what, []]);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect([what, overflow]).toEqual([what, 0]);
    };
    const isNarrow = name === "narrow";
    await check("before a question");
    await askQuestion(page);
    await check("with an answer");
    expect(await page.isVisible(".move-map")).toBe(isNarrow);
    expect(await page.isVisible(".lines")).toBe(!isNarrow);
    if (isNarrow) {
      await page.fill("#question", "What of a question that has more words than fit on one line?");
      const isCut =
        "(({ clientHeight, scrollHeight }) => scrollHeight > clientHeight)(document.querySelector('#question'))";
      expect(await page.evaluate(isCut)).toBe(false);
      await page.click("[aria-controls=settings]");
      await check("with settings");
    }
    await page.click(".right .open");
    await page.waitForSelector("dialog .here");
    await check("in a document");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await check("with help");
    await page.keyboard.press("Escape");
    await page.click("text=Compare");
    await page.waitForSelector(".board.compared[aria-busy=false]");
    await check("in a comparison");
  });

  it("gives no access without the token, and says when the program has ended", async () => {
    const { origin } = new URL(address);
    for (const url of [`${origin}/`, `${origin}/#token=wrong`]) {
      const stranger = await open(url);
      expect(await stranger.textContent("h1")).toBe("This page is private");
      expect(await stranger.textContent("[role=alert]")).toContain("address that the program printed");
    }
    const page = await open();
    await page.waitForSelector("#question");
    await askQuestion(page);
    program.child.kill("SIGTERM");
    await program.ended;
    await page.fill("#question", "Is anybody there?");
    await page.press("#question", "Enter");
    expect(await page.textContent("[role=alert]")).toContain("The program does not answer. Start it again");
    expect(await page.textContent("#results .notice:not([role=alert])")).toContain(
      `the answer to “${QUESTION}”`,
    );
    expect(complaints).toEqual([]);
  });
});
