/** Values of an AWS JSON call. */
export type CallInput = Readonly<Record<string, unknown>>;

/** An error answer, with AWS's name for it. */
export class ControlPlaneError extends Error {
  override readonly name = "ControlPlaneError";

  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** An endpoint that is being created or deleted: its state changes after a number of DescribeEndpoint calls. */
interface EndpointRecord {
  readonly config: string;
  readonly tags?: unknown;
  pollsLeft: number;
  isLeaving: boolean;
}

/** Behaviour of the stand-in's endpoints. */
export interface EndpointBehaviour {
  /** Number of DescribeEndpoint calls that return Creating (or Deleting) before the endpoint exists (or is gone). @default 2 */
  readonly polls?: number;
  /** If given, endpoints become Failed with this reason. */
  readonly failureReason?: string;
}

/** Resources of the account, with the rules of SageMaker and Application Auto Scaling about them. */
export class ControlPlaneState {
  readonly models = new Map<string, CallInput>();
  readonly configs = new Map<string, CallInput>();
  readonly endpoints = new Map<string, EndpointRecord>();
  readonly scalableTargets = new Map<string, CallInput>();
  readonly scalingPolicies = new Map<string, CallInput>();

  constructor(readonly behaviour: EndpointBehaviour) {}

  /** Runs one operation and returns its answer. */
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
          pollsLeft: this.behaviour.polls ?? 2,
          isLeaving: false,
        });
      case "DescribeEndpoint":
        return this.#describeEndpoint(text("EndpointName"));
      case "DeleteEndpoint": {
        const endpoint = this.#find(this.endpoints, "endpoint", text("EndpointName"));
        if (endpoint.pollsLeft > 0 && !endpoint.isLeaving) {
          throw new ControlPlaneError("ValidationException", "Cannot update in-progress endpoint.");
        }
        endpoint.isLeaving = true;
        endpoint.pollsLeft = this.behaviour.polls ?? 2;
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
        throw new ControlPlaneError("UnknownOperationException", `Unknown operation ${operation}`);
    }
  }

  #describeEndpoint(name: string): object {
    const endpoint = this.#find(this.endpoints, "endpoint", name);
    const { failureReason } = this.behaviour;
    const isSettled = endpoint.pollsLeft === 0;
    endpoint.pollsLeft = Math.max(0, endpoint.pollsLeft - 1);
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

  /** Deletes a configuration. AWS rejects this while an endpoint uses it. */
  #deleteConfig(name: string): object {
    if ([...this.endpoints.values()].some(({ config }) => config === name)) {
      throw new ControlPlaneError("ValidationException", `Endpoint configuration ${name} is in use.`);
    }
    return this.#remove(this.configs, "endpoint configuration", name);
  }

  #requireInService(resourceId: string): void {
    const name = resourceId.split("/")[1] ?? "";
    const { pollsLeft, isLeaving } = this.#find(this.endpoints, "endpoint", name);
    if (pollsLeft > 0 || isLeaving) {
      throw new ControlPlaneError("ValidationException", `Endpoint ${name} is not in service.`);
    }
  }

  #create<Value>(map: Map<string, Value>, kind: string, name: string, value: Value): object {
    if (map.has(name)) throw new ControlPlaneError("ValidationException", `The ${kind} ${name} exists.`);
    map.set(name, value);
    return { Arn: `arn:aws:sagemaker:us-east-1:123456789012:${name}` };
  }

  #find<Value>(map: Map<string, Value>, kind: string, name: string): Value {
    const found = map.get(name);
    if (found) return found;
    throw new ControlPlaneError("ValidationException", `Could not find ${kind} "${name}".`);
  }

  #remove<Value>(map: Map<string, Value>, kind: string, name: string): object {
    this.#find(map, kind, name);
    map.delete(name);
    return {};
  }
}
