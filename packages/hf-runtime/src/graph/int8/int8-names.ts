/** Names of the initializers that hold a quantised weight. */
export const int8Names = (weight: string) => ({ values: `${weight} int8`, scales: `${weight} scales` });
