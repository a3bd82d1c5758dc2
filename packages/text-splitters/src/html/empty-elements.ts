/** Elements that never have content according to Beautiful Soup, in HTML 5 and older versions. */
export const EMPTY_ELEMENTS: ReadonlySet<string> = new Set(
  (
    "area base br col embed hr img input keygen link menuitem meta param source track wbr " +
    "basefont bgsound command frame image isindex nextid spacer"
  ).split(" "),
);
