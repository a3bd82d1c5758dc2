/** Header in which a page sends the key of its session, in addition to the cookie. */
export const KEY_HEADER = "x-secondpass-key";
