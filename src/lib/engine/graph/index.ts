export {compile} from "./compile.js";
export {CompileError} from "./compile-error.js";
export {eager, fastest} from "./eager.js";
export type {Feed, Input, Program, Step, Steps} from "./step.js";
export {step} from "./step.js";
