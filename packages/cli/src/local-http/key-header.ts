/** Header in which a page shows the key of its session, beside the cookie. */
export const KEY_HEADER = "x-secondpass-key";
