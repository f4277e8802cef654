/** What is a new node called? Like Keras calls it: `dense`, then `dense_1`, `dense_2` … */

const ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/** The Keras way of naming a layer after its class: `MaxPooling2D` gives `max_pooling2d`. */
export function snake(type: string): string {
  const name = type.slice(type.lastIndexOf(".") + 1).replace(/\W+/g, "");
  const parted = name.replace(/(.)([A-Z][a-z]+)/g, "$1_$2").replace(/([a-z])([A-Z])/g, "$1_$2");
  return parted.toLowerCase() || "layer";
}

/** `wanted` if it is free, else its stem with the first free number from 1. */
export function freshId(wanted: string, taken: { has(id: string): boolean }): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, "") || wanted;
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/** Why `id` cannot be a name, in words; null when it can. */
export function nameFault(id: string, taken: { has(id: string): boolean }): string | null {
  if (!id) return "A layer needs a name.";
  if (id.length > 100) return "A name has at most 100 characters.";
  if (!ID.test(id)) return "Use letters, digits, _ . and -, beginning with a letter, digit or _.";
  if (taken.has(id)) return `${id} is taken already; every name may stand once.`;
  return null;
}
