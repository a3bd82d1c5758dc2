import preset from "./jest-preset/jest-preset.cjs";

export default { ...preset, displayName: "test-kit" };
