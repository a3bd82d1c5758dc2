/** jest's default resolver, except that tests get fast-check from fast-check.cjs. */
const withSeed = require.resolve("./fast-check.cjs");

module.exports = (request, options) =>
  request === "fast-check" && options.basedir !== __dirname
    ? withSeed
    : options.defaultResolver(request, options);
