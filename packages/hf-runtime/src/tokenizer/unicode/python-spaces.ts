/** Characters that Python's `str.isspace` and `\s` treat as white space, written as the inside of a pattern's class. */
export const PYTHON_SPACES =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
