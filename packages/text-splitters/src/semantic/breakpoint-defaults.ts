/** Method that determines the distance above which the text is cut. */
export type BreakpointThresholdType = "percentile" | "standard_deviation" | "interquartile" | "gradient";

/** Defaults of `breakpointThresholdAmount` for each type, as in langchain_experimental 0.4.2. */
export const BREAKPOINT_DEFAULTS: Readonly<Record<BreakpointThresholdType, number>> = {
  percentile: 95,
  standard_deviation: 3,
  interquartile: 1.5,
  gradient: 95,
};
