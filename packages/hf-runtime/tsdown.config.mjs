import { packageBuild } from "../../tsdown.base.mjs";

// Docstrings are for editors, which read them in the types.
export default packageBuild({ outputOptions: { comments: { jsdoc: false } } });
