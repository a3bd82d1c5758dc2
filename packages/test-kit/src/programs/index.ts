export { type CheckedPrograms, ProgramFolder } from "./program-folder.js";
