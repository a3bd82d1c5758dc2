import { jsonLayout } from "./json/json-layout.js";
import type { StoreLayout } from "./layout/store-layout.js";
import { pickleLayout } from "./pickle/pickle-layout.js";

/** Every layout, by the language whose LangChain uses it. */
export const LAYOUTS = {
  javascript: jsonLayout,
  python: pickleLayout,
} as const satisfies Readonly<Record<string, StoreLayout>>;

/** Name of a layout. */
export type LayoutName = keyof typeof LAYOUTS;
