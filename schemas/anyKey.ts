const NAMED_MAP = '_map';

/**
 * Makes a class that keeps its entries in an object literal, `_map`, take any key. The drawing library keeps the
 * widths of texts so: a unit called `__proto__` would then change the prototype of every object there is.
 */
export function takeAnyKey(cache: { prototype: object }): void {
  if (Object.hasOwn(cache.prototype, NAMED_MAP)) return;
  const maps = new WeakMap<object, object>();
  Object.defineProperty(cache.prototype, NAMED_MAP, {
    get(this: object) {
      return maps.get(this);
    },
    set(this: object, given: object) {
      maps.set(this, Object.assign(Object.create(null), given));
    },
  });
}
