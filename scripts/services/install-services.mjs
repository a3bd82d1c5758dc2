/**
 * Installs what the tests named `*.services.test.ts` need besides Node and npm, if it is missing: `npm run test:services` runs this
 * first. Fails if something cannot be installed, so that no such test is skipped silently.
 *
 * To add a service: one file here that exports `{ isReady, install, advice }`, and one line in `services`.
 */
import { bundlers } from "./bundlers.mjs";
import { chromium } from "./chromium.mjs";
import { haproxy } from "./haproxy.mjs";
import { inspector } from "./inspector.mjs";
import { python } from "./python.mjs";
import { zip } from "./zip.mjs";

const services = { bundlers, chromium, haproxy, inspector, python, zip };

for (const [name, { isReady, install, advice }] of Object.entries(services)) {
  if (isReady()) continue;
  console.error(`Installing ${name} …`);
  try {
    install();
    if (!isReady()) throw new Error(`${name} was installed but does not work`);
  } catch (error) {
    console.error(
      `\nCould not install ${name}, which the tests of services need. ${error.message}\n${advice}`,
    );
    process.exitCode = 1;
  }
}
