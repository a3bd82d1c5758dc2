import preset from "@secondpass/test-kit/jest-preset";

export default { ...preset, displayName: "rerank-service" };
