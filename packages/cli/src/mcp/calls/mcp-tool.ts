import type { McpServer, StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { z } from "zod";
import type { Output } from "../../contract/world.js";
import { type Answer, answerCall, type Call } from "./answer-call.js";
import { argumentsSchema } from "./arguments-schema.js";

/** A tool that agents call. */
export interface McpTool<Shape extends z.ZodRawShape, Context> {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** For models: what it does, and when to call it. */
  readonly description: string;
  readonly input: Shape;
  readonly output: z.ZodObject;
  /** Number of steps for its progress. */
  readonly steps: number;
  /** Answers a call. @throws {ToolError} if the agent has to correct its call; the message says how */
  answer(args: z.output<z.ZodObject<Shape>>, call: Call, context: Context): Promise<Answer>;
}

/** A tool that is ready to be registered. */
export interface RegistrableTool<Context> {
  register(server: McpServer, context: Context): void;
}

/** Defines a tool, and infers the types of its arguments from its schema. All our tools are read-only. */
export function defineTool<Shape extends z.ZodRawShape, Context extends { readonly log: Output }>(
  tool: McpTool<Shape, Context>,
): RegistrableTool<Context> {
  const { name, title, description, output, steps } = tool;
  const inputSchema: StandardSchemaWithJSON = argumentsSchema(tool.input);
  return {
    register(server, context) {
      server.registerTool(
        name,
        {
          title,
          description,
          inputSchema,
          outputSchema: output,
          annotations: {
            readOnlyHint: true,
            destructiveHint: false,
            idempotentHint: true,
            openWorldHint: false,
          },
        },
        (args, ctx) =>
          answerCall(ctx, { steps, log: context.log }, (call) =>
            tool.answer(args as z.output<z.ZodObject<Shape>>, call, context),
          ),
      );
    },
  };
}
