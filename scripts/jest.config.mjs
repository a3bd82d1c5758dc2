import preset from "../packages/test-kit/jest-preset/jest-preset.cjs";

export default { ...preset, displayName: "scripts" };
