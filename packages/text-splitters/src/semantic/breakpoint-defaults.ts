/** How the distance from which on the text is cut is found. */
export type BreakpointThresholdType = "percentile" | "standard_deviation" | "interquartile" | "gradient";

/** What each kind takes for `breakpointThresholdAmount` if none is given; the values of langchain_experimental 0.4.2. */
export const BREAKPOINT_DEFAULTS: Readonly<Record<BreakpointThresholdType, number>> = {
  percentile: 95,
  standard_deviation: 3,
  interquartile: 1.5,
  gradient: 95,
};
