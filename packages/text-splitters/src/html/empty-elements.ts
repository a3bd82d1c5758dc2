/** Elements that never have content, by Beautiful Soup: those of HTML 5 and of older versions. */
export const EMPTY_ELEMENTS: ReadonlySet<string> = new Set(
  (
    "area base br col embed hr img input keygen link menuitem meta param source track wbr " +
    "basefont bgsound command frame image isindex nextid spacer"
  ).split(" "),
);
