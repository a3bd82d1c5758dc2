export {
  type ContainerProcess,
  type ContainerProcessOptions,
  startContainerProcess,
} from "./container-process.js";
export { type ControlPlane, startControlPlane } from "./control-plane.js";
export { type Fault, faults } from "./faults.js";
export { type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
export {
  type FrontRequest,
  type RuntimeFront,
  type RuntimeFrontOptions,
  STAND_IN_CREDENTIALS,
  STAND_IN_REGION,
  startRuntimeFront,
} from "./runtime-front.js";
export { type SignedRequest, type StandInCredentials, verifySignature } from "./verify-signature.js";
