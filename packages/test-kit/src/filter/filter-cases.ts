import fc from "fast-check";

type Metadata = Readonly<Record<string, unknown>>;

/** A metadata filter, with the function that it means. */
export interface FilterCase {
  readonly filter: Record<string, unknown>;
  passes(metadata: Metadata): boolean;
}

const TENANTS = ["a", "b", "c"];

/** Generates metadata with a few fields, some of which may be missing. */
export function metadataValues(): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    {
      tenant: fc.constantFrom(...TENANTS),
      year: fc.integer({ min: 0, max: 5 }),
      tags: fc.record({ color: fc.constantFrom("red", "blue"), shade: fc.option(fc.constant("dark")) }),
    },
    { requiredKeys: ["tenant"] },
  );
}

/** Generates filters of such metadata, with nesting. */
export function filterCases(): fc.Arbitrary<FilterCase> {
  const tenant = fc.constantFrom(...TENANTS);
  const year = fc.integer({ min: -1, max: 6 });
  const field = (
    name: string,
    of: (metadata: Metadata) => unknown,
    condition: unknown,
    holds: (value: unknown) => boolean,
  ): FilterCase => ({ filter: { [name]: condition }, passes: (metadata) => holds(of(metadata)) });
  const tenantOf = (metadata: Metadata) => metadata.tenant;
  const yearOf = (metadata: Metadata) => metadata.year as number | undefined;
  const colorOf = ({ tags }: Metadata) => (tags as { color?: string } | undefined)?.color;
  const yearOperators = {
    $gt: (a: number, b: number) => a > b,
    $gte: (a: number, b: number) => a >= b,
    $lt: (a: number, b: number) => a < b,
    $lte: (a: number, b: number) => a <= b,
  };
  const leaf = fc.oneof(
    tenant.map((value) => field("tenant", tenantOf, value, (found) => found === value)),
    tenant.map((value) => field("tenant", tenantOf, { $ne: value }, (found) => found !== value)),
    fc
      .array(tenant)
      .map((list) => field("tenant", tenantOf, { $in: list }, (found) => list.includes(found as string))),
    fc
      .array(tenant)
      .map((list) => field("tenant", tenantOf, { $nin: list }, (found) => !list.includes(found as string))),
    year.map((value) => field("year", yearOf, { $eq: value }, (found) => found === value)),
    fc
      .tuple(fc.constantFrom(...(Object.keys(yearOperators) as (keyof typeof yearOperators)[])), year)
      .map(([name, value]) =>
        field(
          "year",
          yearOf,
          { [name]: value },
          (found) => found !== undefined && yearOperators[name](found as number, value),
        ),
      ),
    fc
      .constantFrom("red", "green")
      .map((value) => field("tags.color", colorOf, value, (found) => found === value)),
    fc.constant<FilterCase>({ filter: {}, passes: () => true }),
  );
  const { one } = fc.letrec<{ one: FilterCase }>((tie) => ({
    one: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("one"), { maxLength: 3 }).map((parts) => ({
        filter: { $and: parts.map(({ filter }) => filter) },
        passes: (metadata: Metadata) => parts.every((part) => part.passes(metadata)),
      })),
      fc.array(tie("one"), { maxLength: 3 }).map((parts) => ({
        filter: { $or: parts.map(({ filter }) => filter) },
        passes: (metadata: Metadata) => parts.some((part) => part.passes(metadata)),
      })),
      tie("one").map((part) => ({
        filter: { $not: part.filter },
        passes: (metadata: Metadata) => !part.passes(metadata),
      })),
    ),
  }));
  return one;
}
