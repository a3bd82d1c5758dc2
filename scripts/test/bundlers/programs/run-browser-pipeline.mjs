import { browserPipeline } from "./browser-pipeline.mjs";

console.log(JSON.stringify(await browserPipeline()));
