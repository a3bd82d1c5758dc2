import { pythonFloatText } from "./python-float-text.js";

/** A complex number as Python prints it: `(1+2j)`, or `2j` without a real part. */
export function complexText(real: number, imaginary: number): string {
  const text = pythonFloatText(imaginary);
  if (Object.is(real, 0)) return `${text}j`;
  return `(${pythonFloatText(real)}${text.startsWith("-") ? "" : "+"}${text}j)`;
}
