/**
 * Names of packages in an order in which each comes after those that it depends on, peers included.
 *
 * @param {ReadonlyMap<string, { dependencies?: object, peerDependencies?: object }>} manifests
 * @throws {Error} if packages depend on each other in a circle
 */
export function publishOrder(manifests) {
  const order = [];
  const open = new Set();
  const add = (name) => {
    if (order.includes(name)) return;
    if (open.has(name)) throw new Error(`Packages depend on each other: ${[...open, name].join(" → ")}.`);
    open.add(name);
    const { dependencies = {}, peerDependencies = {} } = manifests.get(name);
    for (const sibling of Object.keys({ ...dependencies, ...peerDependencies })) {
      if (manifests.has(sibling)) add(sibling);
    }
    open.delete(name);
    order.push(name);
  };
  for (const name of manifests.keys()) add(name);
  return order;
}
