import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { UsageError } from "../errors/usage-error.js";
import type { Aws, AwsCall, AwsService, AwsSettings } from "./aws-call.js";

/** Any client of the SDK. */
interface Client {
  send(command: object): Promise<Readonly<Record<string, unknown>>>;
}
/** The exports of a client package of the SDK: a client, and a command for every operation. */
type ClientModule = Readonly<Record<string, new (input: object) => object>>;

/** Loads one client package. They are optional dependencies: the container serves without them. */
async function loadClient(service: AwsService): Promise<{ module: ClientModule; clientName: string }> {
  try {
    switch (service) {
      case "s3":
        return { module: asClientModule(await import("@aws-sdk/client-s3")), clientName: "S3Client" };
      case "sagemaker":
        return {
          module: asClientModule(await import("@aws-sdk/client-sagemaker")),
          clientName: "SageMakerClient",
        };
      case "application-auto-scaling":
        return {
          module: asClientModule(await import("@aws-sdk/client-application-auto-scaling")),
          clientName: "ApplicationAutoScalingClient",
        };
    }
  } catch (error) {
    throw new UsageError(`Expected @aws-sdk/client-${service} to be installed: ${error}`, { cause: error });
  }
}

/** Types a client package as a record of its exports, because the name of a command is known only at run time. */
function asClientModule(module: object): ClientModule {
  return module as ClientModule;
}

/** Returns an object that sends calls with the AWS SDK. Its clients are loaded on first use. */
export function connectAws(settings: AwsSettings): Aws {
  const config = {
    ...(settings.region && { region: settings.region }),
    ...(settings.profile && { profile: settings.profile }),
  };
  const clients = new Map<AwsService, Promise<{ client: Client; module: ClientModule }>>();
  const connect = async (service: AwsService) => {
    const { module, clientName } = await loadClient(service);
    return { client: new (constructorOf(module, clientName))(config) as Client, module };
  };
  return {
    async send(call) {
      let connection = clients.get(call.service);
      if (!connection) {
        connection = connect(call.service);
        clients.set(call.service, connection);
      }
      const { client, module } = await connection;
      const Command = constructorOf(module, `${call.operation}Command`);
      return client.send(new Command(await withBody(call))).catch((error: unknown) => {
        throw withAdvice(error);
      });
    },
  };
}

/** The SDK reports a missing region or missing credentials, but not how to set them. */
function withAdvice(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (/^Region (is missing|not accepted)/.test(error.message)) {
    return new UsageError(`Expected a region: pass --region, or set AWS_REGION. ${error.message}`, {
      cause: error,
    });
  }
  if (error.name === "CredentialsProviderError") {
    const how = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or pass --profile.";
    return new UsageError(`Expected AWS credentials: ${how} ${error.message}`, { cause: error });
  }
  return error;
}

function constructorOf(module: ClientModule, name: string) {
  const found = module[name];
  if (found) return found;
  throw new UsageError(`Expected the AWS SDK to export ${name}. Install the versions in package.json.`);
}

/** Adds the body of a call as a stream, because a model may be larger than memory. */
async function withBody({ input, bodyFile }: AwsCall): Promise<object> {
  if (bodyFile === undefined) return input;
  const { size } = await stat(bodyFile);
  return { ...input, Body: createReadStream(bodyFile), ContentLength: size };
}
