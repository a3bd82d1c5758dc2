import type { Task } from "../contracts/task.js";
import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";
import { UnknownRouteError } from "../errors/unknown-route-error.js";
import { className } from "../model-source/class-name.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { moduleFolder } from "./config/module-folder.js";
import type { ModuleJson } from "./config/modules-json.js";
import { type RouterJson, routerJson } from "./config/router-json.js";

/** The lists of modules that a model has, and which list reads a text. A model without a Router has one list. */
export interface Routes {
  /** Distinct lists; at least one. */
  readonly lists: readonly (readonly ModuleJson[])[];
  /**
   * Index in `lists` of the list for a task.
   * @throws UnknownRouteError if there is no route for the task
   */
  placeOf(task: Task | undefined): number;
}

const TASKS: readonly (Task | undefined)[] = [undefined, "query", "document"];
/** The only supported kind of input. */
const MODALITY = "text";
/** Maximum depth of nested Routers. */
const MAX_DEPTH = 4;
const TYPES = ["Router", "Asym"];

/**
 * Replaces each Router in a list of modules by the modules of a route.
 * @throws MalformedModelFileError, ModelFileNotFoundError
 */
export async function readRoutes(files: ModelFiles, entries: readonly ModuleJson[]): Promise<Routes> {
  if (!entries.some(isRouter)) return { lists: [entries], placeOf: () => 0 };
  const ways = await Promise.all(
    TASKS.map(async (task) => {
      try {
        return await withoutRouters(files, entries, task, 0);
      } catch (error) {
        if (error instanceof UnknownRouteError) return error;
        throw error;
      }
    }),
  );
  const lists: (readonly ModuleJson[])[] = [];
  const places = ways.map((way) => {
    if (way instanceof UnknownRouteError) return way;
    const place = lists.findIndex((list) => isSame(list, way));
    return place >= 0 ? place : lists.push(way) - 1;
  });
  if (lists.length === 0) throw ways[0];
  return {
    lists,
    placeOf(task) {
      const place = places[TASKS.indexOf(task)]!;
      if (place instanceof UnknownRouteError) throw place;
      return place;
    },
  };
}

async function withoutRouters(
  files: ModelFiles,
  entries: readonly ModuleJson[],
  task: Task | undefined,
  depth: number,
): Promise<readonly ModuleJson[]> {
  const lists = await Promise.all(
    entries.map(async (entry) => {
      if (!isRouter(entry)) return [entry];
      const modules = await routeOf(files, entry, task);
      if (depth < MAX_DEPTH) return withoutRouters(files, modules, task, depth + 1);
      throw new MalformedModelFileError(
        files.model,
        "modules.json",
        `a list of at most ${MAX_DEPTH} nested Routers`,
      );
    }),
  );
  return lists.flat();
}

/** The modules of the route that a Router chooses for a task, by sentence-transformers' order of preference. */
async function routeOf(
  files: ModelFiles,
  { path: folder }: ModuleJson,
  task: Task | undefined,
): Promise<readonly ModuleJson[]> {
  const at = (name: string) => (folder === "" ? name : `${folder}/${name}`);
  const [newer, older] = [at("router_config.json"), at("config.json")];
  const path = (await files.has(newer)) ? newer : older;
  const json = await files.readJson(path, routerJson);
  if (json === undefined) throw await files.notFound(newer);
  const { structure, types, parameters } = json;
  const routes = Object.keys(structure);
  const mapped = mappedRoute(files.model, path, json, task);
  const named = [task, MODALITY].find((name) => name !== undefined && Object.hasOwn(structure, name));
  let route = mapped ?? named;
  if (route === undefined && task === undefined) {
    route = parameters?.default_route ?? ((parameters?.allow_empty_key ?? true) ? routes[0] : undefined);
  }
  if (route === undefined) throw new UnknownRouteError(files.model, task, routes);
  const ids = Object.hasOwn(structure, route) ? structure[route] : undefined;
  if (!ids) {
    throw new MalformedModelFileError(files.model, path, `one of the routes (${routes.join(", ")})`, {
      key: mapped === undefined ? "parameters.default_route" : "parameters.route_mappings",
      got: `"${route}"`,
    });
  }
  return ids.map((id) => {
    const type = Object.hasOwn(types, id) ? types[id] : undefined;
    if (type !== undefined) return { type, path: moduleFolder(at(id)) };
    throw new MalformedModelFileError(files.model, path, "an object that has the type of each module", {
      key: "types",
      got: `none of "${id}"`,
    });
  });
}

function mappedRoute(
  model: string,
  path: string,
  { structure, parameters }: RouterJson,
  task: Task | undefined,
): string | undefined {
  const mappings = new Map<string, string>();
  for (const [key, route] of Object.entries(parameters?.route_mappings ?? {})) {
    if (!Object.hasOwn(structure, route)) {
      const options = { key: `parameters.route_mappings.${key}`, got: `"${route}"` };
      throw new MalformedModelFileError(
        model,
        path,
        `one of the routes (${Object.keys(structure).join(", ")})`,
        options,
      );
    }
    const read = readMappingKey(key);
    if (read !== undefined) mappings.set(read, route);
  }
  const wanted = task ?? null;
  const order = [
    [wanted, MODALITY],
    [wanted, null],
    [null, MODALITY],
    [null, null],
  ];
  return order.map((key) => mappings.get(JSON.stringify(key))).find((route) => route !== undefined);
}

const PART = /None|'[^']*'|"[^"]*"/.source;
const MAPPING_KEY = new RegExp(`^\\s*\\(\\s*(${PART})\\s*,\\s*(${PART})\\s*,?\\s*\\)\\s*$`);

/** "('query', None)" → '["query",null]'; undefined for several kinds of input, and for keys that Python cannot read either. */
function readMappingKey(key: string): string | undefined {
  const [, task, modality] = MAPPING_KEY.exec(key) ?? [];
  if (task === undefined || modality === undefined) return undefined;
  return JSON.stringify([task, modality].map((part) => (part === "None" ? null : part.slice(1, -1))));
}

function isRouter({ type }: ModuleJson): boolean {
  return TYPES.includes(className(type));
}

function isSame(a: readonly ModuleJson[], b: readonly ModuleJson[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
