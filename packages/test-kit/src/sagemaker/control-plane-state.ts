/** Values of an AWS JSON call. */
export type CallInput = Readonly<Record<string, unknown>>;

/** A refusal, with AWS's name for it. */
export class ControlPlaneRefusal extends Error {
  override readonly name = "ControlPlaneRefusal";

  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** An endpoint on its way up or down: it changes its state after a number of looks. */
interface EndpointRecord {
  readonly config: string;
  readonly tags?: unknown;
  looksLeft: number;
  isLeaving: boolean;
}

/** How the stand-in's endpoints behave. */
export interface EndpointBehaviour {
  /** Times that DescribeEndpoint says Creating (or Deleting) before the endpoint is there (or gone). @default 2 */
  readonly looks?: number;
  /** If given, endpoints end up as Failed with this reason. */
  readonly failureReason?: string;
}

/** What exists in the account, and SageMaker's and Application Auto Scaling's rules about it. */
export class ControlPlaneState {
  readonly models = new Map<string, CallInput>();
  readonly configs = new Map<string, CallInput>();
  readonly endpoints = new Map<string, EndpointRecord>();
  readonly scalableTargets = new Map<string, CallInput>();
  readonly scalingPolicies = new Map<string, CallInput>();

  constructor(readonly behaviour: EndpointBehaviour) {}

  /** Carries out one operation and gives its answer. */
  run(operation: string, input: CallInput): object {
    const text = (key: string) => String(input[key]);
    switch (operation) {
      case "CreateModel":
        return this.#create(this.models, "model", text("ModelName"), input);
      case "DeleteModel":
        return this.#remove(this.models, "model", text("ModelName"));
      case "CreateEndpointConfig":
        for (const { ModelName } of input.ProductionVariants as { ModelName: string }[]) {
          this.#find(this.models, "model", ModelName);
        }
        return this.#create(this.configs, "endpoint configuration", text("EndpointConfigName"), input);
      case "DescribeEndpointConfig":
        return this.#find(this.configs, "endpoint configuration", text("EndpointConfigName"));
      case "DeleteEndpointConfig":
        return this.#deleteConfig(text("EndpointConfigName"));
      case "CreateEndpoint":
        this.#find(this.configs, "endpoint configuration", text("EndpointConfigName"));
        return this.#create(this.endpoints, "endpoint", text("EndpointName"), {
          config: text("EndpointConfigName"),
          looksLeft: this.behaviour.looks ?? 2,
          isLeaving: false,
        });
      case "DescribeEndpoint":
        return this.#describeEndpoint(text("EndpointName"));
      case "DeleteEndpoint": {
        const endpoint = this.#find(this.endpoints, "endpoint", text("EndpointName"));
        if (endpoint.looksLeft > 0 && !endpoint.isLeaving) {
          throw new ControlPlaneRefusal("ValidationException", "Cannot update in-progress endpoint.");
        }
        endpoint.isLeaving = true;
        endpoint.looksLeft = this.behaviour.looks ?? 2;
        return {};
      }
      case "RegisterScalableTarget":
        this.#requireInService(text("ResourceId"));
        return this.#create(this.scalableTargets, "scalable target", text("ResourceId"), input);
      case "DescribeScalableTargets":
        return {
          ScalableTargets: (input.ResourceIds as string[]).flatMap(
            (id) => this.scalableTargets.get(id) ?? [],
          ),
        };
      case "DeregisterScalableTarget":
        for (const [name, policy] of this.scalingPolicies) {
          if (policy.ResourceId === input.ResourceId) this.scalingPolicies.delete(name);
        }
        return this.#remove(this.scalableTargets, "scalable target", text("ResourceId"));
      case "PutScalingPolicy":
        this.#find(this.scalableTargets, "scalable target", text("ResourceId"));
        return this.#create(this.scalingPolicies, "scaling policy", text("PolicyName"), input);
      case "DeleteScalingPolicy":
        return this.#remove(this.scalingPolicies, "scaling policy", text("PolicyName"));
      default:
        throw new ControlPlaneRefusal("UnknownOperationException", `Unknown operation ${operation}`);
    }
  }

  #describeEndpoint(name: string): object {
    const endpoint = this.#find(this.endpoints, "endpoint", name);
    const { failureReason } = this.behaviour;
    const isSettled = endpoint.looksLeft === 0;
    endpoint.looksLeft = Math.max(0, endpoint.looksLeft - 1);
    if (isSettled && endpoint.isLeaving) {
      this.endpoints.delete(name);
      return this.#find(this.endpoints, "endpoint", name) as never;
    }
    const settled = failureReason ? "Failed" : "InService";
    return {
      EndpointName: name,
      EndpointConfigName: endpoint.config,
      EndpointStatus: isSettled ? settled : endpoint.isLeaving ? "Deleting" : "Creating",
      ...(isSettled && failureReason && { FailureReason: failureReason }),
    };
  }

  /** AWS forbids to delete the configuration of an endpoint that still needs it. */
  #deleteConfig(name: string): object {
    if ([...this.endpoints.values()].some(({ config }) => config === name)) {
      throw new ControlPlaneRefusal("ValidationException", `Endpoint configuration ${name} is in use.`);
    }
    return this.#remove(this.configs, "endpoint configuration", name);
  }

  #requireInService(resourceId: string): void {
    const name = resourceId.split("/")[1] ?? "";
    const { looksLeft, isLeaving } = this.#find(this.endpoints, "endpoint", name);
    if (looksLeft > 0 || isLeaving) {
      throw new ControlPlaneRefusal("ValidationException", `Endpoint ${name} is not in service.`);
    }
  }

  #create<Value>(map: Map<string, Value>, kind: string, name: string, value: Value): object {
    if (map.has(name)) throw new ControlPlaneRefusal("ValidationException", `The ${kind} ${name} exists.`);
    map.set(name, value);
    return { Arn: `arn:aws:sagemaker:us-east-1:123456789012:${name}` };
  }

  #find<Value>(map: Map<string, Value>, kind: string, name: string): Value {
    const found = map.get(name);
    if (found) return found;
    throw new ControlPlaneRefusal("ValidationException", `Could not find ${kind} "${name}".`);
  }

  #remove<Value>(map: Map<string, Value>, kind: string, name: string): object {
    this.#find(map, kind, name);
    map.delete(name);
    return {};
  }
}
