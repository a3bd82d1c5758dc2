import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { UsageError } from "../errors/usage-error.js";
import type { Aws, AwsCall, AwsService, AwsSettings } from "./aws-call.js";

/** A client of the SDK, whichever. */
interface Client {
  send(command: object): Promise<Readonly<Record<string, unknown>>>;
}
/** What every client package of the SDK exports: a client, and a command for every operation. */
type ClientModule = Readonly<Record<string, new (input: object) => object>>;

/** Loads one client package. They are optional dependencies: the container serves without them. */
async function loadClient(service: AwsService): Promise<{ module: ClientModule; clientName: string }> {
  try {
    switch (service) {
      case "s3":
        return { module: modules(await import("@aws-sdk/client-s3")), clientName: "S3Client" };
      case "sagemaker":
        return { module: modules(await import("@aws-sdk/client-sagemaker")), clientName: "SageMakerClient" };
      case "application-auto-scaling":
        return {
          module: modules(await import("@aws-sdk/client-application-auto-scaling")),
          clientName: "ApplicationAutoScalingClient",
        };
    }
  } catch (error) {
    throw new UsageError(`Expected @aws-sdk/client-${service} to be installed: ${error}`, { cause: error });
  }
}

/** The SDK types its commands one by one; calls as data need them by name. */
function modules(module: object): ClientModule {
  return module as ClientModule;
}

/** Sends calls with the AWS SDK, whose clients are loaded when the first call needs them. */
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
      return client.send(new Command(await withBody(call)));
    },
  };
}

function constructorOf(module: ClientModule, name: string) {
  const found = module[name];
  if (found) return found;
  throw new UsageError(`Expected the AWS SDK to export ${name}. Do the installed versions fit?`);
}

/** Files are streamed: a model may be larger than memory. */
async function withBody({ input, bodyFile }: AwsCall): Promise<object> {
  if (bodyFile === undefined) return input;
  const { size } = await stat(bodyFile);
  return { ...input, Body: createReadStream(bodyFile), ContentLength: size };
}
